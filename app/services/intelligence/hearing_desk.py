"""The owner's hearing model: which files there are, which is chosen, and how it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import AppError, NotFound
from app.domain.events import HearingChanged, SettingsChanged
from app.domain.intelligence import HearingState, HearingTrial, ModelPhase, SpeechFile
from app.runtime.bus import EventBus
from app.services.intelligence.model_files import paths_of, phase_of
from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

SECTION: Final = "intelligence"


class Runner(Protocol):
    """What hears, at work."""

    def installed(self) -> bool:
        """Whether its engine is here."""

    def phase(self) -> ModelPhase:
        """How it stands, for the file that is chosen."""

    async def try_out(self, path: Path) -> HearingTrial:
        """Load a file and let it hear a sentence; raises what keeps it from it."""

    async def rest(self) -> None:
        """Give its memory back."""


class HearingDesk:
    """Keeps the state of what hears true. Lives on the service loop.

    `folder` tells where files are looked for: the one of all models.
    """

    def __init__(
        self,
        bus: EventBus,
        settings: SettingsService,
        runner: Runner,
        check: Callable[[Path], SpeechFile],
        folder: Callable[[], Path],
    ) -> None:
        self._bus = bus
        self._settings = settings
        self._runner = runner
        self._check = check
        self._folder = folder
        self._state = HearingState()
        self._work: asyncio.Task[None] | None = None
        bus.on(SettingsChanged, self._on_settings)

    async def state(self) -> HearingState:
        """Look at the folder and the engine anew."""
        files = await asyncio.to_thread(self._files)
        here = await asyncio.to_thread(self._runner.installed)
        self._set(installed=here, files=files, folder=str(self._folder()))
        self.refresh()
        return self._state

    def refresh(self) -> None:
        """How it stands has changed."""
        chosen = self._settings.current.intelligence.speech
        phase = phase_of(chosen, self._state.files, self._runner.phase)
        self._set(chosen=chosen, phase=phase)

    async def choose(self, path: str) -> None:
        """Hear with this file from now on; an empty path: none. `NotFound`: it is not listed."""
        if path and all(file.path != path or file.problem for file in self._state.files):
            raise NotFound("errors.model_file_missing", name=Path(path).name)
        await self.cancel()
        await self._settings.set(SECTION, "speech", path)
        self._set(failure="", failure_args={}, trial=None)
        self.refresh()

    def try_out(self) -> None:
        """Try the chosen file in the background; the state tells how it did."""
        path = Path(self._state.chosen)
        if self._work is None and self._state.chosen:
            self._set(trying=True, trial=None, failure="", failure_args={})
            self._work = asyncio.get_running_loop().create_task(self._try(path))

    async def cancel(self) -> None:
        """Stop trying."""
        work = self._work
        if work is not None:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            self._ended()  # one that had not begun yet did not say so itself

    async def stop(self) -> None:
        """Stop whatever goes on."""
        await self.cancel()

    async def _try(self, path: Path) -> None:
        try:
            self._set(trial=await self._runner.try_out(path))
        except AppError as error:
            log.info("What hears was tried: %s", error)
            self._set(failure=error.key, failure_args=dict(error.args_map))
        finally:
            self._ended()

    def _ended(self) -> None:
        self._work = None
        self._set(trying=False)
        self.refresh()

    def _files(self) -> tuple[SpeechFile, ...]:
        """Blocking. Every hearing model in the folder, and the chosen one wherever it is."""
        chosen = self._settings.current.intelligence.speech
        found = paths_of(self._folder(), "*.bin", chosen)
        return tuple(self._check(path) for path in found)

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == SECTION:
            self.refresh()

    def _set(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]  # fields by name
        if state != self._state:
            self._state = state
            self._bus.publish(HearingChanged(state))
