"""Looks at what thinks and what hears on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.events import HearingChanged, ModelChanged
from app.domain.health import Health, HealthState
from app.domain.intelligence import EnginePhase, HearingState, ModelPhase, ModelState
from app.runtime.bus import EventBus
from app.services.intelligence.desk import ModelDesk
from app.services.intelligence.hearing_desk import HearingDesk

MODEL: Final = "model"
HEARING: Final = "hearing"
FRESH: Final = 200.0
"""Seconds for which what the desk tells by itself is enough; then the folder is looked at."""
_LOADED: Final = (ModelPhase.READY, ModelPhase.BUSY, ModelPhase.LOADING)


class ModelCheck:
    """The language model. Follows what its desk tells. Lives on the service loop."""

    def __init__(
        self, models: ModelDesk, bus: EventBus, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._models = models
        self._clock = clock
        self._state: ModelState | None = None
        self._looked = 0.0
        bus.on(ModelChanged, self._heard)

    def _heard(self, event: ModelChanged) -> None:
        self._state = event.state

    async def look(self) -> Health:
        """How it stands; now and then its folder is looked at anew."""
        state = self._state
        if state is None or not self._looked or self._clock() - self._looked > FRESH:
            state = self._state = await self._models.state()
            self._looked = self._clock()
        if not state.chosen:
            return Health(MODEL, HealthState.OFF, "health.model.off", page="settings")
        args: dict[str, object] = {"name": _name(state)}
        wrong = _wrong(state, built=state.engine is EnginePhase.HERE)
        if wrong and not (wrong == "no_engine" and state.engine is EnginePhase.BUILDING):
            told, mend = f"health.model.{wrong}", f"health.model.{wrong}.mend"
            return Health(MODEL, HealthState.WARN, told, args, mend, page="settings")
        if state.engine is EnginePhase.BUILDING:
            return Health(MODEL, HealthState.GOOD, "health.model.building", args, page="settings")
        told = "loaded" if state.phase in _LOADED else "resting"
        if state.trial is not None and state.trial.rate:
            args["rate"] = state.trial.rate
            told += "_rate"
        return Health(MODEL, HealthState.GOOD, f"health.model.{told}", args)


class HearingCheck:
    """What makes words of speech. Follows what its desk tells. Lives on the service loop."""

    def __init__(
        self, hearing: HearingDesk, bus: EventBus, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._hearing = hearing
        self._clock = clock
        self._state: HearingState | None = None
        self._looked = 0.0
        bus.on(HearingChanged, self._heard)

    def _heard(self, event: HearingChanged) -> None:
        self._state = event.state

    async def look(self) -> Health:
        """How it stands; now and then its folder is looked at anew."""
        state = self._state
        if state is None or not self._looked or self._clock() - self._looked > FRESH:
            state = self._state = await self._hearing.state()
            self._looked = self._clock()
        if not state.chosen:
            return Health(HEARING, HealthState.OFF, "health.hearing.off", page="settings")
        args = {"name": _name(state)}
        wrong = _wrong(state, built=state.installed)
        if wrong:
            told, mend = f"health.hearing.{wrong}", f"health.hearing.{wrong}.mend"
            return Health(HEARING, HealthState.WARN, told, args, mend, page="settings")
        told = "loaded" if state.phase in _LOADED else "resting"
        return Health(HEARING, HealthState.GOOD, f"health.hearing.{told}", args)


def _wrong(state: ModelState | HearingState, *, built: bool) -> str:
    """What keeps it from work, or nothing."""
    if state.phase is ModelPhase.GONE:
        return "gone"
    if not built:
        return "no_engine"
    return "failed" if state.failure else ""


def _name(state: ModelState | HearingState) -> str:
    for file in state.files:
        if file.path == state.chosen and file.name:
            return file.name
    return Path(state.chosen).stem
