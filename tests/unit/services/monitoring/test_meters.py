"""The station's own figures: from what is announced to what charts and Prometheus are told."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.domain.casting import Castable, Casting, CastStage, Device, DeviceId, Protocol
from app.domain.downloads import (
    Ahead,
    Download,
    DownloadId,
    DownloadKind,
    DownloadState,
    Traffic,
)
from app.domain.events import (
    CacheAsked,
    CastingChanged,
    DownloadsChanged,
    JobId,
    JobProgressed,
    JobState,
    MachineSampled,
    ModelAnswered,
    PositionChanged,
    PostChanged,
    ProviderAnswered,
    SearchChanged,
    StreamWatched,
    StudioChanged,
    StudioMoved,
)
from app.domain.media import ItemId
from app.domain.monitoring import DiskUse, LinkUse, Snapshot
from app.domain.post import AccountId, BundleId, Post, PostId, PostState, Words
from app.domain.project import ProjectId, ProjectState, Step, StepState
from app.domain.search import SearchId, SearchView, Wanted
from app.domain.studio import ProjectCard, StepView
from app.runtime.bus import EventBus
from app.services.monitoring.meters import Gauges, Meters

NAMES = (
    *("sokoul_search_duration_seconds", "sokoul_download_speed_bytes"),
    *("sokoul_download_progress_ratio", "sokoul_stream_buffer_seconds"),
    *("sokoul_ai_inference_duration_seconds", "sokoul_scraping_success_rate"),
    *("sokoul_cache_hit_ratio", "sokoul_system_cpu_usage", "sokoul_system_memory_usage"),
    *("sokoul_system_disk_io", "sokoul_system_network_throughput", "sokoul_queue_depth"),
    *("sokoul_torrent_peers_connected", "sokoul_torrent_seed_ratio"),
    *("sokoul_browser_pool_usage", "sokoul_pipeline_duration_seconds"),
    *("sokoul_agent_error_ratio", "sokoul_render_queue_size", "sokoul_storage_usage_ratio"),
    "sokoul_publish_total",
)
"""What the station promises; the same in every release."""
WALL = 1_790_000_000.0


@dataclass
class Clock:
    now: float = 5_000.0

    def __call__(self) -> float:
        return self.now


class World:
    """Meters on a bus, and what they tell."""

    def __init__(self) -> None:
        self.bus, self.clock, self.wall = EventBus(), Clock(), Clock(WALL)
        self.meters = Meters(self.bus, self.clock, self.wall)

    def tell(self, *events: object) -> None:
        for event in events:
            self.bus.publish(event)

    def sample(self, name: str, **labels: str) -> float | None:
        """One value as Prometheus reads it; None when there is none."""
        return samples(self.meters.text()).get((name, frozenset(labels.items())))


def samples(text: bytes) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text.decode())
        for one in family.samples
    }


@pytest.fixture
async def world() -> World:
    made = World()
    await made.meters.start()
    return made


def asked(plugin: str, *, ok: bool = True, seconds: float = 1.0) -> ProviderAnswered:
    error = "" if ok else "errors.plugin_slow"
    return ProviderAnswered(plugin, "searches", "search", seconds, ok, error)


def download(number: int, **changes: Any) -> Download:
    made = Download(
        id=DownloadId(f"d{number}"), kind=DownloadKind.TORRENT, name=f"A secret film {number}",
        state=DownloadState.LOADING, size=1_000, done=250, uploaded=100,
    )  # fmt: skip
    return replace(made, **changes)


def search(number: int, seconds: float, *, done: bool = True) -> SearchChanged:
    wanted = Wanted("a secret wish", "a secret wish")
    return SearchChanged(
        SearchView(SearchId(number), "x", wanted, seconds=seconds, done=done, complete=done)
    )


def post(number: int, state: PostState, ended: float = 0.0, **changes: Any) -> PostChanged:
    made = Post(
        id=PostId(f"{number:032x}"), bundle=BundleId("b"), account=AccountId("youtube_1"),
        platform="youtube", words=Words("A secret title"), state=state, ended=ended,
    )  # fmt: skip
    return PostChanged(replace(made, **changes))


def project(state: ProjectState, number: int = 1) -> ProjectCard:
    return ProjectCard(ProjectId(f"p{number}"), "A secret video", state)


async def test_every_name_is_there_from_the_start_and_promtool_finds_nothing(
    world: World,
) -> None:
    text = world.meters.text()
    helped = {line.split()[2] for line in text.decode().splitlines() if line.startswith("# HELP")}
    assert helped == set(NAMES)
    fill(world)
    assert lint(world.meters.text()) == ""


def lint(text: bytes) -> str:
    """What the real `promtool` has to say."""
    run = subprocess.run(
        ["promtool", "check", "metrics"], input=text, capture_output=True, timeout=60, check=False
    )
    return (run.stdout + run.stderr).decode() + ("" if run.returncode == 0 else "refused")


def fill(world: World) -> None:
    """Something of everything."""
    shot = Snapshot(
        WALL, 0.3, (0.2, 0.4), (2_000.0, 0.0), 4_000, 16_000,
        disks=(DiskUse("nvme0n1p2", "/", 1_000, 900, 11.0, 12.0),),
        links=(LinkUse("eth0", 21.0, 22.0),),
    )  # fmt: skip
    world.tell(
        asked("archive"), asked("indexers_1", ok=False),
        ModelAnswered("wish", "here", 3.0, ok=True), ModelAnswered("wish", "rules", 0.0, ok=True),
        CacheAsked("search", hit=True), CacheAsked("pictures", hit=False), search(1, 0.5),
        DownloadsChanged((download(1),), (), Traffic(down=5.0, up=1.0, peers=7)),
        JobProgressed("a secret job", "studio.make", JobState.QUEUED),
        StudioChanged(ProjectId("p1"), project(ProjectState.RUNNING)),
        StudioChanged(ProjectId("p1"), project(ProjectState.DONE)),
        StudioMoved(project(ProjectState.DONE), StepView(Step.SCRIPT, StepState.DONE)),
        post(1, PostState.DONE, WALL + 1), MachineSampled(shot),
    )  # fmt: skip


async def test_nothing_private_is_told(world: World) -> None:
    fill(world)
    world.tell(StreamWatched("https://site.example/a secret film", 7.0))
    told = world.meters.text().decode() + repr(dict(world.meters.figures()))
    assert "secret" not in told
    assert "://" not in told
    assert "errors." not in told


async def test_both_formats(world: World) -> None:
    fill(world)
    plain, kind = world.meters.encoded("text/plain;version=0.0.4")
    assert kind.startswith("text/plain; version=0.0.4")
    assert plain == world.meters.text()
    accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"
    opened, kind = world.meters.encoded(accept)
    assert kind.startswith("application/openmetrics-text; version=1.0.0")
    assert opened.endswith(b"# EOF\n")
    assert b"# TYPE sokoul_publish counter\n" in opened
    assert b"_created" not in plain + opened


async def test_searches_are_told_by_provider_and_as_a_whole(world: World) -> None:
    world.tell(*(asked("archive", seconds=seconds) for seconds in (0.4, 0.5, 2.5)))
    count = {"provider": "archive"}
    assert world.sample("sokoul_search_duration_seconds_bucket", le="0.5", **count) == 2
    assert world.sample("sokoul_search_duration_seconds_bucket", le="3.0", **count) == 3
    assert world.sample("sokoul_search_duration_seconds_count", **count) == 3
    assert world.sample("sokoul_search_duration_seconds_sum", **count) == pytest.approx(3.4)
    assert "search.p50" not in world.meters.figures()
    world.tell(search(1, 0.2, done=False))
    for number, seconds in enumerate((0.9, 0.9, 0.9, 2.2), 1):
        world.tell(search(number, seconds), search(number, seconds + 50))  # a slow source after
    figures = world.meters.figures()
    assert (figures["search.p50"], figures["search.p95"]) == (0.9, 2.2)
    world.clock.now += 3_601
    assert "search.p95" not in world.meters.figures()


async def test_errors_of_all_and_of_one(world: World) -> None:
    assert (world.meters.figures()["errors"], world.meters.errors_of("archive")) == (0.0, 0.0)
    world.tell(*(asked("archive") for _ in range(6)), asked("mine", ok=False), asked("mine"))
    world.tell(*(ProviderAnswered("tv", "casts_to", "status", 1.0, ok=True) for _ in range(50)))
    world.tell(ProviderAnswered("tv", "casts_to", "load", 1.0, ok=False))
    assert world.meters.figures()["errors"] == 1 / 8  # what TVs are asked all the time is no part
    assert world.meters.errors_of("mine") == 0.5
    assert world.meters.tally("tv") == (51, 50)
    assert world.meters.tally() == (8, 7)
    assert world.sample("sokoul_scraping_success_rate", provider="mine") == 0.5
    assert world.sample("sokoul_scraping_success_rate", provider="tv") is None
    world.clock.now += 700
    assert world.meters.figures()["errors"] == 0.0
    assert world.sample("sokoul_scraping_success_rate", provider="mine") is None


async def test_caches_and_thinking(world: World) -> None:
    assert "cache.hits" not in world.meters.figures()
    world.tell(*(CacheAsked("search", hit=hit) for hit in (True, True, False)))
    world.tell(CacheAsked("answers", hit=False))
    assert world.meters.figures()["cache.hits"] == pytest.approx(2 / 3)
    assert world.sample("sokoul_cache_hit_ratio", cache="answers") == 0.0
    world.tell(ModelAnswered("wish", "here", 3.0, ok=True), ModelAnswered("wish", "rules", 0, True))
    name = "sokoul_ai_inference_duration_seconds_count"
    assert world.sample(name, task="wish", by="here") == 1
    assert world.sample(name, task="wish", by="rules") is None


async def test_downloads_without_their_names(world: World) -> None:
    name = "sokoul_download_progress_ratio"
    assert world.sample(name, kind="torrent") is None
    assert world.sample("sokoul_stream_buffer_seconds") is None
    rows = (
        download(1, ahead=Ahead(loaded=40.0, playing=True)),
        download(2, size=3_000, done=750, uploaded=900, ahead=Ahead(loaded=9.0, playing=True)),
        download(3, kind=DownloadKind.FILE, size=None, done=10),
        download(4, state=DownloadState.SEEDING, done=1_000, uploaded=2_000),
        download(5, kind=DownloadKind.FILE, state=DownloadState.QUEUED, size=100, done=0),
    )
    world.tell(DownloadsChanged(rows, (), Traffic(down=5_000.0, up=70.0, peers=12)))
    assert world.sample(name, kind="torrent") == 0.25
    assert world.sample(name, kind="file") == 0.0
    assert world.sample("sokoul_stream_buffer_seconds") == 9.0
    assert world.sample("sokoul_torrent_seed_ratio") == 1.5
    assert world.sample("sokoul_torrent_peers_connected") == 12
    assert world.sample("sokoul_download_speed_bytes", direction="down") == 5_000
    assert world.sample("sokoul_download_speed_bytes", direction="up") == 70
    assert world.sample("sokoul_queue_depth", queue="downloads") == 1
    assert world.meters.figures()["downloads.speed"] == 5_000
    world.tell(DownloadsChanged((), (DownloadId("d2"), DownloadId("d5")), Traffic()))
    assert world.sample("sokoul_stream_buffer_seconds") == 40.0
    assert world.sample("sokoul_queue_depth", queue="downloads") == 0


async def test_jobs_that_wait_also_those_of_before_the_start() -> None:
    world = World()

    async def jobs() -> Iterable[tuple[JobId, str]]:
        # While it is read, one of them begins and another one comes.
        world.tell(JobProgressed("old 1", "studio.make", JobState.RUNNING))
        world.tell(JobProgressed("new", "studio.make", JobState.QUEUED))
        return [("old 1", "studio.make"), ("old 2", "studio.make"), ("old 3", "scan")]

    async def downloads() -> Iterable[Download]:
        return [download(1)]

    world.meters.add_gauges(Gauges(jobs=jobs, downloads=downloads))
    await world.meters.start()
    await world.meters.start_jobs()
    figures = world.meters.figures()
    assert (figures["render_queue"], figures["queue"]) == (2, 3)
    assert world.sample("sokoul_render_queue_size") == 2
    assert world.sample("sokoul_queue_depth", queue="scan") == 1
    assert world.sample("sokoul_download_progress_ratio", kind="torrent") == 0.25
    for state in (JobState.DELAYED, JobState.RUNNING, JobState.RUNNING, JobState.DONE):
        world.tell(JobProgressed("old 2", "studio.make", state))
    world.tell(JobProgressed("old 3", "scan", JobState.CANCELLED))
    assert world.meters.figures()["queue"] == 1
    assert world.sample("sokoul_queue_depth", queue="scan") == 0


async def test_videos_are_timed_from_their_start(world: World) -> None:
    name, done = "sokoul_pipeline_duration_seconds", {"outcome": "done"}
    assert world.sample(f"{name}_count", **done) == 0  # so that the first one can be seen to rise

    def changed(state: ProjectState, number: int = 1) -> StudioChanged:
        return StudioChanged(ProjectId(f"p{number}"), project(state, number))

    world.tell(changed(ProjectState.DRAFT), changed(ProjectState.RUNNING))
    world.clock.now += 100
    world.tell(changed(ProjectState.RUNNING))
    world.clock.now += 400
    world.tell(changed(ProjectState.DONE), changed(ProjectState.DONE))
    assert world.sample(f"{name}_sum", **done) == 500
    assert world.sample(f"{name}_bucket", le="450.0", **done) == 0
    assert world.sample(f"{name}_bucket", le="600.0", **done) == 1
    # One that goes on from before a restart, one that was paused, one that is gone: not timed.
    world.tell(StudioMoved(project(ProjectState.RUNNING, 2), StepView(Step.VOICE)))
    world.tell(changed(ProjectState.RUNNING, 2), changed(ProjectState.DONE, 2))
    world.tell(changed(ProjectState.RUNNING, 3), StudioChanged(ProjectId("p3"), None))
    assert world.sample(f"{name}_count", **done) == 1
    world.tell(changed(ProjectState.RUNNING, 4), changed(ProjectState.FAILED, 4))
    assert world.sample(f"{name}_count", outcome="failed") == 1


async def test_steps_that_fail(world: World) -> None:
    card = project(ProjectState.RUNNING)
    for state in (StepState.RUNNING, StepState.FAILED, StepState.DONE, StepState.DONE):
        world.tell(StudioMoved(card, StepView(Step.VOICE, state)))
    world.tell(StudioMoved(card, StepView(Step.MUSIC, StepState.DONE)))
    assert world.sample("sokoul_agent_error_ratio", agent="voice") == pytest.approx(1 / 3)
    assert world.sample("sokoul_agent_error_ratio", agent="music") == 0


async def test_a_post_counts_once(world: World) -> None:
    name, out = "sokoul_publish_total", {"platform": "youtube", "outcome": "done"}
    world.tell(post(1, PostState.DONE, WALL - 5))  # it went out before the station started
    world.tell(post(2, PostState.SENDING))
    assert world.sample(name, **out) == 0
    world.tell(post(2, PostState.DONE, WALL + 9), post(2, PostState.DONE, WALL + 9, url="x"))
    world.tell(post(3, PostState.FAILED, WALL + 10), post(3, PostState.DONE, WALL + 20))
    assert world.sample(name, **out) == 2
    assert world.sample(name, platform="youtube", outcome="failed") == 1


async def test_streams_are_what_is_heard_of_again(world: World) -> None:
    def now() -> float:
        return world.meters.figures()["streams"]

    world.tell(PositionChanged(ItemId(1), 50.0, watched=False))  # perhaps only marked
    assert now() == 0
    world.clock.now += 5
    world.tell(PositionChanged(ItemId(1), 55.0, watched=False), StreamWatched("a", 1.0))
    assert now() == 1
    world.clock.now += 5
    world.tell(PositionChanged(ItemId(1), 60.0, watched=False), StreamWatched("a", 6.0))
    assert now() == 2
    device = Device(id=DeviceId("tv"), protocol=Protocol.CHROMECAST, name="TV")
    cast = Casting(device=device, what=Castable(item=ItemId(1)), stage=CastStage.PLAYING, title="x")
    world.tell(CastingChanged((cast,)))  # it tells its position too
    assert now() == 2
    world.clock.now += 30
    assert now() == 1
    world.tell(CastingChanged((replace(cast, stage=CastStage.PAUSED),)))
    assert now() == 0
    world.meters.add_gauges(Gauges(streams=lambda: 3))
    assert now() == 3


async def test_the_machine_while_somebody_looks_at_it(world: World) -> None:
    assert world.sample("sokoul_system_memory_usage") is None
    fill(world)
    expected = {
        ("sokoul_system_cpu_usage", ("core", "1")): 0.4,
        ("sokoul_storage_usage_ratio", ("disk", "nvme0n1p2")): 0.9,
    }
    for (name, label), value in expected.items():
        assert world.sample(name, **dict([label])) == value
    assert world.sample("sokoul_system_memory_usage") == 0.25
    disk = {"disk": "nvme0n1p2"}
    assert world.sample("sokoul_system_disk_io", direction="read", **disk) == 11
    assert world.sample("sokoul_system_disk_io", direction="written", **disk) == 12
    link = {"interface": "eth0"}
    assert world.sample("sokoul_system_network_throughput", direction="received", **link) == 21
    assert world.sample("sokoul_system_network_throughput", direction="sent", **link) == 22
    world.wall.now += 61
    assert world.sample("sokoul_system_memory_usage") is None


async def test_the_browser_is_asked(world: World) -> None:
    assert world.sample("sokoul_browser_pool_usage") is None
    world.meters.add_gauges(Gauges(browser=lambda: (1, 4, 2)))
    assert world.sample("sokoul_browser_pool_usage") == 0.5
    assert world.sample("sokoul_queue_depth", queue="browser") == 4


async def test_labels_are_bounded_whatever_comes(world: World) -> None:
    for number in range(1_000):
        world.tell(asked(f"plugin_{number}"), ModelAnswered(f"t{number}", "x", 1.0, ok=True))
        world.tell(CacheAsked(f"c{number}", hit=True), post(number, PostState.DONE, WALL + 1))
    told = samples(world.meters.text())
    assert len({labels for name, labels in told if name == "sokoul_scraping_success_rate"}) == 65
    assert len({labels for name, labels in told if name == "sokoul_cache_hit_ratio"}) == 17
    assert len(told) < 5_000


async def test_events_of_other_threads_and_questions_meanwhile(world: World) -> None:
    def publish(plugin: str) -> None:
        for number in range(400):
            world.tell(asked(f"{plugin}_{number % 20}"))

    threads = [threading.Thread(target=publish, args=(f"p{one}",)) for one in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        world.meters.text()
        world.meters.figures()
    for thread in threads:
        thread.join()
    assert world.meters.tally() == (1_200, 1_200)


async def test_after_the_stop_nothing_is_counted(world: World) -> None:
    world.meters.stop()
    fill(world)
    assert world.meters.tally() == (0, 0)
    assert world.sample("sokoul_render_queue_size") == 0
