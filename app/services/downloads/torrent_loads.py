"""Loads of torrents: what the engine does with one, in the order a download needs it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.downloads import DownloadFile, Limits, Priority
from app.domain.endings import PLAYABLE, ending_of
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable
from app.infra.growing import Growing
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.status import TorrentState, TorrentStatus
from app.infra.torrents.torrent import Torrent
from app.services.downloads.loads import Figures, Found, Inside
from app.services.downloads.run import ROOM
from app.services.downloads.store import Record

if TYPE_CHECKING:
    from app.infra.loopback import Serve
    from app.infra.torrents.ground import Change

LOOK: Final = 1.0
SILENCE: Final = 600.0
"""Seconds peers have to tell what a magnet link holds."""


class TorrentLoad:
    """One torrent."""

    def __init__(self, record: Record, engine: TorrentEngine) -> None:
        self._record = record
        self._engine = engine
        self._torrent: Torrent | None = None
        self._stirred = asyncio.Event()
        self._unheard: Callable[[], None] | None = None
        self._may_load = False
        self._entering = asyncio.Lock()
        self._moving = asyncio.Lock()

    async def look(self) -> Found:
        """Ask what it holds. Nothing of it is fetched before `run`."""
        torrent = await self._enter()
        await torrent.contents(SILENCE)
        if not self._may_load:
            torrent.pause()
        if self._record.chosen:
            torrent.choose(self._record.chosen)
        return Found(torrent.name, torrent.status().size, self.files())

    async def run(self) -> None:
        """Fetch what is wanted, until it lies in its files."""
        torrent = await self._enter()
        self._may_load = True
        torrent.go()
        while True:
            self._stirred.clear()
            told = torrent.status()
            _require_well(told)
            if told.state is TorrentState.SEEDING:
                break
            try:
                async with asyncio.timeout(LOOK):
                    await self._stirred.wait()
            except TimeoutError:
                continue
        await torrent.flush()

    def content(self) -> bytes:
        """What a .torrent file of it holds, once that is known."""
        return self._torrent.content() if self._torrent is not None else b""

    def figures(self) -> Figures:
        """How it stands."""
        if self._torrent is None:
            record = self._record
            return Figures(
                size=record.size, done=record.done, uploaded=record.uploaded, seeded=record.seeded
            )
        told = self._torrent.status()
        return Figures(
            size=told.size,
            done=told.done,
            down=told.down,
            up=told.up,
            uploaded=told.uploaded,
            seeded=told.seeded,
            connections=told.connections,
            known_peers=told.known_peers,
            seeds=told.seeds,
            availability=told.availability,
            checking=told.state is TorrentState.CHECKING,
            received=told.received,
            note="notes.bad_pieces" if told.bad_pieces else "",
        )

    def files(self) -> tuple[DownloadFile, ...]:
        """Its files, and which of them play."""
        if self._torrent is None:
            return ()
        return tuple(_playable(file) for file in self._torrent.files())

    def paths(self) -> Mapping[int, Path]:
        """Where those are that are whole."""
        return self._torrent.paths() if self._torrent is not None else {}

    def inside(self) -> Inside:
        """Peers, trackers, pieces."""
        torrent = self._torrent
        if torrent is None:
            return Inside()
        return Inside(
            torrent.peers(),
            torrent.trackers(),
            torrent.pieces(),
            torrent.piece_length,
            torrent.web_seeds(),
        )

    def choose(self, files: Mapping[int, Priority]) -> None:
        """Want some files more, less or not at all."""
        if self._torrent is not None:
            self._torrent.choose(files)

    def limit(self, limits: Limits) -> None:
        """Bound its speed."""
        if self._torrent is not None:
            self._torrent.limit(limits.down, limits.up)

    def open(self, index: int) -> Growing:
        """Read a file of it while it loads."""
        if self._torrent is None:
            raise Unavailable("errors.download_stopped", name=self._record.name)
        return self._torrent.open(index)

    def offer(self) -> Serve | None:
        """It is served as a file."""
        return None

    def grain(self) -> int:
        """A piece is of use when all of it is here and right."""
        return self._torrent.piece_length if self._torrent is not None else 0

    async def seed(self) -> None:
        """Give it to others until cancelled."""
        torrent = await self._enter()
        self._may_load = True
        torrent.go()
        while True:
            _require_well(torrent.status())
            await asyncio.sleep(LOOK)

    async def check(self) -> None:
        """Compare what is on the disk with what it should be."""
        torrent = await self._enter()
        await torrent.check()

    async def move(self, folder: Path) -> None:
        """Take everything of it to another folder."""
        async with self._moving:
            torrent = await self._enter()
            await torrent.move(folder)

    async def close(self) -> None:
        """Stop; how far it is, is written down.

        One that is on its way to another folder arrives first: nobody would know where its files
        are.
        """
        async with self._moving:
            await self._close()

    async def _close(self) -> None:
        torrent, self._torrent = self._torrent, None
        self._may_load = False
        if self._unheard is not None:
            self._unheard()
            self._unheard = None
        if torrent is not None:
            await self._engine.release(torrent.key)

    async def discard(self, *, files: bool) -> None:
        """Forget how far it was; with `files` its own go, and nobody else's."""
        try:
            torrent = await self._enter()
        except InvalidInput:
            return
        async with self._moving:
            self._torrent = None
            await self._engine.remove(torrent.key, files=files)

    async def _enter(self) -> Torrent:
        """Have it in the engine."""
        async with self._entering:
            if self._torrent is None:
                self._torrent = await self._entered()
        return self._torrent

    async def _entered(self) -> Torrent:
        record = self._record
        key = str(record.id)
        await self._engine.start()
        if self._unheard is None:
            self._unheard = self._engine.on_torrent(self._on_change)
        try:
            torrent = self._engine.get(key)
        except NotFound:
            known = record.content is not None
            torrent = await self._engine.add(
                record.content or record.link,
                Path(os.fsdecode(record.folder)),
                key,
                paused=known,
                priorities=record.chosen or None,
                also=record.link if known else "",
            )
        if torrent.has_contents and not self._may_load:
            torrent.pause()
        return torrent

    def _on_change(self, torrent: Torrent, _change: Change) -> None:
        if torrent.key != self._record.id:
            return
        if torrent.has_contents and not self._may_load:
            torrent.pause()  # what it holds is looked at before anything of it is fetched
        self._stirred.set()


def _require_well(told: TorrentStatus) -> None:
    if told.state is TorrentState.FAILED:
        kind = Unavailable if told.reason in ROOM else AppError
        raise kind(told.reason, **told.reason_args)


def _playable(file: DownloadFile) -> DownloadFile:
    return replace(file, playable=not file.refused and ending_of(file.path) in PLAYABLE)
