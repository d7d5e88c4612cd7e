"""What every conversion works with: the encoders, and private folders for what jobs write."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.infra.ffmpeg.arguments import LETTERS, Task
from app.infra.ffmpeg.encoders import Encoders
from app.infra.ffmpeg.running import Outside


class Workshop:
    """Folders are made within `folder`, which only we use."""

    def __init__(self, folder: Path, encoders: Callable[[], Awaitable[Encoders]]) -> None:
        self.outside = Outside()
        self.encoders = encoders
        self._folder = folder

    async def clear(self) -> None:
        """Remove what an earlier run that was cut off left behind."""
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    async def room(self, task: Task) -> Path:
        """Make a folder for a job, with the subtitles it burns in."""
        return await asyncio.to_thread(self._room, task)

    async def leave(self, room: Path) -> None:
        """Remove it with everything in it."""
        await asyncio.to_thread(shutil.rmtree, room, ignore_errors=True)

    def _room(self, task: Task) -> Path:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="job-", dir=self._folder))
        if task.letters:
            (room / LETTERS).write_bytes(task.letters)
        return room
