"""Knows what goes on under each address: who is being sent something, and what was sent.

Figures are gathered in memory and written down together a moment later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.domain.access import PassId
from app.runtime.supervisor import Supervisor
from app.services.sharing.store import USE_SECONDS, SharingStore, Tally

log = logging.getLogger(__name__)

LATER: Final = 2.0
"""Seconds after which figures are written down."""
MOST_SEEN: Final = 5000
"""So many plays are remembered, so that a further range of the same film is no other play."""


class Going:
    """What goes on now. Lives on the service loop; `told` is called when figures changed."""

    def __init__(
        self,
        store: SharingStore,
        told: Callable[[], None],
        clock: Callable[[], float] = time.time,
        later: float = LATER,
    ) -> None:
        self._store = store
        self._told = told
        self._clock = clock
        self._later = later
        self._sending: dict[PassId, set[asyncio.Task[object]]] = {}
        self._barred: set[PassId] = set()
        self._figures: dict[tuple[PassId, str], dict[str, int]] = {}
        self._seen: OrderedDict[tuple[PassId, str, str], float] = OrderedDict()
        self._stirred = asyncio.Event()
        self.came = asyncio.Event()
        """Set when somebody begins to be sent something."""
        self._tasks = Supervisor("links")
        self._turn = asyncio.Lock()

    def start(self) -> None:
        """Begin to write down."""
        self._tasks.spawn(self._run(), "figures")

    async def stop(self) -> None:
        """Hang up on everybody, and write down what is left."""
        await self._tasks.close()
        self.hang_up(tuple(self._sending))
        await self.write()

    @contextlib.contextmanager
    def sending(self, who: PassId) -> Iterator[None]:
        """The task that runs this sends something to a recipient, until it is left.

        Raises `ConnectionError` when he was hung up on a moment ago: what was asked for just
        before must not go on.
        """
        if who in self._barred:
            raise ConnectionResetError
        task = asyncio.current_task()
        assert task is not None
        tasks = self._sending.setdefault(who, set())
        tasks.add(task)
        self.came.set()
        try:
            yield
        finally:
            tasks.discard(task)
            if not tasks:
                self._sending.pop(who, None)

    def bar(self, people: Collection[PassId]) -> None:
        """Send nothing more to these, and hang up on them."""
        self._barred.update(people)
        self.hang_up(people)

    def unbar(self, people: Collection[PassId]) -> None:
        """They may have something again."""
        self._barred.difference_update(people)

    def hang_up(self, people: Collection[PassId]) -> int:
        """Break off what is being sent to these; returns how much was."""
        tasks = [task for who in people for task in self._sending.get(who, ())]
        for task in tasks:
            task.cancel()  # not its transport: asyncio trips over one that goes amid a sendfile
        return len(tasks)

    @property
    def people(self) -> frozenset[PassId]:
        """Those something is being sent to now."""
        return frozenset(self._sending)

    def add(self, who: PassId, **figures: int) -> None:
        """Add to the figures of today."""
        held = self._figures.setdefault((who, self.day()), {})
        for name, count in figures.items():
            held[name] = held.get(name, 0) + count
        self._stirred.set()

    def begins(self, who: PassId, device: str, film: str) -> bool:
        """Whether a device begins a film now, and does not only go on with it."""
        now, key = self._clock(), (who, device, film)
        last = self._seen.pop(key, None)
        begins = last is None or not 0 <= now - last < USE_SECONDS
        self._seen[key] = now if begins or last is None else last
        while len(self._seen) > MOST_SEEN:
            self._seen.popitem(last=False)
        return begins

    def day(self) -> str:
        """Today, as it is at the station."""
        return f"{datetime.fromtimestamp(self._clock()).astimezone():%Y-%m-%d}"

    async def write(self) -> None:
        """Write the figures down now."""
        async with self._turn:
            held, self._figures = self._figures, {}
            if not held:
                return
            try:
                await self._store.add_up(Tally(who, day, told) for (who, day), told in held.items())
            except BaseException:
                for (who, day), told in held.items():  # another time
                    kept = self._figures.setdefault((who, day), {})
                    for name, count in told.items():
                        kept[name] = kept.get(name, 0) + count
                raise
        self._told()

    async def _run(self) -> None:
        while True:
            await self._stirred.wait()
            await asyncio.sleep(self._later)
            self._stirred.clear()
            try:
                await self.write()
            except DBAPIError as error:  # the disk is full: they are kept until there is room
                log.warning("The figures of the links cannot be written: %s", error)
                self._stirred.set()
