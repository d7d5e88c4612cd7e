"""A load the test drives by hand, in place of torrents and servers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.downloads import DownloadFile, Limits, Priority
from app.domain.errors import AppError, Unavailable
from app.infra.growing import Growing
from app.services.downloads.loads import Figures, Found, Inside


class HandLoad:
    """Does what it is told: `found`, then `finish()` or `fail()`."""

    def __init__(self, folder: Path, size: int = 1000) -> None:
        self.folder = folder
        self.size = size
        self.name = "Film 1999 1080p"
        self.done = 0
        self.uploaded = 0
        self.seeded = 0.0
        self.received = 0
        self.closed = 0
        self.runs = 0
        self.looks = 0
        self.discarded: bool | None = None
        self.chosen: dict[int, Priority] = {}
        self.limits: Limits | None = None
        self.growing: Growing | None = None
        self.checking = False
        self._end: asyncio.Future[None] | None = None
        self.running = asyncio.Event()
        self.look_error: AppError | None = None

    async def look(self) -> Found:
        self.looks += 1
        if self.look_error is not None:
            raise self.look_error
        return Found(self.name, self.size, self.files())

    async def run(self) -> None:
        self.runs += 1
        self._end = asyncio.get_running_loop().create_future()
        self.running.set()
        try:
            await self._end
        finally:
            self.running.clear()

    def finish(self) -> None:
        """Everything is here."""
        self.done = self.size
        path = self.folder / f"{self.name}.mkv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(self.size))
        assert self._end is not None
        self._end.set_result(None)

    def fail(self, error: AppError) -> None:
        """It cannot go on."""
        assert self._end is not None
        self._end.set_exception(error)

    def figures(self) -> Figures:
        return Figures(
            size=self.size, done=self.done, down=100.0 if self.running.is_set() else 0.0,
            uploaded=self.uploaded, seeded=self.seeded, checking=self.checking,
            received=self.received, connections=2,
        )  # fmt: skip

    def files(self) -> tuple[DownloadFile, ...]:
        name = f"{self.name}.mkv"
        return (DownloadFile(0, name, self.size, self.done, Priority.NORMAL, "", True),)

    def paths(self) -> Mapping[int, Path]:
        return {0: self.folder / f"{self.name}.mkv"} if self.done == self.size else {}

    def inside(self) -> Inside:
        return Inside(pieces=b"\xff")

    def choose(self, files: Mapping[int, Priority]) -> None:
        self.chosen |= files

    def limit(self, limits: Limits) -> None:
        self.limits = limits

    def open(self, index: int) -> Growing:
        if self.growing is None:
            raise Unavailable("errors.download_gone")
        return self.growing

    def offer(self) -> Any:
        return None

    def grain(self) -> int:
        return 16_384

    async def seed(self) -> None:
        await asyncio.Event().wait()

    async def check(self) -> None:
        self.checking = True

    async def move(self, folder: Path) -> None:
        self.folder = folder

    async def close(self) -> None:
        self.closed += 1

    async def discard(self, *, files: bool) -> None:
        self.discarded = files
