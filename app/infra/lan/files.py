"""Sends files to devices of the home: by the kernel, in ranges, and never another file."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from email.utils import formatdate
from typing import IO, TYPE_CHECKING, Final

from app.domain.errors import Unavailable
from app.domain.text import display
from app.infra.lan.pump import send_file
from app.infra.probe import open_regular

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.loopback import Serve

_RANGE: Final = re.compile(r"bytes=([0-9]{0,1000})-([0-9]{0,1000})\Z", re.IGNORECASE)
FRESH: Final = 1.0
"""Seconds for which a file that was opened is not opened again."""
_NOT_HERE: Final = "errors.file_gone"


@dataclass(frozen=True, slots=True)
class _Known:
    """A file as it was when it was offered."""

    path: bytes
    content_type: str
    device: int
    inode: int


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a file is sent, and with which status."""

    status: int
    start: int
    end: int


async def serve_file(path: bytes, content_type: str) -> Serve:
    """Return what `LanServer.offer` takes for a file.

    It must stay the very file it is now; when another one lies in its place, it is gone. Raises
    `Unavailable` when there is no regular file.
    """
    try:
        known = await asyncio.to_thread(_look, path, content_type)
    except OSError as error:
        raise Unavailable(_NOT_HERE, name=display(path.rpartition(b"/")[2])) from error

    shared = _Shared(known)

    async def serve(request: web.Request, _rest: str) -> web.StreamResponse:
        from aiohttp import web

        try:
            taken = await shared.take()
        except OSError:
            return web.Response(status=404)
        try:
            return await _answer(request, taken.file, known)
        finally:
            taken.leave()

    return serve


class _Taken:
    """An open file, and how many hold it; where each reads is its own affair."""

    def __init__(self, file: IO[bytes], until: float) -> None:
        self.file, self.until = file, until
        self._holds = 1

    def hold(self) -> None:
        self._holds += 1

    def leave(self) -> None:
        """The last one closes it."""
        self._holds -= 1
        if not self._holds:
            self.file.close()

    def __del__(self) -> None:  # its loop ended before its time was over
        self.file.close()


class _Shared:
    """Opens a file once for all who ask within a moment.

    A player that jumps about asks often, and half of what a short answer costs is the way to a
    thread and back.
    """

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._last: _Taken | None = None

    async def take(self) -> _Taken:
        """The file, held until it is left."""
        loop = asyncio.get_running_loop()
        last = self._last
        if last is None or last.file.closed or loop.time() >= last.until:
            last = _Taken(await _opened(self._known), loop.time() + FRESH)
            self._last = last
            loop.call_at(last.until, last.leave)
        last.hold()
        return last


async def _answer(request: web.Request, file: IO[bytes], known: _Known) -> web.StreamResponse:
    from aiohttp import web

    from app.infra.lan import gate  # with aiohttp

    state = os.fstat(file.fileno())
    headers = {
        "ETag": f'"{_tag(state)}"',
        "Last-Modified": formatdate(int(state.st_mtime), usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Type": known.content_type,
    }
    part = asked(request, state)
    if part.status not in (200, 206):
        del headers["Content-Type"]
        if part.status == 416:
            headers["Content-Range"] = f"bytes */{state.st_size}"
        return web.Response(status=part.status, headers=headers)
    if part.status == 206:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{state.st_size}"
    answer = web.StreamResponse(status=part.status, headers=headers)
    answer.content_length = part.end - part.start
    await answer.prepare(request)
    if request.method != "HEAD":
        if request.transport is None:
            raise ConnectionResetError
        told = request.get(gate.SENT)
        await send_file(request.transport, file, part.start, part.end, told)
    await answer.write_eof()
    return answer


def asked(request: web.Request, state: os.stat_result) -> _Part:
    """Say what a request wants of a file in this state: its conditions, then its range."""
    at = int(state.st_mtime)
    tags, since = request.if_match, request.if_unmodified_since
    if tags is not None:
        if not any(tag.value in ("*", _tag(state)) and not tag.is_weak for tag in tags):
            return _Part(412, 0, 0)
    elif since is not None and at > since.timestamp():
        return _Part(412, 0, 0)
    tags, since = request.if_none_match, request.if_modified_since
    if tags is not None:
        if any(tag.value in ("*", _tag(state)) for tag in tags):
            return _Part(304, 0, 0)
    elif since is not None and at <= since.timestamp():
        return _Part(304, 0, 0)
    whole = _Part(200, 0, state.st_size)
    wanted = request.headers.get("Range")
    if wanted is None or not _same(request.headers.get("If-Range"), state):
        return whole
    return span(wanted, state.st_size)


def span(wanted: str, size: int) -> _Part:
    """The part a ``Range`` header asks for. One range, or none: who asks for many gets none."""
    nothing = _Part(416, 0, 0)
    found = _RANGE.match(wanted.strip())
    if found is None or found.group(0).endswith("=-"):
        return nothing
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return _Part(206, start, end) if start < end else nothing


def _same(condition: str | None, state: os.stat_result) -> bool:
    """Whether what a device has a part of is still what lies here (``If-Range``)."""
    if condition is None:
        return True
    return condition.strip() in (
        f'"{_tag(state)}"',
        formatdate(int(state.st_mtime), usegmt=True),
    )


def _look(path: bytes, content_type: str) -> _Known:
    """Blocking."""
    handle = open_regular(path)
    try:
        state = os.fstat(handle)
    finally:
        os.close(handle)
    return _Known(path, content_type, state.st_dev, state.st_ino)


async def _opened(known: _Known) -> IO[bytes]:
    """Open it in a thread; one who hangs up meanwhile leaves no open file behind."""
    opening = asyncio.ensure_future(asyncio.to_thread(_open, known))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close)
        raise


def _close(opening: asyncio.Future[IO[bytes]]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _open(known: _Known) -> IO[bytes]:
    """Blocking. Open the file that was offered, and no other that lies there now."""
    file = open(open_regular(known.path), "rb", buffering=0)  # noqa: PTH123, SIM115 - a descriptor, closed by the caller
    state = os.fstat(file.fileno())
    if (state.st_dev, state.st_ino) != (known.device, known.inode):
        file.close()
        raise OSError(0, "another file")
    return file


def _tag(state: os.stat_result) -> str:
    return f"{state.st_mtime_ns:x}-{state.st_size:x}"
