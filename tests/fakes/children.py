"""Children that can be killed, born at once: a process that has loaded everything forks them.

As a program of its own it is the one that forks; the tests talk to it through `Nursery`.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
MOST: Final = 65_536


class Child:
    """One of them. Its words are lines of its standard output."""

    def __init__(self, pid: int, words: asyncio.StreamReader) -> None:
        self._number = os.pidfd_open(pid)
        self._words = words

    async def line(self) -> str:
        """Its next word; nothing when it has ended."""
        return (await self._words.readline()).decode().rstrip("\n")

    async def rest(self) -> list[str]:
        """Everything it says until it ends."""
        return (await self._words.read()).decode().splitlines()

    def kill(self) -> None:
        """At once, whatever it does."""
        if self._number >= 0:
            try:
                signal.pidfd_send_signal(self._number, signal.SIGKILL)
            except ProcessLookupError:
                return

    async def ended(self) -> None:
        """Until it is gone, and everything it held is free."""
        if self._number < 0:
            return
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        number = self._number
        loop.add_reader(number, gone.set)
        try:
            async with asyncio.timeout(30):
                await gone.wait()
        finally:
            if self._number == number:  # nobody else who waited has closed it
                loop.remove_reader(number)
                self._number = -1
                os.close(number)


class Nursery:
    """Makes children of one module: its `main` is called with their words."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._turn = asyncio.Lock()
        self._open: list[tuple[Child, asyncio.ReadTransport]] = []

    async def child(self, *words: str | Path) -> Child:
        """One more, at work already."""
        mine, its = os.pipe()
        told = json.dumps([str(word) for word in words]).encode()
        async with self._turn:  # two births at once would take each other's numbers
            socket.send_fds(self._line, [told], [its])
            os.close(its)
            pid = int(await asyncio.to_thread(self._line.recv, MOST))
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(mine, "rb")
        )
        child = Child(pid, reader)
        self._open.append((child, transport))
        return child

    async def close(self) -> None:
        """Nobody is left."""
        for child, transport in self._open:
            child.kill()
            await child.ended()
            transport.close()
        await asyncio.sleep(0)


@asynccontextmanager
async def nursery(module: str) -> AsyncIterator[Nursery]:
    """A nursery for the length of a test."""
    mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with mine, its:
        process = subprocess.Popen(  # noqa: ASYNC220 - the loop's own way watches for its children
            (sys.executable, "-m", "tests.fakes.children", module, str(its.fileno())),
            cwd=ROOT, pass_fds=(its.fileno(),),
        )  # fmt: skip
        its.close()
        made = Nursery(mine)
        try:
            yield made
        finally:
            await made.close()
            mine.close()
            await asyncio.to_thread(process.wait)


def _fork_for_ever(module: str, line: socket.socket) -> None:
    main = importlib.import_module(module).main
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    while True:
        told, numbers, _flags, _address = socket.recv_fds(line, MOST, 1)
        if not told:
            return
        pid = os.fork()
        if pid == 0:
            line.close()
            _be_a_child(main, json.loads(told), numbers[0])
        os.close(numbers[0])
        line.send(str(pid).encode())


def _be_a_child(main: object, words: Sequence[str], output: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(output, 1)
    os.close(output)
    assert callable(main)
    ended = 1
    try:
        main(*words)
        ended = 0
    except Exception:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        os._exit(ended)


if __name__ == "__main__":
    _fork_for_ever(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
