"""One torrent of the engine: what is in it, how it stands, and everything that is done to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import libtorrent as lt

from app.domain.downloads import DownloadFile, Peer, Priority, Tracker
from app.domain.errors import InvalidInput, NotFound, Refused, Unavailable
from app.infra.growing import Growing
from app.infra.torrents.body import Body
from app.infra.torrents.layout import Entry, Layout, level
from app.infra.torrents.metadata import key_of
from app.infra.torrents.places import Place, hold
from app.infra.torrents.reader import ENDED, TorrentReader
from app.infra.torrents.seals import broken
from app.infra.torrents.status import TorrentState, TorrentStatus
from app.infra.torrents.trouble import disk_failure

_REFUSE: Final = lt.move_flags_t.fail_if_exist


class Torrent:
    """A torrent that is in the engine. Lives on the service loop."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._sums: tuple[int | None, int, int] = (None, 0, 0)
        self._moving = asyncio.Lock()

    @property
    def key(self) -> str:
        """What it is called by whoever added it."""
        return self._body.key

    @property
    def name(self) -> str:
        """Its own name; empty while nobody has told."""
        return self._body.name

    @property
    def info_hash(self) -> str:
        """The hash it is known by, 40 hexadecimal digits."""
        return key_of(self._body.hashes)

    @property
    def has_contents(self) -> bool:
        """Whether it is known what it holds."""
        return self._body.layout is not None

    @property
    def piece_length(self) -> int:
        """Bytes of a piece, 0 while that is not known."""
        return self._body.layout.piece if self._body.layout else 0

    async def contents(self, seconds: float) -> tuple[DownloadFile, ...]:
        """Return its files, as soon as somebody has told what they are.

        `Unavailable` when nobody does within `seconds`, `InvalidInput` when it is made to hurt.
        """
        try:
            async with asyncio.timeout(seconds):
                await asyncio.shield(self._body.known)
        except TimeoutError as error:
            raise Unavailable("errors.torrent_silent", seconds=seconds) from error
        return self.files()

    def content(self) -> bytes:
        """What a .torrent file of it holds, trackers too; nothing while that is not known."""
        source = self._body.source
        return source if isinstance(source, bytes) else b""

    def files(self) -> tuple[DownloadFile, ...]:
        """Its files with what is here of each; nothing while it is not known what it holds."""
        body = self._body
        if body.layout is None or body.pieces is None:
            return ()
        done = body.pieces.done
        return tuple(
            DownloadFile(
                index=one.number,
                path=one.path,
                size=one.size,
                done=0 if one.refused else done(one),
                priority=Priority(_wish(body.wishes.get(one.number, 0))),
                refused=one.refused,
            )
            for one in body.layout.entries
        )

    def paths(self) -> dict[int, Path]:
        """Where those files are that are wanted and whole, by their numbers."""
        body = self._body
        if body.layout is None or body.pieces is None:
            return {}
        return {
            one.number: body.save / one.path
            for one in body.layout.entries
            if body.wishes.get(one.number) and body.pieces.whole(one)
        }

    def status(self) -> TorrentStatus:
        """How it stands: as it was told within the last second. Cheap."""
        body, told = self._body, self._body.figures
        size, done, files_done = self._sum()
        state = told.kind if body.layout is not None else TorrentState.LOOKING
        if state is TorrentState.SEEDING and body.sealing.exposed:
            state = TorrentState.CHECKING
        running = body.failure is None and not body.paused and not body.ground.silent
        return TorrentStatus(
            state=TorrentState.FAILED if body.failure is not None else state,
            paused=body.paused,
            reason=body.failure.key if body.failure else "",
            reason_args=body.failure.args_map if body.failure else {},
            size=size,
            done=done,
            received=told.received,
            down=told.down if running else 0.0,
            up=told.up if running else 0.0,
            uploaded=told.uploaded,
            seeded=told.seeded_now() if running else told.seeded,
            connections=told.connections if running else 0,
            known_peers=told.known_peers,
            seeds=told.seeds,
            availability=told.availability,
            files_done=files_done,
            bad_pieces=body.counts.bad_pieces,
            banned=body.counts.banned,
            checked=told.checked,
        )

    def pause(self) -> None:
        """Stop; what is here is written down."""
        self._body.paused = True
        if self._body.handle is not None:
            self._body.handle.pause()
            self._body.ground.tasks.spawn(self._body.put_by(quiet=True), "keep")

    def go(self) -> None:
        """Go on, after a pause or after a failure that is mended."""
        self._body.paused = False
        if self._body.failure is not None:
            self._body.ground.tasks.spawn(self._body.mend(), "go on")
        elif self._body.handle is not None:
            self._body.handle.resume()

    def choose(self, priorities: Mapping[int, int]) -> None:
        """Want files more, less (1, 4, 7) or not at all (0), by their numbers.

        Programs, shortcuts, scripts and links are never wanted, whatever is said here.
        """
        body = self._body
        if body.layout is None:
            body.wished = {**(body.wished or {}), **priorities}
            return
        body.wishes = body.layout.allowed({**body.wishes, **priorities})
        body.stale = True
        if body.pieces is not None:
            body.pieces.unsettle(changing=body.handle is not None)
        body.sealing.want(body.wishes)
        if body.handle is not None:
            body.handle.prioritize_files(body.layout.levels(body.wishes))
        else:
            body.wished = dict(body.wishes)

    def limit(self, down: int, up: int) -> None:
        """Bound its speed: bytes a second, 0 for no limit of its own."""
        self._body.limits = (down, up)
        if self._body.handle is not None:
            self._body.handle.set_download_limit(down)
            self._body.handle.set_upload_limit(up)

    def peers(self) -> tuple[Peer, ...]:
        """Who is connected, as of the last time this was asked; asks anew."""
        self._body.ask()
        return self._body.peers

    def trackers(self) -> tuple[Tracker, ...]:
        """Its trackers, as of the last time this was asked; asks anew."""
        self._body.ask()
        return self._body.trackers

    def pieces(self) -> bytes:
        """At most 400 values, 0 to 255: how much of each part of it is here."""
        return self._body.pieces.shown() if self._body.pieces else b""

    def web_seeds(self) -> tuple[str, ...]:
        """Web servers that have it."""
        return tuple(self._body.handle.url_seeds()) if self._body.handle else ()

    def add_peers(self, peers: Sequence[tuple[str, int]]) -> None:
        """Try these addresses too."""
        self._body.extra_peers += peers
        if self._body.handle is not None:
            for peer in self._body.extra_peers:
                self._body.handle.connect_peer(peer)

    def open(self, index: int) -> Growing:
        """Read a file while it loads; a file that was not wanted is wanted now.

        `NotFound` when there is no such file, `Refused` for what is never written, and
        `Unavailable` while it is not known what it holds.
        """
        body = self._body
        entry = self._entry(index)
        if entry.refused:
            raise Refused(entry.refused, name=entry.path[-60:])
        assert body.pieces is not None
        assert body.aim is not None
        if not body.wishes.get(index):
            self.choose({index: Priority.NORMAL})
        reader = TorrentReader(body, entry, body.pieces, body.aim)
        body.readers.append(reader)
        return reader

    async def flush(self) -> None:
        """Return when everything that is here lies in its files.

        `Unavailable` when the disk does not take it.
        """
        await self._body.keeper.flush()
        if self._body.failure is not None:
            raise self._body.failure

    async def check(self) -> None:
        """Compare what is on the disk with what it should be; what is wrong is fetched again.

        Raises what it failed of, when that is not mended.
        """
        body = self._body
        if body.failure is not None:
            await body.reopen()
        if body.failure is not None:
            raise body.failure
        if body.handle is None or body.pieces is None:
            return
        await body.keeper.flush()
        body.pieces.forget()
        body.ground.reads.drop(body.key)
        body.stale = True
        body.checked = asyncio.get_running_loop().create_future()
        if body.paused:  # it looks only while it runs: without asking for anything then
            body.handle.set_flags(lt.torrent_flags.upload_mode)
            body.handle.resume()
        body.handle.force_recheck()
        try:
            await body.checked
        finally:
            if body.handle is not None:
                if body.paused:
                    body.handle.pause()
                body.handle.unset_flags(lt.torrent_flags.upload_mode)
        await self._check_seals()
        await body.want_more()
        self.add_peers(())  # whoever left one that had all of it is called again at once

    async def _check_seals(self) -> None:
        body, seals = self._body, self._body.sealing.seals
        if not seals or body.layout is None or body.place is None:
            return
        wrong = await asyncio.to_thread(broken, seals, body.layout, body.place)
        body.sealing.drop(wrong)
        body.stale = True
        levels = body.layout.piece_levels(body.wishes)
        if body.handle is not None:
            body.handle.prioritize_pieces([(piece, levels[piece]) for piece in wrong])

    async def move(self, to: Path) -> None:
        """Take all of it to another folder; it goes on there.

        `InvalidInput` when a file of its name is there already, `Unavailable` when the disk
        refuses; it stays where it was then.
        """
        async with self._moving:
            body = self._body
            if body.handle is None or body.pieces is None:
                raise Unavailable(ENDED, name=self.name)
            await body.keeper.flush()
            place = await asyncio.to_thread(self._held, to)
            if self._is_out():  # meanwhile
                body.ground.retire(place)
                raise Unavailable(ENDED, name=self.name)
            body.pieces.unsettle(changing=True)
            body.moved = asyncio.get_running_loop().create_future()
            body.handle.move_storage(place.name, _REFUSE)
            cancelled = False
            try:
                try:
                    await asyncio.shield(body.moved)
                except asyncio.CancelledError:
                    cancelled = True  # files are half here and half there: see it through
                    await body.moved
            except BaseException:
                body.ground.retire(place)
                raise
            finally:
                body.pieces.unsettle(changing=False)
            await self._settle_in(place, to)
            if cancelled:
                raise asyncio.CancelledError

    async def _settle_in(self, place: Place, to: Path) -> None:
        body = self._body
        old, body.place, body.save = body.place, place, to
        body.keeper.move(place)
        if old is not None:
            body.ground.retire(old)
        await body.settle()
        await body.put_by()

    def _is_out(self) -> bool:
        """Whether it was taken out of the engine."""
        return self._body.handle is None

    def _held(self, to: Path) -> Place:
        layout = self._body.layout
        try:
            place = hold(to, make=True)
        except OSError as error:
            raise disk_failure(error.errno or 0, error.strerror or "", str(to)) from error
        for one in layout.entries if layout is not None else ():
            if self._body.wishes.get(one.number) and (to / one.path).exists():
                place.close()
                raise InvalidInput("errors.download_name_taken", name=one.path, folder=str(to))
        return place

    def _entry(self, index: int) -> Entry:
        layout: Layout | None = self._body.layout
        if layout is None:
            raise Unavailable("errors.torrent_silent", seconds=0)
        if not 0 <= index < len(layout.entries):
            raise NotFound("errors.download_no_file", index=index)
        return layout.entries[index]

    def _sum(self) -> tuple[int | None, int, int]:
        body = self._body
        if body.layout is None or body.pieces is None:
            return (None, 0, 0)
        if body.stale:
            body.stale = False
            size, done = body.pieces.wanted(body.wishes)
            whole = sum(
                1
                for one in body.layout.entries
                if body.wishes.get(one.number) and body.pieces.whole(one)
            )
            self._sums = (size, done, whole)
        return self._sums


def _wish(told: int) -> int:
    known = {level(one.value): one.value for one in Priority}
    return known.get(level(told), Priority.NORMAL)
