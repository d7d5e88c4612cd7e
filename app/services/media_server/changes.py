"""Counts what changes in the library, and tells those who want to know."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from app.runtime.supervisor import Supervisor
from app.services.media_server.eventing import Events, Pace, Subscription
from app.services.media_server.makers import sources
from app.services.media_server.reader import Reader
from app.services.media_server.store import MediaServerStore
from app.services.media_server.tree import LISTS, home_of

log = logging.getLogger(__name__)

AHEAD: Final = 1000
"""So far ahead the count is written down: after a crash no number comes twice."""
MANY: Final = 300
"""Changes of more items at once are told as changes of everything."""
_FACT: Final = "update"
_TOP: Final = 2**32


class Changes:
    """The count of all changes, and of those in each container. Lives on the service loop."""

    def __init__(
        self,
        store: MediaServerStore,
        reader: Reader,
        events: Events,
        tasks: Supervisor,
        may: Callable[[str], bool],
    ) -> None:
        self._store = store
        self._reader = reader
        self._events = events
        self._tasks = tasks
        self._may = may
        self._pace = Pace(self._tell)
        self._stored = 0
        self.count = 1
        self._items: set[int] = set()
        self._all = False

    async def load(self) -> None:
        """Count on from where the last run ended; something may have changed meanwhile."""
        told = await self._store.fact(_FACT)
        self.count = (int(told) if told.isdigit() else 0) % (_TOP - AHEAD) + 1
        await self._keep()

    def changed(self, items: Sequence[int]) -> None:
        """These items changed, or, when none is named, many."""
        self.count = self.count + 1 if self.count < _TOP - 1 else 1
        self._items.update(items)
        self._all = self._all or not items or len(self._items) > MANY
        self._pace.changed()

    def first(self, service: str, subscription: Subscription) -> dict[str, str]:
        """What a new subscriber of a service is told at once."""
        if service == "cds":
            return {"SystemUpdateID": str(self.count), "ContainerUpdateIDs": ""}
        if service == "cm":
            return {
                "SourceProtocolInfo": sources(),
                "SinkProtocolInfo": "",
                "CurrentConnectionIDs": "0",
            }
        names = ("AuthorizationGranted", "AuthorizationDenied", "ValidationSucceeded")
        return {f"{name}UpdateID": "0" for name in (*names, "ValidationRevoked")}

    def stop(self) -> None:
        """Tell nothing more."""
        self._pace.stop()

    def _tell(self) -> None:
        self._tasks.spawn(self._tell_all(), "changes")

    async def _tell_all(self) -> None:
        items, everything = self._items, self._all
        self._items, self._all = set(), False
        if self.count >= self._stored:
            await self._keep()
        if not len(self._events):
            return
        places = LISTS if everything else await self._places(sorted(items))
        number = str(self.count)
        containers = ",".join(f"{place},{number}" for place in places)

        def values(subscription: Subscription) -> dict[str, str]:
            told = containers if self._may(subscription.peer) else ""
            return {"SystemUpdateID": number, "ContainerUpdateIDs": told}

        self._events.tell("cds", values)

    async def _places(self, items: Sequence[int]) -> list[str]:
        """The containers in which these stand."""

        def work(raw: sqlite3.Connection) -> list[str]:
            marks = ",".join("?" * len(items))
            sql = f"SELECT kind, series_id, season, year FROM item WHERE id IN ({marks})"  # noqa: S608 - only question marks
            found = {"recent"}
            for kind, series, season, year in raw.execute(sql, items):
                found.add(home_of(kind, series, season))
                if series is not None:
                    found.update((f"series-{series}", "series"))
                elif year is not None and kind != "series":
                    found.add(f"year-{year}")
            return sorted(found)

        return await self._reader.run(work)

    async def _keep(self) -> None:
        self._stored = self.count + AHEAD
        await self._store.set_fact(_FACT, str(self._stored))
