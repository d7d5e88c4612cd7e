"""What can be changed of a download while it is there: its place, its files, its limits."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Limits, Priority
from app.domain.errors import Unavailable, Unsupported
from app.services.downloads import arrived, queue, space
from app.services.downloads.dispatcher import Dispatcher
from app.services.downloads.engines import Engines

ENDED = "errors.download_ended"
"""It was taken out of the engine while something was asked of it."""


class Tuning:
    """A part of `DownloadsService`."""

    def __init__(self, crew: Dispatcher, engines: Engines) -> None:
        self._crew = crew
        self._engines = engines

    @property
    def torrents_alive(self) -> bool | None:
        """Whether the torrent engine runs as it should; None while nobody needed it."""
        return self._engines.torrents_alive

    async def put_in_queue(self, number: DownloadId, place: int) -> None:
        """Give one another place in the queue, counted from 0."""
        self._crew.get(number)
        shown = sorted(self._crew.records.values(), key=lambda one: one.place)
        order = queue.moved([one.id for one in shown if one.removed_at is None], number, place)
        for at, each in enumerate(order):
            record = self._crew.get(each)
            if record.place != at:
                await self._crew.put(replace(record, place=at))
        self._crew.pump()

    async def free(self, folder: bytes) -> int:
        """Bytes free on the disk a folder lies on; one that is not there yet will be made there.

        Raises `Unavailable` when the disk is away.
        """
        return (await space.look(folder, above=True)).free

    async def choose(self, number: DownloadId, files: Mapping[int, Priority]) -> None:
        """Want some files more, less or not at all."""
        record = self._crew.get(number)
        record = replace(record, chosen={**record.chosen, **files})
        run = self._crew.runs.get(number)
        if run is not None and run.found.is_set():
            run.load.choose(files)
            size = run.load.figures().size
            record = replace(record, size=size if size is not None else record.size)
        await self._crew.put(record)

    async def limit(self, number: DownloadId, limits: Limits) -> None:
        """Give one limits of its own."""
        await self._crew.put(replace(self._crew.get(number), limits=limits))
        run = self._crew.runs.get(number)
        if run is not None and run.found.is_set():
            run.load.limit(limits)

    async def check(self, number: DownloadId) -> None:
        """Compare what is on the disk with what it should be; what is wrong is fetched again."""
        if self._crew.get(number).kind is not DownloadKind.TORRENT:
            raise Unsupported("errors.check_torrents_only")
        await self._crew.end(number)
        record = self._crew.get(number)
        await self._crew.put(replace(record, state=DownloadState.QUEUED, finished_at=None))
        self._crew.begin(number).check_first = True

    async def move(self, number: DownloadId, folder: bytes) -> None:
        """Take one to another folder, with everything that is here of it."""
        record = self._crew.get(number)
        room = await space.look(folder, make=True)
        run = self._crew.runs.get(number)
        load = run.load if run is not None else self._engines.make(record)
        try:
            await load.move(Path(os.fsdecode(folder)))
        except Unavailable as error:
            if error.key != ENDED or run is None or self._crew.runs.get(number) is run:
                raise
            # It was done just now, and its run has left: nobody else holds it any more.
            await self._engines.make(record).move(Path(os.fsdecode(folder)))
        filed = await asyncio.to_thread(arrived.taken_along, record, folder)
        record = replace(self._crew.get(number), folder=folder, device=room.device, filed=filed)
        await self._crew.put(record)
