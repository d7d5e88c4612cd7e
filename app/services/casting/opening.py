"""Opens what is to be cast: an item of the library, a download or a stream, or any file."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.casting import Castable
from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.domain.media import Card, FileId, ItemId, PosterKey
from app.domain.release import parse
from app.domain.text import display
from app.infra.probe import open_regular
from app.services.playback.contents import demuxer_for
from app.services.playback.request import ItemRequest, PlayRequest, StreamRequest, Ticket

if TYPE_CHECKING:
    from app.infra.loopback import LoopbackServer, Serve


class Player(Protocol):
    """What is asked of the playback service."""

    async def open(
        self, item: ItemId, file: FileId | None = None, from_start: bool = False
    ) -> ItemRequest:
        """Say what to play for an item."""

    async def borrow_ticket(self, ticket: Ticket) -> PlayRequest:
        """Open what a ticket stands for, beside whoever plays it."""

    async def give_back_ticket(self, ticket: Ticket) -> None:
        """Let go of it."""

    async def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> None:
        """Remember where somebody is in an item."""

    async def save_stream_position(self, stream: str, position: float, duration: float) -> None:
        """Remember where somebody is in a stream."""

    async def stream_position(self, stream: str) -> float:
        """Where somebody was in a stream."""


class Revives(Protocol):
    """What is asked of the downloads."""

    async def ticket_of(self, stream: str) -> Ticket | None:
        """A new ticket for what a stream of this name was; None: it is none of theirs."""


class FindsAgain(Protocol):
    """What is asked of the search."""

    async def ticket_of(self, again: str) -> Ticket | None:
        """A new ticket for what played from a search; None when that tells nothing any more."""


class Library(Protocol):
    """What is asked of the library."""

    async def item_at(self, path: bytes) -> ItemId | None:
        """The item a file belongs to."""

    def picture(self, key: PosterKey) -> Path:
        """Where a poster lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Something that can be sent to a device. Times are seconds.

    `source` is what ffmpeg and the probe read: a path, or an address of the station's own on
    loopback; that address is answered by `serve`. `keep` remembers a position and the length.
    `stream` is the name by which a ticket's film is known after a restart, too; `again` is what
    finds one of a search then, and may hold a login.
    """

    what: Castable
    source: bytes | str
    serve: Serve | None
    title: str
    caption: str
    start: float
    live: bool
    playlist: bool
    picture: Path | None
    subtitle_files: tuple[bytes, ...]
    next: Castable | None
    keep: Callable[[float, float], Awaitable[None]]
    close: Callable[[], Awaitable[None]]
    stream: str = ""
    again: str = field(default="", repr=False)


class Opener:
    """Opens things. Lives on the service loop."""

    def __init__(
        self,
        player: Player,
        library: Library,
        loopback: LoopbackServer,
        downloads: Revives,
        search: FindsAgain,
    ) -> None:
        self._player = player
        self._library = library
        self._loopback = loopback
        self._downloads = downloads
        self._search = search

    async def open(self, what: Castable) -> Opened:
        """Open it; raises what keeps it from being played."""
        if what.item is not None:
            return self._of_item(await self._player.open(what.item, what.file))
        if what.ticket is not None:
            return await self._of_ticket(Ticket(what.ticket))
        if not what.path:
            raise InvalidInput("errors.cast_nothing")
        item = await self._library.item_at(what.path)
        if item is not None:
            return self._of_item(await self._player.open(item))
        return await self._of_path(what.path)

    async def reopen(self, what: Castable, stream: str, again: str = "") -> Opened:
        """Open what played before this start: tickets of then are good no more."""
        if what.ticket is None:
            return await self.open(what)
        ticket = await self._downloads.ticket_of(stream) if stream else None
        if ticket is None and again:
            ticket = await self._search.ticket_of(again)
        if ticket is None:
            raise NotFound("errors.ticket_gone")
        return await self._of_ticket(ticket)

    async def _of_ticket(self, ticket: Ticket) -> Opened:
        request = await self._player.borrow_ticket(ticket)
        if isinstance(request, ItemRequest):  # it is in the library by now
            await self._player.give_back_ticket(ticket)
            return self._of_item(request)
        assert isinstance(request, StreamRequest)
        serve = self._loopback.serving(request.address)
        if serve is None:
            await self._player.give_back_ticket(ticket)
            raise NotFound("errors.ticket_gone")

        async def keep(position: float, duration: float) -> None:
            await self._player.save_stream_position(request.stream, position, duration)

        closed: list[bool] = []

        async def close() -> None:
            if not closed:
                closed.append(True)
                await self._player.give_back_ticket(ticket)

        following = None if request.next_ticket is None else int(request.next_ticket)
        return Opened(
            what=Castable(ticket=int(ticket)),
            source=request.address,
            serve=serve,
            title=request.title,
            caption=request.caption,
            start=request.start,
            live=request.live,
            playlist=request.address.endswith(".m3u8"),
            picture=self._picture(request.card),
            subtitle_files=request.subtitle_files,
            next=None if following is None else Castable(ticket=following),
            keep=keep,
            close=close,
            stream=request.stream,
            again=request.again,
        )

    def _of_item(self, request: ItemRequest) -> Opened:
        async def keep(position: float, duration: float) -> None:
            await self._player.save_position(request.item, request.file.id, position, duration)

        return Opened(
            what=Castable(item=request.item, file=request.file.id),
            source=request.file.path,
            serve=None,
            title=request.title,
            caption=request.caption,
            start=request.start,
            live=False,
            playlist=False,
            picture=self._picture(request.card),
            subtitle_files=request.subtitle_files,
            next=None if request.next is None else Castable(item=request.next),
            keep=keep,
            close=_nothing,
        )

    async def _of_path(self, path: bytes) -> Opened:
        """A file that is in no library: it is remembered by what and where it is."""
        name = display(path.rpartition(b"/")[2])
        await asyncio.to_thread(_check_file, path, name)
        stream = "file:" + hashlib.sha256(path).hexdigest()[:32]

        async def keep(position: float, duration: float) -> None:
            await self._player.save_stream_position(stream, position, duration)

        release = parse(name)
        return Opened(
            what=Castable(path=path),
            source=path,
            serve=None,
            title=release.title or name,
            caption=str(release.year) if release.year else "",
            start=await self._player.stream_position(stream),
            live=False,
            playlist=False,
            picture=None,
            subtitle_files=(),
            next=None,
            keep=keep,
            close=_nothing,
        )

    def _picture(self, card: Card) -> Path | None:
        key = card.poster or card.backdrop
        return None if key is None else self._library.picture(key)


def _check_file(path: bytes, name: str) -> None:
    """Blocking. A film, no list of other files; raises what is wrong with it."""
    try:
        os.close(open_regular(path))
    except OSError as error:
        raise Unavailable("errors.file_gone", name=name) from error
    demuxer_for(path, name)


async def _nothing() -> None:
    """A file of one's own needs no closing."""
