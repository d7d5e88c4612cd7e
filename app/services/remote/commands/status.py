"""`/status`: what plays, loads and is being made just now, live for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.casting import OVER, CastStage
from app.domain.downloads import UNDER_WAY, DownloadState
from app.domain.errors import AppError
from app.domain.events import AlertChanged, JobState
from app.domain.monitoring import DoingKind
from app.domain.project import ProjectState
from app.domain.sizes import bar, clock
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands import loads, projects, telling, wellness
from app.services.remote.commands.ports import Alerts, Checks, Watches
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.runtime.jobs import JobEngine, JobInfo
    from app.services.casting.service import CastingService
    from app.services.downloads.service import DownloadsService
    from app.services.studio.service import StudioService

log = logging.getLogger(__name__)

SOME: Final = 5
RECENT: Final = 30.0
"""Seconds within which the window told that something plays."""
_OWN: Final = "studio."
"""Jobs of the Studio are told as its projects."""
_TOLD: Final = frozenset((DownloadState.FAILED, DownloadState.HELD))
_WAITING: Final = frozenset((DownloadState.QUEUED, DownloadState.PAUSED))


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that may be going on."""

    casting: CastingService
    downloads: DownloadsService
    studio: StudioService
    jobs: JobEngine
    watches: Watches
    checks: Checks
    alerts: Alerts


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the message; `moving` while it changes by itself."""

    heading: str = ""
    rows: tuple[str, ...] = ()
    moving: bool = False


class StatusCommand:
    """Implements `Command`."""

    name = "status"

    def __init__(
        self,
        around: Around,
        bus: EventBus,
        sheets: Sheets,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._around, self._bus, self._sheets, self._clock = around, bus, sheets, clock

    async def run(self, talk: Talk, words: str) -> None:
        """Show it until nothing moves any more, two minutes at most."""
        face = Face(talk.phrases.say("remote.looking"))
        await self._follow(talk, await self._sheets.open(talk, face))

    async def _follow(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases

        async def again(talk: Talk) -> None:
            await self._follow(talk, sheet)

        refresh = Button(phrases.say("remote.refresh"), again)

        async def draw() -> Face:
            parts = await self._parts(phrases)
            moving = any(one.moving for one in parts)
            return Face(_message(phrases, parts), [] if moving else [[refresh]], not moving)

        await sheet.live(self._bus, (AlertChanged,), draw, again=refresh)

    async def _parts(self, phrases: Phrases) -> list[Part]:
        """Every part; one that cannot be asked just now says so, and the others are told."""
        asked: tuple[Callable[[Phrases], Awaitable[Part]], ...] = (
            self._playing, self._casting, self._loading, self._making, self._jobs, self._wellness,
        )  # fmt: skip
        found = []
        for ask in asked:
            try:
                found.append(await ask(phrases))
            except AppError as error:
                log.info("A part of the status could not be told: %s", error)
                found.append(Part(telling.why(phrases, error.key, error.args_map)))
        return found

    async def _playing(self, phrases: Phrases) -> Part:
        now = self._clock()
        doings = await self._around.watches.doings(now - RECENT, now)
        titles = dict.fromkeys(
            short(one.label)
            for one in doings
            if one.kind is DoingKind.PLAYING and one.end is None and one.label
        )
        heading = phrases.say("remote.status.playing") if titles else ""
        return Part(heading, tuple(titles), bool(titles))

    async def _casting(self, phrases: Phrases) -> Part:
        found = [one for one in await self._around.casting.castings() if one.stage not in OVER]
        rows = []
        for one in found:
            place = clock(one.position)
            if one.duration:
                place = f"{bar(one.position / one.duration)} {place} / {clock(one.duration)}"
            stage = ""
            if one.stage is not CastStage.PLAYING:
                stage = phrases.say(f"remote.cast.{one.stage.value}")
            rows.append(
                f"{short(one.title)}\n    {joined((short(one.device.name, 40), stage, place))}"
            )
        moving = any(one.stage is not CastStage.PAUSED for one in found)
        return Part(phrases.say("remote.status.casting") if rows else "", tuple(rows), moving)

    async def _loading(self, phrases: Phrases) -> Part:
        every = await self._around.downloads.rows()
        moving = [one for one in every if one.state in UNDER_WAY]
        shown = [*moving, *(one for one in every if one.state in _TOLD)]
        waiting = sum(one.state in _WAITING for one in every)
        if not shown and not waiting:
            return Part()
        speed = telling.speed(phrases, sum(one.down for one in moving))
        rows = [loads.brief(phrases, one) for one in shown[:SOME]]
        rest = len(shown) - SOME
        if rest > 0:
            rows.append(phrases.say("remote.and_more", count=rest))
        if waiting:
            rows.append(phrases.say("remote.status.waiting", count=waiting))
        heading = joined((phrases.say("remote.status.loading"), speed))
        return Part(heading, tuple(rows), bool(moving))

    async def _making(self, phrases: Phrases) -> Part:
        cards = await self._around.studio.list()
        found = [one for one in cards if one.state is ProjectState.RUNNING]
        rows = tuple(projects.brief(phrases, one) for one in found[:SOME])
        return Part(phrases.say("remote.status.making") if rows else "", rows, bool(rows))

    async def _jobs(self, phrases: Phrases) -> Part:
        running = await self._around.jobs.list(states=(JobState.RUNNING,))
        found = [one for one in running if not one.kind.startswith(_OWN) and one.parent is None]
        rows = tuple(_job(phrases, one) for one in found[:SOME])
        return Part(phrases.say("remote.status.jobs") if rows else "", rows, bool(rows))

    async def _wellness(self, phrases: Phrases) -> Part:
        alerts = wellness.open_alerts(self._around.alerts)
        rows = wellness.alert_lines(self._around.alerts, alerts, phrases)
        ill = wellness.not_well(self._around.checks.checks())
        if ill:
            rows.append(phrases.say("remote.status.not_well", count=len(ill)))
        return Part(phrases.say("remote.status.alerts") if rows else "", tuple(rows))


def _message(phrases: Phrases, parts: list[Part]) -> str:
    told = [lines(one.heading, *one.rows) for one in parts if one.heading]
    return "\n\n".join(told) if told else phrases.say("remote.status.quiet")


def _job(phrases: Phrases, one: JobInfo) -> str:
    """What a job does, in words where there are some, and how far it is."""
    keys = (f"upkeep.job.{one.kind}", f"remote.job.{one.kind}")
    name = next((phrases.say(key) for key in keys if phrases.has(key)), "")
    title = short(one.title or ("" if name else one.kind))
    share = telling.share(one.progress) if one.progress is not None else ""
    return joined((name, title, share))
