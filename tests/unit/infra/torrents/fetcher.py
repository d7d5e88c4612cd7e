"""Fetches one torrent in a process of its own, so that it can be killed; tells how far it is."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.infra.torrents import engine as engines
from app.infra.torrents import keeper
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.torrent import Torrent
from tests.unit.infra.torrents.swarming import HERE


async def fetch(torrent_file: Path, folder: Path, port: int, every: float) -> None:
    """Say ``at BYTES`` when it is checked and whenever it has more, ``whole`` at the end."""
    vars(keeper)["EVERY"] = every
    vars(engines)["TICK"] = 0.05  # it looks as often
    engine = TorrentEngine(folder / "kept", HERE)
    await engine.start()
    whole = asyncio.Event()
    checked = asyncio.Event()

    def tell(_torrent: Torrent, change: Change) -> None:
        if change is Change.CHECKED:
            checked.set()
        if change is Change.FINISHED:
            whole.set()

    engine.on_torrent(tell)
    torrent = await engine.add(torrent_file.read_bytes(), folder / "save", "one")
    await checked.wait()
    sys.stdout.write(f"checked {torrent.status().done}\n")
    sys.stdout.flush()
    torrent.add_peers([("127.0.0.1", port)])
    told = torrent.status().done
    while not whole.is_set():
        if torrent.status().done != told:
            told = torrent.status().done
            sys.stdout.write(f"at {told}\n")
            sys.stdout.flush()
        await asyncio.sleep(0.002)
    await engine.close()
    sys.stdout.write("whole\n")


def main(file: str, folder: str, port: str, every: str) -> None:
    """Begin, in a process of its own."""
    asyncio.run(fetch(Path(file), Path(folder), int(port), float(every)))
