"""What the station was doing, as heard from the bus."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest

from app.domain.alerts import Alert, AlertId, AlertLevel
from app.domain.casting import (
    Castable,
    Casting,
    CastStage,
    Device,
    DeviceId,
    Method,
    Plan,
    Protocol,
)
from app.domain.downloads import Ahead, Download, DownloadId, DownloadKind, DownloadState, Traffic
from app.domain.errors import NotFound
from app.domain.events import (
    AlertChanged,
    CastingChanged,
    DownloadsChanged,
    JobProgressed,
    JobState,
    ModelAnswered,
    PositionChanged,
    PostChanged,
    ScanPhase,
    ScanProgressed,
    SearchChanged,
    StreamWatched,
    StudioChanged,
    StudioMoved,
)
from app.domain.media import FolderId, ItemId
from app.domain.monitoring import Doing, DoingKind
from app.domain.post import AccountId, BundleId, Post, PostId, PostState, Words
from app.domain.project import ProjectId, ProjectState, Step, StepState
from app.domain.search import SearchId, SearchView, Wanted
from app.domain.studio import ProjectCard, StepView
from app.runtime.bus import EventBus
from app.services.monitoring.doings import MOST_OPEN, Doings
from app.services.monitoring.witness import Witness

NOON = 1_800_000_000.0
FILM = ItemId(7)


class Time:
    """A clock on the wall, and one that counts since the start."""

    def __init__(self) -> None:
        self.since, self.shift = 1000.0, NOON - 1000.0

    def wall(self) -> float:
        return self.since + self.shift

    def go(self, seconds: float) -> None:
        self.since += seconds


class World:
    """A bus with somebody who listens."""

    def __init__(self) -> None:
        self.time, self.bus = Time(), EventBus()
        self.doings = Doings(self.time.wall, lambda: self.time.since)
        self.waiting: list[Coroutine[Any, Any, None]] = []
        self.titles = {FILM: "Night of the Living Dead"}
        self.witness = Witness(
            self.bus, self.doings, lambda work, _name: self.waiting.append(work), self.title
        )
        self.witness.start()

    async def title(self, item: ItemId) -> str:
        if item not in self.titles:
            raise NotFound("errors.item_gone")
        return self.titles[item]

    def say(self, event: object, seconds: float = 0.0) -> None:
        self.bus.publish(event)
        self.time.go(seconds)

    async def all(self) -> list[Doing]:
        for work in self.waiting:
            await work
        self.waiting = []
        found = self.doings.between(0, 1e12)
        return sorted(found.values(), key=lambda one: (one.start, one.kind))


@pytest.fixture
def world() -> World:
    return World()


def playing(world: World, places: list[float], item: ItemId = FILM) -> None:
    for place in places:
        world.say(PositionChanged(item, place, False), 5)


async def test_what_plays(world: World) -> None:
    playing(world, [100, 105, 110, 115])
    (one,) = await world.all()
    assert (one.kind, one.label) == (DoingKind.PLAYING, "Night of the Living Dead")
    assert (one.start, one.end) == (NOON, None)
    world.time.go(60)
    (one,) = await world.all()
    assert one.end == NOON + 15  # the last time it was heard


async def test_a_mark_of_the_owners_is_no_playing(world: World) -> None:
    world.say(PositionChanged(FILM, 0.0, True), 1)
    world.say(PositionChanged(FILM, 0.0, False), 1)
    world.say(PositionChanged(FILM, 0.0, True), 1)
    assert await world.all() == []


async def test_the_end_of_a_film_is_playing_too(world: World) -> None:
    playing(world, [6000, 6005])
    for _ in range(20):  # past 92 % its place is 0
        world.say(PositionChanged(FILM, 0.0, True), 5)
    (one,) = await world.all()
    assert one.end is None
    assert one.start == NOON


async def test_one_that_left_the_library_has_no_title(world: World) -> None:
    playing(world, [100, 105], ItemId(9))
    (one,) = await world.all()
    assert one.label == ""


def casting(stage: CastStage = CastStage.PLAYING, method: Method = Method.FULL) -> Casting:
    device = Device(id=DeviceId("tv"), protocol=Protocol.DLNA, name="Kitchen")
    plan = Plan(method=method, container="mpegts", content_type="video/mpeg")
    return Casting(
        device=device, what=Castable(item=FILM), stage=stage, title="Metropolis", plan=plan
    )


async def test_a_cast_that_is_converted(world: World) -> None:
    world.say(CastingChanged((casting(CastStage.PREPARING),)), 4)
    world.say(CastingChanged((casting(),)), 60)
    playing(world, [10, 15, 20])  # its place is kept, but nobody watches here
    world.say(CastingChanged((casting(CastStage.PAUSED),)), 10)
    world.say(CastingChanged(()), 5)
    convert, cast = await world.all()
    assert (cast.kind, cast.start, cast.end) == (DoingKind.CASTING, NOON + 4, NOON + 79)
    assert (convert.kind, convert.start, convert.end) == (DoingKind.CONVERTING, NOON, NOON + 89)
    assert convert.args == (("device", "Kitchen"), ("method", "full"))
    assert cast.label == convert.label == "Metropolis"


async def test_a_cast_as_it_is_converts_nothing(world: World) -> None:
    world.say(CastingChanged((casting(method=Method.DIRECT),)), 4)
    assert [one.kind for one in await world.all()] == [DoingKind.CASTING]


def download(state: DownloadState, ahead: Ahead | None = None) -> DownloadsChanged:
    row = Download(
        id=DownloadId("d1"), kind=DownloadKind.TORRENT, name="Nosferatu", state=state, ahead=ahead
    )
    return DownloadsChanged((row,), (), Traffic())


async def test_a_download_that_what_plays_waits_for(world: World) -> None:
    loading = DownloadState.LOADING
    world.say(download(loading), 10)
    world.say(download(loading, Ahead(loaded=40, playing=True)), 30)
    world.say(StreamWatched("download:abc:0", 10.0), 5)
    world.say(StreamWatched("download:abc:0", 15.0), 0)
    world.say(download(loading, Ahead(loaded=1, playing=True)), 8)
    world.say(download(loading, Ahead(loaded=20, playing=True)), 2)
    world.say(download(DownloadState.DONE), 2)
    loads, plays, stalls = await world.all()
    assert (loads.kind, loads.start, loads.end) == (DoingKind.DOWNLOADING, NOON, NOON + 55)
    assert (plays.kind, plays.label) == (DoingKind.PLAYING, "Nosferatu")
    assert (stalls.start, stalls.end) == (NOON + 45, NOON + 53)
    assert ("what", "stalled") in stalls.args


async def test_one_that_is_taken_away_is_over(world: World) -> None:
    world.say(download(DownloadState.LOADING), 10)
    world.say(DownloadsChanged((), (DownloadId("d1"),), Traffic()), 10)
    (one,) = await world.all()
    assert one.end == NOON + 10


async def test_a_search(world: World) -> None:
    wanted = Wanted(typed="  night of\nthe living dead ", title="")
    world.say(SearchChanged(SearchView(SearchId(1), "x", wanted)), 2)
    world.say(SearchChanged(SearchView(SearchId(1), "x", wanted, done=True)), 1)
    world.say(SearchChanged(SearchView(SearchId(1), "x", wanted, done=True, complete=True)))
    world.say(SearchChanged(SearchView(SearchId(2), "y", wanted, done=True)))  # out of the cache
    (one,) = await world.all()
    assert (one.label, one.end) == ("night of the living dead", NOON + 2)


async def test_a_scan_a_job_a_post(world: World) -> None:
    folder = FolderId(1)
    world.say(ScanProgressed(folder, "/films", ScanPhase.WAITING, 0, None), 5)
    world.say(ScanProgressed(folder, "/films", ScanPhase.PROBING, 1, 9), 5)
    world.say(ScanProgressed(folder, "/films", ScanPhase.DONE, 9, 9))
    world.say(JobProgressed("j", "upkeep.backup", JobState.QUEUED), 5)
    world.say(JobProgressed("j", "upkeep.backup", JobState.RUNNING), 5)
    world.say(JobProgressed("j", "upkeep.backup", JobState.DONE))
    world.say(JobProgressed("k", "library.scan", JobState.RUNNING))
    post = Post(PostId("p"), BundleId("b"), AccountId("a"), "youtube", Words("My video"))
    world.say(PostChanged(post))
    sending = Post(
        PostId("p"), BundleId("b"), AccountId("a"), "youtube", Words("My video"),
        state=PostState.SENDING,
    )  # fmt: skip
    world.say(PostChanged(sending), 7)
    world.say(PostChanged(post))
    told = [
        (one.kind, one.label, one.start - NOON, (one.end or 0) - NOON) for one in await world.all()
    ]
    assert told == [
        (DoingKind.SCANNING, "/films", 5, 10),
        (DoingKind.JOB, "upkeep.backup", 15, 20),
        (DoingKind.PUBLISHING, "My video", 20, 27),
    ]


async def test_a_video_that_is_made(world: World) -> None:
    card = ProjectCard(ProjectId("v"), "Ten bridges", ProjectState.RUNNING)
    over = ProjectCard(ProjectId("v"), "Ten bridges", ProjectState.DONE)
    world.say(StudioMoved(card, StepView(Step.VOICE, StepState.RUNNING)), 5)
    world.say(StudioMoved(card, StepView(Step.VOICE, StepState.DONE)), 5)  # the next one follows
    world.say(StudioMoved(card, StepView(Step.MONTAGE, StepState.RUNNING)), 5)
    world.say(StudioChanged(ProjectId("v"), over))
    (one,) = await world.all()
    assert (one.label, one.end, one.args) == ("Ten bridges", NOON + 15, (("step", "montage"),))


async def test_a_model_that_thought(world: World) -> None:
    world.time.go(60)
    world.say(ModelAnswered("score", "rules", 30.0, True))
    world.say(ModelAnswered("score", "here", 0.1, True))
    world.say(ModelAnswered("score", "here", 12.0, True))
    (one,) = await world.all()
    assert (one.kind, one.start, one.end) == (DoingKind.THINKING, NOON + 48, NOON + 60)


async def test_an_alert(world: World) -> None:
    alert = Alert(AlertId("a"), "disk_full", "/srv", AlertLevel.WARN, NOON)
    world.say(AlertChanged(alert), 9)
    world.say(AlertChanged(Alert(AlertId("a"), "disk_full", "/srv", AlertLevel.WARN, NOON, NOON)))
    (one,) = await world.all()
    assert (one.label, one.end) == ("disk_full", NOON + 9)


async def test_nothing_is_heard_after_the_end(world: World) -> None:
    world.witness.stop()
    world.say(JobProgressed("j", "x", JobState.RUNNING))
    assert await world.all() == []


def test_the_same_again_is_one_and_another_is_two() -> None:
    time = Time()
    doings = Doings(time.wall, lambda: time.since)
    for label in ("a", "a", "b"):
        doings.goes_on("key", DoingKind.SCANNING, label)
        time.go(10)
        doings.is_over("key")
        time.go(10)
    told = list(doings.between(0, 1e12).values())
    assert [(one.label, one.start - NOON) for one in told] == [("a", 0), ("b", 40)]
    time.go(100)
    doings.goes_on("key", DoingKind.SCANNING, "b")  # too late to be the same
    doings.goes_on("key", DoingKind.SCANNING, "c")  # another under the same key
    assert len(doings.between(0, 1e12)) == 4


def test_what_is_written_is_let_go_but_what_goes_on_is_written_again() -> None:
    time = Time()
    doings = Doings(time.wall, lambda: time.since)
    doings.was(DoingKind.THINKING, "score", 3.0)
    doings.goes_on("scan", DoingKind.SCANNING, "/films")
    first = doings.to_write(41)
    assert sorted(first) == [42, 43]
    doings.written(number for number, (one, _) in first.items() if one.end is not None)
    time.go(60)
    ((number, (scan, seen)),) = doings.to_write(43).items()
    assert (number, scan.end, seen) == (43, None, NOON + 60)
    doings.end_all()
    ((number, (scan, _)),) = doings.to_write(43).items()
    assert (number, scan.end) == (43, NOON + 60)


def test_a_clock_that_was_wrong_when_it_began() -> None:
    time = Time()
    doings = Doings(time.wall, lambda: time.since)
    time.shift -= 86_400 * 3000
    doings.goes_on("scan", DoingKind.SCANNING, "/films")
    time.go(60)
    time.shift += 86_400 * 3000  # it is set right
    doings.is_over("scan")
    (one,) = doings.between(0, 1e12).values()
    assert (one.start, one.end) == (NOON, NOON + 60)


def test_it_is_bounded() -> None:
    time = Time()
    doings = Doings(time.wall, lambda: time.since)
    for number in range(10_000):
        doings.goes_on(number, DoingKind.JOB, "x" * 10_000, {"a": "y" * 10_000})
        doings.was(DoingKind.THINKING, f"task {number}", 1.0)
    told = doings.between(0, 1e12)
    assert len(told) <= MOST_OPEN + 2000
    assert max(len(one.label) for one in told.values()) <= 200
