"""The owner's own recording: any usual form, cut at its silent ends, as loud as others."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from app.api.speaking import wav
from app.domain.errors import AppError, InvalidInput, NotFound, Unsupported
from app.infra.ffmpeg.running import Outside
from app.infra.speech.local import LocalSpeech
from app.infra.speech.recording import RATE, take
from app.infra.speech.sounds import measure
from app.runtime import children


def spoken(place: Path, loud: float = 0.05, noise: float = 0.0005) -> Path:
    """Two words, between two seconds of a quiet room at each end."""
    chance = np.random.default_rng(3)
    time = np.arange(int(0.8 * RATE)) / RATE
    word = np.sin(2 * np.pi * 180 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 5 * time)) * loud
    room = np.zeros(2 * RATE)
    whole = np.concatenate((room, word, np.zeros(RATE // 2), word, room))
    whole = whole + chance.standard_normal(whole.size) * noise
    path = place / "my voice.wav"
    path.write_bytes(wav((np.clip(whole, -1, 1) * 32_767).astype(np.int16).tobytes(), RATE))
    return path


@pytest.mark.parametrize(
    "form",
    [["take.mp3"], ["take.m4a"], ["take.ogg", "-c:a", "libopus"], ["take.flac"], ["take.webm"],
     ["take.wav", "-ac", "2", "-ar", "44100", "-c:a", "pcm_s24le"]],
    ids=lambda form: form[0],
)  # fmt: skip
async def test_a_recording_of_any_form(tmp_path: Path, form: list[str]) -> None:
    source, path = spoken(tmp_path), tmp_path / form[0]
    words: list[str | bytes] = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(source)]
    await children.run([*words, *form[1:], str(path)], timeout=50)
    made = await take(path, Outside())
    with wave.open(io.BytesIO(made.content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32_768
    assert made.seconds == pytest.approx(0.8 + 0.5 + 0.8 + 0.28, abs=0.12)
    assert made.cut == pytest.approx(1.92, abs=0.1)
    inner = [span for span in made.silences if 0.2 < span[0] < 1.5]
    assert len(inner) == 1
    assert inner[0][1] - inner[0][0] == pytest.approx(0.5, abs=0.1)
    said = sound[int(0.2 * RATE) : int(0.8 * RATE)]
    assert -24 < 10 * np.log10(np.mean(np.square(said))) < -17
    assert np.abs(sound).max() < 0.9
    assert abs(sound[0]) < 0.01
    assert abs(sound[-1]) < 0.01


@pytest.mark.parametrize(("loud", "noise"), [(0.9, 0.001), (0.01, 0.0001), (0.2, 0.01)])
async def test_loud_faint_and_noisy_ones_end_alike(
    tmp_path: Path, loud: float, noise: float
) -> None:
    made = await take(spoken(tmp_path, loud, noise), Outside())
    assert made.seconds == pytest.approx(2.38, abs=0.15)


async def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    silent, short, other = (tmp_path / name for name in ("s.wav", "k.wav", "t.mp3"))
    silent.write_bytes(wav(bytes(RATE * 2), RATE))
    tick = np.zeros(RATE)
    tick[20_000:24_000] = np.sin(np.arange(4_000) / 9) * 0.5
    short.write_bytes(wav((tick * 32_767).astype(np.int16).tobytes(), RATE))
    other.write_text("#EXTM3U\nfile:///etc/passwd\n")
    wanted: list[tuple[Path, type[AppError], str]] = [
        (silent, InvalidInput, "errors.recording_silent"),
        (short, InvalidInput, "errors.recording_short"),
        (other, Unsupported, "errors.no_sound"),
        (tmp_path / "gone.wav", NotFound, "errors.cast_file_gone"),
        (tmp_path, NotFound, "errors.cast_file_gone"),
    ]
    for path, kind, key in wanted:
        with pytest.raises(kind) as raised:
            await take(path, Outside())
        assert raised.value.key == key


async def test_it_becomes_speech(tmp_path: Path) -> None:
    speech = await LocalSpeech().recorded(spoken(tmp_path), "Hello there.", "en")
    assert (speech.ending, speech.words, speech.content[:4]) == ("wav", (), b"RIFF")
    with pytest.raises(Unsupported):
        await measure(b"nothing of the kind", Outside())
