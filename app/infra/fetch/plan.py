"""Who loads which stretch of a file: fair shares, what is watched first, slow ones relieved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Final

from app.domain.errors import AppError
from app.infra.fetch.spans import Spans
from app.infra.growing import Span

ENDLESS: Final = 1 << 60
"""Stands for the end of a file of which nobody knows the length."""
SHARE: Final = 1 << 20
"""No smaller stretch is given to a connection of its own, unless somebody waits for it."""
LEAST: Final = 128 << 10
STEP: Final = 4 << 20
STEP_SECONDS: Final = 1.0
"""While somebody reads, a connection comes back for new orders after this time, or `STEP` bytes."""
PATIENCE: Final = 3.0
"""Seconds; who needs longer for his last stretch is relieved by one who is twice as quick."""


@dataclass(slots=True, eq=False)
class Task:
    """A stretch that one connection loads now. `end` may come nearer while it does."""

    start: int
    end: int
    cut: Callable[[], None]
    at: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> int:
        """Bytes still to come."""
        return max(0, self.end - self.at)

    def rate(self, now: float) -> float:
        """Bytes a second so far."""
        return (self.at - self.start) / max(0.05, now - self.began)


class Plan:
    """What is here of one file, who loads what, and who wants what first. Used by many threads."""

    def __init__(self, size: int | None, connections: int, done: Spans, *, ranges: bool) -> None:
        self._lock = threading.Condition()
        self._size = size
        self._ranges = ranges
        self._connections = connections
        self._done = done
        self._tasks: list[Task] = []
        self._wishes: dict[int, tuple[Span, ...]] = {}
        self._waiting: dict[int, tuple[int, Callable[[], None]]] = {}
        self._idle = 0
        self._pace = 0.0
        self.over = False
        self.reason: AppError | None = None
        """Why it is over, where it did not end well."""

    @property
    def size(self) -> int | None:
        """Bytes of the whole, once that is known."""
        return self._size

    @property
    def complete(self) -> bool:
        """Whether everything is here."""
        with self._lock:
            return self._size is not None and self._done.reach(0) >= self._size

    @property
    def done(self) -> int:
        """How many bytes are here."""
        with self._lock:
            return self._known().total

    def known(self) -> Spans:
        """What is written now."""
        with self._lock:
            return self._known()

    def ready(self, start: int) -> int:
        """How many bytes from `start` on are here without a gap."""
        with self._lock:
            return self._reach(start) - start

    # Connections.

    def take(self, cut: Callable[[], None]) -> Task | None:
        """The next stretch to load; None when there is nothing for one more just now.

        `cut` breaks the connection that loads it; called when others need it elsewhere.
        """
        with self._lock:
            if self.over:
                return None
            span = self._wished() or self._share() or self._relief()
            if span is None:
                return None
            task = Task(span.start, span.end, cut, span.start)
            self._tasks.append(task)
            return task

    def wrote(self, task: Task, count: int) -> None:
        """Say that the next bytes of a stretch are in the file."""
        with self._lock:
            start = task.at
            task.at = max(start, min(task.end, start + count))
            told = [call for place, call in self._waiting.values() if start <= place < task.at]
        for call in told:
            call()

    def leave(self, task: Task) -> None:
        """Give a stretch back; what is left of it is somebody else's."""
        with self._lock:
            if task in self._tasks:
                self._tasks.remove(task)
                self._done.add(task.start, task.at)
                if task.at - task.start >= LEAST:
                    rate = task.rate(time.monotonic())
                    self._pace = (self._pace + rate) / 2 if self._pace else rate
            self._lock.notify_all()

    def ended(self, task: Task) -> None:
        """Say that the file ends where this stretch is: nobody knew before."""
        with self._lock:
            self._size = task.at
            task.end = task.at

    def wait(self, seconds: float) -> None:
        """Wait until there may be something to take."""
        with self._lock:
            if self.over:
                return
            self._idle += 1
            self._lock.wait(seconds)
            self._idle -= 1

    def end(self, reason: AppError | None = None) -> None:
        """Load nothing any more; whoever waits is called, and finds `over` set."""
        with self._lock:
            self.over, self.reason = True, reason
            for task in self._tasks:
                task.end = task.at
            waiting = list(self._waiting.values())
            self._lock.notify_all()
        for _place, call in waiting:
            call()

    # Readers.

    def aim(self, reader: int, wishes: Sequence[Span]) -> None:
        """Say what a reader wants next, the most urgent first; nothing forgets it."""
        with self._lock:
            if wishes:
                self._wishes[reader] = tuple(wishes)
            else:
                self._wishes.pop(reader, None)
            if self._ranges and any(self._reach(one.start) < one.end for one in wishes):
                for task in self._tasks:  # the others help with it, too
                    task.end = min(task.end, task.at + self._step())
            self._lock.notify_all()

    def await_byte(self, reader: int, place: int, call: Callable[[], None]) -> bool:
        """Call back once that byte is here; False when it is already.

        Somebody who waits has a connection turned to him at once.
        """
        with self._lock:
            if self._reach(place) > place:
                return False
            self._waiting[reader] = (place, call)
            turned = self._turn_to(place)
            self._lock.notify_all()
        if turned is not None:
            turned.cut()
        return True

    def forget(self, reader: int) -> None:
        """A reader waits no longer."""
        with self._lock:
            self._waiting.pop(reader, None)

    # Under the lock.

    def _known(self) -> Spans:
        held = self._done.copy()
        for task in self._tasks:
            held.add(task.start, task.at)
        return held

    def _step(self) -> int:
        """So many bytes a connection loads in about a second."""
        return max(LEAST, min(STEP, int((self._pace or 2 * LEAST) * STEP_SECONDS)))

    def _reach(self, start: int) -> int:
        """Follow what is here from `start` on, through stretches that are being loaded."""
        at = self._done.reach(start)
        moved = True
        while moved:
            moved = False
            for task in self._tasks:
                if task.start <= at < task.at:
                    at = self._done.reach(task.at)
                    moved = True
        return at

    def _open(self, start: int, end: int) -> list[Span]:
        """What is neither here nor being loaded."""
        held = self._done.copy() if self._tasks else self._done
        for task in self._tasks:
            held.add(task.start, task.end)
        return held.gaps(start, min(end, ENDLESS if self._size is None else self._size))

    def _open_wish(self) -> Span | None:
        """The most urgent stretch nobody loads; readers are heard by turns."""
        waited = (Span(place, place + SHARE) for place, _call in self._waiting.values())
        turns = chain.from_iterable(zip_longest(*self._wishes.values()))
        for wish in chain(waited, turns):
            if wish is not None:
                for gap in self._open(wish.start, wish.end):
                    return gap
        return None

    def _is_wished(self, task: Task) -> bool:
        waited = any(task.at <= place < task.end for place, _call in self._waiting.values())
        return waited or any(
            wish.start < task.end and task.at < wish.end
            for wishes in self._wishes.values()
            for wish in wishes
        )

    def _wished(self) -> Span | None:
        if not self._ranges:
            return None
        gap = self._open_wish()
        return None if gap is None else Span(gap.start, min(gap.end, gap.start + self._step()))

    def _share(self) -> Span | None:
        """A fair part of what nobody loads yet."""
        if not self._ranges or self._size is None:
            return None if self._tasks else Span(0, ENDLESS if self._size is None else self._size)
        gaps = self._open(0, self._size)
        if not gaps:
            return None
        if self._wishes or self._waiting:
            return Span(gaps[0].start, min(gaps[0].end, gaps[0].start + self._step()))
        most = max(gaps, key=lambda gap: gap.end - gap.start)
        missing = sum(gap.end - gap.start for gap in gaps) + sum(one.left for one in self._tasks)
        fair = max(SHARE, -(-missing // self._connections))
        return Span(most.start, min(most.end, most.start + fair))

    def _relief(self) -> Span | None:
        """Half of the longest stretch another loads, or all of it when he is slow."""
        if not self._ranges or self._size is None or not self._tasks:
            return None
        now = time.monotonic()
        task = max(self._tasks, key=lambda one: one.left)
        if task.left >= 2 * SHARE:
            middle = task.end - task.left // 2
            span = Span(middle, task.end)
            task.end = middle
            return span
        slow = max(self._tasks, key=lambda one: one.left / (one.rate(now) + 1))
        pace = max(self._pace, *(one.rate(now) for one in self._tasks))
        if slow.left == 0 or now - slow.began < PATIENCE:
            return None
        if slow.left / (slow.rate(now) + 1) < PATIENCE or slow.rate(now) * 2 > pace:
            return None
        span = Span(slow.at, slow.end)
        slow.end = slow.at
        return span

    def _turn_to(self, place: int) -> Task | None:
        """Choose who leaves his stretch for the byte somebody waits for, and make it free."""
        if not self._ranges or not self._tasks:
            return None
        now = time.monotonic()
        for task in self._tasks:
            if task.at <= place < task.end:
                if place < task.at + max(LEAST, task.rate(now) * 0.25):
                    return None  # it is about to come
                task.end = place
        if self._idle:
            return None
        free = [task for task in self._tasks if not self._is_wished(task)] or self._tasks
        turned = max(free, key=lambda one: one.left)
        turned.end = turned.at
        return turned
