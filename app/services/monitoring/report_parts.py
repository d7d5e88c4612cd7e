"""What goes into a report of a bug, part by part: each a plain value, not yet without secrets."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import importlib.metadata
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from app.domain.health import Health
from app.domain.monitoring import Machine, Snapshot
from app.domain.options import Option, OptionKind, Value
from app.domain.settings import OPTIONS, Settings
from app.domain.version import VERSION
from app.services.plugins.model import PluginInfo

TOLD_AS_IT_IS: Final = (
    OptionKind.SWITCH,
    OptionKind.CHOICE,
    OptionKind.NUMBER,
    OptionKind.SLIDER,
)
"""What else an owner can set is his own words, and only told to be set."""
_LIBRARIES: Final = (
    *("PySide6-Essentials", "aiohttp", "httpx", "SQLAlchemy", "dbos", "libtorrent", "pychromecast"),
    *("playwright", "keyring", "pyqtgraph", "prometheus-client", "numpy", "llama-cpp-python"),
)
_MOST_NAMES: Final = 30_000
"""Of one column, the newest: a library of more titles than that is told in part."""
_NAMING: Final = frozenset({
    *("title", "name", "original_title", "path", "folder", "handle", "host", "url", "label"),
    *("place", "typed", "display", "contact", "address", "account", "mac"),
})  # fmt: skip
_LONGEST_NAME: Final = 400


def version() -> Mapping[str, object]:
    """Of the program and of what it stands on. May block."""
    found = {}
    for library in _LIBRARIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[library] = importlib.metadata.version(library)
    system = {}
    with contextlib.suppress(OSError):
        system = platform.freedesktop_os_release()
    return {
        "sokoul": VERSION, "python": platform.python_version(), "kernel": platform.release(),
        "machine": platform.machine(), "system": system.get("PRETTY_NAME", ""),
        "sqlite": sqlite3.sqlite_version, "window": "PySide6.QtWidgets" in sys.modules,
        "libraries": found,
    }  # fmt: skip


def machine(known: Machine | None, now: Snapshot | None) -> Mapping[str, object]:
    """The machine, and its newest second."""
    return {"machine": asdict(known) if known else None, "now": asdict(now) if now else None}


def health(checks: Sequence[Health]) -> list[Mapping[str, object]]:
    """What the checks found, by part."""
    return [{**asdict(one), "state": one.state.value, "args": dict(one.args)} for one in checks]


def settings(current: Settings) -> Mapping[str, object]:
    """The values that differ from the default ones; the owner's own words are only "set"."""
    told: dict[str, dict[str, object]] = {}
    for section, options in OPTIONS.items():
        for name, option in options.items():
            value = getattr(getattr(current, section), name)
            if value != option.default:
                told.setdefault(section, {})[name] = _told(option, value)
    return {**told, "unknown": sorted(current.unknown)}


def plugins(infos: Iterable[PluginInfo]) -> list[Mapping[str, object]]:
    """Every plugin, on or off, and how it is set."""
    return [
        {
            "id": one.id, "version": one.version, "enabled": one.enabled, "usable": one.usable,
            "built_in": one.built_in, "of": one.of, "capabilities": list(one.capabilities),
            "reason": one.reason or "", "reason_args": dict(one.reason_args or {}),
            "options": {
                option.name: _told(option, (one.values or {}).get(option.name, ""))
                for option in one.options
            },
        }
        for one in infos
    ]  # fmt: skip


def typed(infos: Iterable[PluginInfo], current: Settings) -> list[str]:
    """The owner's own words in settings and options: addresses, folders, names."""
    words = [one.name for one in infos if one.of]
    for one in infos:
        for option in one.options:
            value = (one.values or {}).get(option.name)
            own = isinstance(value, str) and value != option.default
            if own and option.kind not in TOLD_AS_IT_IS:
                words.append(str(value))
    for section, options in OPTIONS.items():
        for name, option in options.items():
            value = getattr(getattr(current, section), name)
            own = isinstance(value, str) and value != option.default
            if own and option.kind not in TOLD_AS_IT_IS:
                words.append(str(value))
    return [word for word in words if word.strip()]


def tables(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How many rows each table of the database has."""
    counts = {}
    for table in _tables(connection):
        with contextlib.suppress(sqlite3.Error):
            row = connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()  # noqa: S608 - a table's own name
            counts[table] = int(row[0])
    return counts


def names(connection: sqlite3.Connection) -> list[str]:
    """Titles, folders and accounts the database knows: what a report must not tell."""
    found: list[str] = []
    for table in _tables(connection):
        with contextlib.suppress(sqlite3.Error):
            columns = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
            for column in (str(row[1]) for row in columns if str(row[1]) in _NAMING):
                rows = connection.execute(
                    f"SELECT {_quoted(column)} FROM {_quoted(table)} "  # noqa: S608 - names of its own
                    "ORDER BY rowid DESC LIMIT ?",
                    (_MOST_NAMES,),
                )
                found += [told for (value,) in rows if (told := _text(value))]
    return found


def threads() -> str:
    """Where every thread is now: files and lines, no values. May block for a moment."""
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read(1_000_000).decode("utf-8", "replace")


def tasks() -> str:
    """What the tasks of the running loop wait for, a line each."""
    told = []
    for task in asyncio.all_tasks():
        work = getattr(task.get_coro(), "__qualname__", "?")
        frames = task.get_stack(limit=1)
        place = f"{frames[0].f_code.co_filename}:{frames[0].f_lineno}" if frames else "?"
        told.append(f"{work} at {place}")
    return "\n".join(sorted(told))


def failed(jobs: Iterable[Any]) -> list[Mapping[str, object]]:
    """Jobs that failed, without their titles."""
    return [
        {"kind": one.kind, "created": one.created, "ended": one.updated, "error": one.error,
         "args": dict(one.error_args)}
        for one in jobs
    ]  # fmt: skip


def _told(option: Option, value: Value) -> object:
    if option.kind in TOLD_AS_IT_IS:
        return value
    return "[set]" if value else ""


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Those with rows of their own: not what an index for searching is made of."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    searched = [name for name, sql in rows if "virtual table" in str(sql).casefold()]
    parts = tuple(f"{name}_" for name in searched)
    return sorted(
        str(name)
        for name, _ in rows
        if name not in searched and not name.startswith(("sqlite_", *parts))
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    told = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return told[:_LONGEST_NAME] if isinstance(told, str) else ""
