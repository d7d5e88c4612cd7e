"""The local ear with the real engine: what it hears, when, how far it is, its rests and trials."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from app.api.thinking import Heard
from app.domain.errors import Unsupported
from app.infra.hearing.core import in_words
from app.infra.hearing.ear import LocalEar
from app.infra.llm.asked import State
from tests.fakes import ggml
from tests.unit.infra.hearing.parts import asked, ear_of, made, noise, until

pytestmark = pytest.mark.timeout(240)  # minutes of sound, by a polite process on a busy machine


async def test_a_film_is_written_down_in_pieces_and_words(ear: LocalEar, tmp_path: Path) -> None:
    film = made(
        tmp_path / "a film'.mkv", "-f", "lavfi", "-i", "testsrc=d=40:r=1:s=64x64",
        "-f", "lavfi", "-i", "anoisesrc=d=40:a=0.2:r=44100", "-ac", "2", "-c:a", "aac",
    )  # fmt: skip
    told = await ear.hear(asked(film))
    assert told.language == "fr"
    assert told.pieces == (Heard(0.0, 2.0, "Hello world."), Heard(30.0, 32.0, "Hello world."))
    assert [word.text for word in told.words] == ["Hello", "world."] * 2
    starts = [word.start for word in told.words]
    assert starts == sorted(starts)
    assert starts[2] >= 30.0
    assert told.words[1].end == 2.0


async def test_a_long_sound_goes_on_where_it_was_cut(ear: LocalEar, tmp_path: Path) -> None:
    sound = noise(tmp_path / "long.wav", 250)
    done: list[float] = []
    told = await ear.hear(asked(sound, seconds=250), done.append)
    assert done == sorted(done)
    assert (len(done), done[-1]) == (3, 1.0)
    assert 105 / 250 <= done[0] <= 120 / 250
    # each stretch begins a window of its own; what it hears is told on the clock of the whole
    starts = [piece.start for piece in told.pieces]
    assert [starts[0], starts[3]] == [0.0, 90.0]
    assert starts[4] == pytest.approx(done[0] * 250, abs=0.01)
    assert starts == sorted(starts)
    assert starts[-1] < 250


async def test_the_cut_is_in_a_quiet_moment(ear: LocalEar, tmp_path: Path) -> None:
    loud = noise(tmp_path / "loud.wav", 200)
    hush = "volume=0:enable='between(t,111,112)'"
    quiet = made(tmp_path / "quiet.flac", "-i", str(loud), "-af", hush)
    done: list[float] = []
    await ear.hear(asked(quiet, seconds=200), done.append)
    assert 111 <= done[0] * 200 <= 112


async def test_silence_says_nothing(ear: LocalEar, tmp_path: Path) -> None:
    told = await ear.hear(asked(noise(tmp_path / "none.wav", 20, loud=0)))
    assert told.pieces == ()
    assert told.words == ()


async def test_what_is_short_or_nothing_at_all(ear: LocalEar, tmp_path: Path) -> None:
    told = await ear.hear(asked(noise(tmp_path / "short.wav", 0.3)))
    assert all(piece.end <= 0.3 for piece in told.pieces)
    mute = made(tmp_path / "mute.mkv", "-f", "lavfi", "-i", "testsrc=d=1:r=5:s=64x64")
    text = tmp_path / "text.mp3"
    text.write_text("no sound\n" * 500)
    for path in (mute, text):
        with pytest.raises(Unsupported) as caught:
            await ear.hear(asked(path))
        assert caught.value.key == "errors.no_sound"
    assert (await ear.hear(asked(noise(tmp_path / "after.wav", 3)))).pieces


async def test_the_language_that_is_told_is_kept(ear: LocalEar, tiny: Path, tmp_path: Path) -> None:
    sound = noise(tmp_path / "some.wav", 3)
    assert (await ear.hear(asked(sound, "en"))).language == "en"
    with pytest.raises(Unsupported) as caught:
        await ear.hear(asked(sound, "xx"))
    assert caught.value.key == "errors.speech_language"
    english = ear_of(ggml.write(tmp_path / "en.bin", ggml.Tiny(multilingual=False)))
    try:
        told = await english.hear(asked(sound))
        assert (told.language, told.pieces[0].text) == ("en", "Hello world.")
        with pytest.raises(Unsupported):
            await english.hear(asked(sound, "fr"))
    finally:
        await english.close()


async def test_one_at_a_time_in_their_order(ear: LocalEar, tmp_path: Path) -> None:
    sound = noise(tmp_path / "some.wav", 3)
    done: list[int] = []

    async def hear(number: int) -> None:
        await ear.hear(asked(sound))
        done.append(number)

    await asyncio.gather(*(hear(number) for number in range(5)))
    assert done == [0, 1, 2, 3, 4]
    assert ear.status().state is State.READY


async def test_it_rests_when_nobody_asks(tiny: Path, tmp_path: Path) -> None:
    ear = ear_of(tiny, idle=0.01)
    states: list[State] = []
    ear.on_change(lambda: states.append(ear.status().state))
    try:
        await ear.hear(asked(noise(tmp_path / "some.wav", 2)))
        await until(lambda: ear.status().pid is None)
        await until(lambda: states[-1] is State.RESTING)
        assert list(dict.fromkeys(states))[:3] == [State.LOADING, State.BUSY, State.READY]
    finally:
        await ear.close()


async def test_a_trial_loads_anew_and_tells_what_it_heard(ear: LocalEar, tiny: Path) -> None:
    first = await ear.try_out(tiny)
    pid = ear.status().pid
    second = await ear.try_out(tiny)
    assert ear.status().pid not in (pid, None)
    for trial in (first, second):
        assert trial.heard == "Hello world."
        assert trial.load > 0
        assert trial.speed > 0
        assert trial.memory > 10_000_000


async def test_the_worker_has_no_rights_left(ear: LocalEar, tmp_path: Path) -> None:
    await ear.hear(asked(noise(tmp_path / "some.wav", 2)))
    pid = ear.status().pid
    assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    assert "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
    assert "Max file size             0 " in Path(f"/proc/{pid}/limits").read_text()


async def test_it_says_what_it_is(ear: LocalEar, tiny: Path) -> None:
    told = ear.described()
    assert told is not None
    assert (told.id, told.price, told.words) == (tiny.name, 0.0, True)
    assert ear_of(None).described() is None
    assert ear_of(tiny.with_name("gone.bin")).described() is None


def test_tokens_become_words() -> None:
    accent = "é".encode()
    tokens = [(0.0, 0.1, b" caf"), (0.1, 0.2, accent[:1]), (0.2, 0.3, accent[1:]),
              (0.3, 0.4, b" au"), (0.4, 0.5, b"!\x07")]  # fmt: skip
    assert list(in_words(tokens, spaced=True)) == [(0.0, 0.3, "café"), (0.3, 0.5, "au!")]
    signs = "電車".encode()
    parts = [(0.0, 0.1, signs[:2]), (0.1, 0.2, signs[2:3]), (0.2, 0.3, signs[3:])]
    assert list(in_words(parts, spaced=False)) == [(0.0, 0.2, "電"), (0.2, 0.3, "車")]
    assert list(in_words(parts, spaced=True)) == [(0.0, 0.3, "電車")]
