"""Plugins that search, as one tells them: for the search service alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.api.capabilities import Capability, MediaDescription
from app.api.searching import Hit, HitKind, SearchQuestion, SearchSource, Stream, Work
from app.domain.errors import AppError, NotFound
from app.domain.media import Card, Details, ItemId, LibraryQuery
from app.services.plugins.model import PluginInfo


@dataclass
class FakeSource:
    """One plugin with one source, or with those it names."""

    hits: Sequence[Hit] = ()
    after: float = 0.0  # seconds until it answers
    error: AppError | None = None
    sources: Sequence[SearchSource] = ()
    streams: dict[str, list[Stream]] = field(default_factory=dict)
    asked: list[SearchQuestion] = field(default_factory=list)
    patience: float = 8.0
    works: tuple[Work, ...] = ()

    async def search(self, question: SearchQuestion) -> Sequence[Hit]:
        self.asked.append(question)
        await asyncio.sleep(self.after)
        if self.error is not None:
            raise self.error
        return self.hits


class FakeSearchPlugins:
    """Answers as the plugin service does."""

    def __init__(self, **sources: FakeSource) -> None:
        self.sources = dict(sources)
        self.described: MediaDescription | None = None
        self.hosts: dict[str, frozenset[str]] = {}

    def offering(self, capability: Capability) -> tuple[str, ...]:
        if capability is Capability.SEARCHES:
            return tuple(self.sources)
        if capability is Capability.DESCRIBES_MEDIA and self.described is not None:
            return ("describer",)
        return ()

    async def list(self) -> tuple[PluginInfo, ...]:
        return tuple(PluginInfo(name, name.title(), enabled=True) for name in self.sources)

    def own_hosts(self, plugin: str) -> frozenset[str]:
        return self.hosts.get(plugin, frozenset())

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: Any,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        if method == "describe":
            return self.described
        source = self.sources[plugin]
        if method == "sources":
            made = SearchSource(plugin, plugin.title(), source.works, source.patience)
            return source.sources or (made,)
        if method == "search":
            return await source.search(args[1])
        if args[0] not in source.streams:
            raise NotFound("errors.nothing_to_play")
        return source.streams[args[0]]


class FakeShelf:
    """A library of these cards."""

    def __init__(self, *cards: Card) -> None:
        self.held = {card.id: card for card in cards}

    async def listing(self, query: LibraryQuery) -> list[int]:
        words = query.text.casefold().split()
        return [
            card.id
            for card in self.held.values()
            if all(word in f"{card.series or ''} {card.title}".casefold() for word in words)
        ]

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return [self.held[ItemId(one)] for one in ids]

    async def details(self, item: ItemId) -> Details:
        if item not in self.held:
            raise NotFound("errors.item_gone")
        return Details(self.held[item], ())


def torrent(title: str, size: float = 4e9, seeders: int = 50, **more: Any) -> Hit:
    """A hit with a magnet link of its own."""
    mark = f"{abs(hash((title, size))):040x}"[-40:]
    link = f"magnet:?xt=urn:btih:{mark}"
    return Hit(title, HitKind.TORRENT, link, size=int(size), seeders=seeders, **more)


def file(title: str, link: str, **more: Any) -> Hit:
    """A hit that plays as it is."""
    return Hit(title, HitKind.FILE, link, **more)


Make = Callable[[], FakeSource]
