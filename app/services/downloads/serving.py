"""Hands a file that is still loading to the player over the loopback server, range by range."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from app.domain.errors import AppError
from app.infra.growing import Growing, Span
from app.infra.probe import open_regular

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.loopback import Serve

log = logging.getLogger(__name__)

CHUNK: Final = 1024 * 1024
"""Bytes held for one answer; the rest waits until the player has taken them."""
FIRST: Final = 64 * 1024
"""Bytes of the first piece of an answer, each further one twice as much: a player that opens a
film wants little at each place, and what it does not want must not be fetched for it."""
SENT_AHEAD: Final = 256 * 1024
LOOK: Final = 0.25
"""Seconds between two looks whether the player is still there, while the next bytes come."""
UNKNOWN_TYPE: Final = "application/octet-stream"
_TYPES: Final = {
    **dict.fromkeys(("mp4", "m4v"), "video/mp4"),
    **dict.fromkeys(("mkv", "mk3d"), "video/x-matroska"),
    **dict.fromkeys(("ts", "m2ts", "mts"), "video/mp2t"),
    **dict.fromkeys(("mpg", "mpeg", "vob"), "video/mpeg"),
    **dict.fromkeys(("ogv", "ogm"), "video/ogg"),
    **dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg"),
    **{"mov": "video/quicktime", "webm": "video/webm", "avi": "video/x-msvideo"},
    **{"wmv": "video/x-ms-wmv", "flv": "video/x-flv", "3gp": "video/3gpp"},
    **{"mp3": "audio/mpeg", "flac": "audio/flac", "m4a": "audio/mp4", "wav": "audio/wav"},
    **{"aac": "audio/aac", "mka": "audio/x-matroska"},
}
_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")


class Unsatisfiable(Exception):  # noqa: N818 - an answer: the range lies outside the file
    """No byte of the file lies in the range."""


@dataclass(frozen=True, slots=True)
class _Part:
    span: Span
    whole: bool


def serving(open_file: Callable[[], Growing]) -> Serve:
    """Return what `LoopbackServer.offer` takes. `open_file` gives each request its own reader.

    A reader that has a `path` (not None) says that the whole file lies there, checked and
    written: it is then sent by the kernel. A read that fails ends the answer before its end;
    what was sent until then is right.
    """

    async def serve(request: web.Request, _rest: str) -> web.StreamResponse:
        try:
            file = open_file()
        except AppError as error:
            log.info("A film that loads can no longer be had: %s", error)
            return _empty(404, {})
        try:
            return await _answer(request, file)
        finally:
            file.close()

    return serve


def content_type(name: str) -> str:
    """Return the type of a file by its name's ending."""
    return _TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN_TYPE)


def asked(header: str | None, size: int) -> Span | None:
    """Return the span a ``Range`` header asks for; None for the whole file.

    What is no single range of bytes is answered with the whole, as the standard allows. Raises
    `Unsatisfiable`.
    """
    found = _RANGE.match(header.strip()) if header is not None else None
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= end:
        raise Unsatisfiable
    return Span(start, end)


async def _answer(request: web.Request, file: Growing) -> web.StreamResponse:
    headers = {"Accept-Ranges": "bytes", "Content-Type": content_type(file.name)}
    try:
        span = asked(request.headers.get("Range"), file.size)
    except Unsatisfiable:
        return _empty(416, {**headers, "Content-Range": f"bytes */{file.size}"})
    part = _Part(span or Span(0, file.size), span is None)
    if not part.whole:
        headers["Content-Range"] = f"bytes {part.span.start}-{part.span.end - 1}/{file.size}"
    headers["Content-Length"] = str(part.span.end - part.span.start)
    if request.method == "HEAD":
        return _empty(200 if part.whole else 206, headers)
    return await _send(request, file, part, headers)


async def _send(
    request: web.Request, file: Growing, part: _Part, headers: dict[str, str]
) -> web.StreamResponse:
    from aiohttp import web

    answer = web.StreamResponse(status=200 if part.whole else 206, headers=headers)
    await answer.prepare(request)
    try:
        place = await _pass_on(request, answer, file, part.span)
        if place == part.span.end:
            await answer.write_eof()
            return answer
        log.info("A film that loads ended before its time")
    except AppError as error:
        log.info("A film that loads cannot be read on: %s", error)
    except ConnectionError:
        return answer  # the player went elsewhere
    except OSError as error:
        log.info("A film that has loaded cannot be read: %s", error)
    if request.transport is not None:
        request.transport.abort()  # an answer cut short must not look whole
    return answer


async def _pass_on(
    request: web.Request, answer: web.StreamResponse, file: Growing, span: Span
) -> int:
    """Send a span; returns up to where it was sent."""
    place, most = span.start, FIRST
    while place < span.end:
        whole = getattr(file, "path", None)
        if whole is not None:
            return await _by_kernel(request, whole, file.size, Span(place, span.end))
        if place == span.start:
            _hold_back(request)
        piece = await _read(request, file, place, min(most, span.end - place))
        most = min(CHUNK, most * 2)
        if not piece:
            break
        await answer.write(piece)
        place += len(piece)
    return place


async def _by_kernel(request: web.Request, path: bytes | Path, size: int, span: Span) -> int:
    """Send the rest of an answer out of the finished file."""
    with await asyncio.to_thread(_opened, path) as file:
        if os.fstat(file.fileno()).st_size != size:
            return span.start
        if request.transport is None or request.transport.is_closing():
            raise ConnectionResetError
        loop = asyncio.get_running_loop()
        length = span.end - span.start
        return span.start + await loop.sendfile(request.transport, file, span.start, length)


def _opened(path: bytes | Path) -> IO[bytes]:
    return open(open_regular(os.fsencode(path)), "rb", buffering=0)  # noqa: PTH123 - a descriptor


def _hold_back(request: web.Request) -> None:
    """Let the system keep little of an answer that the player has not taken."""
    pipe = request.transport.get_extra_info("socket") if request.transport is not None else None
    if pipe is not None:
        pipe.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD)


async def _read(request: web.Request, file: Growing, place: int, most: int) -> bytes:
    """The next bytes; raises `ConnectionResetError` when the player goes while they are awaited."""
    if file.ready(place):
        return await file.read(place, most)
    reading = asyncio.ensure_future(file.read(place, most))
    try:
        while True:
            await asyncio.wait((reading,), timeout=LOOK)
            if reading.done():
                return reading.result()
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError
    finally:
        if not reading.done():
            reading.cancel()
            await asyncio.wait((reading,))


def _empty(status: int, headers: dict[str, str]) -> web.Response:
    from aiohttp import web

    return web.Response(status=status, headers=headers)
