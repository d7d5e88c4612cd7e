"""What a render shall be, and what is told of it when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.project import Shape

PREVIEW_SIDE: Final = 540
RATE: Final = 48_000
"""Samples of sound a second."""


@dataclass(frozen=True, slots=True)
class RenderWish:
    """How the picture is coded: its size, its frames a second, x264's preset and quality."""

    width: int
    height: int
    fps: int = 30
    preset: str = "veryfast"
    crf: int = 21


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What was rendered. `loudness` is in LUFS, `peak` in dBTP; both None without any sound.

    `segments` is how many pieces the video has; `rendered` of them were made now, the others
    were still there from an earlier render.
    """

    path: Path
    width: int
    height: int
    frames: int
    seconds: float
    segments: int
    rendered: int
    loudness: float | None = None
    peak: float | None = None


def full(shape: Shape, fps: int = 30) -> RenderWish:
    """The finished video of a shape."""
    width, height = shape.size
    return RenderWish(width, height, fps)


def preview(shape: Shape, fps: int = 30) -> RenderWish:
    """The same in small: its short side has 540 pixels, and it is coded as fast as can be."""
    width, height = shape.size
    part = PREVIEW_SIDE / min(width, height)
    return RenderWish(_even(width * part), _even(height * part), fps, "ultrafast", 25)


def _even(size: float) -> int:
    return 2 * round(size / 2)
