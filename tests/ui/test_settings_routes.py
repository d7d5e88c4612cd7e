"""Who answers single tasks, in Settings: wishes, who would answer now, and the arrows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.errors import AppError, Unavailable
from app.domain.events import PluginStateChanged
from app.domain.intelligence import Answerer, Chain, Task
from app.domain.routes import read_routes
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.routes_card import RoutesCard

Key = Qt.Key
HERE = Answerer("Qwen2.5 3B")
MINI = Answerer("GPT-4.1 mini", "OpenAI")
SERVICES = (("openai", "OpenAI"), ("gemini", "Gemini"))


class Mind:
    """Who would answer, as a test tells it."""

    def __init__(self) -> None:
        self.answerers: tuple[Answerer, ...] = (HERE, MINI)
        self.services = SERVICES
        self.failure: AppError | None = None
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def chains(self) -> tuple[Chain, ...]:
        self.asked += 1
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        return tuple(
            Chain(task, () if task is Task.HEAR else self.answerers, self.services) for task in Task
        )


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.intelligence = Mind()
        yield made


def mind(world: World) -> Mind:
    return cast("Mind", world.services.intelligence)


def page(world: World) -> SettingsPage:
    world.window.open("settings", section="intelligence")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    spin()
    return shown


def said(card: RoutesCard) -> dict[Task, str]:
    return {task: row.text.text() for task, row in card.task_rows.items()}


def full(world: World) -> RoutesCard:
    card = page(world).thinking.routes
    until(lambda: said(card)[Task.WRITE].startswith("Now"))
    return card


def wishes(world: World) -> dict[Task, str]:
    return read_routes(world.settings.current.intelligence.routes)


def choices(world: World) -> list[str]:
    """Open the list of the chip that has the focus, and read it."""
    world.key(Key.Key_Return)
    return [action.text() for action in menu().actions()]


def menu() -> QMenu:
    found = [one for one in focused_chip().findChildren(QMenu) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def focused_chip() -> QWidget:
    from PySide6.QtWidgets import QApplication

    found = QApplication.focusWidget()
    assert found is not None
    parent = found.parentWidget() if isinstance(found, QMenu) else found
    assert parent is not None
    return parent


def test_each_task_says_who_answers_and_who_after(world: World) -> None:
    card = full(world)
    chain = "Now: Qwen2.5 3B, on this device. If that fails: GPT-4.1 mini (OpenAI), rules"
    assert card.usual.text.text() == chain  # once for all
    assert said(card)[Task.SUMMARY] == "Now: Qwen2.5 3B, on this device"
    card.controls[Task.SUMMARY].chosen.emit("here_first")
    until(lambda: said(card)[Task.SUMMARY] == chain)
    assert said(card)[Task.HEAR] == "Now: nobody"
    assert said(card)[Task.TRANSLATE] == chain.removesuffix(", rules")  # no rules can
    mind(world).answerers = (Answerer("Qwen2.5 3B", rests=True),)
    world.bus.publish(PluginStateChanged("openai", enabled=False))
    until(lambda: said(card)[Task.FAKE] == "Now: rules alone")
    assert said(card)[Task.TRANSLATE].startswith("Now: nobody")
    assert "Qwen2.5 3B, on this device" in card.usual.text.text()  # it failed
    mind(world).answerers = tuple(Answerer(f"M{number}", "OpenAI") for number in range(9))
    world.bus.publish(PluginStateChanged("openai", enabled=True))
    until(lambda: "4 more" in card.usual.text.text())


def test_busy_rows_say_so_and_can_be_set_already(world: World) -> None:
    mind(world).gate.clear()
    card = page(world).thinking.routes
    until(lambda: mind(world).asked > 0)
    assert set(said(card).values()) == {"One moment…"}
    card.controls[Task.SUMMARY].chosen.emit("best")
    until(lambda: wishes(world) == {Task.SUMMARY: "best"})


def test_a_wish_is_chosen_with_the_keys_and_taken_back(world: World) -> None:
    card = full(world)
    chip = card.controls[Task.SUMMARY]
    chip.setFocus()
    assert choices(world) == [
        "As for all", "This device first", "The best", "The cheapest", "Only this device",
        "Rules only", "OpenAI", "Gemini",
    ]  # fmt: skip
    asked = mind(world).asked
    for _ in range(6):
        world.key(Key.Key_Down, on=menu())
    world.key(Key.Key_Return, on=menu())
    until(lambda: wishes(world) == {Task.SUMMARY: "service:openai"})
    until(lambda: mind(world).asked > asked)  # who would answer is asked anew
    assert chip.text() == "OpenAI"
    assert focused() is chip
    world.key(Key.Key_Return)
    for _ in range(6):
        world.key(Key.Key_Up, on=menu())
    world.key(Key.Key_Return, on=menu())
    until(lambda: world.settings.current.intelligence.routes == "")
    assert chip.text() == "As for all"


def test_speech_offers_what_means_something(world: World) -> None:
    card = full(world)
    card.controls[Task.HEAR].setFocus()
    assert choices(world) == [
        "As for all", "This device first", "The best", "Only this device", "Nobody", "OpenAI",
        "Gemini",
    ]  # fmt: skip
    menu().close()


def test_a_named_service_that_is_gone_is_still_shown(world: World) -> None:
    world.settings.current = world.settings.current.__class__(
        intelligence=world.settings.current.intelligence.__class__(
            routes='{"write": "service:groq"}'
        )
    )
    card = full(world)
    assert card.controls[Task.WRITE].text() == "Groq (not there)"
    card.controls[Task.FAKE].chosen.emit("rules")
    until(lambda: wishes(world) == {Task.WRITE: "service:groq", Task.FAKE: "rules"})


def test_a_failure_is_told_and_tried_again(world: World) -> None:
    mind(world).failure = Unavailable("errors.server_offline", host="api.example.org")
    card = page(world).thinking.routes
    until(lambda: not card.failure.isHidden())
    assert "api.example.org" in card.failure.text.text()
    assert set(said(card).values()) == {""}
    mind(world).failure = None
    card.again.setFocus()
    world.key(Key.Key_Return)
    until(lambda: card.failure.isHidden())
    assert card.isAncestorOf(focused())
    shown = page(world)
    shown.find_setting("summaries")
    assert [row.title.text() for row in card.rows() if row.isVisible()] == ["Summaries"]
    shown.find_setting("")
    assert card.usual.isVisible()
    assert not card.failure.isVisible()


def test_nobody_is_asked_before_the_section_is_shown(world: World) -> None:
    world.window.open("settings", section="look")
    spin()
    assert mind(world).asked == 0
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    shown.show_section("intelligence")
    until(lambda: mind(world).asked == 1)


def test_every_wish_is_reached_by_the_arrows_alone(world: World) -> None:
    card = full(world)
    shown = page(world)
    shown.focus_first()
    world.key(Key.Key_Right)
    seen = {focused()}
    for _ in range(40):
        world.key(Key.Key_Down)
        seen.add(focused())
    assert set(card.controls.values()) <= seen
    last = card.controls[Task.HEAR]
    until(lambda: bool(last.visibleRegion().boundingRect().height()))  # it was scrolled to
