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

from app.infra.paths import Paths

if TYPE_CHECKING:
    import asyncio

BYTES: Final = 5 * 1024 * 1024
KEPT: Final = 3
LONGEST: Final = 16_000
"""Characters of one message; a page of somebody's HTML must not fill the log."""

_HIDDEN: Final = "[hidden]"
_NAMES: Final = (
    r"(?:api[_\-]?key|apikey|[\w\-]*token|[\w\-]*secret[\w\-]*|pass(?:word|wd|phrase|key)|pwd|"
    r"torrent_pass|authkey|auth_key|rsskey|private_key|credentials?|session(?:_?id)?|sid|sig|"
    r"signature|refresh|oauth_verifier|code_verifier)"
)
_PATTERNS: Final = (
    # Headers, also as they look inside a printed dict or list of pairs.
    (
        re.compile(
            r"(?i)((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-[\w\-]*token)"
            r"(['\"]?\s*[:=,]\s*['\"]?)(?:b')?[^'\"\r\n]+"
        ),
        rf"\1\2{_HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic|digest)\s+[A-Za-z0-9._~+/=\-]{6,}"), rf"\1 {_HIDDEN}"),
    # name=value, "name": "value", name: value, ('name', 'value')
    (
        re.compile(
            rf"(?i)((?:\b|(?<=%3F)|(?<=%26)){_NAMES}['\"]?\s*(?:=|:|%3D|,\s*(?=['\"]))\s*)(\"[^\"]*\"|'[^']*'|[^\s&,;'\")}}\]]+)"
        ),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.\-]*://)[^\s/@:]*:[^\s/@]+@"), rf"\1{_HIDDEN}@"),
    # A tracker's passkey is a part of its path, in plain or inside a magnet link.
    (
        re.compile(
            r"(?i)((?:/|%2F)(?:announce(?:\.php)?(?:/|%2F))?)[0-9a-z]{24,64}((?:/|%2F)(?:announce|scrape))"
        ),
        rf"\1{_HIDDEN}\2",
    ),
    (re.compile(r"(?i)((?:/|%2F)announce(?:\.php)?(?:/|%2F))[0-9a-z]{16,64}"), rf"\1{_HIDDEN}"),
    # Keys known by their looks.
    (re.compile(r"\beyJ[\w\-]{8,}\.[\w\-]{4,}\.[\w\-]*"), _HIDDEN),
    (re.compile(r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_\-]{16,}|\bgh[pousr]_[A-Za-z0-9]{20,}"), _HIDDEN),
    (re.compile(r"\bAIza[\w\-]{30,}|\bxox[abprs]-[\w\-]{10,}|\bya29\.[\w\-]{20,}"), _HIDDEN),
    (re.compile(r"\b\d{8,12}:[A-Za-z0-9_\-]{30,}"), _HIDDEN),
)
_EXPECTED: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def redact(text: str) -> str:
    """The text without what looks like a password, a token, a key or a tracker's passkey."""
    for pattern, into in _PATTERNS:
        text = pattern.sub(into, text)
    return text


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, thread, message, error, own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Tell the record as JSON, redacted."""
        told: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": redact(_message(record)[:LONGEST]),
        }
        if record.exc_info:
            told["error"] = redact(self.formatException(record.exc_info)[-LONGEST:])
        for name, value in vars(record).items():
            if name not in _EXPECTED:
                told[name] = redact(f"{name}={value}"[:LONGEST]).removeprefix(f"{name}=")
        return json.dumps(told, ensure_ascii=True)


class PlainFormatter(logging.Formatter):
    """A line for people on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Tell the record in words, redacted and without control characters."""
        line = f"{record.levelname.lower()}: {record.name}: {_message(record)[:LONGEST]}"
        line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", line)
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return redact(line)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - a wrong log call must not end the caller
        return f"{record.msg!r} (could not be told: {error!r})"


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


def setup(paths: Paths, *, verbose: bool = False, level: str = "info") -> None:
    """Send all logs to the station's file, and to the terminal when asked or when there is one.

    `level` is a name such as "info"; `verbose` means "debug" and always tells the terminal too.
    Calling it again replaces what an earlier call set up.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, TurningFile | _Terminal):
            root.removeHandler(handler)
            handler.close()
    wanted = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    root.setLevel(logging.DEBUG if verbose else wanted)
    file = TurningFile(paths.log)
    file.setFormatter(JsonFormatter())
    root.addHandler(file)
    if verbose or sys.stderr.isatty():
        terminal = _Terminal(sys.stderr)
        terminal.setFormatter(PlainFormatter())
        terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
        root.addHandler(terminal)
    for talkative in ("asyncio", "httpx", "httpcore", "aiosqlite", "PIL", "watchdog", "sqlalchemy"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    _watch_uncaught()


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
