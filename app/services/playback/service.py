"""Playing: what to open for an item, where to resume, and what to watch next."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import PositionChanged, StreamWatched
from app.domain.media import Card, Details, FileId, ItemId, MediaFile, MediaKind, TrackKind
from app.domain.quality import codec_name
from app.infra.database.engine import Database
from app.infra.loopback import LoopbackServer
from app.runtime.bus import EventBus
from app.services.playback import upnext
from app.services.playback.contents import demuxer_for
from app.services.playback.file_ways import FileWays
from app.services.playback.relay import Relay
from app.services.playback.request import ItemRequest, PlayRequest, Ticket
from app.services.playback.store import Position, PositionStore
from app.services.playback.tickets import Tickets, Ways

WATCHED = 0.92  # beyond this part only the credits are left
PEEK_SECONDS = 5.0
PEEK_PART = 0.02
OPEN_SECONDS = 8.0  # a disk that does not answer within this time is away
RECENT = 400  # positions looked at to find the series somebody follows


class Catalogue(Protocol):
    """What playing asks of the library."""

    async def details(self, item: ItemId) -> Details:
        """Everything known of an item; raises `NotFound`."""

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """The cards of those that still exist, in the order asked."""


class PlaybackService:
    """Opens items for the player and remembers how far each was watched."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        library: Catalogue,
        server: LoopbackServer,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = PositionStore(database)
        self._tickets = Tickets(self._store)
        self.relay = Relay(server)
        self._server = server
        self._bus = bus
        self._library = library
        self._clock = clock
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to prepare: positions are read when asked for."""

    async def stop(self) -> None:
        """Let every stream go, and wait for a position that is being written."""
        await self._tickets.close_all()
        await self.relay.stop()
        async with self._turn:
            return

    def register(self, ways: Ways) -> Ticket:
        """Take something to play that is not in the library; the player opens it by ticket."""
        return self._tickets.add(ways)

    async def offer_file(self, path: Path, title: str, stream: str) -> Ticket:
        """Take a finished file that is not in the library; its position is kept as `stream`'s."""
        return self.register(FileWays(self._server, path, title, stream))

    async def open_ticket(self, ticket: Ticket, from_start: bool = False) -> PlayRequest:
        """Open it by the first way that works. Raises what the last of them raised."""
        return await self._tickets.open(ticket, from_start)

    async def ticket_failed(
        self, ticket: Ticket, key: str, args: Mapping[str, object]
    ) -> PlayRequest:
        """The player could not play it: open it by the next way, or raise why there is none."""
        return await self._tickets.failed(ticket, key, args)

    async def close_ticket(self, ticket: Ticket) -> None:
        """It plays no more."""
        await self._tickets.close(ticket)

    async def borrow_ticket(self, ticket: Ticket) -> PlayRequest:
        """Open it beside whoever plays it, without disturbing that; then `give_back_ticket`."""
        return await self._tickets.borrow(ticket)

    async def give_back_ticket(self, ticket: Ticket) -> None:
        """A borrower needs it no more."""
        await self._tickets.give_back(ticket)

    async def save_stream_position(self, stream: str, position: float, duration: float) -> None:
        """Remember where somebody is in a stream, by the same rules as for an item."""
        _check(position, duration)
        whole = duration > 0 and position >= duration * WATCHED
        seen = position >= PEEK_SECONDS and not whole
        async with self._turn:
            await self._store.put_stream(stream, position if seen else 0.0, duration, self._clock())
        self._bus.publish(StreamWatched(stream, position))

    async def open(
        self, item: ItemId, file: FileId | None = None, from_start: bool = False
    ) -> ItemRequest:
        """Say what to play for an item; a series gives the episode that is due.

        Raises `NotFound`, `Unavailable` (its disk is away) or `Unsupported` (no film, a playlist).
        """
        details = await self._library.details(item)
        if details.card.kind is MediaKind.SERIES:
            episode = upnext.due(details.episodes)
            if episode is None:
                raise NotFound("errors.item_without_file", name=details.card.title)
            details = await self._library.details(episode.id)
        card = details.card
        stored = await self._store.get(card.id)
        chosen = _choose_file(details, file, stored.file)
        demuxer = await self._look_at(chosen, card.title)
        title, caption = _name(card, chosen)
        return ItemRequest(
            item=card.id,
            file=chosen,
            title=title,
            caption=caption,
            start=0.0 if from_start else _resume_point(stored, chosen),
            next=await self._following(details),
            subtitle_files=chosen.subtitles,
            card=card,
            demuxer=demuxer,
        )

    async def stream_position(self, stream: str) -> float:
        """Where somebody was in a stream, in seconds."""
        return await self._store.get_stream(stream)

    async def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> None:
        """Remember where somebody is, in seconds.

        Past 92 % the item counts as watched and starts anew next time. Below 5 s or 2 % the place
        is forgotten, but an item that was watched stays so: having looked inside is no viewing.
        """
        _check(position, duration)
        async with self._turn:
            old = await self._store.get(item)
            new = _moved(old, file, position, max(0.0, duration), self._clock())
            if new == old:
                return
            await self._store.put([new])
        self._bus.publish(PositionChanged(item, new.position, new.watched))

    async def mark_watched(self, item: ItemId, watched: bool) -> None:
        """Mark an item, or every episode of a series. Raises `NotFound`."""
        details = await self._library.details(item)
        items = [episode.id for episode in details.episodes] or [item]
        async with self._turn:
            rows = [await self._store.get(each) for each in items]
            now = self._clock()
            new = [
                replace(
                    row,
                    position=0.0,
                    watched=watched,
                    updated_at=now if watched else row.updated_at,
                    plays=max(1, row.plays) if watched else 0,
                )
                for row in rows
            ]
            await self._store.put(new)
        for row in new:
            self._bus.publish(PositionChanged(row.item, 0.0, watched))

    async def continue_watching(self, limit: int = 20) -> list[Card]:
        """What somebody is in the middle of, latest first."""
        begun = await self._store.begun(limit * 2)
        cards = await self._library.cards([row.item for row in begun])
        return cards[:limit]

    async def history(self, limit: int = 100) -> list[tuple[ItemId, float]]:
        """What was watched and how much of it (0 to 1), latest first."""
        return [(row.item, _share(row)) for row in await self._store.recent(limit)]

    async def next_up(self, limit: int = 20) -> list[Card]:
        """The next episode of each series somebody follows, latest first.

        A series whose latest episode is still begun is left to `continue_watching()`.
        """
        rows = {row.item: row for row in await self._store.recent(RECENT)}
        cards = [card for card in await self._library.cards(list(rows)) if card.series]
        cards.sort(key=lambda card: rows[card.id].updated_at, reverse=True)
        found: list[Card] = []
        seen: set[ItemId | str | None] = set()
        for card in cards:
            if len(found) >= limit:
                break
            if card.series in seen:
                continue
            seen.add(card.series)
            offer = await self._after(card, rows[card.id])
            if offer is not None:
                found.append(offer)
        return found

    async def forget(self, item: ItemId) -> None:
        """Take an item out of "continue watching"; its place is kept."""
        await self._hide(item, hidden=True)

    async def restore(self, item: ItemId) -> None:
        """Undo `forget()`."""
        await self._hide(item, hidden=False)

    async def _hide(self, item: ItemId, *, hidden: bool) -> None:
        async with self._turn:
            row = replace(await self._store.get(item), hidden=hidden)
            await self._store.put([row])
        self._bus.publish(PositionChanged(item, row.position, row.watched))

    async def _after(self, card: Card, row: Position) -> Card | None:
        if row.position > 0:
            return None
        try:
            series_id = (await self._library.details(card.id)).series_id
            if series_id is None:
                return None
            series = await self._library.details(series_id)
        except NotFound:
            return None
        return upnext.next_up(series.episodes, card.id, again=row.plays > 1)

    async def _following(self, details: Details) -> ItemId | None:
        if details.series_id is None:
            return None
        try:
            series = await self._library.details(details.series_id)
        except NotFound:
            return None
        after = upnext.following(series.episodes, details.card.id)
        return None if after is None else after.id

    async def _look_at(self, file: MediaFile, title: str) -> str:
        if file.offline:
            raise Unavailable("errors.folder_away", name=title)
        if file.note is not None and not file.tracks:
            raise Unsupported("errors.file_unplayable", name=title, note=file.note)
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                return await asyncio.to_thread(demuxer_for, file.path, title)
        except TimeoutError as exc:
            raise Unavailable("errors.folder_away", name=title) from exc


