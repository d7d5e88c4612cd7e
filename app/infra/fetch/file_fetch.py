"""Fetches one file from a web server: several connections, resumed after a kill, verified."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from app.domain.downloads import DownloadState
from app.domain.errors import AppError, InvalidInput, Refused, Unavailable, Unsupported
from app.infra.fetch import names
from app.infra.fetch.answers import BusyError, ChangedError, Seen
from app.infra.fetch.loading import Loading
from app.infra.fetch.look import kept_spans, look_once
from app.infra.fetch.part import Kept, PartFile, Reserve, disk_failure
from app.infra.fetch.plan import Plan
from app.infra.fetch.reader import FileReader
from app.infra.fetch.spans import Spans
from app.infra.fetch.status import FetchStatus
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.wire import Line, Place, StoppedError, Wire, split
from app.infra.fetch.worker import Patience, Source

log = logging.getLogger(__name__)

T = TypeVar("T")
MOST_CHANGES: Final = 4
"""So often a file may change while it is loaded before we give up."""
CHANGED: Final = "notes.server_changed_file"
NO_RESUME: Final = "notes.server_cannot_resume"
HASHES: Final = ("sha256", "sha1", "md5")
_BLOCK: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class FileWanted:
    """A file somewhere on the web, and what is known of it."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    own_hosts: frozenset[str] = frozenset()  # hosts of the home network the owner typed himself
    size: int | None = None
    checksum: tuple[str, str] | None = None  # "sha256", "sha1" or "md5", and its letters
    name: str = ""


class Look(NamedTuple):
    """What a server tells of a file before it is loaded."""

    name: str
    size: int | None
    resumable: bool
    content_type: str


