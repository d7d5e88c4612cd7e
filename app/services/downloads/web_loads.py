"""Loads of the web: one file of a server, and a stream in pieces."""

from __future__ import annotations

import asyncio
import contextlib
import glob
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from app.domain.downloads import DownloadFile, DownloadKind, Limits, Picture, Priority
from app.domain.endings import PLAYABLE, ending_of
from app.domain.errors import Unavailable, Unsupported
from app.domain.stream_links import height_of
from app.infra.fetch.file_fetch import FileFetch, FileWanted
from app.infra.fetch.part import Reserve, forget
from app.infra.fetch.parts import forget_stream
from app.infra.fetch.stream_fetch import StreamFetch, StreamLook, StreamWanted
from app.infra.fetch.throttle import Throttle
from app.infra.growing import Growing, Whole
from app.infra.placing import place, same
from app.services.downloads.links import checksum_of
from app.services.downloads.loads import Figures, Found, Inside
from app.services.downloads.store import Record

if TYPE_CHECKING:
    from app.infra.loopback import Serve


F = TypeVar("F", bound=FileFetch | StreamFetch)


class WebLoad(Generic[F]):
    """What files and streams have in common: one file, on one disk, for nobody else."""

    def __init__(self, record: Record, throttle: Throttle, reserve: Reserve | None = None) -> None:
        self._record = record
        self._throttle = throttle
        self._reserve = reserve
        self._folder = Path(os.fsdecode(record.folder))
        self._name = record.name
        self._size = record.size
        self._done = record.done
        self._path: Path | None = None
        self._fetch: F | None = None
        self._beside: tuple[DownloadFile, ...] = ()

    def files(self) -> tuple[DownloadFile, ...]:
        """The one file, and what came beside it."""
        plays = ending_of(self._name) in PLAYABLE or self._record.kind is DownloadKind.STREAM
        size = self._size or 0
        own = DownloadFile(0, self._name, size, self._done, Priority.NORMAL, "", plays)
        return (own, *self._beside)

    def paths(self) -> Mapping[int, Path]:
        """Where it is, once it is whole, and what came beside it."""
        if self._path is None:
            return {}
        return {0: self._path} | {one.index: self._path.with_name(one.path) for one in self._beside}

    def inside(self) -> Inside:
        """Nothing more is known of it."""
        return Inside()

    def choose(self, files: Mapping[int, Priority]) -> None:
        """There is one file, and it is wanted."""

    def limit(self, limits: Limits) -> None:
        """It has the limits of all."""

    def grain(self) -> int:
        """Each byte is of use when it is here."""
        return 0

    async def seed(self) -> None:
        """There is nobody to give it to."""

    async def check(self) -> None:
        """It is compared when it is done; there is nothing to compare it with later."""
        raise Unsupported("errors.check_torrents_only")

    def figures(self) -> Figures:
        """How it stands; the size of a stream is a guess until it is here."""
        if self._fetch is None or self._path is not None:
            return Figures(size=self._size, done=self._done, received=self._done)
        told = self._fetch.status()
        self._size = told.size or self._size
        self._done = told.done or self._done
        return Figures(
            size=self._size,
            done=self._done,
            down=told.down,
            connections=told.connections,
            received=self._done,
            note=told.note,
        )

    async def close(self) -> None:
        """Stop, and keep what is here."""
        fetch, self._fetch = self._fetch, None
        if fetch is not None:
            self._done = fetch.status().done or self._done
            await fetch.close()

    async def move(self, folder: Path) -> None:
        """Take what is here to another folder."""
        await self.close()
        await asyncio.to_thread(self._move, folder)
        self._folder = folder
        self._path = folder / self._path.name if self._path is not None else None

    async def discard(self, *, files: bool) -> None:
        """Forget how far it was, which is of no use to anybody; with `files` the file too."""
        await self.close()
        await asyncio.to_thread(self._discard, files)

    async def _settled(self, path: Path, beside: Sequence[Path] = ()) -> None:
        self._path, self._name = path, path.name
        sizes = await asyncio.to_thread(lambda: [one.stat().st_size for one in (path, *beside)])
        self._size = self._done = sizes[0]
        self._beside = tuple(
            DownloadFile(number, one.name, size, size)
            for number, (one, size) in enumerate(zip(beside, sizes[1:], strict=True), start=1)
        )

    def _move(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for part in self._folder.glob(f".{self._record.id}.*"):
            shutil.move(part, folder / part.name)
        for done in self._finished():
            place(done, folder / done.name)
            done.unlink()

    def _finished(self) -> list[Path]:
        """Its finished file and the subtitles that came with it, and nobody else's."""
        if self._path is not None:
            return [one for one in self.paths().values() if one.is_file()]
        film = self._folder / self._name
        if not self._record.finished_at or not film.is_file():
            return []
        filed = [Path(os.fsdecode(one)) for one in self._record.filed]
        letters = self._folder.glob(f"{glob.escape(film.stem)}.*.vtt")
        return [film, *(one for one in letters if any(same(one, there) for there in filed))]

    def _discard(self, files: bool) -> None:
        key = str(self._record.id)
        forget(self._folder, key)
        forget_stream(self._folder, key)
        for done in self._finished() if files else ():
            with contextlib.suppress(OSError):
                done.unlink()


class FileLoad(WebLoad[FileFetch]):
    """One file of a web server."""

    def __init__(
        self, record: Record, throttle: Throttle, connections: int, reserve: Reserve | None = None
    ) -> None:
        super().__init__(record, throttle, reserve)
        self._connections = connections

    async def look(self) -> Found:
        """Ask the server what the file is."""
        if self._path is None:
            seen = await self._open().look()
            self._name, self._size = seen.name, seen.size
        return Found(self._name, self._size, self.files())

    async def run(self) -> None:
        """Fetch what is missing, and verify it."""
        if self._path is None:  # else only what comes after it did not work
            await self._settled(await self._open().run())

    def open(self, index: int) -> Growing:
        """Read it while it loads, and when it is here."""
        if self._path is not None:
            return Whole(self._path)
        if self._fetch is None or index != 0:
            raise Unavailable("errors.download_stopped", name=self._name)
        return self._fetch.open()

    def offer(self) -> Serve | None:
        """It is served as a file."""
        return None

    def _open(self) -> FileFetch:
        if self._fetch is None:
            record = self._record
            wanted = FileWanted(
                record.link, record.headers, record.own_hosts, name=record.name,
                checksum=checksum_of(record.link),
            )  # fmt: skip
            self._fetch = FileFetch(
                wanted, self._folder, record.id, connections=self._connections,
                limiter=self._throttle,
                reserve=self._reserve,
            )  # fmt: skip
        return self._fetch


class StreamLoad(WebLoad[StreamFetch]):
    """A stream in pieces, which becomes one file."""

    async def look(self) -> Found:
        """Ask what the stream offers."""
        pictures: tuple[Picture, ...] = ()
        if self._path is None:
            seen = await self._open().look()
            self._name, pictures = seen.name, _pictures(seen)
        return Found(self._name, self._size, self.files(), pictures)

    async def run(self) -> None:
        """Fetch its segments, and join them."""
        if self._path is None:  # else only what comes after it did not work
            fetch = self._open()
            path = await fetch.run()
            await self._settled(path, fetch.beside)

    def open(self, index: int) -> Growing:
        """It is many files while it loads: see `offer`."""
        raise Unavailable("errors.download_stopped", name=self._name)

    def offer(self) -> Serve | None:
        """Its own answers for the player, while it loads."""
        return None if self._fetch is None or self._path is not None else self._fetch.serve

    def _open(self) -> StreamFetch:
        if self._fetch is None:
            record = self._record
            height = height_of(record.link)
            wanted = StreamWanted(
                record.link, record.headers, record.own_hosts, record.name, height=height
            )
            self._fetch = StreamFetch(
                wanted, self._folder, record.id, limiter=self._throttle, reserve=self._reserve
            )
        return self._fetch


def _pictures(seen: StreamLook) -> tuple[Picture, ...]:
    """Every height a stream offers, the tallest first, and about how many bytes it would be."""
    bits: dict[int, int] = {}
    for one in seen.variants:
        if one.height:
            bits[one.height] = max(bits.get(one.height, 0), one.bandwidth)
    length = 0.0 if seen.live else seen.seconds
    return tuple(
        Picture(height, round(bits[height] * length / 8) or None)
        for height in sorted(bits, reverse=True)
    )
