"""Converts a film into one stream, while a device fetches it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain.errors import AppError, ToolFailed
from app.infra.ffmpeg import arguments, running
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.output import Behind, Output, failed
from app.infra.ffmpeg.workshop import Workshop
from app.runtime.children import Word

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

T = TypeVar("T")

LINGER: Final = 4.0
"""Seconds a job waits for its next reader: many devices open an address twice, to look first."""
LOOK: Final = 0.25
"""Seconds between two looks whether the device is still there, while the next bytes come."""


class Progressive:
    """One conversion from one start point: at most one ffmpeg, whoever asks how often.

    A reader that comes while the beginning is still kept joins; one that comes later begins
    anew, and the others are cut off.
    """

    def __init__(self, task: Task, workshop: Workshop, linger: float = LINGER) -> None:
        self._task = task
        self._workshop = workshop
        self._linger = linger
        self._room: Path | None = None
        self._output: Output | None = None
        self._starting = asyncio.Lock()
        self._readers = 0
        self._leaving: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._closed = False
        self.failure: ToolFailed | None = None

    @property
    def processes(self) -> list[int]:
        """The ffmpeg that runs for it now."""
        return [self._output.pid] if self._output is not None and self._output.runs else []

    async def ready(self) -> None:
        """Come back when its first bytes are there. Raises why there are none."""
        self._enter()
        try:
            await self._begun()
        finally:
            self._leave()

    async def serve(self, request: web.Request, _rest: str) -> web.StreamResponse:
        """Answer a device; nothing is started for a HEAD."""
        from aiohttp import web

        headers = answer_headers(self._task)
        if request.method == "HEAD":
            return web.Response(headers=headers)
        self._enter()
        try:
            try:
                output = await _while_there(request, self._begun())
            except AppError as error:
                log.warning("A film cannot be converted: %s", error)
                return web.Response(status=500)
            except ConnectionError:
                return web.Response(status=503)  # nobody reads it
            return await self._send(request, output, headers)
        finally:
            self._leave()

    async def close(self) -> None:
        """End the job and let every reader go."""
        self._closed = True
        if self._leaving is not None:
            self._leaving.cancel()
            await asyncio.gather(self._leaving, return_exceptions=True)
        async with self._starting:
            await self._end()
            if self._room is not None:
                await self._workshop.leave(self._room)
                self._room = None

    async def _begun(self) -> Output:
        """The job, with its first bytes; a new one when the beginning is no longer kept."""
        async with self._starting:
            if self._closed:
                raise ToolFailed("errors.cast_conversion_ended")
            if self._output is not None and self._output.complete:
                return self._output
            await self._end()
            encoders = await self._workshop.encoders()
            try:
                return await self._start(arguments.progressive(self._task, encoders))
            except ToolFailed as error:
                if not encoders.hardware or self._task.plan.video == "copy":
                    self.failure = error
                    raise
                log.warning("%s failed, the processor does it: %s", encoders.h264, error)
            return await self._start(arguments.progressive(self._task, encoders.software()))

    async def _start(self, words: list[Word]) -> Output:
        if self._room is None:
            self._room = await self._workshop.room(self._task)
        await running.require(self._task.source)
        child = await running.start(words, self._task.source, self._workshop.outside, self._room)
        self._output = output = Output(child)
        try:
            first = await output.read(0)
        except BaseException:
            await self._end()
            raise
        if not first:
            await self._end()
            raise failed(0, b"nothing came")
        return output

    async def _send(
        self, request: web.Request, output: Output, headers: dict[str, str]
    ) -> web.StreamResponse:
        from aiohttp import web

        answer = web.StreamResponse(headers=headers)
        if request.version >= (1, 1):
            answer.enable_chunked_encoding()
        await answer.prepare(request)
        place = 0
        try:
            while part := await _while_there(request, output.read(place)):
                await answer.write(part)
                place += len(part)
            await answer.write_eof()
        except ConnectionError:
            pass  # the device went elsewhere
        except Behind:
            log.info("A device fetches a conversion at two places; the slower one is let go")
            _cut(request)
        except ToolFailed as error:
            if error.key != "errors.cast_conversion_ended":
                self.failure = error
                log.warning("A conversion ended before the film did: %s", error)
            _cut(request)
        return answer

    def _enter(self) -> None:
        self._readers += 1
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _leave(self) -> None:
        self._readers -= 1
        if not self._readers and not self._closed and self._output is not None:
            self._leaving = asyncio.ensure_future(self._end_later())

    async def _end_later(self) -> None:
        await asyncio.sleep(self._linger)
        # From here on nobody may break it off; `close` waits at the lock.
        self._ending, self._leaving = self._leaving, None
        async with self._starting:
            if not self._readers:
                await self._end()

    async def _end(self) -> None:
        output, self._output = self._output, None
        if output is not None:
            await output.end()


def answer_headers(task: Task) -> dict[str, str]:
    """What a device is told of something that is converted while it is sent."""
    told = {
        "Content-Type": task.plan.content_type,
        "Accept-Ranges": "none",
        "Cache-Control": "no-store",
        "Access-Control-Allow-Origin": "*",  # a Cast receiver is a web page
        "transferMode.dlna.org": "Streaming",
    }
    if task.plan.features:
        told["contentFeatures.dlna.org"] = task.plan.features
    return told


def _cut(request: web.Request) -> None:
    """An answer cut short must not look whole."""
    if request.transport is not None:
        request.transport.abort()


async def _while_there(request: web.Request, work: Coroutine[object, object, T]) -> T:
    """Do something for a device; raises `ConnectionResetError` when it goes meanwhile."""
    doing = asyncio.ensure_future(work)
    try:
        while True:
            await asyncio.wait((doing,), timeout=LOOK)
            if doing.done():
                return doing.result()
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError
    finally:
        if not doing.done():
            doing.cancel()
            await asyncio.wait((doing,))
