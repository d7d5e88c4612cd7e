"""Tells the bus what a scan does, not more often than a person can see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from app.domain.events import LibraryChanged, ScanPhase, ScanProgressed
from app.domain.media import FolderId, ItemId
from app.runtime.bus import EventBus

CHANGES_EVERY = 0.5
PROGRESS_EVERY = 0.25
MOST_NAMED = 200


class Announcer:
    """Gathers changes and publishes at most two a second; the first goes out at once."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._items: set[int] = set()
        self._structure = False
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._progress: dict[FolderId, tuple[ScanPhase, float]] = {}

    def changed(self, items: Iterable[int] = (), structure: bool = True) -> None:
        """These items changed; none named: something larger did.

        Without `structure` only figures of known items changed.
        """
        named = set(items)
        self._structure = self._structure or structure
        self._items |= named or {0}
        if self._timer is not None:
            return
        wait = max(0.0, self._last + CHANGES_EVERY - time.monotonic())
        self._timer = asyncio.get_running_loop().call_later(wait, self._publish)

    def progress(self, event: ScanProgressed) -> None:
        """Publish where a scan is, unless it told the same phase a moment ago."""
        now = time.monotonic()
        phase, last = self._progress.get(event.folder, (ScanPhase.WAITING, 0.0))
        ended = event.phase in {ScanPhase.DONE, ScanPhase.CANCELLED, ScanPhase.FAILED}
        if phase is event.phase and now - last < PROGRESS_EVERY and not ended:
            return
        if ended:
            self._progress.pop(event.folder, None)
        else:
            self._progress[event.folder] = (event.phase, now)
        self._bus.publish(event)

    def telling(self, folder: FolderId) -> bool:
        """Whether a scan was told of and its end was not."""
        return folder in self._progress

    def flush(self) -> None:
        """Publish now what waits."""
        if self._timer is not None:
            self._timer.cancel()
            self._publish()

    def _publish(self) -> None:
        self._timer = None
        self._last = time.monotonic()
        items, self._items = self._items, set()
        named = () if 0 in items or len(items) > MOST_NAMED else tuple(sorted(items))
        structure, self._structure = self._structure, False
        self._bus.publish(LibraryChanged(tuple(ItemId(item) for item in named), structure))
