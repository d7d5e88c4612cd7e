"""What plays on a device after what plays there now; kept, so that a restart does not lose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.casting import DeviceId
from app.domain.errors import InvalidInput
from app.services.casting.running import MOST, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.services.casting.store import CastStore


class Waiting:
    """The queue of one device. Lives on the service loop.

    What is taken is written down with what plays then, in one row: never in both, never in none.
    """

    def __init__(self, store: CastStore, device: DeviceId) -> None:
        self._store, self._device = store, device
        self._entries: list[Entry] = []

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What waits, in its order."""
        return tuple(self._entries)

    @property
    def titles(self) -> tuple[str, ...]:
        """How it is called."""
        return tuple(one.title for one in self._entries)

    def restore(self, entries: Iterable[Entry]) -> None:
        """Wait for these again: a start found them written down."""
        self._entries = list(entries)

    def add(self, entry: Entry) -> None:
        """Wait at the end; `InvalidInput` when too many do. Written down by `keep`."""
        if len(self._entries) >= MOST:
            raise InvalidInput("errors.cast_queue_full", most=MOST)
        self._entries.append(entry)

    def take(self) -> Entry:
        """The first, which waits no more."""
        return self._entries.pop(0)

    def put_back(self, entry: Entry) -> None:
        """It could not be sent now: it is the first again."""
        self._entries.insert(0, entry)

    def clear(self) -> None:
        """Nothing waits any more."""
        self._entries.clear()

    async def keep(self, due: float) -> None:
        """Write down what waits, and when (unix time) its turn comes; 0: nobody knows."""
        await self._store.wait(self._device, self.entries, due)

    async def keep_secrets(self) -> None:
        """Keep what finds those of a search again, where the passwords are."""
        again = {one.stream: one.again for one in self._entries if one.again}
        await self._store.seal_waiting(self._device, again)
