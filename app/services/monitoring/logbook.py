"""The live log: the newest lines of every part, found by level, part and words, and saved."""

from __future__ import annotations

import asyncio
import logging
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import Unavailable, Unsupported
from app.domain.log_lines import DEBUG, LogLine, level_word
from app.infra.atomic import replace_file
from app.infra.log_ring import LogRing, Row
from app.services.budget.export import free
from app.services.monitoring import old_log

log = logging.getLogger(__name__)

FILE_NAME: Final = "sokoul-log.txt"


class Bundles(Protocol):
    """Whoever gathers what a report of a bug needs."""

    async def bundle(self, path: Path) -> Path:
        """Write it into a file or folder; returns where it is."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are wanted. `part` "provider" means every "provider …" too; "" is all."""

    level: int = DEBUG
    part: str = ""
    text: str = ""


class Logbook:
    """The newest 100,000 lines. What is no coroutine is safe from every thread and quick.

    `start()` puts below them what earlier runs wrote into the file `log`.
    """

    def __init__(
        self, ring: LogRing, log: Path | None = None, bundles: Bundles | None = None
    ) -> None:
        self._ring, self._log, self._bundles = ring, log, bundles

    async def start(self) -> None:
        """Read what earlier runs wrote, a few megabytes of it, in a thread."""
        if self._log is None:
            return
        before = math.floor(self._ring.began * 1000) / 1000  # the file tells milliseconds
        older = await asyncio.to_thread(old_log.read_before, self._log, before)
        put = self._ring.put_below(older)
        log.debug("%d lines of earlier runs are in the log", put)

    def first(self) -> int:
        """The number of the oldest line there is; it falls once, when earlier runs are read."""
        return self._ring.first()

    def last(self) -> int:
        """The number of the newest line; less than `first()` while there is none."""
        return self._ring.last()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that have said something, by name."""
        return self._ring.parts()

    def after(self, number: int, most: int = 5000) -> tuple[LogLine, ...]:
        """The lines that came after one, the oldest first, at most so many."""
        start = max(number + 1, self._ring.first())
        return tuple(map(LogLine._make, self._ring.rows(start, start + most)))

    def lines(self, numbers: Iterable[int]) -> tuple[LogLine, ...]:
        """The lines of these numbers, without those that are gone by now."""
        ring = self._ring
        rows = (row for number in numbers for row in ring.rows(number, number + 1))
        return tuple(map(LogLine._make, rows))

    def find(self, start: int, end: int, sought: Sought) -> array[int]:
        """The numbers of what is wanted, from `start` up to but without `end`.

        Takes about 0.3 ms for a thousand lines: a caller with a window looks at some at a time.
        """
        level, part, rows = sought.level, sought.part, self._ring.rows(start, end)
        if part:
            group = f"{part} "
            rows = [row for row in rows if row[3] == part or row[3].startswith(group)]
        if level > DEBUG:
            rows = [row for row in rows if row[2] >= level]
        needle = sought.text.casefold()
        if needle:
            rows = [row for row in rows if _has(row, needle)]
        return array("q", [row[0] for row in rows])

    async def save(self, path: Path, lines: Sequence[int]) -> Path:
        """Write the lines of these numbers as text into a file, or into a folder.

        Never over a file that is there. Returns where it is; `Unavailable` when it cannot be.
        """
        return await asyncio.to_thread(self._save, path, lines)

    async def bundle(self, path: Path) -> Path:
        """Write what a report of a bug needs; see `Diagnostics`. `Unsupported` without one."""
        if self._bundles is None:
            raise Unsupported("errors.log_no_bundle")
        return await self._bundles.bundle(path)

    def _save(self, path: Path, numbers: Sequence[int]) -> Path:
        told = "".join(f"{text_of(line)}\n" for line in self.lines(numbers))
        try:
            target = free(path / FILE_NAME if path.is_dir() else path)
            replace_file(target, told.encode("utf-8", "backslashreplace"))
        except OSError as error:
            reason = error.strerror or ""
            raise Unavailable("errors.log_save", path=str(path), reason=reason) from error
        return target


def text_of(line: LogLine) -> str:
    """A line as text: when (local), level, part, message; what belongs to it below, indented."""
    at = datetime.fromtimestamp(line.at).astimezone().isoformat(" ", "milliseconds")
    told = f"{at} {level_word(line.level):<5} {line.part}: {line.message}"
    return told + "".join(f"\n    {row}" for row in line.more.split("\n")) if line.more else told


def _has(row: Row, needle: str) -> bool:
    return needle in row[4].casefold() or bool(row[5] and needle in row[5].casefold())
