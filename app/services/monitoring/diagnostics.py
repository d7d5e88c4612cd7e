"""Gathers what a report of a bug needs into one file, without what is nobody else's business."""

from __future__ import annotations

import asyncio
import getpass
import io
import json
import logging
import math
import os
import re
import socket
import sys
import sysconfig
import time
import zipfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from app.domain.errors import AppError, Unavailable
from app.domain.health import Health
from app.domain.monitoring import Machine, Snapshot
from app.domain.settings import Settings
from app.infra.atomic import replace_file
from app.infra.paths import Paths
from app.services.budget.export import free
from app.services.monitoring import old_log, report_parts
from app.services.monitoring.logbook import text_of
from app.services.monitoring.veil import Veil
from app.services.phrases import Phrases
from app.services.plugins.model import PluginInfo

if TYPE_CHECKING:
    import sqlite3

    from app.runtime.jobs import JobInfo

log = logging.getLogger(__name__)

LOG_BYTES: Final = 2 * 1024 * 1024
LOG_LINES: Final = 8000
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of one file of a report, at most; of what is longer the end is told."""
MOST_JOBS: Final = 50
PART_SECONDS: Final = 10.0
_ROOT: Final = Path(__file__).resolve().parents[3]
_SECRET_NAMES: Final = re.compile(r"token|secret|passw|passphrase|_key\b|apikey|credential", re.I)
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.\-]*://)?(?:[^/@\s]*@)?([\w.\-]+)(?::\d+)?(?:/|$)", re.IGNORECASE
)
_PUBLIC: Final = re.compile(r"https://([a-z0-9.\-]+)", re.IGNORECASE)

_NOBODY: Final = frozenset({"root", "home", "user", "admin", "sokoul", "nobody"})
"""Names of users that name nobody."""

Part = Callable[[], Awaitable[object]]


class Keys(Protocol):
    """Where secrets are kept."""

    async def get(self, scope: str, name: str) -> str | None:
        """A secret, or None."""


class Asked(Protocol):
    """The database, as far as it is asked here."""

    async def run_read(self, work: Callable[[sqlite3.Connection], object]) -> object:
        """Run `work` with a connection that only reads."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the parts of a report come from."""

    paths: Paths
    settings: Callable[[], Settings]
    plugins: Callable[[], Awaitable[Sequence[PluginInfo]]]
    keys: Keys
    database: Asked
    failed_jobs: Callable[[], Awaitable[Sequence[JobInfo]]]
    health: Callable[[], Sequence[Health]]
    machine: Callable[[], Machine | None]
    now: Callable[[], Snapshot | None]
    phrases: Phrases


