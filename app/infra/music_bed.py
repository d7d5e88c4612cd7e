"""Makes quiet music to lie under a voice, here and ours: chords, a motif and a soft pulse.

What is played is written down first (`write_score`), then played by `app.infra.music_sounds`. The
same mood, length and seed give the same music.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.infra.music_notes import BASS, KICK, PAD, PLUCK, SHAKER, Note, Score

SHORTEST, LONGEST = 3.0, 600.0
"""Seconds."""
USUAL: Final = "calm"
_STEPS: Final = 8
"""Steps in a chord: eighths of its four beats."""


@dataclass(frozen=True, slots=True)
class _Mood:
    beats: float  # in a minute
    chords: tuple[tuple[int, ...], ...]  # pitches, the lowest is the bass
    density: float  # how many steps of the motif are played, 0 to 1
    bright: float
    pulse: float  # how strong the beat is, 0: none
    octave: int = 12  # how far above the chord the motif is


_MOODS: Final[Mapping[str, _Mood]] = MappingProxyType(
    {
        "curious": _Mood(
            88,
            ((41, 57, 60, 64, 67), (43, 57, 59, 62, 67), (45, 57, 60, 64, 67),
             (40, 55, 59, 62, 67), (41, 57, 60, 64, 69), (43, 59, 62, 67, 69),
             (38, 57, 60, 65, 69), (43, 57, 60, 62, 67)),
            0.6, 0.55, 0.35,
        ),
        "calm": _Mood(
            64,
            ((36, 55, 59, 62, 64), (45, 55, 60, 64, 67), (41, 57, 60, 64, 67),
             (43, 55, 60, 62, 65), (36, 55, 59, 62, 67), (40, 55, 59, 62, 64),
             (41, 57, 60, 64, 69), (43, 57, 60, 62, 67)),
            0.35, 0.35, 0.0,
        ),
        "lively": _Mood(
            110,
            ((43, 55, 59, 62, 67), (38, 57, 62, 66, 69), (40, 55, 59, 64, 67),
             (36, 55, 60, 64, 67), (43, 59, 62, 67, 71), (42, 57, 62, 66, 69),
             (36, 55, 60, 64, 69), (38, 57, 62, 66, 69)),
            0.75, 0.7, 0.7,
        ),
        "serious": _Mood(
            60,
            ((33, 52, 57, 60, 64), (41, 53, 57, 60, 65), (38, 53, 57, 62, 65),
             (40, 52, 57, 59, 64), (33, 52, 57, 60, 69), (36, 52, 55, 60, 64),
             (41, 53, 57, 60, 65), (40, 52, 56, 59, 64)),
            0.3, 0.3, 0.2, 0,
        ),
        "warm": _Mood(
            76,
            ((38, 57, 61, 62, 66), (35, 54, 57, 62, 66), (43, 54, 59, 62, 66),
             (45, 57, 61, 62, 64), (38, 57, 61, 66, 69), (42, 57, 61, 64, 66),
             (43, 55, 59, 62, 66), (45, 55, 61, 64, 69)),
            0.5, 0.45, 0.3,
        ),
    }
)  # fmt: skip
MOODS: Final = tuple(_MOODS)
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "curious": "curious wonder myster playful quirky magic explor intrigu think suspens",
        "calm": "calm peace relax quiet gentle soft ambient dream medit slow serene neutral",
        "lively": "lively happy upbeat energ fun joy fast excit bright dance cheer triumph epic",
        "serious": "serious sad dark dramatic tense grave melanch sombre somber solemn urgent",
        "warm": "warm hope inspir love tender nostalg uplift optimis romantic friend heart cozy",
    }
)


def make_bed(mood: str, seconds: float, seed: int) -> bytes:
    """Return music as a WAV file, 48 kHz stereo, as long as asked; some tenths of a second's work.

    `mood` is one of `MOODS` or any English words near one. It begins and ends softly and on whole
    chords, so that it can be repeated. It is never shorter than 3 s or longer than 10 minutes.
    """
    from app.infra.music_sounds import play  # brings numpy

    return play(write_score(mood, seconds, seed), seed)


def mood_of(words: str) -> str:
    """Return the mood that is nearest to some words."""
    told = words.lower()
    for mood, starts in _WORDS.items():
        if any(start in told for start in starts.split()):
            return mood
    return USUAL


def write_score(mood: str, seconds: float, seed: int) -> Score:
    """Write down what is played, for `make_bed`; pure."""
    seconds = max(SHORTEST, min(LONGEST, seconds))
    form = _MOODS[mood_of(mood)]
    chance = random.Random(seed)  # noqa: S311 - music, not secrets
    many = max(1, round(seconds * form.beats / 60 / 4))
    long = seconds / many  # of a chord: the tempo gives way, so that the last one is whole
    shift = chance.choice((-2, -1, 0, 0, 1, 2))
    motifs = [_motif(form, chance) for _ in range(2)]
    notes: list[Note] = []
    for number in range(many):
        chord = [pitch + shift for pitch in form.chords[number % len(form.chords)]]
        at, edge = number * long, many > 3 and number in (0, many - 1)
        notes += _bed(chord, at, long)
        if not edge:
            motif = motifs[1 if number % 8 in (3, 6, 7) else 0]
            notes += _melody(motif, chord, (at, long), form.octave, chance)
            notes += _beat(form.pulse, at, long) if number > 1 or many < 4 else []
    changes = tuple(number * long for number in range(1, many))
    return Score(seconds, tuple(notes), changes, form.bright)


def _motif(form: _Mood, chance: random.Random) -> list[tuple[int, int, float]]:
    """Steps that are played, which tone of the chord, how strongly; the same in each chord."""
    found = [(0, chance.randrange(4), 0.9)]
    tone = found[0][1]
    for step in range(1, _STEPS):
        likely = form.density * (1.0 if step % 2 == 0 else 0.75)
        if chance.random() < likely:
            tone = max(0, min(5, tone + chance.choice((-2, -1, -1, 1, 1, 2))))
            found.append((step, tone, 0.75 if step % 2 == 0 else 0.55))
    return found


def _bed(chord: Sequence[int], at: float, long: float) -> list[Note]:
    """A chord that is held, over its bass."""
    sides = (-0.7, 0.5, -0.3, 0.7)
    held = [
        Note(PAD, pitch, at, long, 0.8, side) for pitch, side in zip(chord[1:], sides, strict=True)
    ]
    return [*held, Note(BASS, chord[0], at, long, 0.9)]


def _melody(
    motif: Sequence[tuple[int, int, float]],
    chord: Sequence[int],
    span: tuple[float, float],
    octave: int,
    chance: random.Random,
) -> list[Note]:
    at, long = span
    tones = [*chord[1:], *(pitch + 12 for pitch in chord[1:3])]
    found: list[Note] = []
    for step, tone, strength in motif:
        loose = chance.uniform(0.0, 0.012)  # nobody plays like a clock
        side = -0.45 if step % 2 else 0.45
        loud = strength * chance.uniform(0.85, 1.0)
        start = at + step * long / _STEPS + loose
        found.append(Note(PLUCK, tones[tone] + octave, start, 1.6, loud, side))
    return found


def _beat(pulse: float, at: float, long: float) -> list[Note]:
    if not pulse:
        return []
    beat = long / 4
    kicks = [Note(KICK, 0, at + step * beat, 0.3, pulse) for step in (0, 2)]
    ticks = [
        Note(SHAKER, 0, at + (step + 0.5) * beat, 0.12, pulse * (0.8 if step % 2 else 0.55),
             0.25 if step % 2 else -0.25)
        for step in range(4)
    ]  # fmt: skip
    return [*kicks, *ticks]
