"""How the station's works stand: downloads, jobs that wait, videos, posts, and what plays."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.casting import CastStage
from app.domain.downloads import UNDER_WAY, DownloadKind, DownloadState, Traffic
from app.domain.events import JobState
from app.domain.post import PostState
from app.domain.project import ProjectState, StepState
from app.services.monitoring.series import Durations, Named
from app.services.monitoring.windows import Clock, Shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.downloads import Download, DownloadId
    from app.domain.events import (
        CastingChanged,
        DownloadsChanged,
        JobId,
        JobProgressed,
        PositionChanged,
        PostChanged,
        StreamWatched,
        StudioChanged,
        StudioMoved,
    )
    from app.domain.post import PostId
    from app.domain.project import ProjectId

PIPELINE_EDGES: Final = (
    *(15.0, 30.0, 60.0, 120.0, 180.0, 300.0),
    *(450.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0),
)
HOUR: Final = 3_600.0
MOST_JOBS: Final = 20_000
MOST_POSTS: Final = 2_000
MOST_PROJECTS: Final = 1_000
STILL: Final = 20.0
"""Seconds after which nobody is at what was not heard of: the player tells every five."""
RENDERS: Final = "studio.make"
_SHOWS: Final = frozenset({CastStage.LOADING, CastStage.PLAYING})
_SENT: Final = frozenset({PostState.DONE, PostState.FAILED})


@dataclass(frozen=True, slots=True)
class Loading:
    """What counts of one download."""

    kind: DownloadKind
    state: DownloadState
    size: int
    done: int
    uploaded: int
    buffer: float | None = None  # seconds of film ahead of where it plays


class Downloads:
    """All downloads, without their names."""

    def __init__(self) -> None:
        self.traffic = Traffic()
        self._all: dict[DownloadId, Loading] = {}

    def on_changed(self, event: DownloadsChanged) -> None:
        """Some moved on."""
        self.traffic = event.traffic
        self.put(event.rows)
        for number in event.gone:
            self._all.pop(number, None)

    def put(self, rows: Iterable[Download]) -> None:
        """They stand like this now."""
        for row in rows:
            ahead = row.ahead
            buffer = ahead.loaded if ahead is not None and ahead.playing else None
            self._all[row.id] = Loading(
                row.kind, row.state, row.size or 0, row.done, row.uploaded, buffer
            )

    def progress(self) -> dict[str, float]:
        """How much of what loads is here, 0..1, by kind."""
        sums: dict[DownloadKind, list[int]] = {}
        for one in self._all.values():
            if one.size and (one.state in UNDER_WAY or one.state is DownloadState.QUEUED):
                both = sums.setdefault(one.kind, [0, 0])
                both[0] += min(one.done, one.size)
                both[1] += one.size
        return {kind.value: done / size for kind, (done, size) in sums.items()}

    def seed_ratio(self) -> float | None:
        """Of all torrents: given away, as a part of what was taken. None: nothing was taken."""
        torrents = [one for one in self._all.values() if one.kind is DownloadKind.TORRENT]
        taken = sum(one.done for one in torrents)
        return sum(one.uploaded for one in torrents) / taken if taken else None

    def buffer(self) -> float | None:
        """Seconds of film ahead of the one that is nearest to a stall; None: none plays."""
        return min(
            (one.buffer for one in self._all.values() if one.buffer is not None), default=None
        )

    def waiting(self) -> int:
        """How many wait for their turn."""
        return sum(one.state is DownloadState.QUEUED for one in self._all.values())


class Waiting:
    """The jobs that wait, by their kinds."""

    def __init__(self) -> None:
        self._jobs: dict[JobId, str] = {}
        self._touched: set[JobId] | None = None
        self.kinds: Counter[str] = Counter()

    def expect(self) -> None:
        """Those that wait already are being read: what is told meanwhile is newer."""
        self._touched = set()

    def put(self, jobs: Iterable[tuple[JobId, str]]) -> None:
        """These have waited, as was just read."""
        touched, self._touched = self._touched or set(), None
        for job, kind in jobs:
            if job not in touched:
                self._add(job, kind)

    def on_job(self, event: JobProgressed) -> None:
        """A job went on."""
        if self._touched is not None:
            self._touched.add(event.job)
        if event.state is JobState.QUEUED:  # one that is delayed waits for its hour, not its turn
            self._add(event.job, event.kind)
        else:
            kind = self._jobs.pop(event.job, None)
            if kind is not None:
                self.kinds[kind] -= 1

    @property
    def renders(self) -> int:
        """Videos that wait to be made."""
        return self.kinds[RENDERS]

    def _add(self, job: JobId, kind: str) -> None:
        if job not in self._jobs and len(self._jobs) < MOST_JOBS:
            self._jobs[job] = kind
            self.kinds[kind] += 1


class Videos:
    """How long videos took to be made, and which steps fail."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._begun: OrderedDict[ProjectId, float | None] = OrderedDict()
        self.made: Named[Durations] = Named(lambda: Durations(PIPELINE_EDGES))
        self.steps: Named[Shares] = Named(lambda: Shares(HOUR, clock))
        for outcome in (ProjectState.DONE, ProjectState.FAILED):
            self.made.of(outcome.value)  # a series that begins at 0 can be seen to rise

    def on_changed(self, event: StudioChanged) -> None:
        """A project stands another way; what was begun in an earlier run is not timed."""
        state = None if event.card is None else event.card.state
        if state is ProjectState.RUNNING:
            self._begin(event.project, self._clock())
            return
        begun = self._begun.pop(event.project, None)
        if begun is not None and state in (ProjectState.DONE, ProjectState.FAILED):
            self.made.of(state.value).add(self._clock() - begun)

    def on_moved(self, event: StudioMoved) -> None:
        """A step of a project moved on."""
        if event.card.state is ProjectState.RUNNING:
            self._begin(event.card.id, None)
        if event.step.state in (StepState.DONE, StepState.FAILED):
            good = event.step.state is StepState.DONE
            self.steps.of(event.step.step.value).add(good=good)

    def _begin(self, project: ProjectId, at: float | None) -> None:
        self._begun.setdefault(project, at)
        if len(self._begun) > MOST_PROJECTS:
            self._begun.popitem(last=False)