class Diagnostics:
    """Makes the report; its coroutines run on the service loop."""

    def __init__(self, sources: Sources) -> None:
        self._from = sources

    async def bundle(self, path: Path) -> Path:
        """Write the report into a file, or under a name of its own into a folder.

        Never over a file that is there. What cannot be gathered is left out and named in its
        README. `Unavailable` when it cannot be written.
        """
        parts, missing = await self._gather()
        veil, blind = await self._veil()
        missing += blind
        told = await asyncio.to_thread(_told, parts, veil, self._readme(missing))
        return await asyncio.to_thread(_write, path, told)

    async def _gather(self) -> tuple[dict[str, object], list[str]]:
        """Every part by the name of its file, and the names of those that could not be had."""
        found: dict[str, object] = {}
        missing: list[str] = []
        for name, part in self._parts().items():
            try:
                async with asyncio.timeout(PART_SECONDS):
                    found[name] = await part()
            except Exception:  # a report is made when something is broken: the rest still helps
                log.warning("%s is not in the report", name, exc_info=True)
                missing.append(name)
        return found, missing

    def _parts(self) -> Mapping[str, Part]:
        sources = self._from

        async def of(value: object) -> object:
            return value

        async def failed() -> object:
            return report_parts.failed((await sources.failed_jobs())[:MOST_JOBS])

        async def plugins() -> object:
            return report_parts.plugins(await sources.plugins())

        return {
            "version.json": lambda: asyncio.to_thread(report_parts.version),
            "machine.json": lambda: of(report_parts.machine(sources.machine(), sources.now())),
            "health.json": lambda: of(report_parts.health(sources.health())),
            "settings.json": lambda: of(report_parts.settings(sources.settings())),
            "plugins.json": plugins,
            "database.json": lambda: sources.database.run_read(report_parts.tables),
            "jobs.json": failed,
            "threads.txt": lambda: asyncio.to_thread(report_parts.threads),
            "tasks.txt": lambda: of(report_parts.tasks()),
            "log.txt": lambda: asyncio.to_thread(_log, sources.paths.log),
        }

    async def _veil(self) -> tuple[Veil, list[str]]:
        """What hides; and what could not be asked, so that it hides less."""
        sources, blind = self._from, []
        infos: Sequence[PluginInfo] = ()
        names: list[str] = []
        try:
            infos = await sources.plugins()
            async with asyncio.timeout(PART_SECONDS):
                found = await sources.database.run_read(report_parts.names)
                names = found if isinstance(found, list) else []
        except Exception:  # see `_gather`
            log.warning("The names in the report could not be looked up", exc_info=True)
            blind.append("names")
        try:
            kept = await self._kept_secrets(infos)
        except (AppError, OSError):
            kept = []
            blind.append("secrets")
        typed = report_parts.typed(infos, sources.settings())
        given = [value for name, value in os.environ.items() if _SECRET_NAMES.search(name)]
        veil = Veil(
            secrets=[*kept, *given],
            names=[*names, *typed],
            people={_user(), sources.paths.home.name} - _NOBODY,
            hosts=[*({socket.gethostname()} - {"localhost"}), *(_host(word) for word in typed)],
            public=_public(infos),
            places=_places(sources.paths),
        )
        return veil, blind

    async def _kept_secrets(self, infos: Sequence[PluginInfo]) -> list[str]:
        """The secrets of every plugin, so that they are found wherever they stand."""
        asked = [(one.id, option.name) for one in infos for option in one.options if option.secret]
        held = [await self._from.keys.get(*each) for each in asked]
        return [one for one in held if one]

    def _readme(self, missing: Sequence[str]) -> str:
        say = self._from.phrases.say
        when = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
        told = say("report.readme", when=when)
        return f"{told}\n\n{say('report.missing', names=', '.join(missing))}" if missing else told


def _told(parts: Mapping[str, object], veil: Veil, readme: str) -> bytes:
    """The parts as a zip file, each without what it must not tell. May block."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", readme + "\n")
        for name, part in parts.items():
            if isinstance(part, str):
                text = "\n".join(veil.text(line) for line in part.splitlines())
            else:
                text = json.dumps(veil.value(part), indent=1, ensure_ascii=False, default=str)
            whole = veil.without_secrets(text).encode("utf-8", "replace")
            bundle.writestr(name, whole[-LARGEST:] if len(whole) > LARGEST else whole)
    return made.getvalue()


def _write(path: Path, content: bytes) -> Path:
    try:
        name = time.strftime("sokoul-report-%Y%m%d-%H%M%S.zip")
        target = free(path / name if path.is_dir() else path)
        replace_file(target, content)
    except OSError as error:
        reason = error.strerror or ""
        raise Unavailable("errors.report_save", path=str(path), reason=reason) from error
    return target


def _log(path: Path) -> str:
    lines = old_log.read_before(path, math.inf, LOG_LINES, LOG_BYTES)
    return "\n".join(text_of(line) for line in lines)


def _places(paths: Paths) -> Mapping[str, str]:
    """The folders of the program and of its own files, and the word for each."""
    python = sysconfig.get_paths()
    folders = {
        str(paths.config): "<config>", str(paths.data): "<data>", str(paths.cache): "<cache>",
        str(paths.state): "<state>", str(paths.runtime): "<runtime>",
        python["purelib"]: "<libraries>", python["stdlib"]: "<python>",
        sys.prefix: "<environment>", str(_ROOT): "<sokoul>",
    }  # fmt: skip
    long = {folder: word for folder, word in folders.items() if len(folder) > 1}
    home = str(paths.home)
    return {**long, home: "~"} if len(home) > 1 else long


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user the machine has no name for
        return ""


def _host(word: str) -> str:
    """The machine an owner's word leads to; "" when it leads to none."""
    found = re.match(
        r"(?:[a-z][a-z0-9+.\-]*://)?(?:[^/@\s]*@)?([\w.\-]+)(?::\d+)?(?:/|$)", word, re.I
    )
    return found[1] if found and "." in found[1] or found and "://" in word else ""


def _public(infos: Sequence[PluginInfo]) -> set[str]:
    """The sites the station's own plugins name themselves; everybody has these."""
    named = [text for one in infos if one.built_in for text in (one.docs, one.terms)]
    return {found[1].removeprefix("www.") for text in named for found in _PUBLIC.finditer(text)}
