"""Learns the library in the background: asks what is known of each item, and embeds the words.

Everything that is done is kept at once, and what is left to do is what the tables lack: killed at
any time it goes on where it was.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

from app.domain.errors import AppError, ToolFailed
from app.domain.events import (
    LibraryChanged,
    PluginStateChanged,
    PositionChanged,
    SettingsChanged,
    StreamWatched,
)
from app.domain.meaning import Known, MeaningProgressed, MeaningWishes
from app.domain.media import ItemId
from app.infra.embedding.client import Embedding
from app.runtime.bus import EventBus, Subscription
from app.services.meaning.knowing import KnownOf
from app.services.meaning.store import MeaningStore

log = logging.getLogger(__name__)

ASKED_AT_ONCE: Final = 64
EMBEDDED_AT_ONCE: Final = 32
BREATH: Final = 0.005
"""Seconds between two questions: the loop belongs to others."""
TOLD_EVERY: Final = 2.0
OLD: Final = 7 * 86400.0
"""Seconds after which what is known of an item is asked anew, when the station starts."""
PLAYING: Final = 20.0
"""Seconds for which somebody who was seen to watch is taken to be watching still."""
TRY_AGAIN: Final = (5.0, 60.0, 600.0)


class Learner:
    """Keeps what is known, and its vectors, true to the library. `changed` hears of new vectors."""

    def __init__(
        self,
        store: MeaningStore,
        embedding: Embedding,
        bus: EventBus,
        known_of: KnownOf,
        wishes: Callable[[], MeaningWishes],
        changed: Callable[[], None],
    ) -> None:
        self._store = store
        self._embedding = embedding
        self._bus = bus
        self._known_of = known_of
        self._wishes = wishes
        self._changed = changed
        self._wanted = asyncio.Event()
        self._again: set[int] = set()
        self._thin = False
        self._playing_until = 0.0
        self._told_at = 0.0
        self._failures = 0
        self._subscriptions: list[Subscription] = []

    def follow(self) -> None:
        """Hear what the library, the plugins, the player and the owner say."""
        loop = asyncio.get_running_loop()

        def later(call: Callable[[], None]) -> None:
            loop.call_soon_threadsafe(call)

        def library(event: LibraryChanged) -> None:
            later(lambda: self._library_changed(event))

        def plugin(event: PluginStateChanged) -> None:
            later(lambda: self._plugin_changed(event))

        def position(event: PositionChanged | StreamWatched) -> None:
            later(lambda: self._position_changed(event))

        self._subscriptions = [
            self._bus.on(LibraryChanged, library),
            self._bus.on(PluginStateChanged, plugin),
            self._bus.on(PositionChanged, position),
            self._bus.on(StreamWatched, position),
            self._bus.on(SettingsChanged, lambda _event: later(self._wanted.set)),
        ]

    def leave(self) -> None:
        """Hear nothing any more."""
        for each in self._subscriptions:
            each.close()

    async def run(self) -> None:
        """Learn what is not known, wait for more, until cancelled."""
        await self._store.ask_again_before(time.time() - OLD)
        while True:
            self._wanted.clear()
            await self._renew()
            await self._ask_all()
            complete = await self._embed_all()
            await self._tell(working=False)
            try:
                async with asyncio.timeout(None if complete else self._pause()):
                    await self._wanted.wait()
            except TimeoutError:
                log.info("Trying again to make vectors")

    async def _renew(self) -> None:
        again, self._again = sorted(self._again), set()
        if again:
            await self._store.ask_again(again)
        if self._thin:
            self._thin = False
            await self._store.ask_again_where_little()

    async def _ask_all(self) -> None:
        after = 0
        while items := await self._store.unasked(after, ASKED_AT_ONCE):
            after = items[-1]
            found = []
            for item in items:
                await self._while_playing()
                known = await self._ask(item)
                if known is not None:
                    found.append((item, known))
                await asyncio.sleep(BREATH)
            await self._store.put_known(found)
            # Some of the vectors between: the first films are found before the last is known.
            await self._embed_some(0)
            await self._tell()

    async def _ask(self, item: int) -> Known | None:
        try:
            return await self._known_of(ItemId(item))
        except AppError as error:
            log.debug("Nothing is known of item %s: %s", item, error)
            return None

    async def _embed_all(self) -> bool:
        """Make every vector that lacks; False when that could not be done."""
        after: int | None = 0
        while after is not None:
            after = await self._embed_some(after)
            if after == -1:
                return False
            await self._tell()
        return True

    async def _embed_some(self, after: int) -> int | None:
        """The id up to which it came; None when nothing was left, -1 when it went wrong."""
        mark = self._embedding.mark
        if not mark or not self._wishes().learn:
            return None
        rows = await self._store.without_vector(mark, after, EMBEDDED_AT_ONCE)
        if not rows:
            return None
        await self._while_playing()
        try:
            made = await self._embedding.embed([text for _item, text in rows])
        except ToolFailed as error:
            self._failures += 1
            log.warning("Vectors could not be made: %s", error)
            return -1
        self._failures = 0
        both = zip(rows, made, strict=True)
        await self._store.put_vectors(mark, [(*row, vector) for row, vector in both])
        self._changed()
        return rows[-1][0]

    async def _while_playing(self) -> None:
        """Wait while somebody watches, if the owner wants that."""
        while self._wishes().rest_while_playing:
            left = self._playing_until - time.monotonic()
            if left <= 0:
                return
            await asyncio.sleep(min(left, 1.0))

    async def _tell(self, *, working: bool = True) -> None:
        now = time.monotonic()
        if working and now - self._told_at < TOLD_EVERY:
            return
        self._told_at = now
        done, total = await self._store.count(self._embedding.mark)
        self._bus.publish(MeaningProgressed(done, total, working))

    def _pause(self) -> float:
        return TRY_AGAIN[min(max(self._failures, 1), len(TRY_AGAIN)) - 1]

    def _library_changed(self, event: LibraryChanged) -> None:
        if event.structure:
            self._note(event.items)
            self._changed()
            self._wanted.set()

    def _note(self, items: Sequence[int]) -> None:
        self._again.update(items)

    def _plugin_changed(self, event: PluginStateChanged) -> None:
        if event.enabled:
            self._thin = True
            self._wanted.set()

    def _position_changed(self, event: PositionChanged | StreamWatched) -> None:
        if event.position > 0:
            self._playing_until = time.monotonic() + PLAYING
