"""The last lines of the log in memory, for whoever looks at them now: bounded, quick, harmless."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final, TypeAlias

from app.domain.log_lines import LogLine, part_of
from app.infra.log_text import trace_of, words_of

LINES: Final = 100_000
BYTES: Final = 36 * 1024 * 1024
"""What the lines may take together; long ones make it fewer of them."""
MESSAGE: Final = 500
MORE: Final = 8_000
"""Characters of a line, and of what belongs to it: the whole of a long message, a trace."""

Row: TypeAlias = tuple[int, float, int, str, str, str, str]
"""A `LogLine` as it is kept: a bare tuple, which the collector of garbage need not look at."""

_ROW_BYTES: Final = sys.getsizeof((0,) * 7) + 8 + sys.getsizeof(1 << 40) + sys.getsizeof(0.5)
_ODD: Final = r"\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = re.compile(rf"[\x00-\x1f{_ODD}]")
_UNSEEN_BUT_LINES: Final = re.compile(rf"[\x00-\x08\x0b-\x1f{_ODD}]")
"""What would hide or turn round what is written."""
_BROKEN: Final = re.compile(r"[\ud800-\udfff]")


class LogRing(logging.Handler):
    """Keeps the newest lines, numbered as they come; safe from every thread.

    What an earlier run wrote may be put below the first line with `put_below`, so numbers begin
    at `lines` and not at 0.
    """

    def __init__(self, lines: int = LINES, size: int = BYTES) -> None:
        super().__init__()
        self._most, self._most_bytes = lines, size
        self._rows: list[Row | None] = [None] * lines
        self._first = self._next = lines
        self._bytes = 0
        self._parts: dict[str, int] = {}
        self._guard = threading.Lock()
        self.began = time.time()
        """When it began to listen, in seconds since 1970."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        try:
            self._keep(record)
        except (RecursionError, MemoryError):
            self.handleError(record)

    def first(self) -> int:
        """The number of the oldest line that is here."""
        return self._first

    def last(self) -> int:
        """The number of the newest line; one less than `first()` while there is none."""
        return self._next - 1

    def rows(self, start: int, end: int) -> list[Row]:
        """Those numbered from `start` up to but without `end`, as far as they are here."""
        with self._guard:
            start, end = max(start, self._first), min(end, self._next)
            if end <= start:
                return []
            low, high = start % self._most, end % self._most
            rows = self._rows
            found = rows[low:high] if low < high else rows[low:] + rows[:high]
        return [row for row in found if row is not None]

    def size(self) -> int:
        """About how many bytes the lines take."""
        return self._bytes

    def parts(self) -> tuple[str, ...]:
        """The parts whose lines are here, by name."""
        with self._guard:
            return tuple(sorted(part for part, many in self._parts.items() if many))

    def put_below(self, lines: Sequence[LogLine]) -> int:
        """Put lines of an earlier run below the first one, the newest last; those that have room.

        Their numbers are given here. Returns how many there was room for.
        """
        with self._guard:
            put = 0
            for line in reversed(lines):
                row = _row(self._first - 1, line.at, line.level, line.part, line.message,
                           line.more, line.logger)  # fmt: skip
                weight = _weight(row)
                full = self._next - self._first >= self._most
                if full or self._first <= 0 or self._bytes + weight > self._most_bytes:
                    break
                self._first -= 1
                self._rows[self._first % self._most] = row
                self._count(row[3], weight)
                put += 1
        return put

    def _keep(self, record: logging.LogRecord) -> None:
        logger = record.name
        text = words_of(record)
        more = trace_of(record) if record.exc_info else ""
        with self._guard:
            row = _row(self._next, record.created, record.levelno, part_of(logger), text, more,
                       logger)  # fmt: skip
            weight = _weight(row)
            place = self._next % self._most
            if self._next - self._first >= self._most:
                self._drop_first()
            self._rows[place] = row
            self._next += 1
            self._count(row[3], weight)
            while self._bytes > self._most_bytes and self._first < self._next - 1:
                self._drop_first()

    def _drop_first(self) -> None:
        place = self._first % self._most
        row = self._rows[place]
        self._rows[place] = None
        self._first += 1
        if row is not None:
            self._bytes -= _weight(row)
            self._parts[row[3]] -= 1

    def _count(self, part: str, weight: int) -> None:
        self._bytes += weight
        self._parts[part] = self._parts.get(part, 0) + 1


def _row(number: int, at: float, level: int, part: str, text: str, more: str, logger: str) -> Row:
    """A row with a message of one line, and everything else of it in `more`."""
    if text.isprintable() and len(text) <= MESSAGE:
        message = text
    else:
        message = _harmless(text.strip().split("\n", 1)[0], _UNSEEN)
        whole = _harmless(text, _UNSEEN_BUT_LINES)
        if len(message) > MESSAGE or "\n" in text.strip():
            message = message[:MESSAGE] + "…"
            more = f"{whole[:MORE]}\n{more}" if more else whole
    if more:
        more = _harmless(more, _UNSEEN_BUT_LINES)[-MORE:]
    return number, at, level, part, message, more, logger


def _harmless(text: str, unseen: re.Pattern[str]) -> str:
    return _BROKEN.sub("\N{REPLACEMENT CHARACTER}", unseen.sub(" ", text))


def _weight(row: Row) -> int:
    """About how many bytes a row takes; its names are shared with others."""
    more = sys.getsizeof(row[5]) if row[5] else 0
    return _ROW_BYTES + sys.getsizeof(row[4]) + more
