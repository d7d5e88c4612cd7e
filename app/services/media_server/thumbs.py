"""Makes the small pictures DLNA wants, from the posters that are there."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from app.domain.errors import NotFound

SIDE: Final = 160
"""A JPEG_TN is not larger."""
KEPT: Final = 500


class Thumbs:
    """Small pictures by key, the latest ones kept. They are made of pictures of our own cache."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Lock()

    async def get(self, key: str, path: Path) -> bytes:
        """The JPEG. Raises `NotFound`."""
        async with self._turn:
            found = self._kept.pop(key, None)
            if found is None:
                found = await asyncio.to_thread(small, path)
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def small(path: Path) -> bytes:
    """Blocking. A picture at most `SIDE` wide and high, as JPEG. Raises `NotFound`."""
    import av

    try:
        with path.open("rb") as file, av.open(file, "r", format="jpeg_pipe") as container:
            frame = next(container.decode(video=0))
            scale = min(1.0, SIDE / frame.width, SIDE / frame.height)
            width, height = (max(2, int(side * scale) // 2 * 2)
                             for side in (frame.width, frame.height))  # fmt: skip
            made = _encode(frame.reformat(width, height, "yuvj420p"))
    except (av.error.FFmpegError, StopIteration, OSError, ValueError) as exc:
        raise NotFound("errors.picture_gone") from exc
    return made


def _encode(frame: Any) -> bytes:  # noqa: ANN401 - PyAV's frame
    import av

    codec: Any = av.CodecContext.create("mjpeg", "w")
    codec.width, codec.height = frame.width, frame.height
    codec.pix_fmt, codec.time_base = "yuvj420p", Fraction(1, 25)
    frame.pts = 0
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
