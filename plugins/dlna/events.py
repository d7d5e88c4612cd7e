"""Lets renderers say that something changed with them; what it is, they are asked.

A renderer calls an address of ours. Nothing of what it sends is read but its first lines: any
call from a device that is watched wakes the one who watches it, a call from elsewhere is hung up.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable

from async_upnp_client.event_handler import UpnpNotifyServer

LARGEST_HEAD = 16_384
LARGEST_BODY = 65_536
BACKLOG = 16
MOST_AT_ONCE = 8
PATIENCE = 5.0
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.I)

Wake = Callable[[], None]


class Listener(UpnpNotifyServer):
    """Listens on one address of this machine, on a port of its own."""

    def __init__(self, way: str) -> None:
        self._way = way
        self._token = secrets.token_urlsafe(12)
        self._server: asyncio.Server | None = None
        self._watched: dict[str, list[Wake]] = {}
        self._calls: dict[asyncio.Task[None], str] = {}

    @property
    def callback_url(self) -> str:
        """Where renderers call."""
        assert self._server is not None
        return f"http://{self._way}:{self._server.sockets[0].getsockname()[1]}/{self._token}"

    def watch(self, address: str, wake: Wake) -> None:
        """Let calls from an address wake somebody."""
        self._watched.setdefault(address, []).append(wake)

    def unwatch(self, address: str, wake: Wake) -> None:
        """Wake somebody no more."""
        left = [one for one in self._watched.get(address, ()) if one is not wake]
        if left:
            self._watched[address] = left
        else:
            self._watched.pop(address, None)

    async def open(self) -> None:
        """Begin to listen; OSError when this machine has no such address."""
        self._server = await asyncio.start_server(
            self._meet, self._way, 0, limit=LARGEST_HEAD, backlog=BACKLOG
        )

    async def close(self) -> None:
        """Hang up, and listen no more."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._calls):
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        source = str(writer.get_extra_info("peername", ("",))[0])
        task = asyncio.current_task()
        assert task is not None
        busy = sum(one == source for one in self._calls.values())
        if source not in self._watched or busy >= MOST_AT_ONCE:
            writer.transport.abort()
            return
        self._calls[task] = source
        try:
            async with asyncio.timeout(PATIENCE):
                await self._answer(reader, writer, source)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
            writer.transport.abort()
        except asyncio.CancelledError:
            writer.transport.abort()  # it is over: nobody waits for this task but `close`
        finally:
            del self._calls[task]
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, source: str
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        right = head.startswith(f"NOTIFY /{self._token} ".encode())
        status = "200 OK" if right else "404 Not Found"
        if length > LARGEST_BODY:
            right, status = False, "413 Content Too Large"
        else:
            with contextlib.suppress(asyncio.IncompleteReadError):
                await reader.readexactly(length)
        if right:
            for wake in tuple(self._watched.get(source, ())):
                wake()
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()


class Listeners:
    """One listener for each address of this machine, opened when it is first needed."""

    def __init__(self) -> None:
        self._open: dict[str, Listener] = {}
        self._turn = asyncio.Lock()

    async def at(self, way: str) -> Listener:
        """Return the listener of an address; OSError when there is no such address."""
        async with self._turn:
            if way not in self._open:
                listener = Listener(way)
                await listener.open()
                self._open[way] = listener
            return self._open[way]

    async def close(self) -> None:
        """Close them all."""
        for listener in self._open.values():
            await listener.close()
        self._open.clear()