def _check(position: float, duration: float) -> None:
    if not (math.isfinite(position) and math.isfinite(duration)) or position < 0:
        raise InvalidInput("errors.bad_position")


def _choose_file(details: Details, wanted: FileId | None, last: FileId | None) -> MediaFile:
    """The file asked for, else the one watched last, else the first that can be played."""
    by_id = {file.id: file for file in details.files}
    if wanted is not None:
        if wanted not in by_id:
            raise NotFound("errors.item_without_file", name=details.card.title)
        return by_id[wanted]
    if not details.files:
        raise NotFound("errors.item_without_file", name=details.card.title)
    here = [file for file in details.files if not file.offline]
    good = [file for file in here if file.note is None]
    remembered = [file for file in here if last is not None and file.id == last]
    return (remembered or good or here or list(details.files))[0]


def _resume_point(stored: Position, file: MediaFile) -> float:
    duration = file.duration or stored.duration
    if duration and stored.position >= duration * WATCHED:
        return 0.0
    return stored.position


def _moved(old: Position, file: FileId, position: float, duration: float, now: float) -> Position:
    peek = position < PEEK_SECONDS or (duration > 0 and position < duration * PEEK_PART)
    if duration > 0 and position >= duration * WATCHED and duration > PEEK_SECONDS:
        first = not old.watched or old.position > 0
        plays = old.plays + 1 if first else old.plays
        return replace(
            old, file=file, position=0.0, duration=duration, watched=True, hidden=False,
            updated_at=now if first else old.updated_at, plays=plays,
        )  # fmt: skip
    if peek:
        return replace(old, position=0.0)
    return replace(
        old, file=file, position=position, duration=duration, hidden=False, updated_at=now
    )


def _name(card: Card, file: MediaFile) -> tuple[str, str]:
    """Title and caption: a series and its episode, or a film with its year; then the picture."""
    parts: list[str] = []
    title = card.title
    if card.series:
        title = card.series
        if card.episode is not None:
            season = "" if card.season is None else f"S{card.season} "
            parts.append(f"{season}E{card.episode}")
        if card.title and card.title != card.series:
            parts.append(card.title)
    elif card.year:
        parts.append(str(card.year))
    video = next((track for track in file.tracks if track.kind is TrackKind.VIDEO), None)
    parts += [part for part in (file.resolution, file.hdr) if part]
    if video is not None and video.codec:
        parts.append(codec_name(video.codec))
    return title, " \u00b7 ".join(parts)


def _share(row: Position) -> float:
    if row.watched or row.plays:
        return 1.0
    return min(1.0, row.position / row.duration) if row.duration else 0.0
