"""A video as tracks of shots, words and sounds: what the montage renders. Pure.

All times are seconds. Files are paths on this machine; every one was probed when it arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.project import Look, Shape, Word


class ShotKind(StrEnum):
    """What a shot shows."""

    PICTURE = "picture"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Motion:
    """A slow move over a still picture.

    Zoom at its begin and its end (1: the picture just fills the frame), and the point, in shares
    of the picture, that stays where it is.
    """

    zoom_from: float = 1.0
    zoom_to: float = 1.12
    x: float = 0.5
    y: float = 0.5


@dataclass(frozen=True, slots=True)
class Shot:
    """A piece of picture. `fade` is how long it crosses over from the one before it; 0: a cut.

    `begin` is where a film is entered. A film shorter than its shot is slowed down or held.
    """

    scene: str
    kind: ShotKind
    path: str
    seconds: float
    motion: Motion = Motion()
    fade: float = 0.4
    begin: float = 0.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """The voice of a scene, from `start` on; `words` count from there."""

    scene: str
    path: str
    start: float
    seconds: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Music:
    """Music under all of it: repeated or cut to fit, faded in and out, ducked under the voice."""

    path: str
    gain: float = -14.0  # dB
    duck: float = -10.0  # dB more while somebody speaks


@dataclass(frozen=True, slots=True)
class Timeline:
    """A video. Shots follow each other; with a fade a shot begins before the last one ends.

    `seconds` is the length of the whole: sum of the shots less their fades.
    """

    shape: Shape
    shots: tuple[Shot, ...]
    voice: tuple[Spoken, ...] = ()
    music: Music | None = None
    look: Look = Look.DUSK
    captions: bool = True
    fps: int = 30
    credits: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        fades = sum(shot.fade for shot in self.shots[1:])
        return sum(shot.seconds for shot in self.shots) - fades