class Posts:
    """Posts that went out, or failed to, since the station started."""

    def __init__(self, started: float) -> None:
        self._started = started
        self._counted: OrderedDict[tuple[PostId, float], None] = OrderedDict()
        self.ended: Counter[tuple[str, str]] = Counter()

    def on_post(self, event: PostChanged) -> None:
        """A post changed; its end is counted once, whatever is changed of it later."""
        post = event.post
        for state in _SENT:  # a series that begins at 0 can be seen to rise
            self.ended[post.platform, state.value] += 0
        if post.state not in _SENT or post.ended < self._started:
            return
        key = (post.id, post.ended)
        if key in self._counted:
            return
        self._counted[key] = None
        if len(self._counted) > MOST_POSTS:
            self._counted.popitem(last=False)
        self.ended[post.platform, post.state.value] += 1


class Playing:
    """What plays now, here and on other screens: whatever is heard of again and again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: OrderedDict[str, tuple[float, bool]] = OrderedDict()
        self._casts = 0

    def on_stream(self, event: StreamWatched) -> None:
        """Somebody is in the middle of a stream."""
        self._hear(event.stream)

    def on_item(self, event: PositionChanged) -> None:
        """Somebody is in the middle of a film; one that is only marked is heard of once."""
        if event.position > 0:
            self._hear(f"item {event.item}")

    def on_casts(self, event: CastingChanged) -> None:
        """What other screens play changed; they tell where they are too."""
        self._casts = sum(one.stage in _SHOWS for one in event.castings)

    def now(self) -> int:
        """How many play."""
        oldest = self._clock() - STILL
        while self._heard and next(iter(self._heard.values()))[0] < oldest:
            self._heard.popitem(last=False)
        return max(sum(again for _at, again in self._heard.values()), self._casts)

    def _hear(self, what: str) -> None:
        now = self._clock()
        before = self._heard.pop(what, None)
        self._heard[what] = (now, before is not None and now - before[0] < STILL)
        if len(self._heard) > MOST_PROJECTS:
            self._heard.popitem(last=False)
