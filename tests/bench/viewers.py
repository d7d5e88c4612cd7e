"""What a torrent bench measures, each in a process of its own: loads, first seconds, films, lists.

Started by `peers.Child`: a role, and what it needs as a line of JSON; says lines of JSON. Times are
those of the machine's monotonic clock, so that processes can be compared.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.peers import Qbittorrent, say, seed

KEY = "bench"
LATE = 0.2
"""Seconds a read may come after its time before the picture stands still."""
SETTLED = 10.0
PLAIN, ENDS_FIRST = "plain", "ends first"


class First:
    """Notes when each part of a film came that a player wants before the first picture."""

    def __init__(self, spans: dict[str, list[int]], here: Callable[[int, int], bool]) -> None:
        self._spans = spans
        self._here = here
        self.came: dict[str, float] = {}

    def look(self) -> bool:
        """Look once; returns whether all is here."""
        for name, (start, end) in self._spans.items():
            if name not in self.came and self._here(start, end):
                self.came[name] = time.monotonic()
        return len(self.came) == len(self._spans)


async def load(job: dict[str, Any]) -> None:
    """Load a torrent with the station's engine, when told to."""
    from app.infra.torrents.engine import TorrentEngine
    from app.infra.torrents.ground import Change
    from app.infra.torrents.settings import EngineSettings

    engine = TorrentEngine(Path(job["folder"]) / "kept", EngineSettings(dht=False, lsd=False))
    done = asyncio.Event()
    engine.on_torrent(lambda _, change: done.set() if change is Change.FINISHED else None)
    await engine.start()
    content = Path(job["torrent"]).read_bytes()
    say(pid=None)
    await asyncio.to_thread(sys.stdin.readline)
    began = time.monotonic()
    await engine.add(content, Path(job["folder"]) / "films", KEY)
    say(began=began)
    await done.wait()
    say(done=time.monotonic())
    await asyncio.to_thread(sys.stdin.readline)
    await engine.close()


def load_there(job: dict[str, Any]) -> None:
    """The same with qbittorrent-nox."""
    peer = Qbittorrent(Path(job["folder"]))
    try:
        content = Path(job["torrent"]).read_bytes()
        say(pid=peer.pid)
        sys.stdin.readline()
        began = time.monotonic()
        name = peer.add(content, Path(job["folder"]) / "films")
        say(began=began)
        while not all_there(peer.info(name), 1):
            time.sleep(0.25)  # looking costs it something
        say(done=time.monotonic())
        sys.stdin.readline()
    finally:
        peer.close()


async def watch(job: dict[str, Any]) -> None:
    """Watch a film with the station while it loads, as far as `seconds`."""
    from app.infra.loopback import LoopbackServer
    from app.infra.torrents.engine import TorrentEngine
    from app.infra.torrents.settings import EngineSettings
    from app.services.downloads.serving import serving
    from app.services.downloads.watching import Watching

    engine = TorrentEngine(Path(job["folder"]) / "kept", EngineSettings(dht=False, lsd=False))
    await engine.start()
    server = LoopbackServer()
    content = Path(job["torrent"]).read_bytes()
    began = time.monotonic()
    torrent = await engine.add(content, Path(job["folder"]) / "films", KEY)
    seen = torrent.open(0)  # has no wishes: only to look
    first = First(job["spans"], lambda start, end: seen.ready(start) >= end - start)
    watching = Watching(
        lambda: torrent.open(0), lambda: float(torrent.status().received), torrent.piece_length
    )
    looking = asyncio.create_task(_looks(first))
    try:
        await watching.wait_ready()
        opened = time.monotonic()
        received = torrent.status().received
        await looking
        parts = {name: at - began for name, at in first.came.items()}
        say(parts=parts, opened=opened - began, received=received)
        if job["seconds"]:
            watching.played(0.0)
            address = await server.offer(serving(watching.open), f"film.{job['kind']}")
            shown = asyncio.create_task(_shown(watching))
            stalls = await _play(address, job["spans"], job["table"], job["seconds"])
            shown.cancel()
            say(stalls=stalls, whole=seen.ready(0) == seen.size)
    finally:
        looking.cancel()
        await watching.close()
        await server.stop()
        await engine.close()


