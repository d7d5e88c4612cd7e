"""Keeps the conversions that go on, so that all of them end with us."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.encoders import Encoders
from app.infra.ffmpeg.progressive import Progressive
from app.infra.ffmpeg.segments import Segments
from app.infra.ffmpeg.workshop import Workshop

Conversion = Progressive | Segments
"""Has `serve` for the device, `ready`, `close`, `processes`, and `failure` when ffmpeg gave up."""


class Converter:
    """Makes conversions: one for each session and start point. Lives on the service loop.

    `folder` is for what they write and is emptied at the start and at the stop; `encoders` says
    how pictures are made.
    """

    def __init__(self, folder: Path, encoders: Callable[[], Awaitable[Encoders]]) -> None:
        self._workshop = Workshop(folder, encoders)
        self._going: list[Conversion] = []

    async def start(self) -> None:
        """Remove what was left behind by a run that was cut off."""
        await self._workshop.clear()

    def open(self, task: Task) -> Conversion:
        """Make what a plan asks for: a list of segments for ``hls``, else one stream.

        Nothing runs before it is asked for. The caller closes it.
        """
        going: Conversion
        if task.plan.container == "hls":
            going = Segments(task, self._workshop)
        else:
            going = Progressive(task, self._workshop)
        self._going.append(going)
        return going

    async def close(self, conversion: Conversion) -> None:
        """End one, with its process and its folder."""
        if conversion in self._going:
            self._going.remove(conversion)
        await conversion.close()

    @property
    def processes(self) -> list[int]:
        """Every ffmpeg that runs now."""
        return [pid for going in self._going for pid in going.processes]

    async def stop(self) -> None:
        """End all of them."""
        going, self._going = self._going, []
        await asyncio.gather(*(one.close() for one in going))
        await self._workshop.clear()
