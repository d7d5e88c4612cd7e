"""An item of the library behind a ticket, for who can hand over nothing else than a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.domain.errors import AppError
from app.domain.media import ItemId
from app.services.playback.request import ItemRequest


class Player(Protocol):
    """What is asked of the playback service."""

    async def open(self, item: ItemId) -> ItemRequest:
        """Say what to play for an item."""


class ItemWays:
    """The one way to play an item. Implements `Ways`."""

    def __init__(self, player: Player, item: ItemId) -> None:
        self._player, self._item = player, item
        self._error: AppError | None = None

    async def open(self) -> ItemRequest:
        """Say where it lies. Raises what the player could not do with it before."""
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        return await self._player.open(self._item)

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        """The player could not play it: there is no other way."""
        self._error = AppError(key, **args)

    async def close(self) -> None:
        """Nothing is open."""
