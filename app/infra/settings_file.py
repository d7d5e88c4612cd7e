"""The settings file: TOML, replaced whole, with the generation before it kept beside it."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Unavailable
from app.domain.settings import Document, Problem
from app.infra.atomic import replace_file

log = logging.getLogger(__name__)

LARGEST = 1_000_000
HEADER = (
    "# Settings of Sokoul. Written by the station; values left at their default are not here.\n"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the file held, and what went wrong on the way."""

    document: Document
    problems: tuple[Problem, ...] = ()


class SettingsFile:
    """Reads and writes one settings file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._backup = path.with_name(f"{path.name}.bak")

    def load(self) -> Loaded:
        """Read the file; never raises.

        A broken file is moved aside, and the generation before it is used, or no values at all.
        """
        try:
            return Loaded(_read(self._path))
        except FileNotFoundError:
            return Loaded({})
        except OSError as error:
            log.warning("The settings cannot be read: %s", error)
            problem = Problem("file", "settings.problem.unreadable", {"path": str(self._path)})
            return Loaded({}, (problem,))
        except ValueError as error:
            log.warning("The settings file is broken: %s", error)
            return self._recover()

    def peek(self) -> Document:
        """What it holds, or the generation before it, or nothing; never raises, moves nothing."""
        for path in (self._path, self._backup):
            try:
                return _read(path)
            except FileNotFoundError:
                break  # as when it is loaded: the owner took it away
            except (OSError, ValueError):
                continue
        return {}

    def save(self, document: Document) -> None:
        """Replace the file; `Unavailable` when the disk refuses, the old one is then untouched."""
        import tomli_w

        text = HEADER + tomli_w.dumps(document)
        try:
            replace_file(self._path, text.encode(), keep_previous=True)
        except OSError as error:
            raise Unavailable(
                "errors.settings_not_saved", path=str(self._path), reason=error.strerror or ""
            ) from error

    def _recover(self) -> Loaded:
        aside = self._path.with_name(f"{self._path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
        args: dict[str, object] = {"path": str(aside)}
        try:
            self._path.replace(aside)
        except OSError as error:
            log.warning("The broken settings file cannot be moved: %s", error)
            args = {"path": str(self._path)}
        try:
            previous = _read(self._backup)
        except (OSError, ValueError):
            return Loaded({}, (Problem("file", "settings.problem.broken", args),))
        return Loaded(previous, (Problem("file", "settings.problem.restored", args),))


def _read(path: Path) -> Document:
    import tomllib

    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("too large")
    return tomllib.loads(data.decode())
