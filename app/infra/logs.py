"""The station's log: JSON lines in a file that turns over, plain text on a terminal, no secrets."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from app.infra.log_ring import LogRing
from app.infra.log_text import LONGEST as LONGEST
from app.infra.log_text import TOLD, TRACED, trace_of, words_of
from app.infra.log_text import redact as redact
from app.infra.paths import Paths

if TYPE_CHECKING:
    import asyncio

BYTES: Final = 5 * 1024 * 1024
KEPT: Final = 3
_EXPECTED: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", TOLD, TRACED}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, thread, message, error, own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Tell the record as JSON, redacted."""
        row: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": words_of(record),
        }
        if error := trace_of(record):
            row["error"] = error
        for name, value in vars(record).items():
            if name not in _EXPECTED:
                row[name] = redact(f"{name}={value}"[:LONGEST]).removeprefix(f"{name}=")
        return json.dumps(row, ensure_ascii=True)


class PlainFormatter(logging.Formatter):
    """A line for people on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Tell the record in words, redacted and without control characters."""
        line = f"{record.levelname.lower()}: {record.name}: {words_of(record)}"
        line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", line)
        if error := trace_of(record):
            line += "\n" + error
        return line


class TurningFile(logging.Handler):
    """Appends to a file of its owner only; when it is full, older ones move to `.1`, `.2`."""

    def __init__(self, path: Path, size: int = BYTES, kept: int = KEPT) -> None:
        super().__init__()
        self._path = path
        self._size = size
        self._kept = kept
        self._number = -1
        self._written = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a full or missing disk costs the line, not the station."""
        try:
            line = (self.format(record) + "\n").encode("utf-8", "backslashreplace")
            if self._number < 0:
                self._open()
            if self._written + len(line) > self._size:
                self._turn()
            self._written += os.write(self._number, line)
        except OSError:
            self._shut()

    def close(self) -> None:
        """Close the file."""
        with self.lock or contextlib.nullcontext():
            self._shut()
        super().close()

    def _open(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._number = os.open(self._path, flags, 0o600)
        self._written = os.fstat(self._number).st_size

    def _turn(self) -> None:
        self._shut()
        for index in range(self._kept - 1, -1, -1):
            older = self._named(index)
            if older.exists():
                older.replace(self._named(index + 1))
        self._open()

    def _named(self, index: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{index}") if index else self._path

    def _shut(self) -> None:
        number, self._number = self._number, -1
        if number >= 0:
            with contextlib.suppress(OSError):
                os.close(number)


def setup(paths: Paths, *, verbose: bool = False, level: str = "info") -> LogRing:
    """Send all logs to the station's file, and to the terminal when asked or when there is one.

    `level` is a name such as "info"; `verbose` means "debug" and always tells the terminal too.
    Calling it again replaces what an earlier call set up. Returns the ring that keeps the newest
    lines in memory; `ring()` finds it later.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, TurningFile | _Terminal | LogRing):
            root.removeHandler(handler)
            handler.close()
    wanted = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    root.setLevel(logging.DEBUG if verbose else wanted)
    file = TurningFile(paths.log)
    file.setFormatter(JsonFormatter())
    root.addHandler(file)
    kept = LogRing()
    root.addHandler(kept)
    if verbose or sys.stderr.isatty():
        terminal = _Terminal(sys.stderr)
        terminal.setFormatter(PlainFormatter())
        terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
        root.addHandler(terminal)
    for talkative in (
        *("asyncio", "httpx", "httpcore", "aiosqlite", "PIL", "watchdog", "sqlalchemy"),
        "alembic.runtime.plugins",
    ):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    _watch_uncaught()
    return kept


def ring() -> LogRing:
    """The ring of this process; one that stays empty when `setup` was not called."""
    handlers = logging.getLogger().handlers
    return next((one for one in handlers if isinstance(one, LogRing)), None) or LogRing(lines=1)


def set_detailed(detailed: bool) -> None:
    """Write more, or the usual, from now on; a `verbose` start stays as it is."""
    root = logging.getLogger()
    talks = any(one.level == logging.DEBUG for one in root.handlers if isinstance(one, _Terminal))
    root.setLevel(logging.DEBUG if detailed or talks else logging.INFO)


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Log what a task or callback of this loop raised and nobody awaited."""
    loop.set_exception_handler(_loop_failed)


class _Terminal(logging.StreamHandler[Any]):
    """The handler of the terminal, told apart from handlers others installed."""


def _loop_failed(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    log = logging.getLogger("asyncio.uncaught")
    told = (type(error), error, error.__traceback__) if isinstance(error, BaseException) else None
    log.error("%s", context.get("message", "An asyncio callback failed"), exc_info=told)


def _watch_uncaught() -> None:
    log = logging.getLogger("uncaught")

    def of_program(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("The program failed", exc_info=(kind, error, trace))
        if not any(isinstance(handler, _Terminal) for handler in logging.getLogger().handlers):
            sys.__excepthook__(kind, error, trace)

    def of_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_type is SystemExit or told.exc_value is None:
            return
        name = told.thread.name if told.thread else "?"
        log.error(
            "Thread %s failed", name, exc_info=(told.exc_type, told.exc_value, told.exc_traceback)
        )

    def of_nobody(told: sys.UnraisableHookArgs) -> None:
        error = told.exc_value
        log.error(
            "%s: %r",
            told.err_msg or "Ignored in",
            told.object,
            exc_info=(told.exc_type, error, told.exc_traceback) if error else None,
        )

    sys.excepthook = of_program
    threading.excepthook = of_thread
    sys.unraisablehook = of_nobody
