"""Helper processes that die with us: limited, in groups of their own, ended as a whole.

Each child is started through `setpriv --pdeathsig KILL`, so the kernel kills it when the *thread*
that started it ends. Children are therefore started from the service thread (the loop's own),
which lives as long as the station. What a child starts itself is only ended with its group, when
we end it; after a kill of the station grandchildren may outlive it, unless they set the same
signal or read from a pipe that closes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.domain.errors import ToolFailed

T = TypeVar("T")
Word = str | bytes

GRACE = 5.0
"""Seconds between TERM and KILL."""
CHUNK = 65536
_DETAIL = 2000
_TIE = ("setpriv", "--pdeathsig", "KILL", "--", "sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"')
# The shell asks whether we still are the parent: we may have died before the signal was set.


@dataclass(frozen=True, slots=True)
class Limits:
    """What the kernel allows a child; None: as we have it ourselves."""

    memory: int | None = None  # bytes of address space
    cpu: int | None = None  # seconds of processor time
    files: int | None = None  # open at once
    file_size: int | None = None  # bytes of any file it writes

    def words(self) -> list[str]:
        """The limits for `prlimit`; empty without any."""
        asked = {"as": self.memory, "cpu": self.cpu, "nofile": self.files, "fsize": self.file_size}
        found = [f"--{name}={value}" for name, value in asked.items() if value is not None]
        return ["prlimit", "--core=0", *found, "--"] if found else []


@dataclass(frozen=True, slots=True)
class Completed:
    """How a child ended, and what it wrote (up to the limit)."""

    code: int
    output: bytes
    errors: bytes


class Child:
    """A long-lived child; its pipes are asyncio streams."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self._process = process

    @property
    def pid(self) -> int:
        """The process (and group) id."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._process.returncode

    @property
    def stdin(self) -> asyncio.StreamWriter:
        """What the child reads."""
        if self._process.stdin is None:
            raise RuntimeError(f"{self.name} was started without an input")
        return self._process.stdin

    @property
    def stdout(self) -> asyncio.StreamReader:
        """What the child writes."""
        if self._process.stdout is None:
            raise RuntimeError(f"{self.name} was started without an output")
        return self._process.stdout

    @property
    def stderr(self) -> asyncio.StreamReader:
        """What the child complains about."""
        if self._process.stderr is None:
            raise RuntimeError(f"{self.name} was started without an error output")
        return self._process.stderr

    async def wait(self) -> int:
        """Wait for its end and return the exit code."""
        return await self._process.wait()

    async def end(self, grace: float = GRACE) -> int:
        """End the child and its whole group: TERM, then after `grace` seconds KILL.

        Closes the pipes: what was not read yet is lost. Returns the exit code.
        """
        try:
            if self.code is None:
                self._signal(signal.SIGTERM)
                await self._exit(grace)
        finally:
            self._signal(signal.SIGKILL)  # also when we are cancelled, and for grandchildren
            await self._exit(GRACE)
            # without it a pipe that a grandchild holds stays open
            self._process._transport.close()  # type: ignore[attr-defined]  # no public way
        return -signal.SIGKILL if self.code is None else self.code

    async def _exit(self, seconds: float) -> None:
        # Not `Process.wait`: that waits for the end of pipes, too, which nobody may be reading.
        deadline = time.monotonic() + seconds
        pause = 0.001
        while self.code is None and time.monotonic() < deadline:
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.05)

    def kill(self) -> None:
        """Kill the whole group at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        # The group lives on while any of its members does, also after the child was reaped.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


