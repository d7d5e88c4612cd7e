"""How those fare who are asked: sources, services, models, caches, and searches as a whole."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from app.services.monitoring.series import Durations, Named
from app.services.monitoring.windows import Clock, Lately, Shares

if TYPE_CHECKING:
    from app.domain.events import CacheAsked, ModelAnswered, ProviderAnswered, SearchChanged
    from app.domain.search import SearchId

SEARCH_EDGES: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 15.0, 30.0, 60.0, 90.0)
THINKING_EDGES: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0, 120.0, 300.0)
MINUTES: Final = 600.0
HOUR: Final = 3_600.0
MOST_SEARCHES: Final = 64

SOURCES: Final = frozenset({"searches", "resolves_stream", "describes_media", "finds_subtitles"})
"""Capabilities whose answers are read from elsewhere."""
CHATTER: Final = frozenset({"casts_to", "chats"})
"""Asked all the time, so that they would drown what fails among the others."""


class Answers:
    """Gathers it. Each event costs a few additions."""

    def __init__(self, clock: Clock) -> None:
        self.searching: Named[Durations] = Named(lambda: Durations(SEARCH_EDGES))
        self.thinking: Named[Durations] = Named(lambda: Durations(THINKING_EDGES), 256)
        self.sources: Named[Shares] = Named(lambda: Shares(MINUTES, clock))
        self.plugins: Named[Shares] = Named(lambda: Shares(MINUTES, clock))
        self.everybody = Shares(MINUTES, clock)
        self.caches: Named[Shares] = Named(lambda: Shares(HOUR, clock), 16)
        self.searches = Lately(HOUR, clock)
        self._told: OrderedDict[SearchId, None] = OrderedDict()

    def on_provider(self, event: ProviderAnswered) -> None:
        """A plugin answered, or failed."""
        self.plugins.of(event.plugin).add(good=event.ok)
        if event.capability not in CHATTER:
            self.everybody.add(good=event.ok)
        if event.capability in SOURCES:
            self.sources.of(event.plugin).add(good=event.ok)
        if event.method == "search":
            self.searching.of(event.plugin).add(event.seconds)

    def on_model(self, event: ModelAnswered) -> None:
        """Somebody thought; rules take no time worth counting."""
        if event.by != "rules":
            self.thinking.of(event.task, event.by).add(event.seconds)

    def on_cache(self, event: CacheAsked) -> None:
        """Something was looked for among what is kept."""
        self.caches.of(event.cache).add(good=event.hit)

    def on_search(self, event: SearchChanged) -> None:
        """A search went on; it counts once, when the quick sources have answered."""
        view = event.view
        if not view.done or view.id in self._told:
            return
        self._told[view.id] = None
        if len(self._told) > MOST_SEARCHES:
            self._told.popitem(last=False)
        self.searches.add(view.seconds)
