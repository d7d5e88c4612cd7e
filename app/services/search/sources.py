"""The places that are searched: what plugins name, and how each of them fares."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.api.capabilities import Capability
from app.api.searching import Hit, SearchQuestion, SearchSource
from app.domain.errors import AppError
from app.domain.search import Work
from app.services.plugins.model import PluginInfo
from app.services.search.store import Rest, SearchStore

log = logging.getLogger(__name__)

MOST_PATIENCE: Final = 90.0
SLOW: Final = 15.0
"""A source that may take longer than this is searched in the background."""
LIST_SECONDS: Final = 8.0
LIST_KEPT: Final = 120.0
MOST_SOURCES: Final = 200  # of one plugin
FAILURES: Final = 3
"""So many failures in a row, and a source rests."""
FIRST_REST: Final = 60.0
LONGEST_REST: Final = 3600.0


class SearchPlugins(Protocol):
    """The part of the plugin service this needs."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """Return the plugins that are on and have a capability."""

    async def list(self) -> tuple[PluginInfo, ...]:
        """Return every plugin."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call one."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place, under a key that is the station's own."""

    key: str  # "internet_archive", "indexers_1/12"
    plugin: str
    inner: str  # the plugin's own id of it
    name: str
    works: tuple[Work, ...] = ()
    patience: float = 8.0
    rests_until: float | None = None
    rest_reason: str = ""
    addresses: bool = False  # it answers addresses, and nothing else

    @property
    def slow(self) -> bool:
        """Whether nobody should wait for it."""
        return self.patience > SLOW

    def holds(self, work: Work | None) -> bool:
        """Whether it may have such a thing."""
        return work is None or not self.works or work in self.works


class Sources:
    """Knows them, asks them, and lets those rest that fail. Lives on the service loop."""

    def __init__(
        self,
        plugins: SearchPlugins,
        store: SearchStore,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._plugins = plugins
        self._store = store
        self._clock = clock
        self._rests: dict[str, Rest] = {}
        self._lists: dict[str, tuple[float, tuple[Source, ...]]] = {}

    async def start(self) -> None:
        """Read who rested when the station last ended."""
        self._rests = await self._store.rests()

    def plugins(self) -> tuple[str, ...]:
        """The plugins that search, and are on."""
        return self._plugins.offering(Capability.SEARCHES)

    async def names(self) -> Mapping[str, str]:
        """What each plugin is called."""
        return {info.id: info.name for info in await self._plugins.list()}

    def forget_lists(self) -> None:
        """Plugins changed: ask anew which places they search."""
        self._lists.clear()

    async def of(self, plugin: str) -> tuple[Source, ...]:
        """Return the places of one plugin; raises what it raises."""
        kept = self._lists.get(plugin)
        if kept is not None and time.monotonic() - kept[0] < LIST_KEPT:
            return kept[1]
        answer = await self._plugins.call(
            plugin, Capability.SEARCHES, "sources", patience=LIST_SECONDS
        )
        assert isinstance(answer, Sequence)
        found = tuple(_source(plugin, one, len(answer)) for one in answer[:MOST_SOURCES])
        self._lists[plugin] = (time.monotonic(), found)
        return found

    def resting(self, source: Source) -> Rest | None:
        """Why a source is not asked now, or None."""
        now = self._clock()
        if source.rests_until is not None and source.rests_until > now:
            return Rest(0, source.rests_until, source.rest_reason)
        rest = self._rests.get(source.key)
        return rest if rest is not None and rest.until > now else None

    def rests(self) -> Mapping[str, Rest]:
        """Those that are not asked now for they failed, by their keys ("kiwix", "indexers/12")."""
        now = self._clock()
        return {key: rest for key, rest in self._rests.items() if rest.until > now}

    async def wake(self, key: str) -> None:
        """Ask a source again though it rests: the owner said so."""
        rest = self._rests.get(key)
        if rest is not None:
            self._rests[key] = Rest(rest.failures, 0.0, rest.reason, rest.args)

    async def ask(self, source: Source, question: SearchQuestion) -> Sequence[Hit]:
        """Ask a source and note how it fares; raises `AppError` when it fails."""
        try:
            answer = await self._plugins.call(
                source.plugin,
                Capability.SEARCHES,
                "search",
                source.inner,
                question,
                patience=min(source.patience, MOST_PATIENCE),
            )
        except AppError as error:
            await self._failed(source, error)
            raise
        assert isinstance(answer, Sequence)
        if source.key in self._rests:
            del self._rests[source.key]
            await self._store.put_rest(source.key, None)
        return answer

    async def _failed(self, source: Source, error: AppError) -> None:
        before = self._rests.get(source.key, Rest())
        failures = before.failures + 1
        pause = error.args_map.get("retry_after")
        until = 0.0
        if isinstance(pause, int | float) and pause > 0:
            until = self._clock() + min(float(pause), 24 * LONGEST_REST)
        elif failures >= FAILURES:
            rest = min(FIRST_REST * 2 ** (failures - FAILURES), LONGEST_REST)
            until = self._clock() + rest
        if until and before.until < self._clock():
            log.warning(
                "The source %s rests for %.0f s: %s", source.key, until - self._clock(), error
            )
        made = Rest(failures, until, error.key, error.args_map)
        self._rests[source.key] = made
        await self._store.put_rest(source.key, made)


def _source(plugin: str, one: SearchSource, of: int) -> Source:
    key = plugin if of == 1 else f"{plugin}/{one.id}"[:200]
    return Source(
        key=key,
        plugin=plugin,
        inner=one.id,
        name=" ".join(one.name.split())[:60] or plugin,
        works=one.works,
        patience=max(1.0, min(one.patience, MOST_PATIENCE)),
        rests_until=one.rests_until,
        rest_reason=one.rest_reason,
        addresses=one.addresses,
    )
