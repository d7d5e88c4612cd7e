"""Reads the log files of earlier runs back into lines: the newest first, and not all of them."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.log_lines import INFO, LogLine, part_of
from app.infra.log_text import LONGEST, redact

LINES: Final = 10_000
BYTES: Final = 2 * 1024 * 1024
"""So much of the files is read: some days of a quiet station."""
_OLDER: Final = 9
_LEVELS: Final = {name.lower(): level for name, level in logging.getLevelNamesMapping().items()}


def read_before(path: Path, before: float, lines: int = LINES, size: int = BYTES) -> list[LogLine]:
    """The last lines written before a time, oldest first. Broken ones are left out. May block."""
    found: list[LogLine] = []
    for text in tails(path, size):
        for written in reversed(text.split(b"\n")):
            line = _line(written)
            if line is not None and line.at < before:
                found.append(line)
            if len(found) >= lines:
                return found[::-1]
    return found[::-1]


def tails(path: Path, size: int) -> list[bytes]:
    """The end of the log, at most `size` bytes of it: of the newest file first. May block."""
    found = []
    for number in range(_OLDER):
        if size <= 0:
            break
        text = _tail(path.with_name(f"{path.name}.{number}") if number else path, size)
        if text is None:
            break
        found.append(text)
        size -= len(text)
    return found


def _tail(path: Path, size: int) -> bytes | None:
    """The last whole lines of a file; None when there is none. A link is not followed."""
    with contextlib.suppress(OSError):
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        with os.fdopen(os.open(path, flags), "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                return None
            begin = max(0, told.st_size - size)
            file.seek(begin)
            text = file.read(size)
        return text.partition(b"\n")[2] if begin else text
    return None


def _line(written: bytes) -> LogLine | None:
    if not written or len(written) > 8 * LONGEST:
        return None
    try:
        told = json.loads(written)
        at = datetime.fromisoformat(told["time"]).timestamp()
        level = _LEVELS.get(str(told["level"]), INFO)
        logger, message = str(told["logger"])[:200], redact(str(told["message"])[:LONGEST])
        more = redact(str(told.get("error", ""))[:LONGEST])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    return LogLine(0, at, level, part_of(logger), message, more, logger)
