"""What plays on a device after what plays there now; kept, so that a restart does not lose it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from app.domain.casting import Castable, DeviceId
from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from app.services.casting.store import CastStore

log = logging.getLogger(__name__)

MOST: Final = 200
"""So many films wait for one device at most."""
Entry = tuple[Castable, str]
"""What is to be played, and its title."""


class Waiting:
    """The queue of one device. Lives on the service loop."""

    def __init__(self, store: CastStore, device: DeviceId) -> None:
        self._store, self._device = store, device
        self._entries: list[Entry] = []

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def titles(self) -> tuple[str, ...]:
        """What waits, in its order."""
        return tuple(title for _, title in self._entries)

    def restore(self, entries: tuple[Entry, ...]) -> None:
        """Wait for these again: a start found them written down."""
        self._entries = list(entries)

    async def add(self, what: Castable, title: str) -> None:
        """Wait at the end; `InvalidInput` when too many do."""
        if len(self._entries) >= MOST:
            raise InvalidInput("errors.cast_queue_full", most=MOST)
        self._entries.append((what, title))
        await self.keep()

    def take(self) -> Castable:
        """The first, which waits no more. Written down by `keep`, when it plays."""
        return self._entries.pop(0)[0]

    async def keep(self) -> None:
        """Write down what waits. What only this start can open is left out."""
        lasting = tuple(entry for entry in self._entries if entry[0].ticket is None)
        await self._store.wait(self._device, lasting)
