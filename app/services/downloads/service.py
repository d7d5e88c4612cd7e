"""Downloads: fetched, watched while they load, filed away; and never a byte lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.downloads import (
    ENDED,
    Download,
    DownloadDetails,
    DownloadId,
    DownloadState,
    LinkContents,
    Priority,
    Sample,
    Traffic,
)
from app.domain.errors import AppError, InvalidInput
from app.domain.events import SettingsChanged
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.downloads import arrived, links, space
from app.services.downloads.board import row_of
from app.services.downloads.dispatcher import Dispatcher
from app.services.downloads.engines import Engines
from app.services.downloads.links import Link
from app.services.downloads.loads import Inside
from app.services.downloads.playing import Theatre
from app.services.downloads.store import DownloadStore, Record
from app.services.downloads.tuning import Tuning
from app.services.playback.request import Ticket

UNDO_SECONDS: Final = 30.0
"""So long a download that was removed can be had back; nothing of it is deleted before."""
LOOK_SECONDS: Final = 60.0
MOST: Final = 5000


class DownloadsService(Tuning):
    """What the page, the commands and other services may ask of downloads."""

    def __init__(
        self,
        store: DownloadStore,
        bus: EventBus,
        dispatcher: Dispatcher,
        engines: Engines,
        theatre: Theatre,
        folder: Callable[[], Path],
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(dispatcher, engines)
        self._store = store
        self._bus = bus
        self._theatre = theatre
        self._folder = folder
        self._clock = clock
        self._tasks = Supervisor("downloads door")
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        """Go on with everything that was under way."""
        await self._engines.start()
        await self._crew.start()
        for record in list(self._crew.records.values()):
            if record.removed_at is not None:
                self._tasks.spawn(self._delete_later(record.id), "removal")
        self._subscription = self._bus.on(SettingsChanged, self._on_settings)

    async def stop(self) -> None:
        """Stop everything; each download keeps what it has."""
        if self._subscription is not None:
            self._subscription.close()
        await self._tasks.close()
        await self._theatre.close()
        await self._crew.stop()
        await self._engines.stop()

    @property
    def folder(self) -> Path:
        """Where downloads go when nobody says otherwise."""
        return self._folder()

    async def rows(self) -> tuple[Download, ...]:
        """Every download, in the order of the queue."""
        return tuple(self._crew.rows())

    async def traffic_now(self) -> Traffic:
        """What all of them do together."""
        return self._crew.traffic()

    async def samples(self, seconds: float) -> tuple[Sample, ...]:
        """The speed of the last so many seconds (300, 3600 or 86400), oldest first."""
        return self._crew.chart.samples(seconds, self._clock())

    async def details(self, number: DownloadId) -> DownloadDetails:
        """Everything about one. Raises `NotFound`."""
        record = self._crew.get(number)
        run = self._crew.runs.get(number)
        inside = run.load.inside() if run is not None else Inside()
        row = row_of(record, run, self._crew.ahead(number), self._engines.vpn())
        if run is None and record.state in ENDED:
            files = await asyncio.to_thread(arrived.files_of, record)
        else:
            files = run.load.files() if run is not None else ()
        return DownloadDetails(
            download=row,
            files=files,
            peers=inside.peers,
            trackers=inside.trackers,
            pieces=inside.pieces,
            piece_length=inside.piece_length,
            web_seeds=inside.web_seeds,
            limits=record.limits,
        )

    async def look_into(self, link: str | bytes) -> LinkContents:
        """What a link would bring, before anything of it is fetched.

        `InvalidInput` when it is no link, `Unavailable` when nobody tells within a minute.
        """
        told = await links.read(link)
        folder = os.fsencode(self._folder())
        found, told = await self._engines.contents(told, LOOK_SECONDS)
        room = await space.look(folder, make=True)
        return LinkContents(
            told.kind, found.name, found.size, found.files, room.free, found.pictures
        )

    async def add(
        self,
        link: str | bytes | Link,
        *,
        name: str = "",
        folder: bytes | None = None,
        chosen: Mapping[int, Priority] | None = None,
        paused: bool = False,
        origin: str = "",
    ) -> DownloadId:
        """Take a download in, at the end of the queue; it runs when its turn comes.

        `InvalidInput` when it is no link, is there already (``errors.download_known`` with its
        `id`), or there are too many.
        """
        told = link if isinstance(link, Link) else await links.read(link)
        self._require_new(told)
        place = folder or os.fsencode(self._folder())
        await space.look(place, make=True)
        record = Record(
            id=DownloadId(secrets.token_hex(8)),
            kind=told.kind,
            link=told.link,
            identity=told.identity,
            name=name or told.name,
            folder=place,
            state=DownloadState.PAUSED if paused else DownloadState.QUEUED,
            place=await self._store.last_place() + 1,
            added_at=self._clock(),
            content=told.content,
            headers=told.headers,
            own_hosts=told.own_hosts,
            chosen=dict(chosen or {}),
            origin=origin,
        )
        self._require_new(told)  # somebody may have added it meanwhile
        self._crew.records[record.id] = record
        await self._crew.put(record)
        if not paused:
            self._crew.begin(record.id)
        return record.id

    async def pause(self, number: DownloadId) -> None:
        """Stop one until the owner lets it go on; what it has is kept."""
        record = self._crew.get(number)
        if record.state in (DownloadState.DONE, DownloadState.FAILED, DownloadState.PAUSED):
            return
        await self._crew.end(number)
        await self._crew.put(replace(self._crew.get(number), state=DownloadState.PAUSED, reason=""))

    async def go(self, number: DownloadId) -> None:
        """Let a paused one go on."""
        record = self._crew.get(number)
        if record.state is DownloadState.PAUSED:
            state = DownloadState.SEEDING if record.finished_at else DownloadState.QUEUED
            await self._crew.put(replace(record, state=state))
            self._crew.begin(number)

    async def pause_all(self) -> None:
        """Pause everything that is not done."""
        for number in list(self._crew.runs):
            await self.pause(number)

    async def go_all(self) -> None:
        """Let everything that is paused go on."""
        for record in list(self._crew.records.values()):
            if record.removed_at is None:
                await self.go(record.id)

    async def retry(self, number: DownloadId) -> None:
        """Try one again that failed or is held, at once."""
        record = self._crew.get(number)
        if record.state not in (DownloadState.FAILED, DownloadState.HELD):
            return
        await self._crew.end(number)
        record = replace(self._crew.get(number), state=DownloadState.QUEUED, reason="")
        await self._crew.put(record)
        self._crew.begin(number)

    async def remove(self, number: DownloadId, *, files: bool) -> None:
        """Take one off the list; `restore` brings it back for half a minute.

        With `files` what was fetched is deleted then; what was put into the library stays there.
        """
        self._crew.get(number)
        await self._crew.end(number)
        now = self._clock()
        record = replace(self._crew.get(number), removed_at=now, remove_files=files)
        await self._crew.put(record)
        self._tasks.spawn(self._delete_later(number), "removal")

    async def restore(self, number: DownloadId) -> None:
        """Bring one back that was removed a moment ago."""
        record = self._crew.records.get(number)
        if record is None or record.removed_at is None:
            return
        await self._crew.put(replace(record, removed_at=None, remove_files=False))
        rests = (DownloadState.PAUSED, DownloadState.FAILED, DownloadState.DONE)
        if record.state not in rests:
            self._crew.begin(number)

    async def play(self, number: DownloadId, index: int | None = None) -> Ticket:
        """Return a ticket for the player; the film begins once it would not stall."""
        return self._theatre.ticket(self._crew.get(number), index)

    async def ticket_of(self, stream: str) -> Ticket | None:
        """A new ticket for what a stream of this name was before a restart; None: it is gone."""
        kind, _, rest = stream.partition(":")
        identity, _, number = rest.partition(":")
        for record in self._crew.records.values() if kind == "download" else ():
            if record.identity == identity and record.removed_at is None:
                if record.state not in ENDED:
                    return self._theatre.ticket(record, int(number))
                # It is over by now, and its files have other numbers than while it ran.
                return self._theatre.ticket(record, None) if len(record.filed) == 1 else None
        return None

    def _require_new(self, link: Link) -> None:
        for record in self._crew.records.values():
            if record.identity == link.identity and record.removed_at is None:
                raise InvalidInput("errors.download_known", name=record.name, id=record.id)
        if len(self._crew.records) >= MOST:
            raise InvalidInput("errors.too_many_downloads", most=MOST)

    async def _delete_later(self, number: DownloadId) -> None:
        record = self._crew.records[number]
        passed = self._clock() - (record.removed_at or 0)
        await asyncio.sleep(max(0.0, UNDO_SECONDS - passed))
        record = self._crew.records[number]
        if record.removed_at is None:
            return
        with contextlib.suppress(AppError):  # its disk is away: what lies there stays
            await self._engines.make(record).discard(files=record.remove_files)
        del self._crew.records[number]
        await self._store.forget(number)

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == "downloads":
            self._tasks.spawn(self._take_on_settings(), "settings")

    async def _take_on_settings(self) -> None:
        await self._engines.apply()
        await self._crew.set_pace()
        self._crew.pump()
