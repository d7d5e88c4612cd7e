"""Builds what thinks for the station: the local model, services, the budget, meaning.

A part of the composition root, for `app.main` alone.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.budget import PaidCall, limits_of
from app.domain.errors import AppError, Unavailable
from app.domain.intelligence import (
    HearingTrial,
    ModelFile,
    ModelPhase,
    ModelTrial,
    SpeechFile,
    Task,
)
from app.domain.meaning import MeaningWishes
from app.infra.embedding.client import Embedding
from app.infra.ffmpeg.facts import facts
from app.infra.frame_text import FrameReader
from app.infra.hearing.ear import LocalEar
from app.infra.hearing.ear import installed as can_hear
from app.infra.hearing.ggml import check as check_speech
from app.infra.hearing.sound import SoundFiles
from app.infra.llm import engine as engines
from app.infra.llm.gguf import check
from app.infra.llm.model import Choice, LocalModel, State
from app.services.budget.service import UNSURE, Bill, BudgetService
from app.services.casting.subtitles import Letters
from app.services.intelligence.asking import Asker
from app.services.intelligence.desk import ModelDesk
from app.services.intelligence.dialogue import Dialogue
from app.services.intelligence.hearing import Hearer
from app.services.intelligence.hearing_desk import HearingDesk
from app.services.intelligence.routing import named_for, policy_of
from app.services.intelligence.service import IntelligenceService, Sources
from app.services.intelligence.store import AnswerStore
from app.services.intelligence.videos import Senses, VideoTeller
from app.services.meaning.knowing import knower
from app.services.meaning.service import MeaningService

if TYPE_CHECKING:
    from app.domain.intelligence import Policy
    from app.domain.settings_sections import Intelligence
    from app.infra.database.engine import Database
    from app.infra.paths import Paths
    from app.runtime.bus import EventBus
    from app.services.library.service import LibraryService
    from app.services.playback.service import PlaybackService
    from app.services.plugins.service import PluginService
    from app.services.settings.service import SettingsService

PHASES = {
    State.ABSENT: ModelPhase.RESTING,
    State.NO_FILE: ModelPhase.GONE,
    State.RESTING: ModelPhase.RESTING,
    State.LOADING: ModelPhase.LOADING,
    State.READY: ModelPhase.READY,
    State.BUSY: ModelPhase.BUSY,
}


@dataclass(frozen=True, slots=True)
class Mind:
    """What thinks."""

    intelligence: IntelligenceService
    models: ModelDesk
    budget: BudgetService
    meaning: MeaningService
    model: LocalModel
    hearing: HearingDesk
    ear: LocalEar
    embedding: Embedding
    hearer: Hearer
    videos: VideoTeller

    async def start(self) -> None:
        """Start it; no model is loaded before somebody asks."""
        await self.budget.start()
        await self.meaning.start()

    def leaving(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        """What is stopped, in that order, by name."""
        return (
            ("desk of models", self.models.stop),
            ("local model", self.model.close),
            ("desk of hearing", self.hearing.stop),
            ("hearing", self.ear.close),
            ("meaning", self.meaning.stop),
            ("budget", self.budget.close),
        )


class _Engine:
    """The engine, as the desk knows it."""

    def installed(self) -> bool:
        return engines.installed()

    async def build(self, on_step: Callable[[str, float], None]) -> None:
        def told(step: engines.Step) -> None:
            on_step(step.stage.value, step.done)

        await engines.build(told, vulkan=engines.can_build_vulkan())


class _Runner:
    """The local model, as the desk knows it."""

    def __init__(self, model: LocalModel) -> None:
        self._model = model

    def phase(self) -> ModelPhase:
        return PHASES[self._model.status().state]

    async def try_out(self, path: Path) -> ModelTrial:
        done = await self._model.try_out(path)
        return ModelTrial(done.load_seconds, done.first_seconds, done.write_per_second, done.memory)

    async def rest(self) -> None:
        await self._model.rest()


class _Ear:
    """What hears here, as its desk knows it."""

    def __init__(self, ear: LocalEar) -> None:
        self._ear = ear

    def installed(self) -> bool:
        return can_hear()

    def phase(self) -> ModelPhase:
        return PHASES[self._ear.status().state]

    async def try_out(self, path: Path) -> HearingTrial:
        return await self._ear.try_out(path)

    async def rest(self) -> None:
        await self._ear.rest()


class _Purse:
    """The budget, for calls of plugins: those that are cut off may have cost what they should."""

    def __init__(self, budget: BudgetService) -> None:
        self._budget = budget

    def paying(self, call: PaidCall) -> AbstractAsyncContextManager[Bill]:
        return self._budget.paying(call, unsure=(*UNSURE, Unavailable))


def build_mind(
    database: Database,
    bus: EventBus,
    settings: SettingsService,
    plugins: PluginService,
    library: LibraryService,
    playback: PlaybackService,
    paths: Paths,
) -> Mind:
    """Build it; nothing starts yet."""

    def wishes() -> Intelligence:
        return settings.current.intelligence

    def chosen() -> Choice | None:
        return Choice(Path(wishes().model)) if wishes().model else None

    def policy(task: Task) -> Policy:
        return policy_of(task, wishes().policy, wishes().routes)

    budget = BudgetService(
        database, bus, lambda: limits_of(settings.current.budget), called=plugins.name_of
    )
    embedding = Embedding(paths.cache / "meaning")
    meaning = MeaningService(
        database, bus, library, embedding, knower(library, plugins),
        lambda: MeaningWishes(wishes().learn, wishes().rest_while_playing),
    )  # fmt: skip
    model = LocalModel(chosen, lambda: wishes().unload_minutes * 60.0)
    models = ModelDesk(bus, settings, _Engine(), _Runner(model), model_file, paths.data / "models")
    model.on_change(models.refresh)
    store = AnswerStore(database)
    asker = Asker(
        plugins, model, _Purse(budget), store, policy, tell=bus.publish,
        named=lambda task: named_for(task, wishes().routes), called=plugins.name_of,
    )  # fmt: skip
    ear, hearing = _build_hearing(bus, settings, models)
    dialogue, hearer, videos = _build_videos(asker, ear, settings, paths)
    sources = Sources(library, playback, dialogue, meaning, hearer, videos)
    service = IntelligenceService(bus, asker, store, sources, lambda: language_of(settings))
    return Mind(service, models, budget, meaning, model, hearing, ear, embedding, hearer, videos)


def _build_videos(
    asker: Asker, ear: LocalEar, settings: SettingsService, paths: Paths
) -> tuple[Dialogue, Hearer, VideoTeller]:
    dialogue = Dialogue(Letters(paths.cache / "dialogue"), facts)
    hearer = Hearer(asker, ear)
    senses = Senses(facts, FrameReader(), SoundFiles(paths.cache / "sounds").of, hearer)
    videos = VideoTeller(asker, dialogue, senses, lambda: language_of(settings))
    return dialogue, hearer, videos


def _build_hearing(
    bus: EventBus, settings: SettingsService, models: ModelDesk
) -> tuple[LocalEar, HearingDesk]:
    def wishes() -> Intelligence:
        return settings.current.intelligence

    ear = LocalEar(
        lambda: Path(wishes().speech) if wishes().speech else None,
        lambda: wishes().unload_minutes * 60.0,
    )
    desk = HearingDesk(bus, settings, _Ear(ear), speech_file, lambda: models.folder)
    ear.on_change(desk.refresh)
    return ear, desk


def language_of(settings: SettingsService) -> str:
    """The owner's language, ISO 639-1: as set, or that of the machine."""
    if settings.current.look.language != "auto":
        return settings.current.look.language
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return told[:2] if told[:2].isalpha() and told[:2].islower() else "en"


def speech_file(path: Path) -> SpeechFile:
    """Blocking. What a file that hears says of itself, or why it cannot be used."""
    try:
        told = check_speech(path)
    except AppError as error:
        size = path.stat().st_size if path.exists() else 0
        return SpeechFile(
            str(path), path.name, size, problem=error.key, problem_args=dict(error.args_map)
        )
    return SpeechFile(str(path), told.name, told.bytes, told.precision, told.english_only)


def model_file(path: Path) -> ModelFile:
    """Blocking. What a file says of itself, or why it cannot be used."""
    try:
        told = check(path)
    except AppError as error:
        size = path.stat().st_size if path.exists() else 0
        return ModelFile(
            str(path), path.name, size, problem=error.key, problem_args=dict(error.args_map)
        )
    return ModelFile(
        str(path), told.name or path.stem, told.bytes, told.parameters, told.quantisation,
        told.context, told.license,
    )  # fmt: skip
