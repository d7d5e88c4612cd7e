"""Where the window was and what it showed, kept in a small file between starts."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger(__name__)
LARGEST = 64 * 1024  # bytes; a larger file is not ours


@dataclass(frozen=True, slots=True)
class WindowState:
    """The window's place in logical pixels; `width` 0 means that none is known."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    maximized: bool = False
    page: str = ""


def load(path: Path) -> WindowState:
    """Read the state; anything unreadable gives a fresh one."""
    try:
        if path.stat().st_size > LARGEST:
            return WindowState()
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return WindowState()
    if not isinstance(found, dict):
        return WindowState()
    fresh = asdict(WindowState())
    good = {
        name: found[name]
        for name, default in fresh.items()
        if type(found.get(name)) is type(default)
    }
    return WindowState(**{**fresh, **good})


def save(path: Path, state: WindowState) -> None:
    """Write the state so that a kill leaves the old file or the new one; never raises."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        log.warning("The window's place could not be kept", exc_info=True)
