"""The local model: files found, one chosen, the engine built, a trial, and all of it told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import NotFound, ToolFailed, Unavailable
from app.domain.events import ModelChanged
from app.domain.intelligence import EnginePhase, ModelFile, ModelPhase, ModelState, ModelTrial
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.intelligence.desk import ModelDesk
from app.services.settings.service import SettingsService

TRIAL = ModelTrial(1.0, 0.5, 9.0, 2_000_000_000)


class Engine:
    def __init__(self) -> None:
        self.here = False
        self.gate = asyncio.Event()
        self.failure: Exception | None = None

    def installed(self) -> bool:
        return self.here

    async def build(self, on_step: Callable[[str, float], None]) -> None:
        on_step("compile", 0.4)
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        self.here = True


class Runner:
    def __init__(self) -> None:
        self.now = ModelPhase.RESTING
        self.tried: list[Path] = []
        self.rested = 0
        self.failure: Exception | None = None

    def phase(self) -> ModelPhase:
        return self.now

    async def try_out(self, path: Path) -> ModelTrial:
        self.tried.append(path)
        if self.failure is not None:
            raise self.failure
        return TRIAL

    async def rest(self) -> None:
        self.rested += 1


def look(path: Path) -> ModelFile:
    problem = "errors.model_file_no_gguf" if path.read_bytes() != b"GGUF" else ""
    return ModelFile(str(path), path.stem, 4, problem=problem)


class Desk:
    def __init__(self, paths: Paths, folder: Path) -> None:
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.engine, self.runner = Engine(), Runner()
        self.told: list[ModelState] = []
        self.bus.on(ModelChanged, lambda event: self.told.append(event.state))
        self.desk = ModelDesk(self.bus, self.settings, self.engine, self.runner, look, folder)

    async def until(self, right: Callable[[ModelState], bool]) -> ModelState:
        async with asyncio.timeout(5):
            while not self.told or not right(self.told[-1]):  # noqa: ASYNC110 - told by the bus
                await asyncio.sleep(0.005)
        return self.told[-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "models"
    made.mkdir()
    (made / "good.gguf").write_bytes(b"GGUF")
    (made / "bad.gguf").write_bytes(b"MZ")
    (made / "note.txt").write_bytes(b"GGUF")
    return made


@pytest.fixture
def desk(paths: Paths, folder: Path) -> Desk:
    return Desk(paths, folder)


async def test_files_are_found_and_judged(desk: Desk, folder: Path) -> None:
    state = await desk.desk.state()
    assert [(file.name, bool(file.problem)) for file in state.files] == [
        ("bad", True), ("good", False),
    ]  # fmt: skip
    assert (state.engine, state.phase, state.chosen) == (EnginePhase.ABSENT, ModelPhase.NONE, "")
    assert state.folder == str(folder)


async def test_a_folder_that_is_not_there_holds_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.settings.set("intelligence", "folder", str(tmp_path / "none"))
    assert (await desk.desk.state()).files == ()


async def test_only_a_good_file_can_be_chosen(desk: Desk, folder: Path) -> None:
    await desk.desk.state()
    for name in ("bad.gguf", "note.txt", "none.gguf"):
        with pytest.raises(NotFound):
            await desk.desk.choose(str(folder / name))
    await desk.desk.choose(str(folder / "good.gguf"))
    assert desk.told[-1].phase is ModelPhase.RESTING
    assert desk.settings.current.intelligence.model == str(folder / "good.gguf")
    assert desk.runner.rested == 1  # the one before gives its memory back
    (folder / "good.gguf").write_bytes(b"gone")
    assert (await desk.desk.state()).phase is ModelPhase.GONE
    await desk.desk.choose("")
    assert desk.told[-1].chosen == ""


async def test_the_engine_is_built_in_the_background(desk: Desk) -> None:
    await desk.desk.state()
    desk.desk.build()
    desk.desk.build()  # pressed twice
    state = await desk.until(lambda told: told.progress > 0)
    assert (state.engine, state.stage, state.progress) == (EnginePhase.BUILDING, "compile", 0.4)
    assert (await desk.desk.state()).engine is EnginePhase.BUILDING
    desk.engine.gate.set()
    await desk.until(lambda told: told.engine is EnginePhase.HERE)


async def test_a_build_can_be_stopped_and_may_fail(desk: Desk) -> None:
    await desk.desk.state()
    desk.desk.build()
    await desk.until(lambda told: told.engine is EnginePhase.BUILDING)
    await desk.desk.cancel()
    assert desk.told[-1].engine is EnginePhase.ABSENT
    assert desk.told[-1].failure == ""
    desk.engine.failure = ToolFailed("errors.engine_not_compiled", code=1)
    desk.engine.gate.set()
    desk.desk.build()
    state = await desk.until(lambda told: bool(told.failure))
    assert (state.failure, state.failure_args) == ("errors.engine_not_compiled", {"code": 1})
    await desk.until(lambda told: told.engine is EnginePhase.ABSENT)


async def test_a_file_is_tried(desk: Desk, folder: Path) -> None:
    await desk.desk.state()
    desk.desk.try_out()
    assert not desk.runner.tried  # none is chosen
    await desk.desk.choose(str(folder / "good.gguf"))
    desk.desk.try_out()
    state = await desk.until(lambda told: told.trial is not None)
    assert state.trial == TRIAL
    desk.runner.failure = Unavailable("errors.model_crashed", name="good", code=-9)
    desk.desk.try_out()
    state = await desk.until(lambda told: bool(told.failure))
    assert (state.trial, state.failure) == (None, "errors.model_crashed")
    await desk.until(lambda told: not told.trying)
    await desk.desk.stop()
