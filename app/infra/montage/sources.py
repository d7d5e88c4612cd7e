"""The pictures of shots as planes of brightness and colour: stills that move, films that run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.infra.ffmpeg.running import input_words
from app.infra.montage import sampling
from app.infra.montage.faults import Fault
from app.infra.montage.tools import Reader

Plane = npt.NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]

SHARP: Final = 1.1
"""How much larger than it is ever shown a still is kept: shrunk a little, no part of it blurs."""
MOST_PIXELS: Final = 250_000_000
EARLIER: Final = 6
"""Frames a film is entered before the first that is wanted, so that the same ones are chosen
wherever it is entered."""
PICTURES: Final = "jpeg_pipe,png_pipe,webp_pipe,bmp_pipe,tiff_pipe,gif,gif_pipe"
COLOURS: Final = "out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1"


class Still:
    """A picture, and the slow move over it."""

    def __init__(
        self, path: Path, told: Mapping[str, Any], width: int, height: int, work: Path
    ) -> None:
        zooms = (told["zoom_from"], told["zoom_to"])
        self._from, self._to = zooms
        self._x, self._y = told["x"], told["y"]
        self._frames = told["frames"]
        large = max(zooms) * SHARP if zooms != (1.0, 1.0) else 1.0
        self._size = (_even(width * large), _even(height * large))
        self._planes = _prepared(path, told, self._size, work)
        self._still = self._size == (width, height)
        if not self._still:
            bright, blue, red = self._planes
            self._planes = sampling.framed(bright), sampling.framed(blue), sampling.framed(red)

    def draw(self, number: int, into: Planes) -> None:
        """Draw how it looks in its frame `number`."""
        share = number / max(1, self._frames - 1)
        zoom = self._from + (self._to - self._from) * min(max(share, 0.0), 1.0)
        height, width = into[0].shape
        if self._still:
            for plane, kept in zip(into, self._planes, strict=True):
                np.copyto(plane, kept)
            return
        across, down = self._size[0] / (width * zoom), self._size[1] / (height * zoom)
        # middles of pixels: the point that stays is the same share of both pictures
        left = self._x * self._size[0] + (0.5 - self._x * width) * across - 0.5
        top = self._y * self._size[1] + (0.5 - self._y * height) * down - 0.5
        sampling.shrink(self._planes[0], into[0], across, down, left, top)
        # colours lie on the left one of two pixels, and between two lines
        top = (top + 0.5 * down - 0.5) / 2
        for plane, kept in zip(into[1:], self._planes[1:], strict=True):
            sampling.shrink(kept, plane, across, down, left / 2, top)

    def close(self) -> None:
        """Nothing is held."""


class Film:
    """A piece of a film, from its frame `first` on; its last one stays when it is too short."""

    def __init__(
        self, path: Path, told: Mapping[str, Any], first: int, width: int, height: int, fps: int
    ) -> None:
        self._told, self._path = told, path
        self._size, self._fps = (width, height), fps
        self._bytes = width * height * 3 // 2
        first = min(first, max(0, told["lasts"] - 1))
        self._next = first
        self._reader = self._opened(first)
        self._last: Planes | None = None
        self._ended = False

    def draw(self, number: int, into: Planes) -> None:
        """Draw its frame `number`; numbers only grow."""
        while (self._last is None or self._next <= number) and not self._ended:
            self._read()
        assert self._last is not None
        for plane, kept in zip(into, self._last, strict=True):
            np.copyto(plane, kept)

    def close(self) -> None:
        """End its reader."""
        self._reader.close()

    def _read(self) -> None:
        data = self._reader.read(self._bytes)
        if len(data) == self._bytes:
            self._last = split(np.frombuffer(data, np.uint8), *self._size)
            self._next += 1
            return
        self._ended = True
        if self._last is None:
            self._last = self._final()

    def _final(self) -> Planes:
        """The last picture of a film that ends before it said it would."""
        complaint = self._reader.complaint()
        self._reader.close()
        self._reader = self._opened(0)
        found = b""
        while len(data := self._reader.read(self._bytes)) == self._bytes:
            found = data
        if not found:
            raise Fault("asset", scene=self._told["scene"], name=self._path.name, detail=complaint)
        return split(np.frombuffer(found, np.uint8), *self._size)

    def _opened(self, first: int) -> Reader:
        width, height = self._size
        before = min(first, EARLIER)
        slow = self._told["slow"]
        enter = self._told["begin"] + (first - before) / self._fps / slow
        chain = (
            f"setpts=PTS*{slow:.6f},"
            f"fps={self._fps}:start_time=0,trim=start_frame={before},setpts=PTS-STARTPTS,"
            f"scale={width}:{height}:force_original_aspect_ratio=increase:flags=bicubic,"
            f"crop={width}:{height},scale={COLOURS}"
        )
        return Reader(
            [
                "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-filter_threads", "1",
                "-ss", f"{enter:.6f}", *input_words(os.fsencode(self._path)),
                "-an", "-sn", "-dn", "-vf", chain, "-f", "rawvideo", "pipe:1",
            ]
        )  # fmt: skip


def split(flat: Plane, width: int, height: int) -> Planes:
    """The three planes that lie behind each other."""
    whole, small = width * height, width * height // 4
    return (
        flat[:whole].reshape(height, width),
        flat[whole : whole + small].reshape(height // 2, width // 2),
        flat[whole + small : whole + 2 * small].reshape(height // 2, width // 2),
    )


def _prepared(path: Path, told: Mapping[str, Any], size: tuple[int, int], work: Path) -> Planes:
    """A still in its size, cut to the shape of the picture; kept in `work` for the next piece."""
    width, height = size
    mark = f"{told['asset'][:40]}-{width}x{height}-{told['x']:.4f}-{told['y']:.4f}"
    kept = work / f"still-{mark}.yuv"
    want = width * height * 3 // 2
    try:
        flat = np.fromfile(kept, np.uint8)
    except FileNotFoundError:
        data = _decoded(path, told, size, want)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(data)
        fresh.replace(kept)
        flat = np.frombuffer(data, np.uint8)
    return split(flat, width, height)


def _decoded(path: Path, told: Mapping[str, Any], size: tuple[int, int], want: int) -> bytes:
    width, height = size
    words: list[bytes | str] = [
        "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-filter_threads", "1",
        "-protocol_whitelist", "pipe", "-format_whitelist", PICTURES,
        "-max_pixels", str(MOST_PIXELS), "-i", "pipe:0", "-frames:v", "1", "-vf",
        f"scale={width}:{height}:force_original_aspect_ratio=increase"
        f":flags=lanczos+accurate_rnd+full_chroma_int,"
        f"crop={width}:{height}:(iw-ow)*{told['x']:.4f}:(ih-oh)*{told['y']:.4f},scale={COLOURS}",
        "-f", "rawvideo", "pipe:1",
    ]  # fmt: skip
    try:
        # through its input: a name cannot choose how it is read
        with path.open("rb") as file, Reader(words, file) as reader:
            data = reader.read(want)
            complaint = reader.complaint()
    except OSError as error:
        raise Fault("gone", scene=told["scene"], name=path.name, detail=str(error)) from error
    if len(data) < want:
        raise Fault("asset", scene=told["scene"], name=path.name, detail=complaint)
    return data


def _even(size: float) -> int:
    return 2 * round(size / 2)
