"""Reads verified pieces out of the engine, and keeps some; bounded in bytes over all torrents."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_BYTES: Final = 32 * 1024 * 1024

Name = tuple[str, int]
"""A torrent's key and the number of a piece."""


class PieceLostError(Exception):
    """The engine could not read a piece it was said to have."""


class PieceReads:
    """Everybody's reads of pieces. Those who read the same piece share one read.

    What is kept and what is on its way together stay below `most` bytes; a single piece larger
    than that is read alone, and nothing is kept beside it. Lives on the service loop.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[Name, bytes] = OrderedDict()
        self._under_way: dict[Name, tuple[int, asyncio.Future[bytes]]] = {}
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._bytes = 0

    @property
    def held(self) -> int:
        """Bytes that are kept or on their way."""
        return self._bytes

    async def get(self, name: Name, size: int, ask: Callable[[], None]) -> bytes:
        """Return a piece of `size` bytes; `ask` begins the read, `deliver` ends it.

        `PieceLostError` when it cannot be read.
        """
        while True:
            kept = self._kept.get(name)
            if kept is not None:
                self._kept.move_to_end(name)
                return kept
            shared = self._under_way.get(name)
            if shared is not None:
                return await asyncio.shield(shared[1])
            if self._make_room(size):
                break
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_seen)
        self._under_way[name] = (size, future)
        self._bytes += size
        ask()
        return await asyncio.shield(future)

    def deliver(self, name: Name, data: bytes | None) -> None:
        """The engine has read a piece; None: it could not."""
        size, future = self._under_way.pop(name, (0, None))
        if future is None:
            return
        self._bytes -= size
        if data is None:
            if not future.done():
                future.set_exception(PieceLostError(name))
        else:
            self._kept[name] = data
            self._bytes += len(data)
            if not future.done():
                future.set_result(data)
        self._next()

    def drop(self, key: str) -> None:
        """Forget everything of a torrent; who waits for it gets `PieceLostError`."""
        for name in [name for name in self._kept if name[0] == key]:
            self._bytes -= len(self._kept.pop(name))
        for name in [name for name in self._under_way if name[0] == key]:
            self.deliver(name, None)
        self._next()

    def _make_room(self, size: int) -> bool:
        while self._kept and self._bytes + size > self._most:
            _, old = self._kept.popitem(last=False)
            self._bytes -= len(old)
        return self._bytes + size <= self._most or not self._under_way

    def _next(self) -> None:
        """Whoever waits for room looks again."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)


def _seen(future: asyncio.Future[bytes]) -> None:
    """A read that failed after everybody left is no news."""
    if not future.cancelled():
        future.exception()
