"""The section of intelligence in Settings: the engine, the files, the chosen model, services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import Unavailable
from app.domain.events import ModelChanged
from app.domain.intelligence import EnginePhase, ModelFile, ModelPhase, ModelState, ModelTrial
from app.runtime.bus import EventBus
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.focus import focusable
from ui.pages.settings.page import SettingsPage

Key = Qt.Key
GOOD = ModelFile(
    "/m/qwen2.5-3b-instruct-q4_k_m.gguf", "Qwen2.5 3B Instruct", 2_104_932_768, 3_085_938_688,
    "Q4_K_M", 32_768, "qwen-research",
)  # fmt: skip
OTHER = ModelFile("/m/small.gguf", "Small", 396_000_000, 494_032_768, "Q8_0", 8_192, "apache-2.0")
BAD = ModelFile("/m/film.gguf", "film.gguf", 12, problem="errors.model_file_no_gguf",
                problem_args={"name": "film.gguf"})  # fmt: skip
TRIAL = ModelTrial(3.2, 0.8, 9.4, 2_600_000_000)
FULL = ModelState(
    EnginePhase.HERE, folder="/home/anna/.local/share/sokoul/models", files=(BAD, GOOD, OTHER)
)


class Desk:
    """The desk of models, as a test tells it."""

    def __init__(self, bus: EventBus, state: ModelState) -> None:
        self._bus, self.now = bus, state
        self.failure: Exception | None = None
        self.orders: list[object] = []

    def tell(self, state: ModelState) -> None:
        self.now = state
        self._bus.publish(ModelChanged(state))

    async def state(self) -> ModelState:
        if self.failure is not None:
            raise self.failure
        return self.now

    async def choose(self, path: str) -> None:
        self.orders.append(path)
        phase = ModelPhase.RESTING if path else ModelPhase.NONE
        self.tell(replace(self.now, chosen=path, phase=phase, trial=None))

    def build(self) -> None:
        self.orders.append("build")
        self.tell(replace(self.now, engine=EnginePhase.BUILDING))

    def try_out(self) -> None:
        self.orders.append("try")
        self.tell(replace(self.now, trying=True))

    async def cancel(self) -> None:
        self.orders.append("cancel")
        self.tell(replace(self.now, trying=False, engine=EnginePhase.ABSENT))


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.models = Desk(made.bus, FULL)
        yield made


def desk(world: World) -> Desk:
    found = world.services.models
    assert isinstance(found, Desk)
    return found


def page(world: World) -> SettingsPage:
    world.window.open("settings", section="intelligence")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    until(lambda: bool(shown.thinking.card.controls))
    spin()
    return shown


def texts(shown: SettingsPage) -> list[tuple[str, str]]:
    return [(row.title.text(), row.text.text()) for row in shown.thinking.card.rows()]


def test_files_say_what_they_are_and_one_is_chosen(world: World) -> None:
    shown = page(world)
    rows = dict(texts(shown))
    assert "2.1 GB" in rows["Qwen2.5 3B Instruct"]
    assert "3.1 billion parameters" in rows["Qwen2.5 3B Instruct"]
    assert "qwen-research" in rows["Qwen2.5 3B Instruct"]
    assert rows["film.gguf"]
    assert (BAD.path, "press") not in shown.thinking.card.controls
    shown.thinking.card.controls[GOOD.path, "press"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == [GOOD.path])
    until(lambda: ("trial", "press") in shown.thinking.card.controls)
    assert shown.thinking.card.isAncestorOf(focused())  # the focus stayed with the file
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == [GOOD.path, ""])


def test_the_engine_is_built_on_the_owners_wish(world: World) -> None:
    desk(world).now = replace(FULL, engine=EnginePhase.ABSENT)
    shown = page(world)
    assert "llama.cpp" in dict(texts(shown))["Engine"]
    shown.thinking.card.controls["engine", "press"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == ["build"])
    desk(world).tell(replace(FULL, engine=EnginePhase.BUILDING, stage="compile", progress=0.42))
    until(lambda: "42 %" in dict(texts(shown))["Engine"])
    world.key(Key.Key_Return)  # Stop has the focus now
    until(lambda: desk(world).orders == ["build", "cancel"])


def test_a_trial_tells_figures_and_a_failure_what_happened(world: World) -> None:
    desk(world).now = replace(FULL, chosen=GOOD.path, phase=ModelPhase.RESTING)
    shown = page(world)
    shown.thinking.card.controls["trial", "press"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == ["try"])
    desk(world).tell(replace(FULL, chosen=GOOD.path, phase=ModelPhase.READY, trial=TRIAL))
    until(lambda: "9.4 tokens a second" in dict(texts(shown))["Qwen2.5 3B Instruct"])
    failed = replace(
        FULL, chosen=GOOD.path, failure="errors.model_crashed", failure_args={"name": "Qwen"}
    )
    desk(world).tell(failed)
    until(lambda: "Qwen" in dict(texts(shown))["Qwen2.5 3B Instruct"])


def test_a_folder_that_cannot_be_read_is_told_and_tried_again(world: World) -> None:
    desk(world).failure = Unavailable("errors.disk_away", folder="/m")
    world.window.open("settings", section="intelligence")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    until(lambda: ("", "again") in shown.thinking.card.controls)
    desk(world).failure = None
    shown.thinking.card.controls["", "again"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: (GOOD.path, "press") in shown.thinking.card.controls)


def test_everything_is_reached_by_the_arrows(world: World) -> None:
    desk(world).now = replace(FULL, chosen=GOOD.path, phase=ModelPhase.READY)
    shown = page(world)
    wanted = {
        control
        for control in shown.thinking.card.controls.values()
        if control.isVisibleTo(shown) and control.isEnabled()
    }
    assert len(wanted) == 4
    assert wanted <= set(focusable(shown))
    shown.focus_first()
    world.key(Key.Key_Right)
    seen = set()
    for _ in range(16):  # down the cards, and along each row
        seen.add(focused())
        for way in (Key.Key_Right, Key.Key_Left):
            here = focused()
            world.key(way)
            seen.add(focused())
            if shown.sections.isAncestorOf(focused()):
                here.setFocus()
        world.key(Key.Key_Down)
    assert wanted <= seen


def test_who_answers_first_is_chosen(world: World) -> None:
    shown = page(world)
    rows = shown.panels["intelligence"].option_rows
    assert set(rows) >= {"policy", "folder", "unload_minutes", "learn", "rest_while_playing"}
    rows["policy"].changed.emit("only_here")
    until(lambda: world.settings.current.intelligence.policy == "only_here")
