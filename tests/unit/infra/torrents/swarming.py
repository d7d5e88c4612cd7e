"""What tests of torrents share: settings, waiting, and what lies on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.settings import EngineSettings
from app.infra.torrents.torrent import Torrent

HERE: Final = EngineSettings(interface="lo", dht=False)
PATIENCE: Final = 20.0


class Told:
    """Everything an engine said of its torrents."""

    def __init__(self, engine: TorrentEngine) -> None:
        self.changes: list[tuple[str, Change]] = []
        self._woken = asyncio.Event()
        engine.on_torrent(self._hear)

    def _hear(self, torrent: Torrent, change: Change) -> None:
        self.changes.append((torrent.key, change))
        self._woken.set()

    async def wait(self, change: Change, key: str = "one", times: int = 1) -> None:
        """Until it was said so many times."""
        async with asyncio.timeout(PATIENCE):
            while self.changes.count((key, change)) < times:
                self._woken.clear()
                await self._woken.wait()


async def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Until something is so that tells nobody."""
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)


def lying(folder: Path) -> dict[str, bytes]:
    """All files below a folder but those libtorrent keeps for itself."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".parts"
    }


def number_of(torrent: Torrent, path: str) -> int:
    """The number of a file by its path below the torrent's own folder."""
    return next(one.index for one in torrent.files() if one.path.partition("/")[2] == path)
