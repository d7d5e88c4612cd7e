"""Hears on the bus what the station does, and says so to the doings."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from typing import Any, Final
from urllib.parse import urlsplit

from app.domain.casting import OVER, Casting, CastStage, Method
from app.domain.downloads import UNDER_WAY, Download, DownloadState
from app.domain.errors import AppError
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
from app.domain.media import ItemId
from app.domain.monitoring import DoingKind
from app.domain.post import UNDER_WAY as POSTING
from app.domain.project import ProjectState, StepState
from app.runtime.bus import EventBus, Subscription
from app.services.monitoring.doings import Doings, Span

log = logging.getLogger(__name__)

Titles = Callable[[ItemId], Awaitable[str]]
QUIET: Final = 20.0
"""The player says each five seconds where it is: after so long without, it plays no more."""
STALLED: Final = "stalled"
"""The value of the argument `what` of a download that what plays waits for."""
_ALMOST_OUT: Final = 3.0
"""Seconds of film that are left when it is about to stall."""
_LEAST: Final = 0.5
"""Answers of models that took less are nothing a chart could show."""
_TOLD_ELSEWHERE: Final = frozenset({"library.scan", "studio.make"})
"""Jobs that tell by events of their own what they do."""
_SCANS: Final = frozenset({ScanPhase.NAMES, ScanPhase.PROBING, ScanPhase.PICTURES})
_RULES: Final = "rules"


class Witness:
    """Lives on the service loop. `titles` tells the title of an item of the library."""

    def __init__(
        self,
        bus: EventBus,
        doings: Doings,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        titles: Titles | None = None,
    ) -> None:
        self._bus, self._doings, self._spawn, self._titles = bus, doings, spawn, titles
        self._heard: list[Subscription] = []
        self._places: dict[Hashable, float] = {}
        self._castings: tuple[Casting, ...] = ()
        self._watched_download = ""

    def start(self) -> None:
        """Listen from now on."""
        on = self._bus.on
        self._heard = [
            on(PositionChanged, self._position),
            on(StreamWatched, self._stream),
            on(CastingChanged, self._casting),
            on(DownloadsChanged, self._downloads),
            on(SearchChanged, self._search),
            on(ScanProgressed, self._scan),
            on(StudioMoved, self._moved),
            on(StudioChanged, self._project),
            on(PostChanged, self._post),
            on(JobProgressed, self._job),
            on(ModelAnswered, self._answered),
            on(AlertChanged, self._alert),
        ]

    def stop(self) -> None:
        """Listen no more."""
        for one in self._heard:
            one.close()
        self._heard = []

    def _position(self, event: PositionChanged) -> None:
        if any(one.what.item == event.item for one in self._castings):
            return  # it plays elsewhere: that is told as a cast
        key = "item", event.item
        span = self._plays(key, event.position, "", still=event.watched)
        if span is not None and not span.label and self._titles is not None:
            self._spawn(self._name(span, event.item), "title of what plays")

    def _stream(self, event: StreamWatched) -> None:
        if any(one.what.ticket is not None for one in self._castings):
            return
        download = event.stream.startswith("download:")
        label = self._watched_download if download else ""
        self._plays(("stream", event.stream), event.position, label, still=False)

    def _plays(self, key: Hashable, position: float, label: str, *, still: bool) -> Span | None:
        """A place alone may be a mark of the owner's: what plays moves on.

        `still`: near its end a film's place stays at 0, though it plays.
        """
        before = self._places.pop(key, None)
        self._places[key] = position
        if len(self._places) > 50:  # those that played long ago
            del self._places[next(iter(self._places))]
        on = (
            before is not None and 0.0 < position - before <= QUIET * 4
        )  # at up to four times speed
        goes_on = key in self._doings.keys(DoingKind.PLAYING)
        if on or (goes_on and (still or position > 0)):
            ago = 0.0 if goes_on or before is None else min(position - before, QUIET)
            return self._doings.goes_on(key, DoingKind.PLAYING, label, quiet=QUIET, ago=ago)
        return None

    async def _name(self, span: Span, item: ItemId) -> None:
        if self._titles is None:
            return
        try:
            span.label = span.label or " ".join((await self._titles(item)).split())
        except AppError as error:  # it was taken out of the library meanwhile
            log.debug("No title for what plays: %s", error)

    def _casting(self, event: CastingChanged) -> None:
        self._castings = tuple(one for one in event.castings if one.stage not in OVER)
        going: set[Hashable] = set()
        for one in self._castings:
            plan = one.plan
            args = {"device": one.device.name, "method": plan.method if plan else ""}
            if one.stage is CastStage.PLAYING:
                key: Hashable = "cast", one.device.id
                going.add(key)
                self._doings.goes_on(key, DoingKind.CASTING, one.title, args)
            converts = plan is not None and plan.method in (Method.AUDIO, Method.FULL)
            if converts and one.stage is not CastStage.GONE:
                key = "convert", one.device.id
                going.add(key)
                self._doings.goes_on(key, DoingKind.CONVERTING, one.title, args)
        for kind in (DoingKind.CASTING, DoingKind.CONVERTING):
            self._end_others(kind, going)

    def _end_others(self, kind: DoingKind, going: set[Hashable]) -> None:
        for key in self._doings.keys(kind):
            if key not in going:
                self._doings.is_over(key)

    def _downloads(self, event: DownloadsChanged) -> None:
        for row in event.rows:
            key = "download", row.id
            if row.state in UNDER_WAY:
                self._doings.goes_on(key, DoingKind.DOWNLOADING, row.name, {"kind": row.kind})
            else:
                self._doings.is_over(key)
            if row.ahead is not None and row.ahead.playing:
                self._watched_download = row.name
            stall = "stall", row.id
            if _stalls(row):
                args = {"what": STALLED, "connections": row.connections}
                self._doings.goes_on(stall, DoingKind.DOWNLOADING, row.name, args)
            else:
                self._doings.is_over(stall)
        for gone in event.gone:
            self._doings.is_over(("download", gone))
            self._doings.is_over(("stall", gone))

    def _search(self, event: SearchChanged) -> None:
        view, wanted = event.view, event.view.wanted
        key = "search", view.id
        # An address may hold somebody's key: its host says enough.
        label = (urlsplit(wanted.typed).hostname or "") if wanted.address else wanted.typed
        if not view.done:
            self._doings.goes_on(key, DoingKind.SEARCHING, label, quiet=120.0)
        else:
            self._doings.is_over(key)

    def _scan(self, event: ScanProgressed) -> None:
        key = "scan", event.folder
        if event.phase in _SCANS:
            args = {"phase": event.phase}
            self._doings.goes_on(key, DoingKind.SCANNING, event.display, args)
        else:
            self._doings.is_over(key)

    def _moved(self, event: StudioMoved) -> None:
        key = "make", event.card.id
        if event.step.state is StepState.RUNNING:
            args = {"step": event.step.step}
            self._doings.goes_on(key, DoingKind.MAKING, event.card.title, args)
        elif event.card.state is not ProjectState.RUNNING:
            self._doings.is_over(key)

    def _project(self, event: StudioChanged) -> None:
        if event.card is None or event.card.state is not ProjectState.RUNNING:
            self._doings.is_over(("make", event.project))

    def _post(self, event: PostChanged) -> None:
        post = event.post
        key = "post", post.id
        if post.state in POSTING:
            args = {"platform": post.platform}
            self._doings.goes_on(key, DoingKind.PUBLISHING, post.words.title, args)
        else:
            self._doings.is_over(key)

    def _job(self, event: JobProgressed) -> None:
        key = "job", event.job
        if event.state is not JobState.RUNNING:
            self._doings.is_over(key)
        elif event.kind not in _TOLD_ELSEWHERE:
            self._doings.goes_on(key, DoingKind.JOB, event.kind)

    def _answered(self, event: ModelAnswered) -> None:
        if event.by != _RULES and event.seconds >= _LEAST:
            self._doings.was(DoingKind.THINKING, event.task, event.seconds, {"by": event.by})

    def _alert(self, event: AlertChanged) -> None:
        alert = event.alert
        key = "alert", alert.id
        if alert.ended is None:
            args = {"subject": alert.subject, "level": alert.level}
            self._doings.goes_on(key, DoingKind.ALERT, alert.rule, args)
        else:
            self._doings.is_over(key)


def _stalls(row: Download) -> bool:
    """Whether what plays of it has to wait for it."""
    ahead = row.ahead
    if ahead is None or not ahead.playing or ahead.ready:
        return False
    return row.state is DownloadState.LOADING and ahead.loaded < _ALMOST_OUT