def watch_there(job: dict[str, Any]) -> None:
    """Wait for the first second of a film in qbittorrent-nox, at most `patience` seconds."""
    peer = Qbittorrent(Path(job["folder"]), looks=0.1)
    try:
        content = Path(job["torrent"]).read_bytes()
        ends = "true" if job["way"] == ENDS_FIRST else "false"
        order = {"sequentialDownload": "true", "firstLastPiecePrio": ends}
        began = time.monotonic()
        name = peer.add(content, Path(job["folder"]) / "films", **order)
        pieces: list[bool] = []
        size = job["piece"]
        first = First(
            job["spans"],
            lambda start, end: bool(pieces) and all(pieces[start // size : -(-end // size)]),
        )
        while not first.look() and time.monotonic() - began < job["patience"]:
            time.sleep(0.02)
            pieces = peer.pieces(name)
        say(parts={name: at - began for name, at in first.came.items()})
    finally:
        peer.close()


async def hold(job: dict[str, Any]) -> None:
    """Have a list of torrents that are here, and do nothing."""
    from app.infra.torrents.engine import TorrentEngine
    from app.infra.torrents.settings import EngineSettings
    from app.infra.torrents.status import TorrentState

    quiet = EngineSettings(dht=False, lsd=False)
    engine = TorrentEngine(
        Path(job["folder"]) / "kept", EngineSettings() if job["shipped"] else quiet
    )
    await engine.start()
    torrents = [
        await engine.add(Path(one).read_bytes(), Path(job["films"]), f"{KEY}{number}")
        for number, one in enumerate(job["torrents"])
    ]
    while any(  # noqa: ASYNC110 - as a person would look
        one.status().state is not TorrentState.SEEDING for one in torrents
    ):
        await asyncio.sleep(0.1)
    await asyncio.sleep(SETTLED)
    say(pid=None)
    await asyncio.to_thread(sys.stdin.readline)
    await engine.close()


def hold_there(job: dict[str, Any]) -> None:
    """The same with qbittorrent-nox."""
    peer = Qbittorrent(Path(job["folder"]), shipped=job["shipped"])
    try:
        for one in job["torrents"]:
            peer.add(Path(one).read_bytes(), Path(job["films"]), skip_checking="true")
        while not all_there(peer.info(), len(job["torrents"])):
            time.sleep(0.5)
        time.sleep(SETTLED)
        say(pid=peer.pid)
        sys.stdin.readline()
    finally:
        peer.close()


def all_there(told: Sequence[dict[str, Any]], count: int) -> bool:
    """Whether so many torrents are known, and everything of them is here."""
    return len(told) == count and all(one["progress"] >= 1 for one in told)


async def _looks(first: First) -> None:
    while not first.look():  # noqa: ASYNC110 - as a person would look
        await asyncio.sleep(0.01)


async def _shown(watching: Any) -> None:
    """The page of downloads asks once a second how it stands."""
    while True:
        watching.ahead()
        await asyncio.sleep(1)


async def _play(
    address: str, spans: dict[str, list[int]], table: Sequence[tuple[float, int]], seconds: float
) -> list[tuple[float, float]]:
    """Read a film as a player does that holds nothing in advance; returns where it stood still.

    It opens head and index first, then reads on, each second of film when it is due by `table`.
    """
    import aiohttp

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as web:
        for name in ("head", "index"):
            start, end = spans[name]
            async with web.get(address, headers={"Range": f"bytes={start}-"}) as answer:
                await answer.content.readexactly(end - start)
        start = spans["head"][1]
        async with web.get(address, headers={"Range": f"bytes={start}-"}) as answer:
            return await _in_time(answer.content, start, table, seconds)


async def _in_time(
    stream: asyncio.StreamReader | Any,
    place: int,
    table: Sequence[tuple[float, int]],
    seconds: float,
) -> list[tuple[float, float]]:
    stalls: list[tuple[float, float]] = []
    begun: float | None = None
    for second, needed in itertools.takewhile(lambda one: one[0] <= seconds, table):
        if begun is not None:
            await asyncio.sleep(max(0.0, begun + second - time.monotonic()))
        if needed > place:
            await stream.readexactly(needed - place)
            place = needed
        if begun is None:
            begun = time.monotonic() - second  # the first picture
        late = time.monotonic() - (begun + second)
        if late > LATE:
            stalls.append((round(second, 1), round(late, 2)))
            begun += late
    return stalls


ROLES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "seed": seed,
    "load": load,
    "load there": load_there,
    "watch": watch,
    "watch there": watch_there,
    "hold": hold,
    "hold there": hold_there,
}


def main() -> None:
    """Play the role that the command line names."""
    role = ROLES[sys.argv[1]]
    if role in (load_there, watch_there, hold_there):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what it started ends with it
    work = role(json.loads(sys.stdin.readline()))
    if work is not None:
        asyncio.run(work)


if __name__ == "__main__":
    main()
