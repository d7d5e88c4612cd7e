"""Runs downloads: who goes first, who waits for room or for the hour, and who is on the board."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from app.domain.downloads import (
    ENDED,
    Ahead,
    Download,
    DownloadId,
    DownloadKind,
    DownloadState,
    Traffic,
    Vpn,
)
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.settings_sections import Downloads
from app.domain.timetable import Pace, pace_at
from app.runtime.supervisor import Supervisor
from app.services.downloads import queue, space
from app.services.downloads.board import Board, row_of
from app.services.downloads.chart import Chart
from app.services.downloads.loads import Load
from app.services.downloads.run import GIGABYTE, Hands, Run
from app.services.downloads.store import DownloadStore, Record

log = logging.getLogger(__name__)

BEAT: Final = 1.0
QUICK_BEAT: Final = 0.25
"""Seconds after a change of state until it is told; figures alone are told each `BEAT`."""
SPACE_BEAT: Final = 5.0
PACE_BEAT: Final = 20.0
NOTE_BEAT: Final = 15.0
MEGABYTE: Final = 1_000_000
_RESTS: Final = (DownloadState.PAUSED, DownloadState.FAILED, DownloadState.DONE)


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


class Throttles(Protocol):
    """What obeys the limits over all downloads."""

    async def limit(self, down: int, up: int, torrents: int, others: int) -> None:
        """Bytes a second over all, 0 for none, while so many of each kind load."""

    def vpn(self) -> Vpn:
        """The interface torrents are bound to."""


@dataclass(frozen=True, slots=True)
class Limited:
    """The limits in force: bytes a second, 0 for none."""

    down: int = 0
    up: int = 0
    pace: Pace = Pace.FULL
    by_timetable: bool = False


class Dispatcher:
    """Every download the station knows, and those that run. Lives on the service loop."""

    def __init__(
        self,
        store: DownloadStore,
        hands: Hands,
        make: Callable[[Record], Load],
        throttles: Throttles,
        board: Board,
        now: Callable[[], datetime.datetime] = _now,
    ) -> None:
        self._store = store
        self._told = hands.changed
        self._hands = replace(
            hands, changed=self._changed, watched=lambda number: number in self._watched
        )
        self._make = make
        self._throttles = throttles
        self._board = board
        self._now = now
        self.chart = Chart()
        self.records: dict[DownloadId, Record] = {}
        self.runs: dict[DownloadId, Run] = {}
        self.ahead: Callable[[DownloadId], Ahead | None] = lambda _number: None
        self._tasks: dict[DownloadId, asyncio.Task[None]] = {}
        self._watched: dict[DownloadId, int] = {}
        self._scope = Supervisor("downloads")
        self._bell = asyncio.Event()
        self._loading = asyncio.Event()
        self._paced = asyncio.Event()
        self._limits = Limited()
        self._shared: tuple[int, int, int, int] | None = None
        self._closing = False

    async def start(self) -> None:
        """Read what is known and go on with what was under way."""
        for record in await self._store.all():
            self.records[record.id] = record
        await self.set_pace()
        for record in list(self.records.values()):
            if record.removed_at is None and record.state not in _RESTS:
                self.begin(record.id)
        self._scope.spawn(self._beat(), "figures")
        self._scope.spawn(self._watch_space(), "space")
        self._scope.spawn(self._watch_hours(), "timetable")

    async def stop(self) -> None:
        """End every run; each keeps what it has."""
        self._closing = True
        await self._note_figures()
        await self._scope.close()
        for number in list(self.runs):
            self._drop(number)

    def get(self, number: DownloadId) -> Record:
        """What is known of one. Raises `NotFound`."""
        record = self.records.get(number)
        if record is None or record.removed_at is not None:
            raise NotFound("errors.download_unknown")
        return self.runs[number].record if number in self.runs else record

    async def put(self, record: Record) -> None:
        """Keep a record that is new, or was changed from outside its run."""
        self.records[record.id] = record
        run = self.runs.get(record.id)
        if run is not None:
            run.record = record
        await self._store.put(record)
        self.ring()

    def begin(self, number: DownloadId) -> Run:
        """Let one run: it waits for its turn by itself."""
        run = self.runs.get(number)
        if run is not None:
            return run
        record = self.records[number]
        run = Run(record, self._make(record), self._hands)
        self.runs[number] = run
        self._loading.set()
        task = self._scope.spawn(self._live(run), f"download {number}")
        if task is not None:
            self._tasks[number] = task
        self.pump()
        return run

    async def end(self, number: DownloadId) -> None:
        """Stop one; what it has is kept."""
        task = self._tasks.pop(number, None)
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        self._drop(number)

    @contextlib.contextmanager
    def watched(self, number: DownloadId) -> Iterator[None]:
        """While somebody plays it, it goes before all others."""
        self._watched[number] = self._watched.get(number, 0) + 1
        self.pump()
        try:
            yield
        finally:
            self._watched[number] -= 1
            if not self._watched[number]:
                del self._watched[number]
            self.pump()

    def pump(self) -> None:
        """Give turns to those that may run now."""
        if self._closing:
            return
        waiting = [
            queue.Waiting(number, run.record.place, number in self._watched, run.found.is_set())
            for number, run in self.runs.items()
            if run.record.finished_at is None and run.record.state is not DownloadState.HELD
        ]
        at_once = self._hands.wishes().at_once
        if self._limits.pace is Pace.REST:
            waiting = [one for one in waiting if one.watched]
        chosen = queue.may_run(waiting, at_once)
        for number, run in self.runs.items():
            if run.record.finished_at is None:
                held = run.record.state is DownloadState.HELD
                run.allow(number in chosen or held)
        self.ring()

    def rows(self) -> list[Download]:
        """Every download in the order of the queue."""
        vpn = self._throttles.vpn()
        shown = [one for one in self.records.values() if one.removed_at is None]
        rows = []
        for record in sorted(shown, key=lambda one: one.place):
            run = self.runs.get(record.id)
            known = run.record if run is not None else record
            rows.append(row_of(known, run, self.ahead(record.id), vpn))
        return rows

    def traffic(self, rows: Iterable[Download] | None = None) -> Traffic:
        """What all of them do together."""
        told = self.rows() if rows is None else list(rows)
        over = (*ENDED, DownloadState.FAILED)
        open_ones = [row for row in told if row.state not in over]
        limits = self._limits
        return Traffic(
            down=sum(row.down for row in told),
            up=sum(row.up for row in told),
            peers=sum(row.connections for row in told if row.kind is DownloadKind.TORRENT),
            vpn=self._throttles.vpn(),
            paused=bool(open_ones) and all(row.state is DownloadState.PAUSED for row in open_ones),
            down_limit=limits.down,
            up_limit=limits.up,
            by_timetable=limits.by_timetable,
        )

    def ring(self) -> None:
        """Something changed: tell it soon."""
        self._bell.set()

    async def set_pace(self) -> None:
        """Take on the limits of the settings and of the hour."""
        wishes = self._hands.wishes()
        limits = limits_of(wishes, self._now())
        changed = limits != self._limits
        self._limits = limits
        self._paced.set()
        await self._share()
        if changed:
            self.pump()

    async def _share(self) -> None:
        """Hand the limits on; of two kinds that load, each gets its part."""
        loading = [
            run.record.kind is DownloadKind.TORRENT
            for run in self.runs.values()
            if run.record.state is DownloadState.LOADING
        ]
        torrents = sum(loading)
        told = (self._limits.down, self._limits.up, torrents, len(loading) - torrents)
        if told != self._shared:
            self._shared = told
            await self._throttles.limit(*told)

    async def _live(self, run: Run) -> None:
        number = run.record.id
        try:
            await run.live()
        finally:
            if self.runs.get(number) is run:
                self._drop(number)

    def _drop(self, number: DownloadId) -> None:
        run = self.runs.pop(number, None)
        self._tasks.pop(number, None)
        if run is not None:
            self.records[number] = run.record
            self.pump()

    def _changed(self, record: Record) -> None:
        self.records[record.id] = record
        self._told(record)
        if record.state is DownloadState.LOADING:
            self._loading.set()
        asyncio.get_running_loop().call_soon(self.pump)

    async def _beat(self) -> None:
        """Tell figures each second while something moves; asleep while nothing does."""
        noted = 0.0
        loop = asyncio.get_running_loop()
        while True:
            if not self._moves():
                await self._bell.wait()
            else:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await self._bell.wait()
            if self._bell.is_set():
                self._bell.clear()
                await asyncio.sleep(QUICK_BEAT)  # what comes together is told together
            await self._share()
            rows = self.rows()
            traffic = self.traffic(rows)
            self.chart.add(self._hands.clock(), traffic.down, traffic.up)
            self._board.show(rows, traffic)
            if loop.time() - noted >= NOTE_BEAT:
                noted = loop.time()
                await self._note_figures()

    def _moves(self) -> bool:
        still = (DownloadState.QUEUED, DownloadState.HELD)
        return any(run.state not in still for run in self.runs.values())

    async def _note_figures(self) -> None:
        """Write figures down now and then: after a kill the page shows about what is there."""
        figures: dict[DownloadId, dict[str, Any]] = {}
        for number, run in self.runs.items():
            now, known = run.load.figures(), run.record
            told: dict[str, Any] = {
                "done": now.done,
                "uploaded": now.uploaded,
                "seeded": now.seeded,
            }
            if now.done != known.done or now.uploaded > known.uploaded:
                run.record = replace(known, **told)
                figures[number] = told
        await self._store.note(figures)

    async def _watch_space(self) -> None:
        """Hold what would use up the reserve of a disk, or whose disk has gone."""
        while True:
            self._loading.clear()
            if not any(run.record.state is DownloadState.LOADING for run in self.runs.values()):
                await self._loading.wait()
            await self._hands.pause(SPACE_BEAT)
            places: dict[bytes, list[Run]] = {}
            for run in self.runs.values():
                if run.record.state is DownloadState.LOADING:
                    places.setdefault(run.record.folder, []).append(run)
            for folder, runs in places.items():
                error = await self._wrong_with(folder, runs)
                for run in runs if error is not None else ():
                    run.hold(error)  # type: ignore[arg-type]  # it is one, or there are no runs

    async def _wrong_with(self, folder: bytes, runs: list[Run]) -> AppError | None:
        try:
            room = await self._hands.look(folder)
        except AppError as error:
            return error
        text = folder.decode("utf-8", "replace")
        if any(run.record.device not in (None, room.device) for run in runs):
            return Unavailable("errors.disk_away", folder=text)
        if not space.fits(room, 0, self._hands.wishes().reserve * GIGABYTE):
            return Unavailable("errors.disk_full", folder=text, needed=0, free=room.free)
        return None

    async def _watch_hours(self) -> None:
        while True:
            if not self._hands.wishes().timetable:
                self._paced.clear()
                await self._paced.wait()
                continue
            await self._hands.pause(PACE_BEAT)
            await self.set_pace()


def limits_of(wishes: Downloads, now: datetime.datetime) -> Limited:
    """The limits in force at a moment."""
    down, up = wishes.down_limit * MEGABYTE, wishes.up_limit * MEGABYTE
    if not wishes.timetable:
        return Limited(down, up)
    pace = pace_at(wishes.timetable, now)
    if pace is not Pace.SLOW:
        return Limited(down, up, pace, pace is Pace.REST)
    slow_down, slow_up = wishes.slow_down * MEGABYTE, wishes.slow_up * MEGABYTE
    return Limited(
        min(down, slow_down) if down else slow_down,
        min(up, slow_up) if up else slow_up,
        pace,
        by_timetable=True,
    )
