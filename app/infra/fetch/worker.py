"""One connection that loads stretches of a file, in a thread of its own."""

from __future__ import annotations

import logging
import random
import threading
import time
from dataclasses import dataclass
from typing import Final

from app.domain.errors import AppError, Refused, Unavailable
from app.infra.fetch.answers import STALE, BusyError, ChangedError, Seen, require, seen_in, span_of
from app.infra.fetch.part import PartFile
from app.infra.fetch.plan import ENDLESS, Plan, Task
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.wire import Line, Place, Reply, StoppedError, Wire

log = logging.getLogger(__name__)

BUFFER: Final = 1 << 20
WORTH: Final = 65_536
"""Bytes after which a connection that breaks was still worth making."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long servers are waited for. Seconds, unless said otherwise."""

    tries: int = 6
    pause: float = 0.5  # before the second try; doubles with each
    longest_pause: float = 30.0
    head: float = 30.0  # for the head of an answer, which may drip
    drip_rate: float = 4096.0  # bytes a second; a connection below it is replaced
    drip: float = 20.0
    journal: float = 2.0

    def rest(self, failures: int) -> float:
        """How long to wait after so many failures in a row; never the same for two."""
        most = min(self.longest_pause, self.pause * 2.0 ** max(0, failures - 1))
        return most * random.uniform(0.5, 1.0)


class FatalError(Exception):
    """No connection can help: the disk refuses, or the server lies. `told` is why."""

    def __init__(self, told: AppError) -> None:
        super().__init__(str(told))
        self.told = told


class Source:
    """Where a file comes from: shared by its connections, which may learn a new address."""

    def __init__(self, wire: Wire, origin: Place, seen: Seen) -> None:
        self.wire = wire
        self.origin = origin
        self.seen = seen
        self.place = seen.place


class Worker:
    """Takes stretches from the plan until nothing is left, `stop` is called or its luck ends."""

    def __init__(
        self, source: Source, plan: Plan, part: PartFile, limiter: Throttle, patience: Patience
    ) -> None:
        self._source = source
        self._plan = plan
        self._part = part
        self._limiter = limiter
        self._patience = patience
        self._line = Line(source.wire)
        self._stopped = threading.Event()
        self._window = (0.0, 0)
        self._asking: float | None = None
        self._task: Task | None = None
        self.most = ENDLESS  # bytes the file may have at most, where its length is not told

    @property
    def loading(self) -> bool:
        """Whether it loads something just now."""
        return self._task is not None

    def run(self) -> None:
        """Work to the end.

        Raises `AppError` when this connection is of no use any more, `FatalError` when none is,
        `ChangedError` when the file is another one.
        """
        view = memoryview(bytearray(BUFFER))
        failures = best = 0
        try:
            while not (self._stopped.is_set() or self._plan.over or self._plan.complete):
                task = self._plan.take(self._line.cut)
                if task is None:
                    self._plan.wait(0.5)
                    continue
                failed, pause = self._attempt(task, view)
                if failed is None:
                    failures = 0
                    continue
                # Without ranges each try begins at the start: only to get further counts.
                known = task.start if self._source.seen.ranges else best
                failures = 0 if task.at - known >= WORTH else failures + 1
                best = max(best, task.at)
                # A moment ago it gave the file: a refusal may only mean one connection too many.
                if failures >= self._patience.tries:
                    raise failed
                log.debug("A connection to %s goes again: %s", self._source.place.host, failed)
                self._stopped.wait(self._patience.rest(failures) if pause is None else pause)
        except StoppedError:
            pass
        finally:
            self._line.drop()

    def stop(self) -> None:
        """Let it end soon, from another thread."""
        self._stopped.set()
        self._line.stop()

    def look_after(self, now: float) -> None:
        """Break a connection on which hardly anything comes; called now and then by another."""
        if self._asking is not None and now - self._asking > self._patience.head:
            self._asking = now
            self._line.cut()
            return
        task = self._task
        began, count = self._window
        if task is None or self._asking is not None or not began:
            self._window = (now, 0 if task is None else task.at)
            return
        if now - began < self._patience.drip:
            return
        self._window = (now, task.at)
        slow = 0 <= task.at - count < self._patience.drip_rate * (now - began)
        if slow and self._source.seen.ranges and not self._limiter.rate:
            self._line.cut()

    def _attempt(self, task: Task, view: memoryview) -> tuple[AppError | None, float | None]:
        """Load a stretch; what went wrong, and how long the server wants to be left alone."""
        self._window = (0.0, 0)
        self._task = task
        try:
            self._load(task, view)
        except BusyError as busy:
            return busy.told, busy.seconds
        except AppError as error:
            if task.left == 0:  # it was turned elsewhere
                return None, None
            return error, None
        finally:
            self._task = None
            self._asking = None
            self._plan.leave(task)
        return None, None

    def _load(self, task: Task, view: memoryview) -> None:
        reply = self._ask(task)
        while task.left:
            want = self._limiter.take(min(len(view), task.left), self._stopped.is_set)
            if want == 0:
                raise StoppedError
            count = reply.read_into(view[:want])
            self._limiter.give_back(want - count)
            if count == 0:
                self._at_end(task, reply)
                break
            self._keep(task, view[:count])
        if reply.length != 0:
            self._line.drop()

    def _keep(self, task: Task, view: memoryview) -> None:
        end = task.at + len(view)
        try:
            if self._plan.size is None:
                if end > self.most:
                    raise Refused(
                        "errors.size_differs",
                        host=self._source.place.host, wanted=self.most, found=end,
                    )  # fmt: skip
                self._part.grow_to(end)
            self._part.write(view, task.at)
        except AppError as error:
            raise FatalError(error) from error
        self._plan.wrote(task, len(view))

    def _at_end(self, task: Task, reply: Reply) -> None:
        """Nothing more comes, though the stretch is not done."""
        if self._plan.size is None and not reply.length:
            self._plan.ended(task)
            return
        if reply.length == 0 and task.at > task.start:
            return  # the server gives less at once than was asked
        raise Unavailable("errors.server_offline", host=reply.place.host)

    def _ask(self, task: Task) -> Reply:
        seen = self._source.seen
        headers = dict(seen.condition) if seen.ranges else {}
        if seen.ranges:
            headers["Range"] = f"bytes={task.at}-{task.end - 1}"
        self._asking = time.monotonic()
        reply = self._line.get(self._source.place, headers)
        if reply.status in STALE and self._source.place != self._source.origin:
            reply.drain()  # an address that was good for a while: ask for a new one
            reply = self._line.get(self._source.origin, headers)
            if reply.status in (200, 206):
                self._source.place = reply.place
        if reply.status == 416 or (reply.status == 412 and seen.ranges):
            raise ChangedError(None)
        require(reply)
        self._judge(reply, task)
        self._asking = None
        return reply

    def _judge(self, reply: Reply, task: Task) -> None:
        """Make sure that what comes is the file that was asked for, at the place asked for."""
        seen, now = self._source.seen, seen_in(reply)
        if not now.same_as(seen.etag, seen.modified, seen.size):
            self._line.drop()
            raise ChangedError(None)
        if not seen.ranges:
            if reply.status == 206:
                raise Unavailable("errors.bad_answer", host=reply.place.host)
            return
        if reply.status == 200:
            self._line.drop()
            raise ChangedError(now)
        found = span_of(reply.headers)
        if found is None or found[0] != task.at:
            self._line.drop()
            raise Unavailable("errors.bad_answer", host=reply.place.host)
