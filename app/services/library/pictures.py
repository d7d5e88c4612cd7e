"""Gives every item its poster and backdrop: from files beside it, embedded art, or a frame."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.events import ScanPhase
from app.domain.media import STILL, FolderId, MediaKind
from app.infra.pictures import PictureCache, key_of
from app.infra.probe import Probe, Request
from app.services.library.picture_store import Pending, PictureStore

log = logging.getLogger(__name__)

ENDINGS = (b".jpg", b".jpeg", b".png", b".webp")
POSTERS = (b"poster", b"folder", b"cover", b"movie")
BACKDROPS = (b"fanart", b"backdrop")
LARGEST = 40 * 1024 * 1024
BATCH = 32


@dataclass(frozen=True, slots=True)
class Beside:
    """The pictures in one folder by lower-case name without ending."""

    folder: bytes
    names: dict[bytes, bytes]

    def find(self, *stems: bytes) -> bytes | None:
        """The path of the first of these that is there."""
        for stem in stems:
            if stem.lower() in self.names:
                return os.path.join(self.folder, self.names[stem.lower()])
        return None


class PictureMaker:
    """Makes the pictures that are missing. `touched` hears the items that got some."""

    def __init__(
        self,
        store: PictureStore,
        cache: PictureCache,
        probe: Probe,
        frames: Callable[[], bool],
        touched: Callable[[Sequence[int], bool], None],
    ) -> None:
        self._store = store
        self._cache = cache
        self._probe = probe
        self._frames = frames
        self._touched = touched
        self._listed: dict[bytes, Beside] = {}

    async def run(
        self, folder: FolderId, root: bytes, tell: Callable[[ScanPhase, int, int | None], None]
    ) -> int:
        """Make pictures for every item of a folder that was not looked at; returns how many."""
        total, done = await self._store.count(folder), 0
        self._listed.clear()
        while pending := await self._store.pending(folder, BATCH):
            half = (len(pending) + 1) // 2
            await asyncio.gather(
                *(self._several(root, part) for part in (pending[:half], pending[half:]))
            )
            done += len(pending)
            tell(ScanPhase.PICTURES, done, max(total, done))
        self._listed.clear()
        return done

    async def _several(self, root: bytes, pending: Sequence[Pending]) -> None:
        made = []
        for one in pending:
            try:
                pair = await self._make(root, one)
            except OSError:
                log.exception("A picture could not be stored")
                pair = (None, None)
            made.append((one.item, *pair))
        await self._store.put(made)
        self._touched([one.item for one in pending], False)

    async def _make(self, root: bytes, one: Pending) -> tuple[str | None, str | None]:
        path = os.path.join(root, one.path)
        poster, backdrop = await asyncio.to_thread(self._beside, root, one)
        told = [
            await self._from_image(poster, "poster"),
            await self._from_image(backdrop, "backdrop"),
        ]
        if one.kind is MediaKind.SERIES and told[0] is None:
            return await self._store.of_first_episode(one.item)
        if one.kind is MediaKind.SERIES:
            return told[0], told[1] or (await self._store.of_first_episode(one.item))[1]
        if told[0] is None and one.cover:
            told[0] = await self._ask("cover", path, one, "poster")
        if None in told and self._frames() and one.readable:
            framed = await self._from_frame(path, one)
            told = [mine or its for mine, its in zip(told, framed, strict=True)]
        return told[0], told[1]

    async def _from_image(self, path: bytes | None, shape: str) -> str | None:
        if path is None:
            return None
        try:
            info = await asyncio.to_thread(os.lstat, path)
        except OSError:
            return None
        if not 0 < info.st_size <= LARGEST:
            return None
        key = key_of(path, info.st_size, info.st_mtime_ns, shape)
        return await self._stored(key, Request("image", {"shape": shape}, path))

    async def _ask(self, op: str, path: bytes, one: Pending, shape: str) -> str | None:
        key = key_of(path, one.size, one.mtime_ns, f"{op}-{shape}")
        return await self._stored(key, Request(op, {}, path))

    async def _stored(self, key: str, request: Request) -> str | None:
        if await asyncio.to_thread(self._cache.has, key):
            return key
        (answer,) = await self._probe.ask("media", [request])
        if answer.note is not None or not _is_jpeg(answer.blob):
            return None
        await asyncio.to_thread(self._cache.put, key, answer.blob)
        return key

    async def _from_frame(self, path: bytes, one: Pending) -> tuple[str | None, str | None]:
        keys = [
            STILL + key_of(path, one.size, one.mtime_ns, f"frame-{shape}")
            for shape in ("poster", "backdrop")
        ]
        if await asyncio.to_thread(lambda: all(self._cache.has(key) for key in keys)):
            return keys[0], keys[1]
        (answer,) = await self._probe.ask("media", [Request("frame", {}, path)])
        split = answer.told.get("split")
        if answer.note is not None or not isinstance(split, int):
            return None, None
        for key, data in zip(keys, (answer.blob[:split], answer.blob[split:]), strict=True):
            if not _is_jpeg(data):
                return None, None
            await asyncio.to_thread(self._cache.put, key, data)
        return keys[0], keys[1]

    def _beside(self, root: bytes, one: Pending) -> tuple[bytes | None, bytes | None]:
        """The picture files that belong to an item by name or by place."""
        folder, name = os.path.split(one.path)
        if one.kind is MediaKind.SERIES:
            return self._of_series(root, folder)
        beside = self._list(os.path.join(root, folder))
        stem = os.path.splitext(name)[0]
        poster = beside.find(stem + b"-poster", stem, stem + b"-thumb", stem + b"-cover")
        backdrop = beside.find(stem + b"-fanart", stem + b"-backdrop", stem + b"-thumb")
        if one.alone and folder:
            poster = poster or beside.find(*POSTERS)
            backdrop = backdrop or beside.find(*BACKDROPS)
        return poster, backdrop

    def _of_series(self, root: bytes, folder: bytes) -> tuple[bytes | None, bytes | None]:
        """Look in the season's folder and those above, up to but not in the watched one."""
        poster = backdrop = None
        while folder:
            above = os.path.dirname(folder)
            beside = self._list(os.path.join(root, folder))
            # The folder nearest to the watched one wins: below it lie the seasons' own pictures.
            poster = beside.find(*POSTERS) or poster
            backdrop = beside.find(*BACKDROPS) or backdrop
            folder = above
        return poster, backdrop

    def _list(self, folder: bytes) -> Beside:
        if folder not in self._listed:
            if len(self._listed) > 64:
                self._listed.clear()
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            split = [(os.path.splitext(name), name) for name in sorted(names, reverse=True)]
            found = {stem.lower(): name for (stem, end), name in split if end.lower() in ENDINGS}
            self._listed[folder] = Beside(folder, found)
        return self._listed[folder]


def _is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff")
