"""The live log as the page shows it: which lines fit the filter now, and whether it goes on."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.domain.log_lines import INFO, LogLine
from app.services.monitoring.logbook import Sought
from ui.bridge import Bridge, Call

LOOK_MS = 250
SLICE = 4000
"""So many lines are looked through before the clock is asked."""
TURN_SECONDS = 0.008
"""After so long the window gets its turn again."""


class LogPort(Protocol):
    """What is asked of the log; what is no coroutine answers at once, in every thread."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that have said something."""

    def first(self) -> int:
        """The number of the oldest line."""

    def last(self) -> int:
        """The number of the newest line."""

    def lines(self, numbers: Iterable[int]) -> tuple[LogLine, ...]:
        """The lines of these numbers that are still here."""

    def find(self, start: int, end: int, sought: Sought) -> array[int]:
        """The numbers of those wanted between two."""

    def save(self, path: Path, lines: Sequence[int]) -> Coroutine[Any, Any, Path]:
        """Write them into a file."""

    def bundle(self, path: Path) -> Coroutine[Any, Any, Path]:
        """Write a report of a bug."""


class Watcher:
    """One view that looks while it is seen; it may end in any way, also with its parent."""

    def __init__(self, model: LogModel) -> None:
        self._model, self._looks = model, False

    def begin(self) -> None:
        """The view is seen."""
        if not self._looks:
            self._looks = True
            self._model.watch()

    def end(self) -> None:
        """The view is not seen any more."""
        if self._looks:
            self._looks = False
            if shiboken6.isValid(self._model):
                self._model.leave()


