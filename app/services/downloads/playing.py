"""Plays a download: while it loads, as soon as it would not stall; or what is here already."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from app.domain.downloads import ENDED, Ahead, DownloadFile, DownloadId, DownloadState
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.events import StartWaits, StreamWatched
from app.domain.media import Card, ItemId, MediaKind
from app.domain.release import parse
from app.infra.growing import Whole
from app.infra.loopback import LoopbackServer
from app.runtime.bus import EventBus
from app.services.downloads import arrived
from app.services.downloads.dispatcher import Dispatcher
from app.services.downloads.loads import playable
from app.services.downloads.run import Run
from app.services.downloads.serving import serving
from app.services.downloads.store import Record
from app.services.downloads.watching import Watching
from app.services.playback.request import ItemRequest, PlayRequest, StreamRequest, Ticket
from app.services.playback.tickets import Ways

log = logging.getLogger(__name__)

Places = tuple[tuple[int, bytes], ...]
LOOK: Final = 0.5
"""Seconds between two looks whether a download that is waited for still runs."""


class Player(Protocol):
    """What is asked of the playback service."""

    def register(self, ways: Ways) -> Ticket:
        """Give out a ticket."""

    async def open(self, item: ItemId) -> ItemRequest:
        """Say what to play for an item of the library."""

    async def stream_position(self, stream: str) -> float:
        """Where somebody was in a stream, in seconds."""


class Library(Protocol):
    """What is asked of the library."""

    async def item_at(self, path: bytes) -> ItemId | None:
        """The item a file belongs to."""


@dataclass(slots=True)
class Show:
    """A download that plays, or is about to."""

    number: DownloadId
    watching: Watching | None = None
    stream: str = ""  # the name its position is kept under
    address: str = ""
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)


class Theatre:
    """What plays from downloads. Lives on the service loop."""

    def __init__(
        self,
        crew: Dispatcher,
        player: Player,
        library: Library,
        server: LoopbackServer,
        bus: EventBus,
    ) -> None:
        self._crew = crew
        self._player = player
        self._library = library
        self._server = server
        self._bus = bus
        self._shows: dict[DownloadId, list[Show]] = {}
        bus.on(StreamWatched, self._on_watched)
        crew.ahead = self.ahead

    def ticket(self, record: Record, index: int | None) -> Ticket:
        """A ticket for the player."""
        return self._player.register(DownloadWays(self, record.id, index))

    def ahead(self, number: DownloadId) -> Ahead | None:
        """How what plays of a download stands; None when nothing does."""
        for show in self._shows.get(number, ()):
            if show.watching is not None:
                return show.watching.ahead()
        return None

    async def open(self, number: DownloadId, index: int | None, show: Show) -> PlayRequest:
        """Say what to play, once it would not stall. Raises why it cannot."""
        record = self._crew.get(number)
        self._shows.setdefault(number, []).append(show)
        here = await self._arrived(record, index)
        if here:
            return await self._finished(record, show, here)
        run = await self._running(record)
        show.stack.enter_context(self._crew.watched(number))
        await self._contents(run, record.name)
        files = run.load.files()
        chosen = index if index is not None else playable(files)
        if chosen is None:
            raise NotFound("errors.download_no_film", name=run.record.name)
        file = next((one for one in files if one.index == chosen), None)
        if file is None or file.refused:
            raise NotFound("errors.download_no_film", name=run.record.name)
        stream = f"download:{record.identity}:{chosen}"
        show.stream = stream
        start = await self._player.stream_position(stream)
        try:
            show.address = await self._address(run, chosen, start, show)
        except _ArrivedError:
            here = await self._arrived(run.record, index)
            return await self._finished(run.record, show, here)
        return _request(run.record, file, show.address, stream)

    async def close(self, show: Show | None = None) -> None:
        """Let one go, or everything."""
        shows = [show] if show is not None else [s for each in self._shows.values() for s in each]
        for one in shows:
            one.stack.close()
            if one.address:
                self._server.withdraw(one.address)
                one.address = ""
            if one.watching is not None:
                await one.watching.close()
                one.watching = None
            left = [each for each in self._shows.get(one.number, []) if each is not one]
            if left:
                self._shows[one.number] = left
            else:
                self._shows.pop(one.number, None)

    def _on_watched(self, event: StreamWatched) -> None:
        """Hear from the player where it is: from there it is told how far ahead it is."""
        for show in (one for shows in self._shows.values() for one in shows):
            if show.stream == event.stream and show.watching is not None:
                show.watching.played(event.position)

    async def _arrived(self, record: Record, index: int | None) -> Places:
        """What is to play of one that is over, by its places among what lies there for good."""
        run = self._crew.runs.get(record.id)
        own = run.load.paths() if run is not None else {}
        found = await asyncio.to_thread(arrived.chosen, record, index, own)
        if not found and run is None and record.state in ENDED:
            raise NotFound("errors.download_no_film", name=record.name)
        return found

    async def _finished(self, record: Record, show: Show, places: Places) -> PlayRequest:
        """What is here: from the library, so that it is remembered there how far one was."""
        for _place, path in places:
            item = await self._library.item_at(path)
            if item is not None:
                return await self._player.open(item)
        film = Path(os.fsdecode(places[0][1])) if places else Path()
        if not await asyncio.to_thread(film.is_file):
            raise NotFound("errors.download_files_gone", name=record.name)
        show.address = await self._server.offer(serving(lambda: Whole(film)), _ending(film.name))
        show.stream = f"download:{record.identity}:{places[0][0]}"
        return _request(record, DownloadFile(0, film.name, 0), show.address, show.stream)

    async def _running(self, record: Record) -> Run:
        if record.state in (DownloadState.PAUSED, DownloadState.FAILED):
            await self._crew.put(replace(record, state=DownloadState.QUEUED, reason=""))
        return self._crew.begin(record.id)

    async def _contents(self, run: Run, name: str) -> None:
        """Wait until it is known what it holds."""
        told = False
        while not run.found.is_set():
            await self._require_alive(run, name)
            if not told:
                self._bus.publish(StartWaits(name))
                told = True
            try:
                async with asyncio.timeout(LOOK):
                    await run.found.wait()
            except TimeoutError:
                continue

    async def _require_alive(self, run: Run, name: str) -> None:
        record = run.record
        if record.state is DownloadState.FAILED:
            raise AppError(record.reason or "errors.download_stopped", **record.reason_args)
        if record.state is DownloadState.HELD and record.reason:
            raise Unavailable(record.reason, **record.reason_args)
        if self._crew.runs.get(record.id) is not run and record.state not in ENDED:
            raise Unavailable("errors.download_stopped", name=name)

    async def _address(self, run: Run, index: int, start: float, show: Show) -> str:
        offered = run.load.offer()
        if offered is not None:  # a stream in pieces brings its own answers
            return await self._server.offer(offered, "stream.m3u8")
        path = run.load.paths().get(index)
        if path is not None:
            return await self._server.offer(serving(lambda: Whole(path)), _ending(path.name))
        ending = await self._can_be_read(run, index)
        watching = Watching(
            lambda: run.load.open(index),
            lambda: float(run.load.figures().received),
            run.load.grain(),
        )
        show.watching = watching
        await self._gate(run, watching, start)
        return await self._server.offer(serving(watching.open), ending)

    async def _can_be_read(self, run: Run, index: int) -> str:
        """Wait until it really loads; returns a name for its address."""
        while True:
            try:
                reader = run.load.open(index)
            except Unavailable:
                if run.record.state in ENDED and run.record.filed:
                    raise _ArrivedError("downloads.arrived") from None
                await self._require_alive(run, run.record.name)
                await asyncio.sleep(LOOK / 5)
                continue
            try:
                return _ending(reader.name)
            finally:
                reader.close()

    async def _gate(self, run: Run, watching: Watching, start: float) -> None:
        """Wait until the film may begin, and tell how long it will be."""
        name = run.record.name

        async def told(ahead: Ahead) -> None:
            await self._require_alive(run, name)
            self._bus.publish(StartWaits(name, ahead.ready_in))
            self._crew.ring()

        await watching.wait_ready(start, told)
        watching.played(start)


class _ArrivedError(AppError):
    """All of it is here by now."""


class DownloadWays:
    """The one way to play a download. Implements `Ways`."""

    def __init__(self, theatre: Theatre, number: DownloadId, index: int | None) -> None:
        self._theatre = theatre
        self._number = number
        self._index = index
        self._show: Show | None = None
        self._error: AppError | None = None

    async def open(self) -> PlayRequest:
        """Open it. Raises why it cannot be played."""
        await self.close()
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        show = Show(self._number)
        try:
            request = await self._theatre.open(self._number, self._index, show)
        except BaseException:
            await self._theatre.close(show)
            raise
        self._show = show
        return request

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        """The player could not play it: there is no other way."""
        self._error = AppError(key, **args)
        await self.close()

    async def close(self) -> None:
        """Let go of it; it goes on loading."""
        show, self._show = self._show, None
        if show is not None:
            await self._theatre.close(show)


def _ending(name: str) -> str:
    """A name for an address: what a stranger called it stays out of it."""
    ending = name.rpartition(".")[2].lower()
    return f"film.{ending}" if ending.isalnum() and len(ending) < 6 else "film"


def _request(record: Record, file: DownloadFile, address: str, stream: str) -> StreamRequest:
    release = parse(file.path.rpartition("/")[2])
    title = release.title or record.name
    parts = (str(release.year) if release.year else "", release.resolution or "")
    return StreamRequest(
        title=title,
        caption=" \u00b7 ".join(part for part in parts if part),
        card=Card(
            id=ItemId(0),
            kind=MediaKind.EPISODE if release.episode is not None else MediaKind.FILM,
            title=title,
            year=release.year,
            season=release.season,
            episode=release.episode,
            resolution=release.resolution,
        ),
        address=address,
        stream=stream,
        source=record.name,
    )
