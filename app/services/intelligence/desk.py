"""The owner's local model: which files there are, which is chosen, and how it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import AppError, NotFound
from app.domain.events import ModelChanged, SettingsChanged
from app.domain.intelligence import (
    EnginePhase,
    ModelFile,
    ModelPhase,
    ModelState,
    ModelTrial,
)
from app.runtime.bus import EventBus
from app.services.intelligence.model_files import paths_of, phase_of
from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

SECTION: Final = "intelligence"


class Engine(Protocol):
    """The program that runs models: built once, on the owner's wish."""

    def installed(self) -> bool:
        """Whether it is here."""

    async def build(self, on_step: Callable[[str, float], None]) -> None:
        """Build it; takes minutes. Told are the stage and how far the whole is, 0 to 1.

        Cancelling stops it; it can be begun again.
        """


class Runner(Protocol):
    """The local model at work."""

    def phase(self) -> ModelPhase:
        """How it stands, for the file that is chosen."""

    async def try_out(self, path: Path) -> ModelTrial:
        """Load a file and let it answer once; raises what keeps it from it."""

    async def rest(self) -> None:
        """Give its memory back now."""


class ModelDesk:
    """Keeps the state of the local model true. Lives on the service loop."""

    def __init__(
        self,
        bus: EventBus,
        settings: SettingsService,
        engine: Engine,
        runner: Runner,
        check: Callable[[Path], ModelFile],
        usual: Path,
    ) -> None:
        self._bus = bus
        self._settings = settings
        self._engine = engine
        self._runner = runner
        self._check = check
        self._usual = usual
        self._state = ModelState()
        self._work: asyncio.Task[None] | None = None
        bus.on(SettingsChanged, self._on_settings)

    @property
    def folder(self) -> Path:
        """Where models are looked for."""
        named = self._settings.current.intelligence.folder.strip()
        return Path(named).expanduser() if named else self._usual

    async def state(self) -> ModelState:
        """Look at the folder and the engine anew."""
        files = await asyncio.to_thread(self._files)
        here = await asyncio.to_thread(self._engine.installed)
        engine = EnginePhase.HERE if here else EnginePhase.ABSENT
        if self._state.engine is EnginePhase.BUILDING and self._work is not None:
            engine = EnginePhase.BUILDING
        self._set(engine=engine, files=files, folder=str(self.folder))
        self.refresh()
        return self._state

    def refresh(self) -> None:
        """How the model stands has changed."""
        chosen = self._settings.current.intelligence.model
        phase = phase_of(chosen, self._state.files, self._runner.phase)
        self._set(chosen=chosen, phase=phase)

    async def choose(self, path: str) -> None:
        """Use this file from now on; an empty path: none. `NotFound` when it is not listed."""
        if path and all(file.path != path or file.problem for file in self._state.files):
            raise NotFound("errors.model_file_missing", name=Path(path).name)
        await self._settings.set(SECTION, "model", path)
        await self._runner.rest()
        self._set(failure="", failure_args={}, trial=None)
        self.refresh()

    def build(self) -> None:
        """Build the engine in the background; the state tells how it goes."""
        if self._work is None:
            self._set(
                engine=EnginePhase.BUILDING, failure="", failure_args={}, stage="", progress=0.0
            )
            self._begin(self._build)

    def try_out(self) -> None:
        """Try the chosen file in the background; the state tells how it did."""
        path = Path(self._state.chosen)
        if self._work is None and self._state.chosen:
            self._set(trying=True, trial=None, failure="", failure_args={})
            self._begin(lambda: self._try(path))

    async def cancel(self) -> None:
        """Stop building or trying."""
        work = self._work
        if work is not None:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            self._ended()  # one that had not begun yet did not say so itself

    async def stop(self) -> None:
        """Stop whatever goes on."""
        await self.cancel()

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = asyncio.get_running_loop().create_task(self._run(work))

    async def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except AppError as error:
            log.info("The local model: %s", error)
            self._set(failure=error.key, failure_args=dict(error.args_map))
        finally:
            self._ended()

    def _ended(self) -> None:
        self._work = None
        here = self._engine.installed()
        self._set(engine=EnginePhase.HERE if here else EnginePhase.ABSENT, trying=False)
        self.refresh()

    async def _build(self) -> None:
        await self._engine.build(lambda stage, done: self._set(stage=stage, progress=done))

    async def _try(self, path: Path) -> None:
        self._set(trial=await self._runner.try_out(path))

    def _files(self) -> tuple[ModelFile, ...]:
        """Blocking. Every model in the folder, and the chosen one wherever it is."""
        chosen = self._settings.current.intelligence.model
        found = paths_of(self.folder, "*.gguf", chosen)
        return tuple(self._check(path) for path in found)

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == SECTION:
            self.refresh()

    def _set(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]  # fields by name
        if state != self._state:
            self._state = state
            self._bus.publish(ModelChanged(state))