async def spawn(
    argv: Sequence[Word],
    *,
    limits: Limits | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: int = asyncio.subprocess.PIPE,
    stdout: int = asyncio.subprocess.PIPE,
    stderr: int = asyncio.subprocess.PIPE,
) -> Child:
    """Start a long-lived child; the caller ends it with `Child.end`.

    The streams take the constants of `asyncio.subprocess` (PIPE, DEVNULL) or a descriptor.
    Raises ToolFailed ``errors.tool_missing`` when the program does not exist.
    """
    name = _name(argv)
    program = argv[0]
    if not await asyncio.to_thread(_exists, program, env):
        raise ToolFailed("errors.tool_missing", tool=name)
    words = [*_TIE, str(os.getpid()), *(limits or Limits()).words(), *argv]
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *words, stdin=stdin, stdout=stdout, stderr=stderr, cwd=cwd, env=env,
            start_new_session=True, limit=CHUNK,
        )
    )  # fmt: skip
    try:
        return Child(name, await asyncio.shield(starting))
    except OSError as error:
        raise ToolFailed("errors.tool_missing", tool=name, detail=str(error)) from error
    except asyncio.CancelledError:
        # A start that is broken off in its middle never comes back: it is let through, then ended.
        await asyncio.wait((starting,))
        if not starting.cancelled() and starting.exception() is None:
            await Child(name, starting.result()).end(0)
        raise


async def run(
    argv: Sequence[Word],
    *,
    timeout: float,
    stdin: bytes | None = None,
    limit_output: int = 16 * 2**20,
    limits: Limits | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    check: bool = True,
) -> Completed:
    """Run a child to its end, within `timeout` seconds and `limit_output` bytes of each stream.

    Raises ToolFailed: ``errors.tool_missing``, ``errors.tool_timeout``, ``errors.tool_chatty``
    (output over the limit) or, with `check`, ``errors.tool_failed`` (exit code not 0). In each
    case, and when the caller is cancelled, the whole group is ended first.
    """
    child = await spawn(
        argv,
        limits=limits,
        cwd=cwd,
        env=env,
        stdin=asyncio.subprocess.DEVNULL if stdin is None else asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(timeout):
            output, errors = await _together(
                _read(child.stdout, limit_output, child.name),
                _read(child.stderr, limit_output, child.name),
                _feed(child, stdin),
            )
            code = await child.wait()
    except TimeoutError as error:
        raise ToolFailed("errors.tool_timeout", tool=child.name, seconds=timeout) from error
    finally:
        await child.end()
    if check and code != 0:
        detail = errors[-_DETAIL:].decode("utf-8", "replace").strip()
        raise ToolFailed("errors.tool_failed", tool=child.name, code=code, detail=detail)
    return Completed(code, output, errors)


async def watch(child: Child, silence: float, next_word: Callable[[], Awaitable[T]]) -> T:
    """Await the child's next word; when it is silent so many seconds, end it: ToolFailed."""
    try:
        # Not `wait_for`: a cancel that comes together with the word would be lost in it.
        async with asyncio.timeout(silence):
            return await next_word()
    except TimeoutError as error:
        await child.end()
        raise ToolFailed("errors.tool_hangs", tool=child.name, seconds=silence) from error


async def _together(
    output: Awaitable[bytes], errors: Awaitable[bytes], feeding: Awaitable[None]
) -> tuple[bytes, bytes]:
    try:
        async with asyncio.TaskGroup() as group:
            first = group.create_task(_awaited(output))
            second = group.create_task(_awaited(errors))
            group.create_task(_awaited(feeding))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return first.result(), second.result()


async def _awaited(work: Awaitable[T]) -> T:
    return await work


async def _read(stream: asyncio.StreamReader, limit: int, tool: str) -> bytes:
    parts, size = [], 0
    while part := await stream.read(CHUNK):
        size += len(part)
        if size > limit:
            raise ToolFailed("errors.tool_chatty", tool=tool, bytes=limit)
        parts.append(part)
    return b"".join(parts)


async def _feed(child: Child, data: bytes | None) -> None:
    if data is None:
        return
    # A child that ends without reading everything has its reasons.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(data)
        await child.stdin.drain()
        child.stdin.close()
        await child.stdin.wait_closed()


def _name(argv: Sequence[Word]) -> str:
    return Path(os.fsdecode(argv[0])).name


def _exists(program: Word, env: Mapping[str, str] | None) -> bool:
    # setpriv would end with 127 and a message of its own.
    name = os.fsdecode(program)
    if os.sep in name:
        return os.access(name, os.X_OK)
    places = os.get_exec_path(None if env is None else dict(env))
    return any(os.access(Path(place) / name, os.X_OK) for place in places)
