"""Long-lived worker processes that parse names and look into media files, safely and fast."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import ToolFailed
from app.runtime.worker_environment import worker_environment

log = logging.getLogger(__name__)

WORKERS = min(4, os.cpu_count() or 1)
IDLE_SECONDS = 20.0
START_SECONDS = 20.0
AHEAD = 8
"""Requests a worker may have waiting, so that it never waits for us."""

MAX_ANSWER = 1 << 19


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a worker; `path` is opened here and handed over as a descriptor."""

    op: str
    args: dict[str, Any]
    path: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker told. `note` is a key under ``notes.`` when the file is not good."""

    told: dict[str, Any]
    blob: bytes = b""

    @property
    def note(self) -> str | None:
        """Why there is no answer, or None."""
        return self.told.get("note")


class Probe:
    """A pool of workers for each role, started when needed and ended after a while of rest."""

    def __init__(
        self, workers: int = WORKERS, deadline: float = 15.0, idle: float = IDLE_SECONDS
    ) -> None:
        self._size = workers
        self._deadline = deadline
        self._idle = idle
        self._gates = {role: asyncio.Semaphore(workers) for role in ("names", "media")}
        self._resting: dict[str, list[_Worker]] = {"names": [], "media": []}
        self._all: set[_Worker] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._state: dict[str, bool] = {}
        self._closed = False

    @property
    def workers(self) -> int:
        """How many batches are worked on at the same time."""
        return self._size

    async def ask(self, role: str, requests: Sequence[Request]) -> list[Answer]:
        """Answer all requests in order, in one worker.

        A request that takes longer than the deadline, or ends its worker, is answered with a
        note; the others are not hurt. Raises `ToolFailed` when no worker can be started.
        """
        if not requests:
            return []
        async with self._gates[role]:
            worker = self._take(role)
            try:
                # A batch always ends: every answer has a deadline. So a cancel waits for nothing
                # here, and the worker is ended below instead of being given to somebody else.
                answers = await asyncio.to_thread(self._work, worker, requests)
            except BaseException:
                worker.end()
                self._all.discard(worker)
                raise
            self._rest(role, worker)
            return answers

    async def sandbox_state(self) -> dict[str, bool]:
        """Tell whether workers are without network, and whether their system calls are filtered."""
        if not self._state:
            await self.ask("media", [Request("ping", {})])
        return dict(self._state)

    def processes(self) -> list[int]:
        """The pids of the workers that live now."""
        return [worker.pid for worker in self._all if worker.alive]

    async def close(self) -> None:
        """End all workers now."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        for worker in tuple(self._all):
            worker.end()
        self._all.clear()
        self._resting = {"names": [], "media": []}

    def _take(self, role: str) -> _Worker:
        if self._closed:
            raise ToolFailed("errors.worker_failed", role=role)
        while self._resting[role]:
            worker = self._resting[role].pop()
            if worker.alive:
                return worker
            worker.end()
            self._all.discard(worker)
        worker = _Worker(role)
        self._all.add(worker)
        return worker

    def _rest(self, role: str, worker: _Worker) -> None:
        if self._closed:
            worker.end()
            return
        self._state.update(worker.state)
        self._resting[role].append(worker)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle, self._end_resting)

    def _end_resting(self) -> None:
        for workers in self._resting.values():
            for worker in workers:
                worker.end()
                self._all.discard(worker)
            workers.clear()

    def _work(self, worker: _Worker, requests: Sequence[Request]) -> list[Answer]:
        answers: list[Answer] = []
        while len(answers) < len(requests):
            rest = requests[len(answers) :]
            try:
                for answer in worker.serve(rest, self._deadline):
                    answers.append(answer)  # noqa: PERF402 - each must be kept when a later fails
            except _Gone as gone:
                if not gone.ready:
                    raise ToolFailed("errors.worker_failed", role=worker.role) from gone
                answers.append(Answer({"note": gone.note, "why": str(gone)}))
                try:
                    worker.restart()
                except _Gone as over:
                    raise ToolFailed("errors.worker_failed", role=worker.role) from over
                log.warning("A %s worker %s on a request", worker.role, gone)
        return answers


class _Gone(Exception):  # noqa: N818 - a state of the worker, not an error of ours
    """The worker did not answer."""

    def __init__(self, note: str, why: str, *, ready: bool = True) -> None:
        super().__init__(why)
        self.note = note
        self.ready = ready


class _Worker:
    """One process and the socket to it; used by one thread at a time."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.state: dict[str, bool] = {}
        self._ready = False
        self._over = False
        self._change = threading.Lock()
        self._begin()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def serve(self, requests: Sequence[Request], deadline: float) -> Iterator[Answer]:
        """Yield the answers in order; raises `_Gone` on the first that does not come."""
        if not self._ready:
            self._greet()
        waiting: list[Answer | None] = []  # None: the worker has been asked; else known already
        sent = 0
        while sent < len(requests) or waiting:
            while sent < len(requests) and len(waiting) < AHEAD:
                waiting.append(self._send(requests[sent]))
                sent += 1
            known = waiting.pop(0)
            yield known if known is not None else self._receive(deadline)

    def restart(self) -> None:
        """Put a new process in the place of one that failed, unless the pool ended us."""
        with self._change:
            if self._over:
                raise _Gone("notes.unreadable", "was ended", ready=False)
            self._kill()
            self._begin()

    def end(self) -> None:
        """Kill the process for good: it keeps nothing worth a goodbye."""
        with self._change:
            self._over = True
            self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)

    def _begin(self) -> None:
        self._ready = False
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (self._socket, other):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.infra.probe_worker", str(other.fileno()),
                 str(os.getpid()), self.role],
                pass_fds=[other.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                cwd="/", start_new_session=True,
                env=worker_environment(),
            )  # fmt: skip

    def _greet(self) -> None:
        try:
            told = self._receive(START_SECONDS).told
        except _Gone as gone:
            raise _Gone(gone.note, str(gone), ready=False) from gone
        self.state = {"network": bool(told["network"]), "calls": bool(told["calls"])}
        self._ready = True

    def _send(self, request: Request) -> Answer | None:
        data = json.dumps({"op": request.op, **request.args}).encode()
        handles = []
        if request.path is not None:
            try:
                handles.append(open_regular(request.path))
            except OSError as exc:
                return Answer({"note": "notes.unreadable", "why": str(exc.strerror)})
        try:
            socket.send_fds(self._socket, [data], handles)
        except OSError as exc:
            raise _Gone("notes.unreadable", f"was gone: {exc}") from exc
        finally:
            for handle in handles:
                os.close(handle)
        return None

    def _receive(self, deadline: float) -> Answer:
        self._socket.settimeout(deadline)
        try:
            data = self._socket.recv(MAX_ANSWER)
        except TimeoutError as exc:
            raise _Gone("notes.took_too_long", f"was silent for {deadline} s") from exc
        except OSError as exc:
            raise _Gone("notes.unreadable", f"was gone: {exc}") from exc
        if len(data) < 4:
            raise _Gone("notes.unreadable", "ended")
        (length,) = struct.unpack_from("<I", data)
        try:
            return Answer(json.loads(data[4 : 4 + length]), data[4 + length :])
        except ValueError as exc:
            raise _Gone("notes.unreadable", "spoke nonsense") from exc


def open_regular(path: bytes) -> int:
    """Open a regular file for reading, never following a link and never waiting for a FIFO."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "not a regular file")
    return handle
