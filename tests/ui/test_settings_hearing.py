"""The card of what hears, in Settings: files, the chosen one, a trial, and a walk by arrows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import Unavailable
from app.domain.events import HearingChanged
from app.domain.intelligence import HearingState, HearingTrial, ModelPhase, SpeechFile
from app.runtime.bus import EventBus
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.focus import focusable
from ui.pages.settings.hearing_card import HearingCard
from ui.pages.settings.page import SettingsPage
from ui.widgets.button import Button

Key = Qt.Key
BASE = SpeechFile("/m/ggml-base.bin", "Whisper base", 147_951_465, "F16")
ENGLISH = SpeechFile("/m/ggml-small.en-q5_1.bin", "Whisper small", 190_000_000, "Q5_1",
                     english_only=True)  # fmt: skip
BAD = SpeechFile("/m/film.bin", "film.bin", 12, problem="errors.model_file_no_whisper",
                 problem_args={"name": "film.bin"})  # fmt: skip
TRIAL = HearingTrial(0.4, 6.3, 388_000_000, "Sokoul hears what you say.")
FULL = HearingState(
    installed=True, folder="/home/anna/.local/share/sokoul/models", files=(BAD, BASE, ENGLISH)
)


class Desk:
    """The desk of what hears, as a test tells it."""

    def __init__(self, bus: EventBus, state: HearingState) -> None:
        self._bus, self.now = bus, state
        self.failure: Exception | None = None
        self.orders: list[object] = []

    def tell(self, state: HearingState) -> None:
        self.now = state
        self._bus.publish(HearingChanged(state))

    async def state(self) -> HearingState:
        if self.failure is not None:
            raise self.failure
        return self.now

    async def choose(self, path: str) -> None:
        self.orders.append(path)
        phase = ModelPhase.RESTING if path else ModelPhase.NONE
        self.tell(replace(self.now, chosen=path, phase=phase, trial=None))

    def try_out(self) -> None:
        self.orders.append("try")
        self.tell(replace(self.now, trying=True))

    async def cancel(self) -> None:
        self.orders.append("cancel")
        self.tell(replace(self.now, trying=False))


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.hearing = Desk(made.bus, FULL)
        yield made


def desk(world: World) -> Desk:
    found = world.services.hearing
    assert isinstance(found, Desk)
    return found


def page(world: World) -> tuple[SettingsPage, HearingCard]:
    world.window.open("settings", section="intelligence")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    card = shown.thinking.hearing.card
    until(lambda: bool(card.controls))
    spin()
    return shown, card


def label(control: QWidget) -> str:
    assert isinstance(control, Button)
    return control.text()


def texts(card: HearingCard) -> dict[str, str]:
    return {row.title.text(): row.text.text() for row in card.rows()}


def test_files_say_what_they_are_and_one_is_chosen(world: World) -> None:
    _shown, card = page(world)
    told = texts(card)
    assert "148 MB" in told["Whisper base"]
    assert "many languages" in told["Whisper base"]
    assert "English only" in told["Whisper small"]
    assert "Q5_1" in told["Whisper small"]
    assert "ggml-base.bin" in told["film.bin"]  # how one is named
    assert (BAD.path, "press") not in card.controls
    hint = told["Where to get a model that hears"]
    assert "MIT" in hint
    assert FULL.folder in hint
    assert "://" not in hint
    card.controls[BASE.path, "press"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == [BASE.path])
    until(lambda: ("trial", "press") in card.controls)
    assert card.isAncestorOf(focused())  # the focus stayed with the file
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == [BASE.path, ""])


def test_a_trial_tells_figures_and_a_failure_what_happened(world: World) -> None:
    desk(world).now = replace(FULL, chosen=BASE.path, phase=ModelPhase.RESTING)
    _shown, card = page(world)
    card.controls["trial", "press"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == ["try"])
    until(lambda: "Stop" in label(card.controls["trial", "press"]))
    world.key(Key.Key_Return)  # it stops now
    until(lambda: desk(world).orders == ["try", "cancel"])
    desk(world).tell(replace(FULL, chosen=BASE.path, phase=ModelPhase.READY, trial=TRIAL))
    until(lambda: "6.3 times" in texts(card)["Whisper base"])
    assert "Sokoul hears what you say." in texts(card)["Whisper base"]
    failed = replace(
        FULL, chosen=BASE.path, failure="errors.model_crashed", failure_args={"name": "Base"}
    )
    desk(world).tell(failed)
    until(lambda: texts(card)["Whisper base"].startswith("Base ended"))


def test_a_folder_that_cannot_be_read_is_told_and_tried_again(world: World) -> None:
    desk(world).failure = Unavailable("errors.disk_away", folder="/m")
    _shown, card = page(world)
    assert ("", "again") in card.controls
    desk(world).failure = None
    card.controls["", "again"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: (BASE.path, "press") in card.controls)


def test_everything_is_reached_by_the_arrows(world: World) -> None:
    desk(world).now = replace(FULL, chosen=BASE.path, phase=ModelPhase.READY)
    shown, card = page(world)
    wanted = {
        control
        for control in card.controls.values()
        if control.isVisibleTo(shown) and control.isEnabled()
    }
    assert len(wanted) == 4
    assert wanted <= set(focusable(shown))
    shown.focus_first()
    world.key(Key.Key_Right)
    seen = set()
    for _ in range(24):  # down the cards, and along each row
        seen.add(focused())
        for way in (Key.Key_Right, Key.Key_Left):
            here = focused()
            world.key(way)
            seen.add(focused())
            if shown.sections.isAncestorOf(focused()):
                here.setFocus()
        world.key(Key.Key_Down)
    assert wanted <= seen


def test_without_anything_that_hears_there_is_no_card() -> None:
    with cast_world() as world:
        world.window.open("settings", section="intelligence")
        shown = world.window.page()
        assert isinstance(shown, SettingsPage)
        assert shown.thinking.hearing.card.parentWidget() is None
