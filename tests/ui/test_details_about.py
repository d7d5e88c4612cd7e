"""What a film is about, told by its subtitles when somebody wants to know."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import NotFound
from app.domain.intelligence import Made, MadeBy
from app.domain.media import Details, ItemId
from app.services.intelligence.tasks.summaries import Summary
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, film
from ui.pages.details.page import DetailsPage, create

TOLD = Summary("A keeper is missing in a storm.", ("Jonas", "Martha"), ("lighthouse",))


class Mind:
    def __init__(self) -> None:
        self.asked: list[ItemId] = []
        self.gate = asyncio.Event()
        self.failure: Exception | None = None
        self.made = Made(TOLD, MadeBy.HERE, "Qwen 3B")

    async def summary(self, item: ItemId) -> Made[Summary]:
        self.asked.append(item)
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        return self.made


class Shelf(FakeLibrary):
    """Films with a subtitle file beside them; the third has none, the fourth has words."""

    async def details(self, item: ItemId) -> Details:
        found = await super().details(item)
        files = tuple(
            replace(file, tracks=(), subtitles=() if item == 3 else (b"/f/film.en.srt",))
            for file in found.files
        )
        return replace(found, files=files, overview="Known." if item == 4 else None)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage(Shelf([film(number) for number in range(1, 5)])) as made:
        cast("Any", made.context.services).intelligence = Mind()
        yield made


def mind(stage: Stage) -> Mind:
    found = stage.context.services.intelligence
    assert isinstance(found, Mind)
    return found


def shown(qtbot: QtBot, stage: Stage, item: int) -> DetailsPage:
    page = create(stage.context)
    assert isinstance(page, DetailsPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened(item=item)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
    return page


def release(stage: Stage) -> None:
    stage.context.bridge.call(_set(mind(stage).gate))


async def _set(gate: asyncio.Event) -> None:
    gate.set()


def test_it_is_told_when_somebody_asks(qtbot: QtBot, stage: Stage) -> None:
    page = shown(qtbot, stage, 1)
    assert page.about.press.isVisible()
    page.about.press.setFocus()
    QTest.keyClick(page.about.press, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mind(stage).asked == [1])
    assert page.about.stop.isVisible()
    release(stage)
    qtbot.waitUntil(lambda: page.about.text.isVisible())
    assert page.about.text.text() == TOLD.text
    assert "Jonas" in page.about.source.text()
    assert "Qwen 3B" in page.about.source.text()
    assert not page.about.press.isVisible()
    assert not page.about.stop.isVisible()


def test_rules_say_that_they_are_rules(qtbot: QtBot, stage: Stage) -> None:
    mind(stage).made = Made(TOLD)
    page = shown(qtbot, stage, 1)
    page.about.press.click()
    release(stage)
    qtbot.waitUntil(lambda: "rules" in page.about.source.text())


def test_it_can_be_stopped_and_fails_in_words(qtbot: QtBot, stage: Stage) -> None:
    page = shown(qtbot, stage, 1)
    page.about.press.click()
    qtbot.waitUntil(lambda: page.about.stop.isVisible())
    page.about.stop.click()
    assert not page.about.stop.isVisible()
    assert page.about.press.isVisible()
    mind(stage).failure = NotFound("errors.no_dialogue")
    release(stage)
    with qtbot.waitSignal(page._about.failed):
        page.about.press.click()
    assert page.about.press.isVisible()  # to try again
    assert page.stack.currentWidget() is page.body


@pytest.mark.parametrize("item", [3, 4])
def test_nothing_is_offered_without_subtitles_or_where_words_are(
    qtbot: QtBot, stage: Stage, item: int
) -> None:
    page = shown(qtbot, stage, item)
    assert not page.about.isVisible()
    assert mind(stage).asked == []
