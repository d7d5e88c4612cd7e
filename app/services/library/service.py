"""The library: the owner's folders, what is in them, and how to find it."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.domain.errors import InvalidInput, NotFound, Refused
from app.domain.events import SettingsChanged
from app.domain.media import (
    Card,
    Details,
    Folder,
    FolderId,
    ItemId,
    LibraryQuery,
    LibrarySummary,
    MediaKind,
    PosterKey,
)
from app.domain.text import display
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.pictures import PictureCache
from app.infra.probe import Probe
from app.runtime.bus import EventBus, Subscription
from app.runtime.jobs import JobEngine
from app.runtime.supervisor import Supervisor
from app.runtime.threads import in_own_thread
from app.services.library import catalogue, own_words, roots, suggest
from app.services.library.announce import Announcer
from app.services.library.catalogue import Catalogue
from app.services.library.own_words import OwnWords
from app.services.library.picture_store import PictureStore
from app.services.library.pictures import PictureMaker
from app.services.library.presence import Presence
from app.services.library.runner import ScanRunner
from app.services.library.scan import Scanner
from app.services.library.search import Search
from app.services.library.store import LibraryStore
from app.services.library.watch import Part, Watcher
from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

KEEP_REMOVED = 7 * 86400.0
"""Seconds for which a removed folder can be restored."""

FIRST_LOOK = 3.0
"""Seconds after the start until folders are looked through for what changed meanwhile."""

SETTLE = 1.5
"""Seconds for which a file must not have been written to, when a change is noticed."""

_TOO_WIDE = frozenset({b"/", b"/proc", b"/sys", b"/dev", b"/run", b"/usr", b"/etc"})


class LibraryService:
    """What the library offers. All methods run on the service loop, except `picture`."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        jobs: JobEngine,
        settings: SettingsService,
        probe: Probe,
        paths: Paths,
    ) -> None:
        self._bus = bus
        self._settings = settings
        self._database = database
        self._store = LibraryStore(database)
        self._catalogue = Catalogue(database)
        self._search = Search(database)
        self._pictures = PictureStore(database)
        self._cache = PictureCache(paths.pictures)
        self._probe = probe
        self._announcer = Announcer(bus)
        self._presence = Presence(self._store, bus, self._changed)
        maker = PictureMaker(
            self._pictures, self._cache, self._probe, self._frames_wanted, self._touched
        )
        scanner = Scanner(self._store, self._probe, self._touched)
        self._runner = ScanRunner(
            self._store, scanner, maker, self._presence, self._announcer, jobs
        )
        self._watcher = Watcher(self._part_changed)
        self._tasks = Supervisor("library")
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        """Begin to watch; what changed while the station was off is found in the background."""
        if self._cache.is_empty():
            await self._pictures.forget_all()
        await self._store.purge(time.time() - KEEP_REMOVED)
        self._tasks.spawn(self._watcher.run(), "watching")
        self._tasks.spawn(self._presence.run(self._came_back), "presence")
        self._tasks.spawn(self._catch_up(), "first look")
        self._subscription = self._bus.on(SettingsChanged, self._settings_changed)

    async def stop(self) -> None:
        """End watchers, scans and workers; a durable scan goes on at the next start."""
        if self._subscription is not None:
            self._subscription.close()
        self._watcher.close()
        await self._tasks.close()
        self._announcer.flush()

    async def folders(self) -> tuple[Folder, ...]:
        """The folders the owner added."""
        return await self._store.folders()

    async def add_folder(self, path: bytes) -> Folder:
        """Add a folder and begin its scan.

        Raises `NotFound` (no such folder), `Refused` (unreadable, too wide, inside another or
        around one) and `InvalidInput` (no absolute path, or added already).
        """
        place = await _usable(path)
        known = await self._store.folder_by_path(place)
        if known is not None and not known[1]:
            raise InvalidInput("errors.folder_known", folder=display(place))
        for other in await self._store.folders():
            if _inside(place, other.path) or _inside(other.path, place):
                raise Refused("errors.folder_overlaps", folder=display(place), other=other.display)
        if known is not None:
            await self.restore_folder(known[0])
            return await self._folder(known[0])
        look = await roots.look(place, held_files=False)
        folder = await self._store.add_folder(place, display(place), look.device or 0)
        self._changed()
        await self._watch(folder, place)
        await self._runner.submit(folder, accept=False)
        return await self._folder(folder)

    async def remove_folder(self, folder: FolderId) -> None:
        """Hide a folder's items at once; its rows are dropped later, its files never touched."""
        await self._folder(folder)
        await self._runner.cancel(folder)
        await self._watcher.unwatch(folder)
        await self._store.set_removed(folder, True)
        self._changed()

    async def restore_folder(self, folder: FolderId) -> None:
        """Undo a removal."""
        removed = {each.id: each for each in await self._store.folders(removed=True)}
        if folder not in removed:
            return
        await self._store.set_removed(folder, False)
        self._changed()
        await self._watch(folder, removed[folder].path)
        await self._runner.submit(folder, accept=False)

    async def rescan(self, folder: FolderId | None = None) -> None:
        """Scan one folder or all; the owner's word that what is gone is gone."""
        chosen = [await self._folder(folder)] if folder is not None else await self.folders()
        for each in chosen:
            await self._runner.submit(each.id, accept=True)

    async def cancel_scan(self, folder: FolderId) -> None:
        """End a folder's scan; what it found stays."""
        await self._runner.cancel(folder)

    async def listing(self, query: LibraryQuery) -> array[int]:
        """The ids of the items a query asks for, in order; by relevance when it has a text."""
        if query.text.strip():
            found = await self._search.find(query.text, query.kinds)
            return await self._catalogue.listing(query, found)
        return await self._catalogue.listing(query, None)

    async def narrowed(self, query: LibraryQuery, ids: Sequence[int]) -> array[int]:
        """Those of these items that the rest of a query lets through, in their order."""
        return await self._catalogue.listing(query, ids)

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """The cards of these items in this order; items that are gone are left out."""
        return await self._catalogue.cards(ids)

    async def details(self, item: ItemId) -> Details:
        """Everything about an item, with the subtitle files beside it. Raises `NotFound`."""
        found = await self._catalogue.details(item)
        here = [file.path for file in found.files if not file.offline]
        beside = await asyncio.to_thread(
            lambda: {path: catalogue.subtitles_beside(path) for path in here}
        )
        files = tuple(replace(file, subtitles=beside.get(file.path, ())) for file in found.files)
        return replace(found, files=files)

    async def keep_words(self, item: ItemId, words: OwnWords) -> str:
        """Call a video so and say this of it, in the .nfo file beside it; returns that one's name.

        `InvalidInput` without a title, `NotFound` when it or its disk is gone, `Refused` when
        nothing can be written there.
        """
        kept = own_words.tidied(words)
        found = await self._catalogue.details(item)
        path = next((file.path for file in found.files if not file.offline), None)
        if path is None or found.card.kind is not MediaKind.VIDEO:
            raise NotFound("errors.cast_file_gone", name=found.card.title)
        name = await asyncio.to_thread(own_words.write_beside, path, kept)
        await self._database.run_write(lambda raw: own_words.retitle(raw, item, kept.title))
        self._touched([item], True)
        return name

    async def item_at(self, path: bytes) -> ItemId | None:
        """The item a file belongs to; None while the library does not know it."""
        return await self._catalogue.item_at(path)

    async def summary(self) -> LibrarySummary:
        """The library's figures, and the space on the disk of its first folder."""
        told = await self._catalogue.summary()
        for _folder, path in await self._store.places():
            try:
                room = await in_own_thread(partial(catalogue.space, path), 1.0)
            except TimeoutError:
                room = None
            if room is not None:
                return replace(told, free=room[0], total=room[1])
        return told

    async def recently_added(self, limit: int = 20) -> list[Card]:
        """The newest films, videos and series."""
        return await self._catalogue.recent(limit)

    async def suggestions(self) -> list[tuple[bytes, str, int]]:
        """Folders of this machine that hold video: path, display text, bytes of video seen."""
        home = os.fsencode(Path.home())
        skip = frozenset(path for _folder, path in await self._store.places())

        def work() -> list[tuple[bytes, str, int]]:
            return suggest.suggest(home, suggest.videos_folder(home), skip)

        try:
            return await in_own_thread(work, suggest.SECONDS + 0.5)
        except TimeoutError:
            return []

    def picture(self, key: PosterKey) -> Path:
        """Where the picture of that key is; safe from every thread, touches no disk."""
        return self._cache.path(key)

    async def sandbox_state(self) -> dict[str, bool]:
        """Whether probe workers are cut off: `network`, `calls`. Starts one to see."""
        return await self._probe.sandbox_state()

    async def _folder(self, folder: FolderId) -> Folder:
        for each in await self._store.folders():
            if each.id == folder:
                return each
        raise NotFound("errors.folder_gone", folder=int(folder))

    async def _watch(self, folder: FolderId, path: bytes) -> None:
        if self._settings.current.library.watch_changes:
            await self._watcher.watch(folder, path)

    async def _catch_up(self) -> None:
        for folder, path in await self._store.places():
            if (await self._presence.check(folder)).reason is None:
                await self._watch(folder, path)
        await asyncio.sleep(FIRST_LOOK)
        for folder, _path in await self._store.places():
            await self._look_through(folder)

    async def _came_back(self, folder: FolderId) -> None:
        await self._watch(folder, (await self._folder(folder)).path)
        await self._look_through(folder)

    async def _look_through(self, folder: FolderId) -> None:
        if not await self._runner.run(folder, settle=SETTLE):
            self._watcher.ask(folder)

    async def _part_changed(self, folder: FolderId, below: bytes, part: Part) -> bool:
        if part.described:
            self._touched(await self._store.described_by(folder, part.described), True)
        if not part.videos:
            return True
        try:
            return await self._runner.run(
                folder, below, deep=part.deep, accept=part.gone, settle=SETTLE
            )
        except NotFound:
            return True

    async def _rewatch(self) -> None:
        for folder, path in await self._store.places():
            await self._watcher.unwatch(folder)
            await self._watch(folder, path)

    def _settings_changed(self, event: SettingsChanged) -> None:
        if event.section == "library":
            self._tasks.spawn(self._rewatch(), "settings")

    def _frames_wanted(self) -> bool:
        return bool(self._settings.current.library.frame_pictures)

    def _touched(self, items: Sequence[int], structure: bool) -> None:
        if not items:
            return
        if structure:
            self._search.changed()
        self._announcer.changed(items, structure)

    def _changed(self) -> None:
        self._search.changed()
        self._announcer.changed()


async def _usable(path: bytes) -> bytes:
    if not path.startswith(b"/") or b"\0" in path:
        raise InvalidInput("errors.folder_path", folder=display(path))
    place = os.path.normpath(path)  # noqa: ASYNC240 - looks at the text only
    if place in _TOO_WIDE:
        raise Refused("errors.folder_too_wide", folder=display(place))

    def look() -> tuple[bool, bool]:
        return os.path.isdir(place), os.access(place, os.R_OK | os.X_OK)

    try:
        there, readable = await in_own_thread(look, roots.PATIENCE)
    except TimeoutError:
        there = readable = False
    if not there:
        raise NotFound("errors.folder_missing", folder=display(place))
    if not readable:
        raise Refused("errors.folder_unreadable", folder=display(place))
    return place


def _inside(path: bytes, other: bytes) -> bool:
    return path == other or path.startswith(other.rstrip(b"/") + b"/")
