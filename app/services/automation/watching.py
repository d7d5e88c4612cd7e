"""Watches the owner's folders: the kernel tells at once where it can, a scan finds all the rest."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.domain.errors import AppError
from app.domain.media import FolderId
from app.runtime.supervisor import Supervisor
from app.services.automation import reading
from app.services.automation.settling import MOST, Print, Settler
from app.services.automation.store import WatchStore
from app.services.library.watch import Part, Watcher

log = logging.getLogger(__name__)

MOST_FOLDERS: Final = 20
FILES_AT_ONCE: Final = 200
BYTES_AT_ONCE: Final = 64_000_000
"""Files that are read are written down after so many, or so many bytes."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two scans, and between two looks at what is not known to be whole."""

    scan: float = 60.0
    look: float = 1.0


class FolderWatch:
    """Lives on the service loop. `taken` is awaited when there is a new content."""

    def __init__(
        self,
        store: WatchStore,
        taken: Callable[[], Awaitable[None]],
        rhythm: Rhythm = Rhythm(),  # noqa: B008 - frozen
    ) -> None:
        self._store, self._taken, self._rhythm = store, taken, rhythm
        self._scope = Supervisor("watch folder")
        self._watcher = Watcher(self._told)
        self._settler = Settler()
        self._whole: dict[bytes, Print] = {}
        self._roots: dict[bytes, FolderId] = {}
        self._watched: dict[bytes, bool] = {}
        self._made = 0
        self._more = False  # some had no room and are to be found again
        self._scanning = asyncio.Lock()
        self._news = asyncio.Event()  # something is to settle
        self._found = asyncio.Event()  # something is whole
        self._closed = False

    @property
    def busy(self) -> int:
        """How many files are being settled and read now."""
        return len(self._settler) + len(self._whole)

    async def start(self) -> None:
        """Begin; nothing is watched before `watch`."""
        self._scope.spawn(self._watcher.run(), "kernel")
        self._scope.spawn(self._scans(), "scans")
        self._scope.spawn(self._settle(), "settling")
        self._scope.spawn(self._read(), "reading")

    async def stop(self) -> None:
        """End; what is not taken yet is found again at the next start."""
        self._closed = True
        await self._scope.close()
        await asyncio.to_thread(self._watcher.close)

    async def watch(self, folders: Sequence[bytes]) -> None:
        """Watch these folders and no others, and look through them."""
        wanted = tuple(dict.fromkeys(one.rstrip(b"/") or b"/" for one in folders))[:MOST_FOLDERS]
        for root in [one for one in self._roots if one not in wanted]:
            await self._watcher.unwatch(self._roots.pop(root))
            self._watched.pop(root, None)
        for root in wanted:
            if root not in self._roots:
                self._made += 1
                self._roots[root] = FolderId(self._made)
        await self._store.forget_folders(wanted)
        await self.scan()

    async def scan(self) -> None:
        """Look through all folders now."""
        async with self._scanning:
            for root in list(self._roots):
                await self._one(root)

    async def _scans(self) -> None:
        while True:
            await asyncio.sleep(self._rhythm.scan)
            try:
                await self.scan()
            except DBAPIError:  # the disk is full, for example: the next scan may do better
                log.exception("The watched folders could not be looked through")

    async def _told(self, folder: FolderId, _below: bytes, _part: Part) -> bool:
        async with self._scanning:
            for root in [one for one, number in self._roots.items() if number == folder]:
                await self._one(root)
        return True

    async def _one(self, root: bytes) -> None:
        """One folder: watched if it can be, looked through, new files put aside to settle."""
        try:
            device, there = await asyncio.to_thread(self._listed, root)
        except OSError as error:
            log.info("A watched folder is away: %s", error.strerror)
            if self._watched.pop(root, False):
                await self._watcher.unwatch(self._roots[root])
            return
        if root not in self._roots:
            return
        if not self._watched.get(root):
            self._watched[root] = await self._watcher.watch(self._roots[root], root)
        kept = await self._store.folder(root)
        if kept is None or (kept.empty and kept.device != device):
            # An empty folder that is another device now was the place a disk is mounted at.
            await self._store.begin(root, device, there)
            return
        if kept.empty and there:
            await self._store.filled(root)
        await self._sort(root, there)

    async def _sort(self, root: bytes, there: Sequence[tuple[bytes, Print]]) -> None:
        seen = await self._store.seen(root)
        new = await asyncio.to_thread(
            lambda: {path: found for path, found in there if seen.get(path) != found}
        )
        for path in (*self._settler.waiting(), *self._whole):
            new.pop(path, None)
        if not new:
            return
        known = await self._store.renamed(
            {path: found for path, found in new.items() if path not in seen}
        )
        for path, found in new.items():
            if path in known:
                continue
            if self.busy >= MOST:
                self._more = True  # found again when these are read
                break
            self._settler.put(path, found)
        if len(self._settler):
            self._news.set()

    def _listed(self, root: bytes) -> tuple[int, list[tuple[bytes, Print]]]:
        device = os.stat(root).st_dev & (2**63 - 1)  # noqa: PTH116 - bytes
        return device, list(reading.films(root, lambda: self._closed))

    async def look(self) -> None:
        """Look once at what is not known to be whole."""
        now = await asyncio.to_thread(_looks, self._settler.waiting())
        for path, found in self._settler.look(now):
            self._whole[path] = found
            self._found.set()

    async def _settle(self) -> None:
        while True:
            if not len(self._settler):
                self._news.clear()
                await self._news.wait()
            await asyncio.sleep(self._rhythm.look)
            await self.look()

    async def _read(self) -> None:
        while True:
            self._found.clear()
            try:
                await self._take_whole()
                if self._more and not self.busy:
                    self._more = False
                    await self.scan()
            except DBAPIError:  # what is whole is kept in mind, and tried with the next one
                log.exception("A file of a watched folder could not be written down")
                await self._found.wait()
            if not self._whole:
                await self._found.wait()

    async def _take_whole(self) -> None:
        """Read what is whole; small files are written down many at a time."""
        read: list[tuple[bytes, Print, str]] = []
        size = 0
        for path, found in list(self._whole.items()):
            digest = await self._digest(path, found)
            if digest:
                read.append((path, found, digest))
                size += found.size
            else:
                self._whole.pop(path)
            if size >= BYTES_AT_ONCE or len(read) >= FILES_AT_ONCE:
                await self._keep(read)
                read, size = [], 0
        await self._keep(read)

    async def _keep(self, read: Sequence[tuple[bytes, Print, str]]) -> None:
        new = await self._store.take_all(read)
        for path, _found, _digest in read:
            self._whole.pop(path)
        if new:
            await self._taken()

    async def _digest(self, path: bytes, found: Print) -> str:
        """The hash of a file; nothing when it is another by now: the next scan sees which."""
        below = (one for one in self._roots if path.startswith(one.rstrip(b"/") + b"/"))
        root = max(below, key=len, default=None)
        if root is None:
            return ""
        try:
            return await asyncio.to_thread(
                reading.digest_of, root, path, found, lambda: self._closed
            )
        except AppError as error:
            log.info("A file of a watched folder is not taken yet: %s", error)
            return ""


def _looks(paths: Sequence[bytes]) -> dict[bytes, Print | None]:
    return {path: reading.look(path) for path in paths}
