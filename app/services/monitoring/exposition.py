"""The figures in the words of Prometheus: every name there is, its help, and its labels.

The names are given. All ratios and shares are 0 to 1, times in seconds, speeds in bytes each
second; labels are ids of plugins, devices and kinds, never titles, queries or addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.exposition import choose_encoder, generate_latest
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from prometheus_client import Metric

    from app.domain.monitoring import Snapshot
    from app.services.monitoring.answers import Answers
    from app.services.monitoring.series import Durations, Labels, Named
    from app.services.monitoring.windows import Shares
    from app.services.monitoring.works import Downloads, Posts, Videos


class Told(Protocol):
    """What is told: how it is gathered, see `Meters`. `lock` is held while it is read."""

    lock: AbstractContextManager[bool]
    answers: Answers
    downloads: Downloads
    videos: Videos
    posts: Posts

    def snapshot(self) -> Snapshot | None:
        """The newest second of the machine; None when nobody looks at it."""

    def queues(self) -> Mapping[str, int]:
        """How many wait, by what for."""

    def renders(self) -> int:
        """Videos that wait to be made."""

    def browser_usage(self) -> float | None:
        """The part of the browser's pages in use; None: nobody tells."""


class Exposition:
    """A registry of its own over what was gathered."""

    def __init__(self, told: Told) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_Families(told))

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self._registry)

    def encoded(self, accept: str) -> tuple[bytes, str]:
        """Everything in the format an Accept header asks for, and its content type."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type


class _Families(Collector):
    def __init__(self, told: Told) -> None:
        self._told = told

    def collect(self) -> list[Metric]:
        """Every family, also those without a sample; put into words when the lock is free again."""
        with self._told.lock:
            return list(self._families())

    def _families(self) -> Iterator[Metric]:
        yield from _answers(self._told.answers)
        yield from _downloads(self._told.downloads)
        yield from _machine(self._told.snapshot())
        yield from _works(self._told)


def _answers(told: Answers) -> Iterator[Metric]:
    yield _histogram(
        "sokoul_search_duration_seconds",
        "How long a provider took to answer a search.",
        ("provider",),
        told.searching,
    )
    yield _histogram(
        "sokoul_ai_inference_duration_seconds",
        "How long somebody who thinks took, by task and by who it was.",
        ("task", "by"),
        told.thinking,
    )
    yield _gauge(
        "sokoul_scraping_success_rate",
        "Part of what a provider was asked for that it answered, over ten minutes.",
        ("provider",),
        _shares(told.sources),
    )
    yield _gauge(
        "sokoul_cache_hit_ratio",
        "Part of what was looked for in a cache that was there, over an hour.",
        ("cache",),
        _shares(told.caches),
    )


def _downloads(told: Downloads) -> Iterator[Metric]:
    traffic = told.traffic
    yield _gauge(
        "sokoul_download_speed_bytes",
        "Bytes all downloads move each second, by direction.",
        ("direction",),
        ((("down",), traffic.down), (("up",), traffic.up)),
    )
    yield _gauge(
        "sokoul_download_progress_ratio",
        "Part of what is being downloaded that is here, by kind of download.",
        ("kind",),
        (((kind,), part) for kind, part in told.progress().items()),
    )
    yield _single(
        "sokoul_stream_buffer_seconds",
        "Seconds of film ahead of where it plays, of the stream that is nearest to a stall.",
        told.buffer(),
    )
    yield _single(
        "sokoul_torrent_peers_connected", "Peers torrents are connected to.", traffic.peers
    )
    yield _single(
        "sokoul_torrent_seed_ratio",
        "Bytes torrents gave away as a part of those they took.",
        told.seed_ratio(),
    )


def _machine(now: Snapshot | None) -> Iterator[Metric]:
    cores = () if now is None else now.cores
    disks = () if now is None else now.disks
    links = () if now is None else now.links
    memory = None if now is None or not now.memory_total else now.memory_used / now.memory_total
    yield _gauge(
        "sokoul_system_cpu_usage",
        "How busy a core is, 0 to 1.",
        ("core",),
        (((str(number),), load) for number, load in enumerate(cores)),
    )
    yield _single("sokoul_system_memory_usage", "Part of the memory in use, 0 to 1.", memory)
    yield _gauge(
        "sokoul_system_disk_io",
        "Bytes a disk reads or writes each second.",
        ("disk", "direction"),
        _ways("read", "written", ((one.name, one.read, one.written) for one in disks)),
    )
    yield _gauge(
        "sokoul_system_network_throughput",
        "Bytes a network interface receives or sends each second.",
        ("interface", "direction"),
        _ways("received", "sent", ((one.name, one.received, one.sent) for one in links)),
    )
    yield _gauge(
        "sokoul_storage_usage_ratio",
        "Part of a disk that is full, 0 to 1.",
        ("disk",),
        (((one.name,), one.ratio) for one in disks),
    )


def _works(told: Told) -> Iterator[Metric]:
    yield _gauge(
        "sokoul_queue_depth",
        "How many wait, by what for: jobs by their kind, downloads, visits of the browser.",
        ("queue",),
        (((name,), float(count)) for name, count in told.queues().items()),
    )
    yield _single("sokoul_render_queue_size", "Videos that wait to be made.", float(told.renders()))
    yield _single(
        "sokoul_browser_pool_usage",
        "Part of the pages the station's browser may have open that is in use.",
        told.browser_usage(),
    )
    yield _histogram(
        "sokoul_pipeline_duration_seconds",
        "How long a video took from its start to its end, by how it ended.",
        ("outcome",),
        told.videos.made,
    )
    yield _gauge(
        "sokoul_agent_error_ratio",
        "Part of the tries of a step of the Studio that failed, over an hour.",
        ("agent",),
        ((labels, 1.0 - share) for labels, share in _shares(told.videos.steps)),
    )
    posts = CounterMetricFamily(
        "sokoul_publish",
        "Posts that went out, or failed to, since the station started.",
        labels=("platform", "outcome"),
    )
    for labels, count in told.posts.ended.items():
        posts.add_metric(labels, count)
    yield posts


def _single(name: str, told: str, value: float | None) -> Metric:
    return _gauge(name, told, (), () if value is None else (((), value),))


def _gauge(
    name: str, told: str, labels: tuple[str, ...], values: Iterable[tuple[Labels, float]]
) -> Metric:
    family = GaugeMetricFamily(name, told, labels=labels)
    for given, value in values:
        family.add_metric(given, value)
    return family


def _histogram(name: str, told: str, labels: tuple[str, ...], values: Named[Durations]) -> Metric:
    family = HistogramMetricFamily(name, told, labels=labels)
    for given, durations in values.items():
        family.add_metric(given, durations.buckets(), durations.total)
    return family


def _shares(values: Named[Shares]) -> Iterator[tuple[Labels, float]]:
    """Those of whom anything was heard within the window."""
    for labels, shares in values.items():
        share = shares.share()
        if share is not None:
            yield labels, share


def _ways(
    there: str, back: str, values: Iterable[tuple[str, float, float]]
) -> Iterator[tuple[Labels, float]]:
    for name, first, second in values:
        yield (name, there), first
        yield (name, back), second
