"""Saves the picture of a moment beside the owner's other pictures."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QThreadPool, Signal

from ui import words
from ui.pages.player.engine import Engine

LONGEST = 120  # characters of a film's title in a file's name


class Screenshots(QObject):
    """Saves in a thread; `saved` brings the file's path, empty when it could not be."""

    saved = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def take(self, engine: Engine, title: str, position: float) -> None:
        """Save what is seen now."""
        self._pool.start(lambda: self.saved.emit(_save(engine, title, position)))

    def wait(self) -> None:
        """Let one that is being saved end."""
        self._pool.waitForDone(3000)


def folder() -> Path:
    """Where screenshots go: `Sokoul` in the owner's pictures."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(place) / "Sokoul"


def free_name(home: Path, title: str, position: float) -> Path:
    """A name not yet taken, such as ``Tears of Steel 0.04.12.png``."""
    clean = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else " " for c in title)
    clean = " ".join(clean.split())[:LONGEST].strip(" .") or "Sokoul"
    stem = f"{clean} {words.clock(position).replace(':', '.')}"
    path, number = home / f"{stem}.png", 2
    while path.exists():
        path, number = home / f"{stem} ({number}).png", number + 1
    return path


def _save(engine: Engine, title: str, position: float) -> str:
    try:
        home = folder()
        home.mkdir(parents=True, exist_ok=True)
        path = free_name(home, title, position)
        part = path.with_name(f".{os.getpid()}.part.png")
        if not engine.screenshot(part) or not part.exists():
            return ""
        with part.open("rb") as made:
            os.fsync(made.fileno())
        part.replace(path)
    except OSError:
        return ""
    return str(path)
