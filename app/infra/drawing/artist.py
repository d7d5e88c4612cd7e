"""Draws for the Studio, beside its loop: cards of scenes, thumbnails and covers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.domain.errors import InvalidInput
from app.domain.project import Brief, Look, Scene
from app.infra.picture_intake import LARGEST, take_in

T = TypeVar("T")
AT_ONCE = 2
"""Drawings at the same time: each takes a processor and some 150 MB for about a second."""
BACKGROUND = 2048
"""Pixels of the longer side of a picture that becomes a background."""


class Artist:
    """Draws one thing or two at a time; belongs to one loop."""

    def __init__(self) -> None:
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def card(self, scene: Scene, at: tuple[int, int], brief: Brief, variant: int) -> bytes:
        """Return the card of a scene as a JPEG, larger than the frame by `OVERSIZE`.

        `at` is the scene's number from 0 and how many there are.
        """
        return await self._aside(lambda: _card(scene, at, brief, variant))

    async def thumbnail(self, title: str, look: Look, picture: Path | None, variant: int) -> bytes:
        """Return a thumbnail, a JPEG of 1280×720 below 2 MB; without the picture if it is none."""
        below = await self._below(picture)
        return await self._aside(lambda: _thumbnail(title, look, below, variant))

    async def cover(self, title: str, look: Look, picture: Path | None, variant: int) -> bytes:
        """Return an upright cover, a JPEG of 1080×1920; without the picture if it is none."""
        below = await self._below(picture)
        return await self._aside(lambda: _cover(title, look, below, variant))

    async def _below(self, picture: Path | None) -> bytes | None:
        if picture is None:
            return None
        try:
            content = await asyncio.to_thread(_read, picture)
            return (await take_in(content, BACKGROUND)).content
        except (InvalidInput, OSError):
            return None

    async def _aside(self, draw: Callable[[], T]) -> T:
        async with self._gate:
            return await asyncio.to_thread(draw)


# Pillow and NumPy come in with the first drawing: the start of the station does not wait for them.


def _card(scene: Scene, at: tuple[int, int], brief: Brief, variant: int) -> bytes:
    from app.infra.drawing.cards import card_size, draw_card, wish_for

    return draw_card(wish_for(scene, *at, brief.look, card_size(brief.shape), variant))


def _thumbnail(title: str, look: Look, below: bytes | None, variant: int) -> bytes:
    from app.infra.drawing.thumbnails import draw_thumbnail

    return draw_thumbnail(title, look, below, variant)


def _cover(title: str, look: Look, below: bytes | None, variant: int) -> bytes:
    from app.infra.drawing.thumbnails import draw_cover

    return draw_cover(title, look, below, variant)


def _read(picture: Path) -> bytes:
    with picture.open("rb") as file:
        return file.read(LARGEST + 1)
