"""Holds the settings of the station, changes them at once and writes them down."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain import settings as schema
from app.domain.events import NoticeLevel, NoticeRaised, SettingsChanged
from app.domain.options import Value
from app.domain.settings import Problem, Settings
from app.infra.settings_file import SettingsFile
from app.runtime.bus import EventBus

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)


class SettingsService:
    """The settings: `current` is safe to read from every thread, changes run on one loop.

    `load()` reads the file and is meant to be called once, before anything else.
    """

    def __init__(self, path: Path, bus: EventBus) -> None:
        self._file = SettingsFile(path)
        self._bus = bus
        self._current = Settings()
        self._problems: tuple[Problem, ...] = ()
        self._saving: asyncio.Lock | None = None
        self._wanted = 0
        self._saved = 0

    @property
    def current(self) -> Settings:
        """The settings now, as one unchanging value."""
        return self._current

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used of the file when it was read."""
        return self._problems

    def load(self) -> Settings:
        """Read the file; what is wrong with it never raises and is told by `tell_problems()`."""
        loaded = self._file.load()
        parsed = schema.parse(loaded.document)
        self._current = parsed.settings
        self._problems = (*loaded.problems, *parsed.problems)
        for problem in self._problems:
            log.warning("Settings: %s: %s %s", problem.where, problem.key, dict(problem.args))
        return self._current

    def tell_problems(self) -> None:
        """Publish a notice for what was wrong with the file; call it when somebody listens."""
        for problem in self._problems:
            if problem.where == "file":
                self._notice(problem.key, dict(problem.args))
        bad = [problem.where for problem in self._problems if problem.where != "file"]
        if bad:
            self._notice("settings.problem.values", {"names": ", ".join(bad[:5])})

    async def set(self, section: str, name: str, value: object) -> None:
        """Change one setting: it counts at once, and is on the disk when this returns.

        `InvalidInput` when the value cannot be; `Unavailable` when it could not be written (it
        then counts until the station ends).
        """
        before = self._current
        self._current = schema.changed(before, section, name, value)
        if self._current != before:
            await self._keep(section)

    async def set_plugin(
        self,
        plugin: str,
        *,
        enabled: bool | None = None,
        options: Mapping[str, Value] | None = None,
        of: str = "",
        name: str = "",
    ) -> None:
        """Change a plugin's switch, name or some options; see `set` for what is raised."""
        before = self._current
        self._current = schema.changed_plugin(
            before, plugin, enabled=enabled, options=options, of=of, name=name
        )
        if self._current != before:
            await self._keep("plugins")

    async def forget_plugin(self, plugin: str) -> None:
        """Forget what was chosen for a plugin."""
        before = self._current
        self._current = schema.without_plugin(before, plugin)
        if self._current != before:
            await self._keep("plugins")

    async def _keep(self, section: str) -> None:
        """Publish, then write; changes that pile up while the disk is busy are written as one."""
        import asyncio  # the window reads settings before its first paint; this comes after

        self._wanted += 1
        mine = self._wanted
        self._bus.publish(SettingsChanged(section))
        if self._saving is None:
            self._saving = asyncio.Lock()
        async with self._saving:
            if self._saved >= mine:
                return
            writing = self._wanted
            await asyncio.to_thread(self._file.save, schema.document(self._current))
            self._saved = writing

    def _notice(self, key: str, args: dict[str, object]) -> None:
        self._bus.publish(NoticeRaised(NoticeLevel.WARN, key, args))
