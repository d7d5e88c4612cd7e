"""The station's own figures: gathered from what is announced, told to charts and to Prometheus."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain import events
from app.services.monitoring.answers import Answers
from app.services.monitoring.windows import Clock
from app.services.monitoring.works import Downloads, Playing, Posts, Videos, Waiting

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.domain.downloads import Download
    from app.domain.events import JobId, MachineSampled
    from app.domain.monitoring import Snapshot
    from app.runtime.bus import EventBus, Subscription
    from app.services.monitoring.exposition import Exposition

E = TypeVar("E")
FRESH: Final = 60.0
"""Seconds after which a second of the machine is no longer told as the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """What is asked of others when somebody looks, and what stood when the station started.

    `browser` tells its visits under way, those that wait, and how many may be under way;
    `streams` what is sent to others besides what plays. They are called each second.
    """

    browser: Callable[[], tuple[int, int, int]] | None = None
    streams: Callable[[], int] | None = None
    jobs: Callable[[], Awaitable[Iterable[tuple[JobId, str]]]] | None = None
    downloads: Callable[[], Awaitable[Iterable[Download]]] | None = None


class Meters:
    """Counts what happens. An event costs it a few additions, whoever publishes it.

    Safe from every thread; `start` and `stop` belong to the service loop.
    """

    def __init__(
        self,
        bus: EventBus,
        clock: Clock = time.monotonic,
        wall: Clock = time.time,
    ) -> None:
        self._bus = bus
        self._wall = wall
        self.lock: AbstractContextManager[bool] = threading.RLock()
        self.answers = Answers(clock)
        self.downloads = Downloads()
        self.videos = Videos(clock)
        self.posts = Posts(wall())
        self._jobs = Waiting()
        self._playing = Playing(clock)
        self._gauges = Gauges()
        self._snapshot: Snapshot | None = None
        self._subscriptions: list[Subscription] = []
        self._exposition: Exposition | None = None

    def add_gauges(self, gauges: Gauges) -> None:
        """Ask these from now on; before `start`."""
        self._gauges = gauges

    async def start(self) -> None:
        """Begin to count; what loads already is read once."""
        self._jobs.expect()
        self._listen()
        if self._gauges.downloads is not None:
            rows = await self._gauges.downloads()
            with self.lock:
                self.downloads.put(rows)

    async def start_jobs(self) -> None:
        """Read once which jobs wait already: when the job engine runs."""
        waiting = () if self._gauges.jobs is None else await self._gauges.jobs()
        with self.lock:
            self._jobs.put(waiting)

    def stop(self) -> None:
        """Count no more; what was counted can still be told."""
        subscriptions, self._subscriptions = self._subscriptions, []
        for subscription in subscriptions:
            subscription.close()

    def text(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return self._exposed().text()

    def encoded(self, accept: str) -> tuple[bytes, str]:
        """Everything in the format an Accept header asks for, and its content type."""
        return self._exposed().encoded(accept)

    def figures(self) -> Mapping[str, float]:
        """What charts show, by name. Cheap enough for each second.

        ``search.p50`` and ``search.p95`` (seconds, of the searches of the last hour) and
        ``cache.hits`` (0..1, of searches, over an hour) are missing when there were none.
        ``errors`` is the part of what plugins were asked for that failed, over ten minutes;
        ``streams``, ``render_queue`` and ``queue`` (jobs that wait) are numbers,
        ``downloads.speed`` is in bytes each second.
        """
        with self.lock:
            told = {
                "streams": float(self._streams()),
                "errors": _failed(*self.answers.everybody.tally()),
                "render_queue": float(self._jobs.renders),
                "queue": float(self._jobs.kinds.total()),
                "downloads.speed": self.downloads.traffic.down,
            }
            found = self.answers.searches.percentiles((0.5, 0.95))
            if found:
                told["search.p50"], told["search.p95"] = found
            kept = self.answers.caches.peek("search")
            hits = None if kept is None else kept.share()
            if hits is not None:
                told["cache.hits"] = hits
        return told

    def errors_of(self, plugin: str) -> float:
        """The part of what a plugin was asked for in the last ten minutes that failed, 0..1."""
        return _failed(*self.tally(plugin))

    def tally(self, plugin: str = "") -> tuple[int, int]:
        """How often a plugin, or all, were asked in the last ten minutes, and were good."""
        with self.lock:
            shares = self.answers.plugins.peek(plugin) if plugin else self.answers.everybody
            return (0, 0) if shares is None else shares.tally()

    # For the exposition, which holds `lock` meanwhile.

    def snapshot(self) -> Snapshot | None:
        """The newest second of the machine; None when nobody looks at it any more."""
        now = self._snapshot
        return now if now is not None and self._wall() - now.at < FRESH else None

    def queues(self) -> Mapping[str, int]:
        """How many wait, by what for."""
        told = dict(self._jobs.kinds)
        told["downloads"] = self.downloads.waiting()
        if self._gauges.browser is not None:
            told["browser"] = self._gauges.browser()[1]
        return told

    def renders(self) -> int:
        """Videos that wait to be made."""
        return self._jobs.renders

    def browser_usage(self) -> float | None:
        """The part of the browser's pages in use; None: nobody tells."""
        if self._gauges.browser is None:
            return None
        running, _waiting, seats = self._gauges.browser()
        return running / seats if seats else 0.0

    def _streams(self) -> int:
        more = 0 if self._gauges.streams is None else self._gauges.streams()
        return self._playing.now() + more

    def _exposed(self) -> Exposition:
        if self._exposition is None:
            # 0.1 s for its library: only where figures are fetched
            from app.services.monitoring.exposition import Exposition

            self._exposition = Exposition(self)
        return self._exposition

    def _listen(self) -> None:
        self._on(events.ProviderAnswered, self.answers.on_provider)
        self._on(events.ModelAnswered, self.answers.on_model)
        self._on(events.CacheAsked, self.answers.on_cache)
        self._on(events.SearchChanged, self.answers.on_search)
        self._on(events.DownloadsChanged, self.downloads.on_changed)
        self._on(events.JobProgressed, self._jobs.on_job)
        self._on(events.StudioChanged, self.videos.on_changed)
        self._on(events.StudioMoved, self.videos.on_moved)
        self._on(events.PostChanged, self.posts.on_post)
        self._on(events.StreamWatched, self._playing.on_stream)
        self._on(events.PositionChanged, self._playing.on_item)
        self._on(events.CastingChanged, self._playing.on_casts)
        self._on(events.MachineSampled, self._on_sample)

    def _on(self, event: type[E], handler: Callable[[E], None]) -> None:
        def locked(told: E) -> None:
            with self.lock:
                handler(told)

        self._subscriptions.append(self._bus.on(event, locked))

    def _on_sample(self, event: MachineSampled) -> None:
        self._snapshot = event.snapshot


def _failed(every: int, good: int) -> float:
    return (every - good) / every if every else 0.0
