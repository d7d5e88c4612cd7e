"""One download from its link to its place in the library, and every wait in between."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from app.domain.downloads import DownloadId, DownloadKind, DownloadState
from app.domain.errors import AppError, Unavailable
from app.domain.settings_sections import Downloads
from app.services.downloads import space
from app.services.downloads.filing import Filer, Finished
from app.services.downloads.loads import Found, Load, playable
from app.services.downloads.store import Record

log = logging.getLogger(__name__)

GIGABYTE: Final = 1_000_000_000
LOOK_AGAIN: Final = 5.0
"""Seconds between looks at a disk that is full or away, and at what has been given away."""
WATCHED: Final = 1.0
MOST_PATHS: Final = 50
PAUSES: Final = (5.0, 30.0, 120.0, 600.0)
"""Seconds before a server that is away is asked again; then the download has failed."""
ROOM: Final = frozenset({"errors.disk_full", "errors.disk_away", "errors.disk_read_only"})
"""What passes without anybody doing anything to the download."""


class Saves(Protocol):
    """Where a run writes down what it is now."""

    async def put(self, record: Record) -> None:
        """Keep it."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a run works with."""

    store: Saves
    filer: Filer
    wishes: Callable[[], Downloads]
    changed: Callable[[Record], None]  # its state is another
    finished: Callable[[Record], Awaitable[None]]
    look: Callable[[bytes], Awaitable[space.Room]] = space.look
    clock: Callable[[], float] = time.time
    watched: Callable[[DownloadId], bool] = lambda _number: False
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


