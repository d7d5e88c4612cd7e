"""What the owner keeps of searching, and telling when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.events import WishesChanged
from app.domain.search import Subject, Wanted
from app.domain.wishes import KeptSearch, KeptThings, Wish, WishKind
from app.runtime.bus import EventBus
from app.services.search.query import identity, read_query
from app.services.search.wishes import WishStore


class Keeper:
    """Recent and saved searches, the watchlist, what is followed. Undoing has its own methods."""

    def __init__(self, store: WishStore, bus: EventBus, clock: Callable[[], float]) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock

    async def everything(self) -> KeptThings:
        """All of it."""
        recent, saved, watchlist, followed = await asyncio.gather(
            self._store.recent(),
            self._store.saved(),
            self._store.wishes(WishKind.WATCH),
            self._store.wishes(WishKind.FOLLOW),
        )
        return KeptThings(tuple(recent), tuple(saved), tuple(watchlist), tuple(followed))

    async def searched(self, wanted: Wanted) -> None:
        """Note that this was searched; what was new of it is so no longer."""
        await self._store.remember(identity(wanted), wanted.typed, self._clock())
        await self._store.no_news(identity(wanted))
        self._tell()

    async def forget_recent(self, kept: KeptSearch | None = None) -> list[KeptSearch]:
        """Forget one recent search, or all; returns what was forgotten."""
        gone = await self._store.forget_recent(kept.identity if kept is not None else None)
        self._tell()
        return gone

    async def restore_recent(self, gone: Sequence[KeptSearch]) -> None:
        """Take `forget_recent` back."""
        await self._store.restore_recent(gone)
        self._tell()

    async def save(self, typed: str) -> None:
        """Keep a search until it is taken off."""
        await self._store.save(identity(read_query(typed)), typed, self._clock())
        self._tell()

    async def unsave(self, typed: str) -> None:
        """Keep it no longer."""
        await self._store.unsave(identity(read_query(typed)))
        self._tell()

    async def add(self, kind: WishKind, typed: str, subject: Subject | None = None) -> Wish:
        """Put a title on the watchlist, or follow it; `typed` is what finds it."""
        wanted = read_query(typed)
        made = Wish(
            id=0,
            kind=kind,
            identity=identity(wanted),
            title=subject.title if subject is not None else wanted.title,
            typed=wanted.typed,
            year=(subject.year if subject is not None else None) or wanted.year,
            work=(subject.work if subject is not None else None) or wanted.work,
            poster=subject.poster if subject is not None else "",
            picture=subject.picture if subject is not None else None,
            added_at=self._clock(),
        )
        kept = await self._store.add(made)
        self._tell()
        return kept

    async def remove(self, wish: Wish) -> None:
        """Take a title off its list."""
        await self._store.remove(wish.kind, wish.identity)
        self._tell()

    async def restore(self, wish: Wish) -> None:
        """Take `remove` back. What is there now counts as seen."""
        await self._store.add(replace(wish, checked_at=None))
        self._tell()

    def _tell(self) -> None:
        self._bus.publish(WishesChanged())
