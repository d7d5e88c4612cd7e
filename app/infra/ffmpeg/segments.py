"""Converts a film into segments, each when a device asks for it: HLS of the whole film."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import os
import re
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import AppError, ToolFailed
from app.infra.ffmpeg import arguments, running
from app.infra.ffmpeg.arguments import SEGMENT, Task
from app.infra.ffmpeg.output import failed
from app.infra.ffmpeg.progressive import answer_headers
from app.infra.ffmpeg.workshop import Workshop
from app.runtime import children
from app.runtime.children import Child

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

SEGMENT_TYPE: Final = "video/mp2t"
NEAR: Final = 10
"""A segment so little ahead of the next one is waited for; for one further on ffmpeg jumps."""
AHEAD: Final = 30
"""Segments made before they are asked for; then ffmpeg stands still."""
BEHIND: Final = 20
"""Segments kept behind the one that is asked for, for a short way back."""
PATIENCE: Final = 30.0
TICK: Final = 0.03
PACE: Final = 0.5
REST: Final = 300.0
"""Seconds without a question after which ffmpeg ends; the next one starts it again."""
_NAME: Final = re.compile(r"([0-9]{1,7})\.ts\Z")
_STUFFING: Final = (b"\x47\x1f\xff\x10" + b"\xff" * 184) * 7
"""Nothing, in the form of a transport stream: for a film that is shorter than it says."""


class Segments:
    """One film in segments: a list that is whole from the start, and at most one ffmpeg."""

    def __init__(self, task: Task, workshop: Workshop, ahead: int = AHEAD) -> None:
        self._task = task
        self._workshop = workshop
        self._ahead = ahead
        seconds = max(0.1, task.facts.duration or 0.0)
        # A rest of less than a picture or two would be a segment that never comes.
        self._count = max(1, math.ceil(seconds / SEGMENT - 0.05))
        self._seconds = seconds
        self._room: Path | None = None
        self._job: _Job | None = None
        self._wanted = 0
        self._asked = time.monotonic()
        self._changing = asyncio.Lock()
        self._closed = False
        self.failure: ToolFailed | None = None

    @property
    def processes(self) -> list[int]:
        """The ffmpeg that runs for it now."""
        return [] if self._job is None or not self._job.runs else [self._job.pid]

    async def ready(self) -> None:
        """Come back when the segment at the start point is made. Raises why it is not."""
        await self._made(min(self._count - 1, int(max(0.0, self._task.start) / SEGMENT)))

    async def serve(self, request: web.Request, rest: str) -> web.StreamResponse:
        """Answer a device: what ends with ``.m3u8`` is the list, ``7.ts`` the eighth segment."""
        from aiohttp import web

        headers = answer_headers(self._task)
        if rest.endswith(".m3u8"):
            return web.Response(body=self.playlist().encode(), headers=headers)
        found = _NAME.match(rest)
        if found is None or int(found[1]) >= self._count:
            return web.Response(status=404)
        headers["Content-Type"] = SEGMENT_TYPE
        if request.method == "HEAD":
            return web.Response(headers=headers)
        try:
            content = await self._made(int(found[1]))
        except AppError as error:
            log.warning("A segment cannot be made: %s", error)
            return web.Response(status=503, headers={"Access-Control-Allow-Origin": "*"})
        return web.Response(body=content, headers=headers)

    def playlist(self) -> str:
        """The list of all segments with their exact times, before any of them is made."""
        last = self._seconds - (self._count - 1) * SEGMENT
        lines = [
            "#EXTM3U", "#EXT-X-VERSION:6", f"#EXT-X-TARGETDURATION:{SEGMENT + 1}",
            "#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD",
            "#EXT-X-INDEPENDENT-SEGMENTS",
        ]  # fmt: skip
        for number in range(self._count):
            seconds = SEGMENT if number < self._count - 1 else last
            lines += [f"#EXTINF:{seconds:.6f},", f"{number}.ts"]
        return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"

    async def close(self) -> None:
        """End the job and remove what it made."""
        self._closed = True
        async with self._changing:
            await self._end()
            if self._room is not None:
                await self._workshop.leave(self._room)
                self._room = None

    async def _made(self, number: int) -> bytes:
        """The content of a segment; makes it when it is not there."""
        self._wanted, self._asked = number, time.monotonic()
        job = await self._aimed(number)
        deadline = time.monotonic() + PATIENCE
        while True:
            content = await asyncio.to_thread(_content, job.room / f"{number}.ts")
            if content:
                return content
            if job.over:
                return self._after(job, number)
            if time.monotonic() > deadline:
                raise ToolFailed("errors.tool_hangs", tool="ffmpeg", seconds=PATIENCE)
            await asyncio.sleep(TICK)

    def _after(self, job: _Job, number: int) -> bytes:
        """What is said of a segment that a job ended without making."""
        if job.failure is not None:
            if job.failure.key != "errors.cast_conversion_ended":
                self.failure = job.failure
            raise job.failure
        log.info("Segment %s lies behind the film's end", number)
        return _STUFFING

    async def _aimed(self, number: int) -> _Job:
        """A job that makes this segment, or has made it."""
        async with self._changing:
            if self._closed:
                raise ToolFailed("errors.cast_conversion_ended")
            job = self._job
            if job is not None and job.reaches(number):
                job.hurry()
                return job
            await self._end()
            if self._room is None:
                self._room = await self._workshop.room(self._task)
            await running.require(self._task.source)
            encoders = await self._workshop.encoders()
            self._job = job = await self._start(number, arguments.segments(
                self._task, encoders, number))  # fmt: skip
            if encoders.hardware and await job.fails_at_once():
                log.warning("%s failed, the processor does it", encoders.h264)
                await self._end()
                words = arguments.segments(self._task, encoders.software(), number)
                self._job = job = await self._start(number, words)
            return job

    async def _start(self, first: int, words: list[children.Word]) -> _Job:
        assert self._room is not None
        await asyncio.to_thread(_sweep, self._room)
        child = await running.start(words, self._task.source, self._workshop.outside, self._room)
        job = _Job(child, self._room, first)
        job.begin(self._keep_pace)
        return job

    async def _keep_pace(self, job: _Job) -> None:
        """Let ffmpeg stand still when it is far ahead, and throw away what was seen."""
        while not job.over:
            await asyncio.sleep(PACE)
            await asyncio.to_thread(job.tidy, self._wanted - BEHIND)
            job.pace(self._wanted + self._ahead)
            if time.monotonic() - self._asked > REST:
                job.kill()

    async def _end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            await job.end()


class _Job:
    """One ffmpeg that writes segments from `first` on."""

    def __init__(self, child: Child, room: Path, first: int) -> None:
        self._child = child
        self.room = room
        self.first = first
        self.next = first  # the one that is being made
        self.oldest = first  # the first that is kept
        self.over = False
        self.failure: ToolFailed | None = None
        self._still = False
        self._ended = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def runs(self) -> bool:
        return self._child.code is None

    def begin(self, keep_pace: Callable[[_Job], Awaitable[None]]) -> None:
        """Watch over it."""
        self._tasks = [asyncio.ensure_future(self._hear()), asyncio.ensure_future(keep_pace(self))]

    def reaches(self, number: int) -> bool:
        """Whether a segment is made, or will be in a moment."""
        self._count()
        if self.failure is not None or number < self.oldest:
            return False
        return number < self.next or (self.over or number <= self.next + NEAR)

    def hurry(self) -> None:
        """Somebody waits."""
        if self._still:
            self._signal(signal.SIGCONT)
            self._still = False

    def pace(self, most: int) -> None:
        """Stand still when more is made than that, and go on when it is wanted."""
        self._count()
        if self.next > most and not self._still:
            self._signal(signal.SIGSTOP)
            self._still = True
        elif self.next <= most - NEAR:
            self.hurry()

    def tidy(self, oldest: int) -> None:
        """Remove segments before this one. May block."""
        while self.oldest < min(oldest, self.next):
            (self.room / f"{self.oldest}.ts").unlink(missing_ok=True)
            self.oldest += 1

    async def fails_at_once(self) -> bool:
        """Wait for the first segment; True when it ends without any."""
        until = time.monotonic() + PATIENCE
        while not self.over and time.monotonic() < until:
            self._count()
            if self.next > self.first:
                return False
            await asyncio.sleep(TICK)
        return self.failure is not None

    def kill(self) -> None:
        """End the process; what was made stays."""
        self._ended = True
        self._child.kill()

    async def end(self) -> None:
        """End it and wait until it is gone."""
        self._ended = True
        await self._child.end(0)
        for task in self._tasks[1:]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _count(self) -> None:
        while (self.room / f"{self.next}.ts").exists():
            self.next += 1

    async def _hear(self) -> None:
        complaints = bytearray()
        while part := await self._child.stderr.read(children.CHUNK):
            complaints += part
            del complaints[:-2000]
        code = await self._child.wait()
        self._count()
        if self._ended:
            self.failure = ToolFailed("errors.cast_conversion_ended")
        elif code:
            self.failure = failed(code, complaints)
        self.over = True

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, number)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _sweep(room: Path) -> None:
    """Remove the segments of an earlier job: they end where this one does not begin."""
    for path in room.iterdir():
        if path.suffix in (".ts", ".tmp", ".m3u8"):
            path.unlink(missing_ok=True)