class LogModel(QObject):
    """Looks four times a second while somebody watches, and only at what is new.

    Several views may share it, and its filter. `numbers` are the lines that fit, in order; it is
    the same object until the filter changes.
    """

    changed = Signal()
    """`numbers` are others, or `waiting` is."""
    filter_changed = Signal()
    """`sought`, `parts` or `paused` is another."""
    saved = Signal(str)
    bundled = Signal(str)
    failed = Signal(object)

    def __init__(self, logbook: LogPort, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log, self._bridge = logbook, bridge
        self.numbers: array[int] = array("q")
        self.sought = Sought(INFO)
        self.parts: tuple[str, ...] = ()
        self.paused = False
        self.waiting = 0
        """How many new lines that fit are not shown while it is paused."""
        self.bundling = False
        self._low = self._high = self._peeked = logbook.last() + 1
        self._watchers = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._look_further)

    @property
    def watched(self) -> bool:
        """Whether it looks at all."""
        return self._watchers > 0

    @property
    def searching(self) -> bool:
        """Whether older lines are still looked through."""
        return self._low > self._log.first()

    def watch(self) -> None:
        """A view is seen now: look, and go on looking until it says `leave`."""
        self._watchers += 1
        if self._watchers == 1:
            if not self.numbers and not self.paused:  # what is newest is shown first
                self._low = self._high = self._peeked = self._log.last() + 1
            self._timer.start()
            self.look()

    def leave(self) -> None:
        """A view is not seen any more."""
        self._watchers = max(0, self._watchers - 1)
        if not self._watchers:
            self._timer.stop()
            self._more.stop()

    def set_level(self, level: int) -> None:
        """Show what is at least so grave."""
        self._seek(replace(self.sought, level=level))

    def set_part(self, part: str) -> None:
        """Show one part; "" for all."""
        self._seek(replace(self.sought, part=part))

    def set_text(self, text: str) -> None:
        """Show what has these words; "" for all."""
        self._seek(replace(self.sought, text=text.strip()))

    def show_all(self) -> None:
        """Every part, every word, as grave as is usual."""
        self._seek(Sought(INFO))

    def set_paused(self, paused: bool) -> None:
        """Show nothing new for now, or go on."""
        if paused == self.paused:
            return
        self.paused = paused
        self._peeked, self.waiting = self._high, 0
        self.filter_changed.emit()
        self.look()

    def line(self, number: int) -> LogLine | None:
        """One line; None when it is gone by now."""
        found = self._log.lines((number,))
        return found[0] if found else None

    def lines(self, numbers: Iterable[int]) -> tuple[LogLine, ...]:
        """Several of them, those that are still here."""
        return self._log.lines(numbers)

    def look(self) -> None:
        """Take what is new, let go of what is gone; `changed` tells when there was any."""
        end = time.monotonic() + TURN_SECONDS
        before = (len(self.numbers), self.waiting, self.numbers[0] if self.numbers else -1)
        gone = bisect_left(self.numbers, self._log.first())
        del self.numbers[:gone]
        if self.paused:
            self._peek()
        else:
            self._take_new(end)
        self._take_older(end)
        parts = self._log.parts
        if parts != self.parts:
            self.parts = parts
            self.filter_changed.emit()
        if before != (len(self.numbers), self.waiting, self.numbers[0] if self.numbers else -1):
            self.changed.emit()

    def save(self, folder: str, numbers: Sequence[int] | None = None) -> None:
        """Write lines into a file of a folder; those that fit the filter, or these."""
        chosen = array("q", self.numbers if numbers is None else numbers)
        coro = self._log.save(Path(folder), chosen)
        self._call(coro, lambda path: self.saved.emit(str(path)), self.failed.emit)

    def bundle(self, folder: str) -> None:
        """Write a report of a bug into a folder."""
        if not self.bundling:
            self.bundling = True
            self.filter_changed.emit()
            self._call(self._log.bundle(Path(folder)), self._on_bundled, self._on_unbundled)

    def _call(self, coro: Coroutine[Any, Any, Path], done: Any, failed: Any) -> Call:  # noqa: ANN401 - callbacks
        return self._bridge.call(coro, done, failed, self)

    def _seek(self, sought: Sought) -> None:
        if sought == self.sought:
            return
        self.sought = sought
        self.numbers = array("q")
        self._low = self._high if self.paused else self._log.last() + 1
        self._high = self._peeked = self._low
        self.waiting = 0
        self.filter_changed.emit()
        if self.paused:
            self._peek()
        self._take_older(time.monotonic() + TURN_SECONDS)
        self.changed.emit()

    def _take_new(self, end: float) -> None:
        stop = self._log.last() + 1
        self._high = max(self._high, min(self._log.first(), stop))  # what is gone was not seen
        while self._high < stop:
            upto = min(self._high + SLICE, stop)
            self.numbers.extend(self._log.find(self._high, upto, self.sought))
            self._high = upto
            if time.monotonic() > end:
                break
        self._peeked = self._high
        if self._high < stop and self._watchers:
            self._more.start()

    def _take_older(self, end: float) -> None:
        """Look through what is below the first line looked at, the newest first."""
        first, found = self._log.first(), []
        while self._low > first:
            start = max(first, self._low - SLICE)
            found.append(self._log.find(start, self._low, self.sought))
            self._low = start
            if time.monotonic() > end:
                break
        older = array("q")
        for numbers in reversed(found):
            older.extend(numbers)
        if older:
            self.numbers[:0] = older
        if self._low > first and self._watchers:
            self._more.start()

    def _look_further(self) -> None:
        many, end = len(self.numbers), time.monotonic() + TURN_SECONDS
        if not self.paused:
            self._take_new(end)
        self._take_older(end)
        if len(self.numbers) != many or not self.searching:
            self.changed.emit()

    def _peek(self) -> None:
        """Count what is new and fits, without showing it; a flood is counted bit by bit."""
        stop = min(self._log.last() + 1, max(self._peeked, self._log.first()) + SLICE)
        if stop > self._peeked:
            self.waiting += len(self._log.find(self._peeked, stop, self.sought))
            self._peeked = stop

    def _on_bundled(self, path: Path) -> None:
        self.bundling = False
        self.filter_changed.emit()
        self.bundled.emit(str(path))

    def _on_unbundled(self, error: BaseException) -> None:
        self.bundling = False
        self.filter_changed.emit()
        self.failed.emit(error)
