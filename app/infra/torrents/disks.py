"""Looks whether the disks of torrents are still there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from app.infra.torrents.body import Body


async def look_at(bodies: Sequence[Body]) -> None:
    """Stop what lies on a disk that is away, before its folder is taken for another."""
    places = {one.place.path: one.place for one in bodies if one.place is not None}
    there = await asyncio.to_thread(lambda: {path: place.there() for path, place in places.items()})
    for body in bodies:
        if body.place is not None and not there.get(body.place.path, True):
            body.fail(Unavailable("errors.disk_away", folder=str(body.save)))
