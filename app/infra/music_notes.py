"""A piece of music written down: its notes, as `app.infra.music_bed` writes them."""

from __future__ import annotations

from dataclasses import dataclass

PAD, PLUCK, BASS, KICK, SHAKER = "pad", "pluck", "bass", "kick", "shaker"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that is played: pitch as MIDI counts, moments in seconds, strength 0 to 1."""

    sound: str
    pitch: int
    start: float
    length: float
    strength: float
    side: float = 0.0  # -1 left, 1 right


@dataclass(frozen=True, slots=True)
class Score:
    """A piece: its notes, where its chords change, how bright its sounds are (0 to 1)."""

    seconds: float
    notes: tuple[Note, ...]
    changes: tuple[float, ...]
    bright: float
