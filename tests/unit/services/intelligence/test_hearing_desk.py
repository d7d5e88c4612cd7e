"""What hears: files found, one chosen, a trial, and all of it told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.domain.errors import NotFound, ToolFailed
from app.domain.events import HearingChanged
from app.domain.intelligence import HearingState, HearingTrial, ModelPhase
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.intelligence.hearing_desk import HearingDesk
from app.services.settings.service import SettingsService
from app.thinking import speech_file
from tests.fakes import ggml

TRIAL = HearingTrial(0.4, 6.0, 300_000_000, "Hello.")


class Runner:
    def __init__(self) -> None:
        self.here = True
        self.now = ModelPhase.RESTING
        self.tried: list[Path] = []
        self.failure: Exception | None = None
        self.gate: asyncio.Event | None = None

    def installed(self) -> bool:
        return self.here

    def phase(self) -> ModelPhase:
        return self.now

    async def try_out(self, path: Path) -> HearingTrial:
        self.tried.append(path)
        if self.gate is not None:
            await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        return TRIAL

    async def rest(self) -> None:
        """Nothing to give back."""


class Desk:
    def __init__(self, paths: Paths, folder: Path) -> None:
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.runner = Runner()
        self.told: list[HearingState] = []
        self.bus.on(HearingChanged, lambda event: self.told.append(event.state))
        self.desk = HearingDesk(self.bus, self.settings, self.runner, speech_file, lambda: folder)

    async def until(self, right: Callable[[HearingState], bool]) -> HearingState:
        while not self.told or not right(self.told[-1]):  # noqa: ASYNC110 - told by the bus
            await asyncio.sleep(0.005)
        return self.told[-1]


@pytest.fixture
async def world(paths: Paths, tmp_path: Path) -> AsyncIterator[Desk]:
    folder = tmp_path / "models"
    folder.mkdir()
    ggml.write(folder / "ggml-base.bin", ggml.Tiny(layers=6))
    (folder / "a film.bin").write_bytes(b"no model")
    (folder / "words.gguf").write_bytes(b"GGUF")
    made = Desk(paths, folder)
    made.settings.load()
    yield made
    await made.desk.stop()


async def test_files_are_looked_into(world: Desk) -> None:
    state = await world.desk.state()
    assert [(file.name, file.problem) for file in state.files] == [
        ("a film.bin", "errors.model_file_no_whisper"), ("Whisper base", ""),
    ]  # fmt: skip
    assert (state.installed, state.phase) == (True, ModelPhase.NONE)
    assert world.told[-1] == state


async def test_one_is_chosen_and_kept(world: Desk) -> None:
    state = await world.desk.state()
    bad, good = (file.path for file in state.files)
    for wrong in (bad, "/nowhere.bin"):
        with pytest.raises(NotFound):
            await world.desk.choose(wrong)
    await world.desk.choose(good)
    assert world.settings.current.intelligence.speech == good
    assert world.settings.current.intelligence.model == ""
    assert (world.told[-1].chosen, world.told[-1].phase) == (good, ModelPhase.RESTING)
    Path(good).unlink()
    assert (await world.desk.state()).phase is ModelPhase.GONE
    await world.desk.choose("")
    assert (await world.desk.state()).phase is ModelPhase.NONE


async def test_a_trial_is_told_with_what_went_wrong(world: Desk) -> None:
    state = await world.desk.state()
    world.desk.try_out()  # nothing is chosen
    assert world.runner.tried == []
    await world.desk.choose(state.files[1].path)
    world.desk.try_out()
    assert world.told[-1].trying
    assert (await world.until(lambda now: now.trial is not None and not now.trying)).trial == TRIAL
    world.runner.failure = ToolFailed("errors.model_hung", name="Base", seconds=300.0)
    world.desk.try_out()
    failed = await world.until(lambda now: bool(now.failure) and not now.trying)
    assert (failed.failure, failed.failure_args["name"], failed.trial) == (
        "errors.model_hung", "Base", None,
    )  # fmt: skip


async def test_a_trial_can_be_stopped(world: Desk) -> None:
    state = await world.desk.state()
    await world.desk.choose(state.files[1].path)
    world.runner.gate = asyncio.Event()
    world.desk.try_out()
    world.desk.try_out()  # once is enough
    await world.until(lambda now: now.trying)
    await world.desk.cancel()
    assert not world.told[-1].trying
    assert len(world.runner.tried) <= 1
