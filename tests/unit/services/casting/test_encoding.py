"""A press never waits for the probe of the encoders, and the probe keeps out of the way."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.infra.ffmpeg import encoders
from app.infra.ffmpeg.encoders import SOFTWARE, UNTRIED, recall_encoders
from app.services.casting.encoding import Encoding

TRIES = 10.0


class Slow:
    """An ffmpeg before the real one: says what it is asked, and does nothing before it may."""

    def __init__(self, folder: Path) -> None:
        real = shutil.which("ffmpeg")
        assert real is not None
        self._said, self._gate = folder / "said", folder / "gate"
        os.mkfifo(self._gate)
        self.program = folder / "ffmpeg"
        self.program.write_text(
            f'#!/bin/sh\necho "$(nice) $*" >> "{self._said}"\n'
            f'[ ! -p "{self._gate}" ] || read -r _ < "{self._gate}"\nexec "{real}" "$@"\n'
        )
        self.program.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        """How it was called, each with its niceness before it."""
        return self._said.read_text().splitlines() if self._said.exists() else []

    async def called(self) -> None:
        """Wait until it is."""
        while not self.calls:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.01)

    def let_go(self) -> None:
        """Let it work, this time and from now on."""
        handle = os.open(self._gate, os.O_RDWR)
        try:
            self._gate.unlink()
            os.write(handle, b"\n")
        finally:
            os.close(handle)


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Slow:
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return Slow(folder)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "encoders.json"


@pytest.fixture
async def begin(kept: Path) -> AsyncIterator[Callable[..., Encoding]]:
    made: list[Encoding] = []

    def make(later: float = 0.0) -> Encoding:
        made.append(Encoding(kept, later=later, pause=0.01))
        return made[-1]

    yield make
    for one in made:
        await one.stop()


async def known(encoding: Encoding) -> encoders.Encoders:
    """What it says once the probe has ended."""
    while (found := await encoding()) is UNTRIED:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.01)
    return found


async def test_a_press_before_the_answer_is_made_by_the_processor(
    ffmpeg: Slow, begin: Callable[..., Encoding], kept: Path
) -> None:
    encoding = begin()
    await encoding.start()
    await ffmpeg.called()
    # The probe stands still now: who waited for it would wait for ever.
    found = await encoding()
    assert (found.h264, found.preset, found.height) == (SOFTWARE, "superfast", 1080)
    assert not kept.exists()
    ffmpeg.let_go()
    answer = await known(encoding)
    assert answer.version.startswith("ffmpeg version")
    assert recall_encoders(kept) == answer
    assert {call.split()[0] for call in ffmpeg.calls} == {"19"}


async def test_the_answer_of_an_earlier_start_is_there_at_once(
    ffmpeg: Slow, begin: Callable[..., Encoding]
) -> None:
    ffmpeg.let_go()
    first = begin()
    await first.start()
    answer = await known(first)
    before = len(ffmpeg.calls)
    second = begin(later=3600.0)
    await second.start()
    assert await second() == answer
    assert len(ffmpeg.calls) == before


async def test_it_is_not_tried_while_a_film_is_converted(
    ffmpeg: Slow, begin: Callable[..., Encoding]
) -> None:
    asked = 0

    def busy() -> bool:
        nonlocal asked
        asked += 1
        assert not ffmpeg.calls
        return asked < TRIES

    ffmpeg.let_go()
    encoding = begin()
    await encoding.start(busy)
    await known(encoding)
    assert asked == TRIES


async def test_another_ffmpeg_or_another_chip_is_tried_anew(
    ffmpeg: Slow, begin: Callable[..., Encoding], kept: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(encoders, "DEVICES", (str(tmp_path / "render*"),))
    ffmpeg.let_go()
    encoding = begin()
    await encoding.start()
    answer = await known(encoding)
    assert recall_encoders(kept) == answer
    chip = tmp_path / "renderD128"
    chip.touch()
    assert recall_encoders(kept) is None
    chip.unlink()
    assert recall_encoders(kept) == answer
    state = ffmpeg.program.stat()
    os.utime(ffmpeg.program, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert recall_encoders(kept) is None
    ffmpeg.program.unlink()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert recall_encoders(kept) is None
