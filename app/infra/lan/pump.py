"""Lets the kernel send a file, from a thread of its own: a sleeping disk holds nobody up.

One turn of an event loop for each filled socket buffer costs more than the sending itself; a
thread takes what the receiver takes. One that takes nothing has no thread: it is waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import select
import socket
import sys
import threading
from collections.abc import Callable
from typing import IO, Final

STEP: Final = 1 << 30
"""Bytes the kernel is given at a time; it takes what the socket holds."""
PATIENCE: Final = 0.25
"""Seconds a thread waits for a receiver before it leaves that to the loop."""
LOOK: Final = 0.05
"""Seconds between two looks whether the sending is to end."""
SMALL: Final = 512 * 1024
"""Bytes a socket holds when its receiver is near: what lies ready stays in the processor's cache,
which is twice as quick as the megabytes the kernel would let it grow to."""
NEAR: Final = 500
"""Microseconds to a receiver and back by wire, which a small buffer never keeps waiting."""
FIRST: Final = 256 * 1024
"""Bytes that may be sent in the loop itself, when they are in memory."""
_NOT_TOLD: Final = (errno.EOPNOTSUPP, errno.EINVAL)  # by file systems that do not know
_TCP_INFO_BYTES: Final = 72
_RTT_AT: Final = 68  # `tcpi_rtt` of Linux' struct tcp_info


async def send_file(
    transport: asyncio.Transport,
    file: IO[bytes],
    start: int,
    end: int,
    sent: Callable[[int], None] | None = None,
) -> None:
    """Send the bytes from `start` to `end` after all that was written to the transport before.

    `sent` is told how many were, also when it breaks off.
    Raises `ConnectionError` when the receiver goes, when somebody closes the transport, and when
    the file has become shorter: what was promised cannot be kept then.
    """
    # A transport tells nobody when it is empty: it is looked at.
    while transport.get_write_buffer_size() and not transport.is_closing():  # noqa: ASYNC110 - see above
        await asyncio.sleep(LOOK / 10)
    if transport.is_closing():
        raise ConnectionResetError
    line: socket.socket = transport.get_extra_info("socket").dup()
    place = start
    try:
        _fit(line)
        place += _at_once(line, file, start, end)
        while place < end:
            pump = _Pump(line, file, place, end, transport.is_closing)
            try:
                await pump.run()
            finally:
                place = pump.place
            if place < end:
                await _taken(line, transport)
    except ConnectionError:
        transport.abort()
        raise
    finally:
        if sent is not None:
            sent(place - start)
        if transport.is_closing():  # ours is the last hold on it: hang up
            _hang_up(line)
        line.close()


class _Pump:
    """One thread that sends while the receiver takes."""

    def __init__(
        self,
        line: socket.socket,
        file: IO[bytes],
        place: int,
        end: int,
        closing: Callable[[], bool],
    ) -> None:
        self._line, self._file = line.fileno(), file.fileno()
        self.place, self._end = place, end
        self._closing = closing
        self._left = False

    async def run(self) -> None:
        """Send up to `place`; the thread has ended then, also when cancelled."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[OSError | None] = loop.create_future()

        def send() -> None:
            failure: OSError | None = None
            try:
                self._send()
            except OSError as error:
                failure = error
            loop.call_soon_threadsafe(ended.set_result, failure)

        threading.Thread(target=send, name="send", daemon=True).start()
        try:
            failure = await asyncio.shield(ended)
        except asyncio.CancelledError:
            self._left = True
            while not ended.done():  # its numbers of files must not become others' in its hands
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.shield(ended)
            raise
        if failure is not None:
            raise ConnectionResetError(*failure.args) from failure

    def _send(self) -> None:
        """Blocking. Until all is sent, nobody takes it, or it is to end."""
        ready = select.poll()
        ready.register(self._line, select.POLLOUT)
        waited = 0.0
        while self.place < self._end and not self._left:
            if self._closing():
                raise ConnectionResetError
            try:
                sent = os.sendfile(
                    self._line, self._file, self.place, min(STEP, self._end - self.place)
                )
            except BlockingIOError:
                if waited >= PATIENCE:
                    return
                waited = 0.0 if ready.poll(LOOK * 1000) else waited + LOOK
                continue
            if not sent:
                raise ConnectionResetError  # the file became shorter
            self.place += sent


def _at_once(line: socket.socket, file: IO[bytes], start: int, end: int) -> int:
    """Send what needs no waiting, and say how much: most ranges of a player's search are small."""
    count = min(end - start, FIRST)
    byte = bytearray(1)
    try:
        for at in {start, start + count // 2, start + count - 1}:
            os.preadv(file.fileno(), [byte], at, os.RWF_NOWAIT)  # raises when it lies on the disk
        return os.sendfile(line.fileno(), file.fileno(), start, count)
    except BlockingIOError:
        return 0
    except OSError as error:
        if error.errno in _NOT_TOLD:
            return 0
        raise


async def _taken(line: socket.socket, transport: asyncio.Transport) -> None:
    """Wait until the receiver takes something again; costs nothing meanwhile."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_writer(line, ready.set)
    try:
        while not ready.is_set():
            if transport.is_closing():
                raise ConnectionResetError
            try:
                async with asyncio.timeout(LOOK * 10):
                    await ready.wait()
            except TimeoutError:
                continue
    finally:
        loop.remove_writer(line)


def _fit(line: socket.socket) -> None:
    """Let the buffer of one that is near stay small; for others the kernel finds its size."""
    told = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    if len(told) == _TCP_INFO_BYTES and int.from_bytes(told[_RTT_AT:], sys.byteorder) < NEAR:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is gone already
