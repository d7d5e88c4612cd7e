"""Serves bytes as a web server does that knows ranges."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.web import Handler


def serve_file(body: bytes, content_type: str = "video/mp4") -> Handler:
    """A handler for one file."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return ranged(request, body, content_type)

    return answer


def ranged(request: web.Request, body: bytes, content_type: str = "video/mp4") -> web.Response:
    """The part of the file a request asks for, or the whole."""
    told = {"Accept-Ranges": "bytes"}
    if "Range" not in request.headers:
        return web.Response(body=body, headers=told, content_type=content_type)
    wanted = request.http_range
    first = wanted.start or 0
    if first >= len(body):
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
    last = min(wanted.stop or len(body), len(body)) - 1
    told["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    part = body[first : last + 1]
    return web.Response(status=206, body=part, headers=told, content_type=content_type)


def paced(body: bytes, rate: int) -> Handler:
    """A handler that gives a file at so many bytes a second for each who asks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(body))})
        await response.prepare(request)
        step = max(256, rate // 50)
        with contextlib.suppress(ConnectionError):
            for place in range(0, len(body), step):
                await response.write(body[place : place + step])
                await asyncio.sleep(step / rate)
        return response

    return answer


@dataclass
class FileServer:
    """One file on a server of its own, with every habit a server of files can have.

    Everything may be changed between two requests. `sent` counts bytes of the body.
    """

    body: bytes = field(repr=False)
    etag: str = '"one"'
    modified: str = ""
    content_type: str = "video/mp4"
    disposition: str = ""
    ranges: bool = True
    rate: int = 0  # bytes a second for each connection
    chunked: bool = False
    breaks_after: int = 0  # closes after so many bytes of each answer
    lies: int = 0  # says so many bytes more than it has
    silent_after: int = 0  # sends so many bytes of each answer, and then nothing more
    delay: float = 0.0  # seconds before each answer
    most_at_once: int = 99
    busy_status: int = 503  # for those beyond it
    bad_statuses: list[int] = field(default_factory=list)  # for the next requests
    extra: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None  # said in place of everything else
    asked: list[dict[str, str]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    sent: int = 0
    connections: int = 0
    at_once: int = 0
    most_seen: int = 0
    url: str = ""
    writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def hang_up(self) -> None:
        """Break every connection there is."""
        for writer in tuple(self.writers):
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        self.writers.add(writer)
        try:
            while await self._answer(reader, writer):
                pass
        finally:
            self.writers.discard(writer)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {
            name.strip().lower(): value.strip()
            for name, _colon, value in (line.partition(":") for line in lines[1:] if line)
        }
        self.asked.append(told)
        self.targets.append(lines[0].split(" ")[1])
        await asyncio.sleep(self.delay)
        if self.raw is not None:
            writer.write(self.raw)
            await writer.drain()
            return False
        self.at_once += 1
        self.most_seen = max(self.most_seen, self.at_once)
        try:
            return await self._give(told, writer)
        finally:
            self.at_once -= 1

    async def _give(self, told: dict[str, str], writer: asyncio.StreamWriter) -> bool:
        status = self.bad_statuses.pop(0) if self.bad_statuses else 0
        if not status and self.at_once > self.most_at_once:
            status = self.busy_status
        if status:
            words = "".join(f"{name}: {value}\r\n" for name, value in self.extra.items())
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 2\r\n{words}\r\nno".encode())
            await writer.drain()
            return True
        first, last, status = self._span(told)
        if status == 416:
            words = f"HTTP/1.1 416 No\r\nContent-Range: bytes */{len(self.body)}\r\n"
            writer.write(f"{words}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()
            return True
        writer.write(self._head(first, last, status))
        return await self._body(self.body[first : last + 1], writer)

    def _span(self, told: dict[str, str]) -> tuple[int, int, int]:
        whole = (0, len(self.body) - 1, 200)
        found = re.fullmatch(r"bytes=(\d+)-(\d*)", told.get("range", ""))
        if found is None or not self.ranges or told.get("if-range", self.etag) != self.etag:
            return whole
        first = int(found[1])
        if first >= len(self.body):
            return (0, 0, 416)
        return first, min(int(found[2] or len(self.body)), len(self.body) - 1), 206

    def _head(self, first: int, last: int, status: int) -> bytes:
        told = {"Content-Type": self.content_type, **self.extra}
        if self.etag:
            told["ETag"] = self.etag
        if self.modified:
            told["Last-Modified"] = self.modified
        if self.disposition:
            told["Content-Disposition"] = self.disposition
        if self.chunked:
            told["Transfer-Encoding"] = "chunked"
        else:
            told["Content-Length"] = str(last - first + 1 + self.lies)
        if status == 206:
            told["Content-Range"] = f"bytes {first}-{last}/{len(self.body)}"
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode("utf-8", "surrogateescape")

    async def _body(self, part: bytes, writer: asyncio.StreamWriter) -> bool:
        step = max(512, self.rate // 50) if self.rate else 262_144
        given = 0
        while given < len(part):
            piece = part[given : given + step]
            if self.breaks_after:
                piece = piece[: self.breaks_after - given]
            if self.silent_after and given >= self.silent_after:
                await asyncio.sleep(3600)
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece) if self.chunked else piece)
            await writer.drain()
            self.sent += len(piece)
            given += len(piece)
            if self.breaks_after and given >= self.breaks_after and given < len(part):
                return False
            if self.rate:
                await asyncio.sleep(step / self.rate)
        if self.chunked:
            writer.write(b"0\r\n\r\n")
            await writer.drain()
        return not self.lies


Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def talking(
    talk: Conversation, certificate: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """A server on loopback that talks as told, for the length of a test; gives its port."""
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            await talk(reader, writer)
        except (asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()  # the test is over, or the other side has gone
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=certificate)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tuple(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0.01)  # what was aborted is closed with the next turns of the loop


@contextlib.asynccontextmanager
async def file_server(
    body: bytes, certificate: ssl.SSLContext | None = None
) -> AsyncIterator[FileServer]:
    """A server of one file on loopback for the length of a test."""
    made = FileServer(body)
    scheme = "http" if certificate is None else "https"
    async with talking(made.serve, certificate) as port:
        made.url = f"{scheme}://127.0.0.1:{port}/film.mp4"
        yield made
