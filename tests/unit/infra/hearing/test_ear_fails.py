"""The local ear with the real engine: cancels, crashes, hangs, wrong files, and its end."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from app.domain.errors import AppError, NotFound, ToolFailed, Unavailable, Unsupported
from app.infra.hearing.ear import LocalEar
from app.infra.llm.asked import State
from tests.fakes import ggml
from tests.unit.infra.hearing.parts import asked, ear_of, noise, started, until

pytestmark = pytest.mark.timeout(240)  # minutes of sound, by a polite process on a busy machine


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return noise(tmp_path / "short.wav", 2)


async def test_a_cancel_ends_it_and_the_next_is_heard(
    ear: LocalEar, long: Path, short: Path
) -> None:
    task = await started(ear, long)
    pid = ear.status().pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert pid is not None
    assert not Path(f"/proc/{pid}").exists()
    assert ear.status().state is State.RESTING
    assert (await ear.hear(asked(short))).pieces


async def test_one_that_waits_can_be_cancelled(ear: LocalEar, long: Path, short: Path) -> None:
    first = await started(ear, long)
    second = asyncio.create_task(ear.hear(asked(short)))
    await until(lambda: ear.status().waiting == 1)
    second.cancel()
    await until(lambda: ear.status().waiting == 0)
    assert not first.done()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_cancel_while_it_is_loaded(ear: LocalEar, short: Path) -> None:
    task = asyncio.create_task(ear.hear(asked(short)))
    await until(lambda: ear.status().state is State.LOADING)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ear.status().pid is None
    assert (await ear.hear(asked(short))).pieces


async def test_a_crash_costs_one_sound(ear: LocalEar, long: Path, short: Path) -> None:
    task = await started(ear, long)
    following = asyncio.create_task(ear.hear(asked(short)))
    await until(lambda: ear.status().waiting == 1)
    pid = ear.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGSEGV)
    with pytest.raises(ToolFailed) as told:
        await task
    assert told.value.key == "errors.model_crashed"
    assert (await following).pieces
    assert ear.status().pid not in {pid, None}


async def test_one_killed_while_it_rests_is_begun_anew(ear: LocalEar, short: Path) -> None:
    await ear.hear(asked(short))
    pid = ear.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await until(lambda: ear.status().pid is None)
    assert (await ear.hear(asked(short))).pieces


async def test_a_hang_costs_one_sound(ear: LocalEar, long: Path, short: Path) -> None:
    await ear.hear(asked(short))
    pid = ear.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    patience, ear._silence = ear._silence, 1.0  # for the one that says nothing for sure
    with pytest.raises(ToolFailed) as told:
        await ear.hear(asked(long))
    assert told.value.key == "errors.model_hung"
    assert not Path(f"/proc/{pid}").exists()
    ear._silence = patience
    assert (await ear.hear(asked(short))).pieces


async def test_closing_ends_all_of_it(tiny: Path, long: Path, short: Path) -> None:
    ear = ear_of(tiny)
    first = await started(ear, long)
    second = asyncio.create_task(ear.hear(asked(short)))
    await until(lambda: ear.status().waiting == 1)
    pid = ear.status().pid
    await ear.close()
    for task in (first, second):
        with pytest.raises(Unavailable):
            await task
    assert not Path(f"/proc/{pid}").exists()
    with pytest.raises(Unavailable):
        await ear.hear(asked(short))


async def test_a_file_that_is_gone(ear: LocalEar, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await ear.hear(asked(tmp_path / "gone.wav"))


async def test_nothing_chosen_and_files_that_are_no_models(tmp_path: Path, short: Path) -> None:
    whole = ggml.encode()
    files = {
        "errors.model_file_missing": None,
        "errors.model_file_no_whisper": b"GGUF" + b"not a model" * 100,
        "errors.model_file_cut": whole[:-50_000],
        "errors.model_file_broken": whole[:4] + b"\xff" * 300,
        # whole as far as it goes, but the last of its parts is missing
        "errors.model_file_refused": whole[: -ggml.LAST_PART],
    }
    chosen: list[Path | None] = [None]
    ear = LocalEar(lambda: chosen[0], lambda: 60.0)
    try:
        assert ear.status().state is State.NO_FILE
        with pytest.raises(Unsupported) as nothing:
            await ear.hear(asked(short))
        assert nothing.value.key == "errors.hearing_no_file"
        for key, data in files.items():
            path = tmp_path / f"{key}.bin"
            if data is not None:
                path.write_bytes(data)
            chosen[0] = path
            with pytest.raises(AppError) as told:
                await ear.hear(asked(short))
            assert told.value.key == key
            assert ear.status().pid is None
        chosen[0] = ggml.write(tmp_path / "good.bin")
        assert (await ear.hear(asked(short))).pieces
    finally:
        await ear.close()
