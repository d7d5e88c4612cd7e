"""What each part of the station takes: itself, and the programs it runs, by what they are.

A page of memory that several programs of a part share is counted once. Walking through the
programs takes a few milliseconds: this is for a thread of its own.
"""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.monitoring import PartUse
from app.infra.machine.files import content, names

STATION: Final = "station"
OTHERS: Final = "workers"
_PARTS: Final = (
    ("ffmpeg", re.compile(rb"\Aff(mpeg|probe)\Z"), re.compile(rb"(?!)")),
    (
        "browser",
        re.compile(rb"chrom|headless_shell|firefox|playwright", re.IGNORECASE),
        re.compile(rb"playwright"),
    ),
    (
        "model",
        re.compile(rb"\Allama"),
        re.compile(rb"app\.infra\.(llm|embedding)\.worker"),
    ),
    ("hearing", re.compile(rb"\Awhisper"), re.compile(rb"app\.infra\.hearing\.worker")),
    ("voice", re.compile(rb"\A(piper|espeak)"), re.compile(rb"app\.infra\.speech\.worker")),
)
"""A part, by the name of a program and by the words it was started with."""
_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class _Process:
    number: int
    name: bytes
    parent: int
    state: bytes
    ticks: int
    began: bytes


class Parts:
    """Looks at the programs; used by one thread at a time."""

    def __init__(self, root: Path, own: int) -> None:
        self._proc, self._own = root / "proc", own
        self._before: dict[tuple[int, bytes], int] = {}
        self._kinds: dict[tuple[int, bytes, bytes], str] = {}
        self._at: float | None = None
        self._tick = os.sysconf("SC_CLK_TCK")
        self._page = os.sysconf("SC_PAGE_SIZE")

    def read(self) -> tuple[PartUse, ...]:
        """Each part there is now; `cpu` since the last look, 0 at the first."""
        now = time.monotonic()
        seconds = 0.0 if self._at is None else now - self._at
        self._at = now
        private: dict[str, int] = defaultdict(int)
        shared: dict[str, int] = defaultdict(int)
        ticks: dict[str, int] = defaultdict(int)
        before, self._before = self._before, {}
        kinds, self._kinds = self._kinds, {}
        for process, part in self._with_parts(kinds):
            own, common = self._memory(process.number)
            private[part] += own
            shared[part] = max(shared[part], common)
            key = process.number, process.began
            self._before[key] = process.ticks
            # What began after the last look has spent all of its time since.
            ticks[part] += max(process.ticks - before.get(key, 0), 0) if seconds else 0
        spent = self._tick * seconds
        return tuple(
            PartUse(part, private[part] + shared[part], ticks[part] / spent if spent else 0.0)
            for part in private
        )

    def _with_parts(
        self, kinds: dict[tuple[int, bytes, bytes], str]
    ) -> Iterator[tuple[_Process, str]]:
        parts: dict[int, str] = {}
        for process in self._family():
            if process.number == self._own:
                part = STATION
            else:
                key = process.number, process.began, process.name
                part = kinds.get(key) or self._part(process, parts.get(process.parent, OTHERS))
                self._kinds[key] = part
            parts[process.number] = part
            if process.state != b"Z":
                yield process, part

    def _part(self, process: _Process, parent: str) -> str:
        words = content(self._proc / str(process.number) / "cmdline", 4096)
        for part, name, word in _PARTS:
            if name.search(process.name) or word.search(words):
                return part
        return OTHERS if parent == STATION else parent

    def _family(self) -> Iterator[_Process]:
        """The station and what it runs: each after its parent."""
        waiting, seen = [self._own], {self._own}
        listed = (self._proc / str(self._own) / "task" / str(self._own) / "children").exists()
        children = None if listed else self._all_children()
        while waiting and len(seen) < _MOST:
            number = waiting.pop()
            process = _process(number, content(self._proc / str(number) / "stat", 4096))
            if process is None:
                continue
            yield process
            found = self._children(number) if children is None else children[number]
            new = [one for one in found if one not in seen]
            seen.update(new)
            waiting += new

    def _children(self, number: int) -> list[int]:
        tasks = self._proc / str(number) / "task"
        return [
            int(word)
            for name in names(tasks)
            for word in content(tasks / name / "children").split()
            if word.isdigit()
        ]

    def _all_children(self) -> dict[int, list[int]]:
        """By parent: for a kernel that does not tell it."""
        found: dict[int, list[int]] = defaultdict(list)
        for name in names(self._proc):
            if name.isdigit():
                one = _process(int(name), content(self._proc / name / "stat", 4096))
                if one is not None:
                    found[one.parent].append(one.number)
        return found

    def _memory(self, number: int) -> tuple[int, int]:
        """Bytes of its own, and bytes it may share with others."""
        words = content(self._proc / str(number) / "statm", 256).split()
        try:
            resident, shared = int(words[1]), int(words[2])
        except (ValueError, IndexError):
            return 0, 0
        return max(resident - shared, 0) * self._page, shared * self._page


def _process(number: int, told: bytes) -> _Process | None:
    # The name stands in brackets and may hold anything, brackets too.
    begin, end = told.find(b"("), told.rfind(b")")
    words = told[end + 1 :].split()
    try:
        return _Process(
            number, told[begin + 1 : end], int(words[1]), words[0],
            int(words[11]) + int(words[12]), words[19],
        )  # fmt: skip
    except (ValueError, IndexError):
        return None