class Run:
    """A download that is not paused. `record` is what is known of it."""

    def __init__(self, record: Record, load: Load, hands: Hands) -> None:
        self.record = record
        self.load = load
        self._hands = hands
        self._work: asyncio.Task[None] | None = None
        self._stopped: AppError | None = None
        self._failures = 0
        self._done_then = record.done
        self._allowed = asyncio.Event()
        self.found = asyncio.Event()
        self.check_first = False  # what is on the disk may have been damaged

    @property
    def state(self) -> DownloadState:
        """Where it is."""
        if self.record.state is DownloadState.LOADING and self.load.figures().checking:
            return DownloadState.CHECKING
        return self.record.state

    def allow(self, allowed: bool) -> None:
        """Whether its turn has come; without it nothing is fetched."""
        if allowed:
            self._allowed.set()
            return
        if self._allowed.is_set():
            self._allowed.clear()
            if self.record.state in (DownloadState.LOOKING, DownloadState.LOADING):
                self._interrupt(_TurnOverError("downloads.turn"))

    def hold(self, error: AppError) -> None:
        """Stop it until what the error says is over."""
        if self.record.state not in (DownloadState.HELD, DownloadState.QUEUED):
            self._interrupt(error)

    async def live(self) -> None:
        """Do everything that is left to do. Cancelled, it keeps what it has."""
        try:
            while not await self._attempt():
                pass
            while self._hands.watched(self.record.id):  # its bytes still go to a player
                await self._hands.pause(WATCHED)
        finally:
            self._keep_figures()
            await self.load.close()

    async def set(self, state: DownloadState, **more: Any) -> None:  # noqa: ANN401 - fields of a record
        """Take on a state, tell it, and write it down."""
        plain: dict[str, Any] = {"reason": "", "reason_args": {}}
        self.record = replace(self.record, state=state, **(plain | more))
        self._hands.changed(self.record)
        await self._hands.store.put(self.record)

    def _interrupt(self, error: AppError) -> None:
        if self._work is not None and not self._work.done():
            self._stopped = error
            self._work.cancel()

    async def _attempt(self) -> bool:
        """Go on until it ends (True) or has to wait, and wait (False)."""
        task = asyncio.ensure_future(self._steps())
        self._work = task
        try:
            await task
        except asyncio.CancelledError:
            stopped, self._stopped = self._stopped, None
            own = asyncio.current_task()
            if stopped is None or (own is not None and own.cancelling()):
                raise  # not these steps alone: the whole run is to end
            return await self._wait_for(stopped)
        except AppError as error:
            return await self._wait_for(error)
        finally:
            if not task.done():
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, AppError):
                    await task
        return True

    async def _steps(self) -> None:
        if self.record.finished_at is None:
            await self._turn()
            await self._load()
            await self._finish()
        await self._seed()

    async def _turn(self) -> None:
        if not self._allowed.is_set():
            await self.set(DownloadState.QUEUED)
            await self._allowed.wait()

    async def _load(self) -> None:
        room = await self._hands.look(self.record.folder)
        if not room.writable:
            raise Unavailable("errors.disk_read_only", folder=_text(self.record.folder))
        if self.record.device not in (None, room.device):
            raise Unavailable("errors.disk_away", folder=_text(self.record.folder))
        # What it holds may be known from last time; without that it has to be asked first.
        await self.set(
            DownloadState.LOADING if self.record.size else DownloadState.LOOKING,
            device=room.device,
        )
        found = await self.load.look()
        await self._note(found)
        await self._require_room()
        await self.set(DownloadState.LOADING)
        if self.check_first:
            await self.load.check()
            self.check_first = False
        await self.load.run()

    async def _note(self, found: Found) -> None:
        self.record = replace(
            self.record,
            name=found.name,
            size=found.size,
            files=max(1, len(found.files)),
            playable=playable(found.files),
        )
        self.load.limit(self.record.limits)
        if self.record.chosen:
            self.load.choose(self.record.chosen)
        self.found.set()
        self._hands.changed(self.record)

    async def _require_room(self) -> None:
        room = await self._hands.look(self.record.folder)
        figures = self.load.figures()
        left = max(0, (figures.size or self.record.size or 0) - figures.done)
        if not space.fits(room, left, self._hands.wishes().reserve * GIGABYTE):
            folder = _text(self.record.folder)
            raise Unavailable("errors.disk_full", folder=folder, needed=left, free=room.free)

    async def _finish(self) -> None:
        await self.set(DownloadState.FINISHING)
        paths = self.load.paths()
        sizes = {file.index: file for file in self.load.files()}
        done = [
            Finished(sizes[index].path, path, sizes[index].size)
            for index, path in paths.items()
            if index in sizes
        ]
        filed = await self._hands.filer.file_away(done, self.record.name)
        if not filed:  # it stays where it is
            filed = tuple(os.fsencode(file.lies) for file in done[:MOST_PATHS])
        figures = self.load.figures()
        torrent = self.record.kind is DownloadKind.TORRENT
        seeds = torrent and self._hands.wishes().seed_percent > 0
        # What it is called on the disk, so that it alone is moved or removed later.
        name = self.record.name if torrent or 0 not in paths else paths[0].name
        await self.set(
            DownloadState.SEEDING if seeds else DownloadState.DONE,
            name=name,
            filed=filed,
            finished_at=self._hands.clock(),
            done=figures.done,
            size=figures.size or figures.done,
        )
        await self._hands.finished(self.record)

    async def _seed(self) -> None:
        """Give until the owner's ratio or time is reached; then the rest is tidied up."""
        if self.record.state is DownloadState.SEEDING:
            giving = asyncio.ensure_future(self.load.seed())
            try:
                while not giving.done() and not self._gave_enough():
                    await asyncio.wait((giving,), timeout=LOOK_AGAIN)
                if giving.done():
                    giving.result()  # what went wrong with it is told
            finally:
                giving.cancel()
                with contextlib.suppress(asyncio.CancelledError, AppError):
                    await giving
            figures = self.load.figures()
            await self.set(DownloadState.DONE, uploaded=figures.uploaded, seeded=figures.seeded)

    def _gave_enough(self) -> bool:
        wishes, limits, figures = self._hands.wishes(), self.record.limits, self.load.figures()
        ratio = limits.ratio if limits.ratio is not None else wishes.seed_percent / 100
        minutes = limits.seed_minutes if limits.seed_minutes is not None else wishes.seed_hours * 60
        size = figures.size or self.record.size or 0
        if ratio <= 0 or (size and figures.uploaded >= ratio * size):
            return True
        return 0 < minutes * 60 <= figures.seeded

    async def _wait_for(self, error: AppError) -> bool:
        """Wait until there is a reason to go on; True when there will be none."""
        self._keep_figures()
        await self.load.close()
        if isinstance(error, _TurnOverError):
            return False
        log.info("Download %s: %s", self.record.id, error)
        if error.key in ROOM:
            await self._wait_for_room(error)
            return False
        self._forgive()
        if isinstance(error, Unavailable) and self._failures < len(PAUSES):
            await self.set(DownloadState.HELD, reason=error.key, reason_args=_plain(error.args_map))
            wait = error.args_map.get("retry_after")
            pause = max(PAUSES[self._failures], wait if isinstance(wait, float | int) else 0)
            self._failures += 1
            await self._hands.pause(pause)
            return False
        await self.set(DownloadState.FAILED, reason=error.key, reason_args=_plain(error.args_map))
        return True

    def _keep_figures(self) -> None:
        """What was fetched and given stays known when nobody fetches it."""
        now = self.load.figures()
        self.record = replace(
            self.record,
            done=now.done or self.record.done,
            uploaded=max(now.uploaded, self.record.uploaded),
            seeded=max(now.seeded, self.record.seeded),
        )

    def _forgive(self) -> None:
        """Count failures anew once something came in between."""
        done = self.load.figures().done
        if done > self._done_then:
            self._failures = 0
        self._done_then = done

    async def _wait_for_room(self, error: AppError) -> None:
        await self.set(DownloadState.HELD, reason=error.key, reason_args=_plain(error.args_map))
        reserve = self._hands.wishes().reserve * GIGABYTE * space.AGAIN
        while True:
            await self._hands.pause(LOOK_AGAIN)
            with contextlib.suppress(AppError):
                room = await self._hands.look(self.record.folder)
                left = max(0, (self.record.size or 0) - self.load.figures().done)
                same = self.record.device in (None, room.device)
                if room.writable and same and space.fits(room, left, int(reserve)):
                    return


class _TurnOverError(AppError):
    """Another goes first now."""


def _text(folder: bytes) -> str:
    return folder.decode("utf-8", "replace")


def _plain(args: Mapping[str, object]) -> dict[str, object]:
    good = (str, int, float, bool)
    return {name: one if isinstance(one, good) else str(one) for name, one in args.items()}
