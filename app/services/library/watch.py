"""Notices what changes in watched folders and asks for a scan of just that part, once it rests."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from app.domain.media import FolderId
from app.services.library.walk import is_video

log = logging.getLogger(__name__)

REST = 0.7
"""Seconds without an event before a part is scanned."""

LONGEST_REST = 30.0
MOST_PARTS = 100
DESCRIPTION = b".nfo"
"""The end of the names of files in which media centres describe what stands beside them."""
_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
    FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileMovedEvent,
]  # fmt: skip


@dataclass(slots=True)
class Part:
    """A part of a folder that changed. `gone`: the kernel told that something was deleted.

    `videos`: files that can be played, or folders, came, went or changed; else only `described`,
    the paths below the folder of descriptions, did.
    """

    deep: bool = False
    gone: bool = False
    videos: bool = False
    described: set[bytes] = field(default_factory=set)
    due: float = 0.0
    tries: int = 0


Rescan = Callable[[FolderId, bytes, Part], Awaitable[bool]]
"""Scans a part; False when something in it was still being written."""


class Watcher:
    """Watches folders through the kernel. Nothing runs while nothing happens."""

    def __init__(self, rescan: Rescan) -> None:
        self._rescan = rescan
        self._observer: BaseObserver | None = None
        self._watches: dict[FolderId, ObservedWatch] = {}
        self._parts: dict[tuple[FolderId, bytes], Part] = {}
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def watch(self, folder: FolderId, path: bytes) -> bool:
        """Begin to watch a folder, or begin anew; False when the kernel has no room for it."""
        self._loop = asyncio.get_running_loop()
        await self.unwatch(folder)
        handler = _Handler(self._loop, path, lambda *told: self._noticed(folder, *told))

        def begin() -> ObservedWatch:
            if self._observer is None:
                self._observer = Observer()
                self._observer.start()
            return self._observer.schedule(
                handler, os.fsdecode(path), recursive=True, event_filter=_EVENTS
            )

        try:
            self._watches[folder] = await asyncio.to_thread(begin)
        except OSError as exc:
            log.warning("The folder %s cannot be watched: %s", folder, exc)
            return False
        return True

    async def unwatch(self, folder: FolderId) -> None:
        """Stop watching a folder."""
        watch = self._watches.pop(folder, None)
        observer = self._observer
        if watch is not None and observer is not None:
            await asyncio.to_thread(observer.unschedule, watch)
        for key in [key for key in self._parts if key[0] == folder]:
            del self._parts[key]

    async def run(self) -> None:
        """Scan parts as they become due, until cancelled."""
        while True:
            if not self._parts:
                self._news.clear()
                await self._news.wait()
                continue
            key = min(self._parts, key=lambda each: self._parts[each].due)
            wait = self._parts[key].due - time.monotonic()
            if wait > 0:
                await asyncio.sleep(min(wait, REST))
                continue
            part = self._parts.pop(key)
            if not await self._scan(*key, part):
                pause = min(REST * 2**part.tries, LONGEST_REST)
                again = self._parts.setdefault(key, Part(part.deep, part.gone, videos=True))
                again.videos = True
                again.tries = part.tries + 1
                again.due = time.monotonic() + pause

    def close(self) -> None:
        """Stop watching everything."""
        observer, self._observer = self._observer, None
        self._watches.clear()
        self._parts.clear()
        if observer is not None:
            observer.stop()

    async def _scan(self, folder: FolderId, below: bytes, part: Part) -> bool:
        try:
            return await self._rescan(folder, below, part)
        except asyncio.CancelledError:
            raise
        except Exception:  # noqa: BLE001 - the watcher must outlive one bad folder
            log.exception("The scan of a changed folder failed")
            return True

    def ask(self, folder: FolderId) -> None:
        """Scan the whole folder once more after a rest: something in it was being written."""
        self._put(folder, b"", Part(deep=True, videos=True))

    def _noticed(self, folder: FolderId, below: bytes, change: Part) -> None:
        if folder in self._watches:
            self._put(folder, below, change)

    def _put(self, folder: FolderId, below: bytes, change: Part) -> None:
        parts = [key for key in self._parts if key[0] == folder]
        added = [change]
        if len(parts) >= MOST_PARTS:
            added += [self._parts.pop(key) for key in parts]
            below, change.deep = b"", True
        part = self._parts.setdefault((folder, below), Part())
        for one in added:
            part.deep, part.gone = part.deep or one.deep, part.gone or one.gone
            part.videos = part.videos or one.videos
            part.described |= one.described
        part.due, part.tries = time.monotonic() + REST, 0
        self._news.set()


class _Handler(FileSystemEventHandler):
    """Turns events, in the observer's thread, into calls on the service loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        root: bytes,
        notice: Callable[[bytes, Part], None],
    ) -> None:
        self._loop = loop
        self._root = root
        self._notice = notice

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell the folder in which it happened."""
        gone = isinstance(event, (DirDeletedEvent, FileDeletedEvent, DirMovedEvent, FileMovedEvent))
        for raw in (event.src_path, event.dest_path):
            path = os.fsencode(raw)
            if not path:
                continue
            if event.is_directory or is_video(os.path.basename(path)):
                self._tell(path, Part(event.is_directory, gone, videos=True))
            elif path.lower().endswith(DESCRIPTION):
                self._tell(path, Part())

    def _tell(self, path: bytes, change: Part) -> None:
        if not path.startswith(self._root + b"/"):
            return
        inner = path[len(self._root) + 1 :]
        below = inner if change.deep and not change.gone else os.path.dirname(inner)
        if not change.videos:
            change.described.add(inner)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._notice, below, change)
