"""Letters that lie over the picture: drawn once by libass, kept small, laid on each frame."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from app.infra.montage.faults import Fault
from app.infra.montage.tools import Reader

HEAD: Final = struct.Struct("<4i")
Plane = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What to keep of the picture in a rectangle (0 to 255), and what to add to that.

    The first pair is the brightness, then the two colours at half the size; bt709, 16 to 235.
    """

    x: int
    y: int
    keep: tuple[Plane, Plane]
    ink: tuple[Plane, Plane, Plane]

    def lay_on(self, planes: Sequence[Plane]) -> None:
        """Draw it into the three planes of a picture."""
        for number, (plane, ink) in enumerate(zip(planes, self.ink, strict=True)):
            half = 2 if number else 1
            height, width = ink.shape
            top, left = self.y // half, self.x // half
            place = plane[top : top + height, left : left + width]
            rest = cv2.multiply(place, self.keep[min(number, 1)], scale=1 / 255)
            cv2.add(rest, ink, dst=place)


def draw(
    folder: Path, ass: str, width: int, height: int, tops: Sequence[int], outs: Sequence[Path]
) -> Iterator[int]:
    """Draw the sheet `ass` of the folder: state n goes to ``outs[n]``, `tops[n]` from the top.

    Gives the number of each as it is written. Raises `Fault`.
    """
    words: list[bytes | str] = [
        "ffmpeg", "-nostdin", "-v", "error", "-filter_threads", "1", "-f", "lavfi", "-i",
        # twice, on black and on white: what differs is what shows through
        f"color=c=black:s={width}x{height}:r=1:d={len(outs)},format=rgb24,"
        f"pad={width}:{2 * height}:0:0:white,ass=filename={ass}",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
    ]  # fmt: skip
    size = 2 * height * width * 3
    with Reader(words, folder=folder) as child:
        for number, out in enumerate(outs):
            data = child.read(size)
            if len(data) < size:
                raise Fault("captions", detail=child.complaint())
            both = np.frombuffer(data, np.uint8).reshape(2, height, width, 3)
            out.write_bytes(_packed(both[0], both[1], tops[number]))
            yield number


def load(path: Path) -> Overlay | None:
    """Read one that was drawn; None when there is nothing in it."""
    data = path.read_bytes()
    x, y, width, height = HEAD.unpack_from(data)
    if not width:
        return None
    flat = np.frombuffer(data, np.uint8, offset=HEAD.size)
    whole, small = width * height, width * height // 4
    sizes = [whole, whole, small, small, small]
    parts = np.split(flat, np.cumsum(sizes)[:-1])
    planes = [
        part.reshape(height // half, width // half)
        for part, half in zip(parts, (1, 1, 2, 2, 2), strict=True)
    ]
    return Overlay(x, y, (planes[0], planes[2]), (planes[1], planes[3], planes[4]))


def _packed(black: Plane, white: Plane, top: int) -> bytes:
    keep = cv2.subtract(white, black)[:, :, 1]
    x, y, width, height = cv2.boundingRect((keep < 255).astype(np.uint8))
    if not width:
        return HEAD.pack(0, top, 0, 0)
    left, high = x & ~1, y & ~1
    right = min(black.shape[1], (x + width + 1) & ~1)
    low = min(black.shape[0], (y + height + 1) & ~1)
    inside = (slice(high, low), slice(left, right))
    kept = keep[inside]
    colours = black[inside].astype(np.float32)
    covered = (255 - kept.astype(np.float32)) / 255
    light = colours @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    blue, red = (colours[:, :, 2] - light) / 1.8556, (colours[:, :, 0] - light) / 1.5748
    small = (kept.shape[1] // 2, kept.shape[0] // 2)
    planes = [
        kept,
        16 * covered + light * (219 / 255),
        cv2.resize(kept, small, interpolation=cv2.INTER_AREA),
        cv2.resize(128 * covered + blue * (224 / 255), small, interpolation=cv2.INTER_AREA),
        cv2.resize(128 * covered + red * (224 / 255), small, interpolation=cv2.INTER_AREA),
    ]
    body = b"".join(np.clip(np.rint(plane), 0, 255).astype(np.uint8).tobytes() for plane in planes)
    return HEAD.pack(left, top + high, kept.shape[1], kept.shape[0]) + body
