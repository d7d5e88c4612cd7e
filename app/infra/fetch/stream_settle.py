"""Gives a joined stream its name, with its subtitles beside it; a kill in between is made good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.infra.fetch import names
from app.infra.fetch.join import sync
from app.infra.fetch.part import disk_failure, find
from app.infra.fetch.parts import PartFolder
from app.infra.fetch.subtitle_fetch import beside

Letters = Sequence[tuple[str, str]]
"""Subtitles: their names in the folder of the parts, and what stands before their ending then."""


class Settled(NamedTuple):
    """Where a stream is that is here."""

    film: Path
    beside: tuple[Path, ...] = ()


def settle(parts: PartFolder, joined: Path, name: str, letters: Letters) -> Settled:
    """Blocking. Give the film its name, or the next free one. Raises `AppError` for the disk."""
    try:
        sync(joined)
        found = joined.stat()
        told = {"inode": found.st_ino, "size": found.st_size, "subtitles": list(letters)}
        parts.save(told)
        film = names.settle(joined, parts.folder, name)
        return Settled(film, beside(parts.path, letters, film))
    except OSError as error:
        raise disk_failure(error, parts.folder) from error


def settled_before(parts: PartFolder, joined: Path, told: dict[str, Any] | None) -> Settled | None:
    """Blocking. What is here, when an earlier run was ended just as the film got its name."""
    try:
        if told is None or "inode" not in told or joined.exists():
            return None
        film = find(parts.folder, int(told["inode"]), int(told["size"]))
        here = parts.sizes()
        letters = [(str(n), str(mark)) for n, mark in told.get("subtitles", ()) if n in here]
        return None if film is None else Settled(film, beside(parts.path, letters, film))
    except (OSError, ValueError, TypeError):
        return None
