"""Looks into the files of a post: videos with ffprobe, pictures by their first bytes."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from typing import Final

from app.domain.casting import MediaFacts
from app.domain.errors import AppError
from app.domain.post import Attached
from app.infra.ffmpeg.facts import facts as facts_of
from app.infra.ffmpeg.running import Outside
from app.services.publishing.checking import PictureFacts, Seen
from app.services.publishing.ports import Facts

MOST_KEPT: Final = 200
HEAD: Final = 262_144
"""Bytes of a picture that are read: its size stands before them."""
NO_MEDIA: Final = MediaFacts(container="")
_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Looker:
    """Knows what is in files; a file that did not change is looked at once."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._kept: OrderedDict[tuple[bytes, int, int], MediaFacts] = OrderedDict()

    async def facts(self, path: bytes) -> Facts:
        """Say how long and how large a video is; nothing is known of one that cannot be read."""
        found = await self.media(path)
        sides = (found.width, found.height)
        wide, high = sides[::-1] if found.rotated else sides
        return Facts(found.duration or 0.0, wide, high)

    async def media(self, path: bytes) -> MediaFacts:
        """Say what is in a video; `NO_MEDIA` when it cannot be read."""
        try:
            told = await asyncio.to_thread(os.stat, path)
        except OSError:
            return NO_MEDIA
        key = (path, told.st_size, told.st_mtime_ns)
        if key not in self._kept:
            try:
                self._kept[key] = await facts_of(path, self._outside)
            except AppError:
                return NO_MEDIA
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    async def seen(self, attached: Attached) -> Seen:
        """Look at all files of a post."""
        picture = attached.thumbnail
        return Seen(
            await self.media(attached.video) if attached.video else None,
            await asyncio.to_thread(picture_facts, picture) if picture else None,
            ending_of(attached.captions) if attached.captions else None,
            ending_of(attached.video),
        )


def ending_of(path: bytes) -> str:
    """A file's format by its name, in lower case."""
    return os.path.splitext(path)[1].lstrip(b".").decode("ascii", "replace").lower()  # noqa: PTH122 - bytes


def picture_facts(path: bytes) -> PictureFacts:
    """Say what a picture is, by its first bytes. May block."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - bytes
            size = os.fstat(file.fileno()).st_size
            head = file.read(HEAD)
    except OSError:
        return PictureFacts()
    form, wide, high = _head(head)
    ending = ending_of(path)
    if form and ending.replace("jpeg", "jpg") != form:
        form = f".{ending}"  # platforms go by the name
    return PictureFacts(form, size, wide, high)


def _head(head: bytes) -> tuple[str, int, int]:
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        return "png", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg", *_jpeg_size(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp", 0, 0
    return ("gif" if head[:4] == b"GIF8" else ""), 0, 0


def _jpeg_size(head: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        marker = head[place + 1]
        if marker in _MARKERS:
            high, wide = head[place + 5 : place + 7], head[place + 7 : place + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        place += 2 + int.from_bytes(head[place + 2 : place + 4], "big")
    return 0, 0