class FileFetch:
    """One file on its way into a folder. Lives on the service loop; its threads are its own.

    `key` names it on the disk and must be the same after a restart. `reserve` is asked before
    more bytes are written.
    """

    def __init__(
        self,
        wanted: FileWanted,
        folder: Path,
        key: str,
        *,
        connections: int = 4,
        limiter: Throttle,
        reserve: Reserve | None = None,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        wire: Wire | None = None,
    ) -> None:
        split(wanted.url)
        if wanted.checksum is not None and wanted.checksum[0] not in HASHES:
            raise InvalidInput("errors.checksum_unknown", name=wanted.checksum[0])
        self._wanted = wanted
        self._folder = folder
        self._connections = max(1, connections)
        self._limiter = limiter
        self._patience = patience
        self._wire = wire or Wire(wanted.own_hosts)
        self._origin = Place(wanted.url, dict(wanted.headers))
        self._part = PartFile(folder, key, reserve)
        self._pool = ThreadPoolExecutor(self._connections + 4, thread_name_prefix=f"fetch {key}")
        self._line = Line(self._wire)
        self._seen: Seen | None = None
        self._loading: Loading | None = None
        self._readers: set[FileReader] = set()
        self._state = DownloadState.QUEUED
        self._note = ""
        self._running: asyncio.Task[object] | None = None
        self._halt = threading.Event()
        self._found = 0

    async def look(self) -> Look:
        """Ask the server what the file is. Raises what is wrong with it, as `AppError`."""
        self._seen = seen = await self._look()
        name = self._name(seen)
        names.refuse_programs(name)
        return Look(name, seen.size, seen.ranges, seen.content_type)

    async def run(self) -> Path:
        """Load it all, verify it and give it its name; returns where it is.

        Goes on where an earlier run ended; one that had ended well, but was not closed before a
        kill, gives the same file again. Raises `AppError`; what is here by then is kept, and so
        it is when the task is cancelled.
        """
        self._running = asyncio.current_task()
        self._state = DownloadState.CHECKING
        ended = DownloadState.FAILED
        try:
            path = await self._run()
            ended = DownloadState.DONE
        except asyncio.CancelledError:
            ended = DownloadState.PAUSED
            raise
        finally:
            self._state = ended
            self._running = None
            self._part.close()
            self._line.drop()
        return path

    async def close(self) -> None:
        """Stop, keep what is here, and close everything. A finished file is then forgotten."""
        running = self._running
        if running is not None and running is not asyncio.current_task():
            running.cancel()
            await asyncio.wait([running])
        for reader in tuple(self._readers):
            reader.close()
        if self._state is DownloadState.DONE:
            await asyncio.to_thread(self._part.acknowledge)
        await asyncio.to_thread(self._pool.shutdown)
        self._line.drop()

    def status(self) -> FetchStatus:
        """How it stands now."""
        loading, seen = self._loading, self._seen
        size = None if seen is None else seen.size
        done = self._found
        if loading is not None:
            size, done = loading.plan.size, loading.plan.done
        ended = self._state is DownloadState.DONE
        return FetchStatus(
            state=self._state,
            size=size,
            done=done,
            down=0.0 if loading is None else loading.speed.rate,
            connections=0 if loading is None else loading.connections,
            note=self._note,
            note_args={"host": self._origin.host} if self._note else {},
            fraction=1.0 if ended else done / size if size else 0.0,
        )

    def open(self) -> FileReader:
        """A reader of the file while it loads; call it while `run` is under way.

        `Unsupported` when the server does not say how long it is, `Unavailable` when nothing
        is being loaded.
        """
        loading, seen = self._loading, self._seen
        if loading is None or seen is None or self._part.number < 0:
            raise Unavailable("errors.download_ended", name=self._wanted.name)
        size = loading.plan.size
        if size is None:
            raise Unsupported("errors.plays_when_done", host=seen.place.host)
        reader = FileReader(
            self._name(seen), size, self._part.number, self._pool, self._readers.discard
        )
        self._readers.add(reader)
        reader.follow(loading.plan)
        return reader

    # Steps of a run.

    async def _run(self) -> Path:
        ended = await self._in_thread(lambda _line: self._part.open())
        if ended is not None:
            self._found = ended.stat().st_size
            return ended
        kept = await self._in_thread(lambda _line: self._part.load())
        if self._seen is None:
            self._state = DownloadState.LOOKING
            await self.look()
        for _ in range(MOST_CHANGES):
            assert self._seen is not None
            try:
                await self._load(self._seen, kept)
                return await self._finish(self._seen)
            except ChangedError as changed:
                await self._begin_anew(changed)
                kept = None
        raise Unavailable("errors.file_keeps_changing", host=self._origin.host)

    async def _load(self, seen: Seen, kept: Kept | None) -> None:
        """Load everything that is missing."""
        wanted = self._wanted.size
        if wanted is not None and seen.size is not None and wanted != seen.size:
            raise Refused(
                "errors.size_differs", host=seen.place.host, wanted=wanted, found=seen.size
            )
        done = await self._here_already(seen, kept)
        if seen.size is not None:
            size = seen.size
            await self._in_thread(lambda _line: self._part.make_room(size))
        plan = Plan(seen.size, self._connections, done, ranges=seen.ranges)
        source = Source(self._wire, self._origin, seen)
        self._loading = Loading(source, plan, self._part, self._pool, self._limiter, self._patience)
        for reader in self._readers:
            reader.follow(plan)
        self._state = DownloadState.LOADING
        await self._loading.run(self._connections, wanted)

    async def _here_already(self, seen: Seen, kept: Kept | None) -> Spans:
        """What need not be fetched; begins anew, and says so, when it is of no use."""
        if kept is None or not kept.spans:
            return Spans()
        found = None
        if seen.ranges:
            found = await self._in_thread(
                lambda line: kept_spans(line, seen, kept, self._part.number)
            )
        if found is not None:
            return found
        same = seen.same_as(kept.etag, kept.modified, kept.size)
        self._note = NO_RESUME if same and not seen.ranges else CHANGED
        await self._in_thread(lambda _line: self._part.empty())
        return Spans()

    async def _begin_anew(self, changed: ChangedError) -> None:
        """The server has another file by now: what is here of the old one is of no use."""
        log.info("%s gives another file by now; it begins anew", self._origin.host)
        before = self._seen
        for reader in tuple(self._readers):
            reader.fail(Unavailable("errors.server_changed_file", host=self._origin.host))
        self._seen = seen = changed.seen or await self._look()
        same = before is not None and seen.same_as(before.etag, before.modified, before.size)
        self._note = NO_RESUME if same and not seen.ranges else CHANGED
        await self._in_thread(lambda _line: self._part.empty())

    async def _finish(self, seen: Seen) -> Path:
        """Verify it, and give it its name."""
        self._state = DownloadState.FINISHING
        assert self._loading is not None
        size = self._loading.plan.size or 0
        wanted = self._wanted.size
        if wanted is not None and wanted != size:
            await self._in_thread(lambda _line: self._part.empty())
            raise Refused("errors.size_differs", host=seen.place.host, wanted=wanted, found=size)
        name = self._name(seen)
        names.refuse_programs(name)
        checksum = self._wanted.checksum or seen.digest
        if checksum is not None:
            found = await self._in_thread(lambda _line: self._hash(checksum[0], size))
            if found != checksum[1].lower():
                await self._in_thread(lambda _line: self._part.empty())
                raise Refused("errors.checksum_differs", name=name, host=self._origin.host)
        return await self._in_thread(lambda _line: self._part.settle(name, size))

    def _hash(self, kind: str, size: int) -> str:
        made = hashlib.new(kind, usedforsecurity=False)
        at = 0
        while at < size:
            if self._halt.is_set():
                raise StoppedError
            block = os.pread(self._part.number, min(_BLOCK, size - at), at)
            if not block:
                break
            made.update(block)
            at += len(block)
        return made.hexdigest()

    async def _look(self) -> Seen:
        patience, busy = self._patience, None
        for attempt in range(patience.tries):
            try:
                async with asyncio.timeout(patience.head):
                    return await self._in_thread(lambda line: look_once(line, self._origin))
            except BusyError as error:
                told: AppError = error.told
                busy = error.seconds
            except Unavailable as error:
                told, busy = error, None
                if error.key in ("errors.server_certificate", "errors.server_goes_round"):
                    raise
            except TimeoutError:
                told = Unavailable("errors.server_slow", host=self._origin.host)
            if attempt == patience.tries - 1:
                raise told
            await asyncio.sleep(patience.rest(attempt + 1) if busy is None else busy)
        raise AssertionError("unreachable")

    def _name(self, seen: Seen) -> str:
        """What the file will be called: as the server says, as the address says, as we wished."""
        addresses = (seen.place.url, self._wanted.url)
        return names.choose_name(seen.name, addresses, self._wanted.name, seen.content_type)

    async def _in_thread(self, work: Callable[[Line], T]) -> T:
        """Do something that may block, perhaps over our line; a cancel ends it first."""
        line = self._line
        self._halt.clear()
        doing = asyncio.get_running_loop().run_in_executor(self._pool, work, line)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            self._halt.set()
            line.stop()
            await asyncio.wait([doing])
            doing.exception()
            line.drop()
            self._line = Line(self._wire)
            raise
        except OSError as error:
            raise disk_failure(error, self._folder) from error
