"""Downloads that live in memory: rows said by the test, which move when it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.downloads import (
    Ahead,
    Download,
    DownloadDetails,
    DownloadFile,
    DownloadId,
    DownloadKind,
    DownloadState,
    Limits,
    LinkContents,
    Peer,
    Priority,
    Sample,
    Tracker,
    Traffic,
    Vpn,
    VpnState,
)
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.events import DownloadsChanged
from app.domain.media import ItemId
from app.runtime.bus import EventBus
from app.services.playback.request import Ticket

GB = 1_000_000_000
MB = 1_000_000
MAGNET = "magnet:?xt=urn:btih:" + "ab" * 20 + "&dn=Night+of+the+Living+Dead"
STATES = (
    DownloadState.LOADING,
    DownloadState.QUEUED,
    DownloadState.SEEDING,
    DownloadState.DONE,
    DownloadState.FAILED,
    DownloadState.PAUSED,
    DownloadState.HELD,
    DownloadState.CHECKING,
)


def load(number: int, name: str = "", **changes: Any) -> Download:
    """A torrent that loads."""
    row = Download(
        id=DownloadId(f"{number:016x}"),
        kind=DownloadKind.TORRENT,
        name=name or f"Film {number:03d} (19{number % 100:02d})",
        state=DownloadState.LOADING,
        link=f"magnet:?xt=urn:btih:{number:040x}",
        folder=b"/media/disk2/downloads",
        size=4 * GB,
        done=GB,
        down=2.0 * MB,
        connections=12,
        known_peers=80,
        availability=3.4,
        order=number,
        added_at=1.7e9 + number,
        playable=0,
    )
    return replace(row, **changes)


def drawn() -> tuple[Download, ...]:
    """The five of the drawing."""
    refused = {"host": "archive.example", "status": 403}
    return (
        load(
            0, "Night of the Living Dead (1968) 4K", size=16 * GB, done=int(6.08 * GB),
            down=28.1 * MB, connections=42, known_peers=412,
            ahead=Ahead(loaded=124.0, ready=True, playing=True),
        ),
        load(
            1, "Metropolis (1927) restored", size=5 * GB, done=int(3.55 * GB), down=11.4 * MB,
            connections=19, known_peers=88, ahead=Ahead(loaded=960.0, ready=True),
        ),
        load(
            2, "Apollo 11 launch, NASA.mp4", kind=DownloadKind.FILE, size=int(1.4 * GB),
            done=int(0.168 * GB), down=2.3 * MB, connections=4, known_peers=0,
            link="https://images.example/apollo11.mp4",
        ),
        load(
            3, "Pioneer One S01E04", state=DownloadState.QUEUED, size=None, done=0, down=0.0,
            connections=0, known_peers=0, origin="Pioneer One", reason="downloads.turn",
            playable=None,
        ),
        load(
            4, "Archive lecture 07.mkv", kind=DownloadKind.FILE, state=DownloadState.FAILED,
            size=2 * GB, done=int(1.28 * GB), down=0.0, connections=0,
            link="https://archive.example/lecture07.mkv", reason="errors.server_refused",
            reason_args=refused, playable=None,
        ),
    )  # fmt: skip


def many(amount: int) -> tuple[Download, ...]:
    """So many in every state."""
    rows = []
    for number in range(amount):
        state = STATES[number % len(STATES)]
        full = state in (DownloadState.SEEDING, DownloadState.DONE)
        changes: dict[str, Any] = {"state": state, "done": 4 * GB if full else GB + number * MB}
        if state is DownloadState.FAILED:
            changes |= {"reason": "errors.torrent_silent", "reason_args": {"seconds": 60}}
        elif state is DownloadState.HELD:
            args = {"folder": "/media/disk2", "needed": 12 * GB, "free": 3 * GB}
            changes |= {"reason": "errors.disk_full", "reason_args": args}
        elif state is DownloadState.SEEDING:
            changes |= {"up": 0.4 * MB, "uploaded": 5 * GB, "finished_at": 1.7e9 + number}
        elif state is DownloadState.DONE:
            changes |= {"item": ItemId(number), "finished_at": 1.7e9 + number}
        elif state is DownloadState.LOADING and number % 3 == 0:
            changes |= {"ahead": Ahead(loaded=4.0, ready_in=12.0)}
        rows.append(load(number, **changes))
    return tuple(rows)


FILES = (
    DownloadFile(0, "Pioneer One/Pioneer.One.S01E01.mkv", 700 * MB, 700 * MB, playable=True),
    DownloadFile(1, "Pioneer One/Pioneer.One.S01E02.mkv", 720 * MB, 300 * MB, playable=True),
    DownloadFile(
        2, "Pioneer One/Pioneer.One.S01E03.mkv", 690 * MB, 0, Priority.HIGH, playable=True
    ),
    DownloadFile(3, "Pioneer One/Extras/Making of.mkv", 210 * MB, 0, Priority.SKIP, playable=True),
    DownloadFile(4, "Pioneer One/Subtitles/English.srt", 60_000, 60_000),
    DownloadFile(
        5, "Pioneer One/Player setup.exe", 4 * MB, 0, Priority.SKIP, "errors.torrent_program"
    ),
)


class FakeDownloads:
    """Does at once what it is asked; `error` makes every question fail."""

    def __init__(self, bus: EventBus, rows: tuple[Download, ...] = ()) -> None:
        self._bus = bus
        self.all = {row.id: row for row in rows}
        self.traffic = Traffic(41.8 * MB, 3.2 * MB, 128, Vpn(VpnState.UP, "wg0"))
        self.error: AppError | None = None
        self.look_error: AppError | None = None
        self.wait: asyncio.Event | None = None  # while it is set up, looking goes on
        self.asked: list[tuple[object, ...]] = []
        self.removed: dict[DownloadId, Download] = {}
        self.room = 120 * GB
        self.files: tuple[DownloadFile, ...] = FILES
        self.limits = Limits()
        self.beats = 0
        self.stubborn: DownloadId | None = None  # it is not removed
        self.disks = {b"/media/disk2/downloads": 77 * GB, b"/media/other": 3 * GB}
        self.contents: LinkContents | None = None

    @property
    def folder(self) -> Path:
        return Path("/media/disk2/downloads")

    def _note(self, *what: object) -> None:
        self.asked.append(what)
        if self.error is not None:
            raise self.error

    def tell(self, *rows: Download, gone: tuple[DownloadId, ...] = ()) -> None:
        """These changed."""
        for row in rows:
            self.all[row.id] = row
        for one in gone:
            self.all.pop(one, None)
        self._bus.publish(DownloadsChanged(rows, gone, self.traffic))

    def move_on(self, seconds: float = 1.0) -> None:
        """Every one that loads has more."""
        self.beats += 1
        moved = [
            replace(row, done=min(row.size or 0, row.done + int(row.down * seconds) + self.beats))
            for row in self.all.values()
            if row.state is DownloadState.LOADING
        ]
        self.tell(*moved)

    async def rows(self) -> tuple[Download, ...]:
        if self.error is not None:
            raise self.error
        return tuple(self.all.values())

    async def traffic_now(self) -> Traffic:
        return self.traffic

    async def samples(self, seconds: float) -> tuple[Sample, ...]:
        points, step = 150, seconds / 149
        levels = (62, 48, 95, 90, 52, 40, 70, 82, 46, 88, 66, 50, 92, 91, 72, 34, 96, 60)
        return tuple(
            Sample(
                1.7e9 + at * step,
                self.traffic.down * levels[at // 4 * 7 % len(levels)] / 95,
                self.traffic.up * (0.6 + 0.4 * (at // 6 * 17 % 11) / 10),
            )
            for at in range(points)
        )

    async def details(self, number: DownloadId) -> DownloadDetails:
        if self.error is not None:
            raise self.error
        if number not in self.all:
            raise NotFound("errors.download_unknown", id=number)
        peers = tuple(
            Peer(f"203.0.113.{at}:51413", "qBittorrent 5.0", (at * 13 % 101) / 100,
                 at * 90_000.0, at * 9_000.0, at % 2 == 0, ("tracker", "dht", "pex")[at % 3])
            for at in range(1, 43)
        )  # fmt: skip
        trackers = (
            Tracker("tracker.example", True, 88, "", 900.0),
            Tracker("away.example", False, 0, "timed out", 60.0),
        )
        return DownloadDetails(
            download=self.all[number],
            files=self.files,
            peers=peers,
            trackers=trackers,
            pieces=bytes(255 if at < 150 or at % 7 == 0 else 0 for at in range(400)),
            piece_length=4 * 1024 * 1024,
            web_seeds=("https://seed.example/film.mkv",),
            limits=self.limits,
        )

    async def look_into(self, link: str | bytes) -> LinkContents:
        self.asked.append(("look", link))
        if self.wait is not None:
            await self.wait.wait()
        if self.look_error is not None:
            raise self.look_error
        if self.contents is not None:
            return self.contents
        size = sum(file.size for file in self.files)
        return LinkContents(
            DownloadKind.TORRENT, "Pioneer One, season 1", size, self.files, self.room
        )

    async def free(self, folder: bytes) -> int:
        self.asked.append(("free", folder))
        if folder not in self.disks:
            raise Unavailable("errors.disk_away", folder=folder.decode())
        return self.disks[folder]

    async def add(
        self,
        link: str | bytes,
        *,
        name: str = "",
        folder: bytes | None = None,
        chosen: Mapping[int, Priority] | None = None,
        paused: bool = False,
        origin: str = "",
    ) -> DownloadId:
        self._note("add", link, folder, dict(chosen or {}), paused)
        state = DownloadState.PAUSED if paused else DownloadState.QUEUED
        row = load(len(self.all) + 1000, name or "Pioneer One, season 1", state=state, done=0)
        self.tell(row)
        return row.id

    async def pause(self, number: DownloadId) -> None:
        self._note("pause", number)
        self.tell(replace(self.all[number], state=DownloadState.PAUSED, down=0.0))

    async def go(self, number: DownloadId) -> None:
        self._note("go", number)
        self.tell(replace(self.all[number], state=DownloadState.LOADING))

    async def pause_all(self) -> None:
        self._note("pause_all")
        self.traffic = replace(self.traffic, paused=True)
        self.tell()

    async def go_all(self) -> None:
        self._note("go_all")
        self.traffic = replace(self.traffic, paused=False)
        self.tell()

    async def retry(self, number: DownloadId) -> None:
        self._note("retry", number)
        self.tell(replace(self.all[number], state=DownloadState.QUEUED, reason=""))

    async def remove(self, number: DownloadId, *, files: bool) -> None:
        if number == self.stubborn:
            raise Unavailable("errors.disk_away", folder="/media")
        self._note("remove", number, files)
        self.removed[number] = self.all[number]
        self.tell(gone=(number,))

    async def restore(self, number: DownloadId) -> None:
        self._note("restore", number)
        self.tell(self.removed.pop(number))

    async def put_in_queue(self, number: DownloadId, place: int) -> None:
        self._note("place", number, place)
        order = sorted(self.all.values(), key=lambda row: row.order)
        order.remove(self.all[number])
        order.insert(place, self.all[number])
        self.tell(*(replace(row, order=at) for at, row in enumerate(order)))

    async def choose(self, number: DownloadId, files: Mapping[int, Priority]) -> None:
        self._note("choose", number, dict(files))
        self.files = tuple(
            replace(file, priority=files.get(file.index, file.priority)) for file in self.files
        )

    async def limit(self, number: DownloadId, limits: Limits) -> None:
        self._note("limit", number, limits)
        self.limits = limits

    async def check(self, number: DownloadId) -> None:
        self._note("check", number)

    async def move(self, number: DownloadId, folder: bytes) -> None:
        self._note("move", number, folder)
        self.tell(replace(self.all[number], folder=folder))

    async def play(self, number: DownloadId, index: int | None = None) -> Ticket:
        self._note("play", number, index)
        return Ticket(77)
