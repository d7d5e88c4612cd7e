"""Music made here: pleasant by its figures, the same each time, never too loud."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np
import pytest

from app.infra.music_bed import LONGEST, MOODS, make_bed, mood_of, write_score
from app.infra.music_notes import PAD

RATE = 48_000


def sound_of(content: bytes) -> Any:
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        data = file.readframes(file.getnframes())
    return np.frombuffer(data, np.int16).reshape(-1, 2).T.astype(np.float64) / 32_768


def decibels(value: float) -> float:
    return float(20 * np.log10(max(value, 1e-9)))


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_is_even_soft_and_wide(mood: str) -> None:
    sound = sound_of(make_bed(mood, 16.0, 7))
    middle = sound.mean(axis=0)
    assert sound.shape[1] == 16 * RATE
    assert decibels(float(np.abs(sound).max())) < -1.0
    assert abs(decibels(float(np.sqrt(np.square(sound).mean()))) + 20.5) < 1.0
    assert np.abs(sound.mean(axis=1)).max() < 1e-3  # no direct current
    levels = np.sqrt(np.square(middle).reshape(-1, RATE // 5).mean(axis=1))
    assert decibels(float(levels[8:-15].min())) > -34  # no hole in it
    assert np.abs(sound[:, :48]).max() < 0.01  # it begins and ends softly
    assert np.abs(sound[:, -48:]).max() < 0.01
    assert np.abs(np.diff(middle)).max() < 0.12  # no click
    spectrum = np.square(np.abs(np.fft.rfft(middle)))
    hertz = np.fft.rfftfreq(middle.size, 1 / RATE)
    assert spectrum[hertz > 6_000].sum() < spectrum.sum() * 1e-3  # nothing hisses
    assert spectrum[hertz < 30].sum() < spectrum.sum() * 1e-2
    assert 0.05 < np.corrcoef(sound)[0, 1] < 0.95  # two ears, one piece


@pytest.mark.parametrize("mood", ["calm", "lively"])
def test_chords_change_when_the_score_says(mood: str) -> None:
    score = write_score(mood, 24.0, 3)
    sound = sound_of(make_bed(mood, 24.0, 3)).mean(axis=0)
    edges = [0.0, *score.changes, 24.0]
    heard = []
    for begin, end in zip(edges, edges[1:], strict=False):
        part = sound[int((begin + 0.95) * RATE) : int(end * RATE)]
        if part.size < RATE // 2:
            continue
        spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 4 * RATE))
        heard.append(spectrum[: 4 * 1_000] / np.linalg.norm(spectrum[: 4 * 1_000]))
    assert len(heard) >= 4
    alike = [float(a @ b) for a, b in zip(heard, heard[1:], strict=False)]
    assert max(alike) < 0.93
    pitches = [
        {note.pitch for note in score.notes if note.sound == PAD and abs(note.start - edge) < 1e-6}
        for edge in edges[:-1]
    ]
    assert all(a != b for a, b in zip(pitches, pitches[1:], strict=False))


def test_the_same_seed_is_the_same_music_and_another_is_not() -> None:
    first = make_bed("warm", 6.0, 5)
    assert first == make_bed("warm", 6.0, 5)
    assert first != make_bed("warm", 6.0, 6)
    assert write_score("warm", 60.0, 5) != write_score("warm", 60.0, 6)


@pytest.mark.parametrize("seconds", [3.0, 7.3, 11.7])
def test_it_is_as_long_as_asked_and_ends_on_a_whole_chord(seconds: float) -> None:
    score = write_score("lively", seconds, 1)
    assert sound_of(make_bed("lively", seconds, 1)).shape[1] == round(seconds * RATE)
    lengths = {note.length for note in score.notes if note.sound == PAD}
    assert len({round(one, 9) for one in lengths}) == 1
    assert seconds / lengths.pop() == pytest.approx(len(score.changes) + 1)


def test_lengths_nobody_wants_are_bounded() -> None:
    assert write_score("calm", 0.0, 1).seconds == 3.0
    assert write_score("calm", 1e9, 1).seconds == LONGEST


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("curious", "curious"), ("Mysterious and playful", "curious"), ("UPBEAT", "lively"),
        ("dark, tense", "serious"), ("hopeful", "warm"), ("peaceful ambient", "calm"),
        ("", "calm"), ("🎵", "calm"),
    ],
)  # fmt: skip
def test_any_words_are_a_mood(words: str, mood: str) -> None:
    assert mood_of(words) == mood
