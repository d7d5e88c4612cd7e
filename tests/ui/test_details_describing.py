"""A video of the owner's own: words are proposed when asked for, copied, and used."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import Refused
from app.domain.intelligence import Made, MadeBy
from app.domain.media import Details, ItemId, MediaKind
from app.services.intelligence.tasks.describing import VideoWords
from app.services.intelligence.videos import Told
from app.services.library.own_words import OwnWords
from tests.fakes.pages import Recorder, Stage, open_stage
from tests.fakes.services import FakeLibrary, film
from ui.pages.details.page import DetailsPage, create

WORDS = VideoWords("Bread of one night", "How it is baked.", ("bread", "oven"), "How-to & style")
TOLD = Told(Made(WORDS, MadeBy.HERE, "Qwen 3B"), 60.0, 12, 3, 12, can_read=True)


class Mind:
    def __init__(self) -> None:
        self.asked: list[ItemId] = []
        self.gate = asyncio.Event()
        self.told = TOLD

    async def describe_item(self, item: ItemId) -> Told:
        self.asked.append(item)
        await self.gate.wait()
        return self.told


class Shelf(FakeLibrary):
    """Videos with a subtitle file; the third has words, the fourth is a film."""

    def __init__(self) -> None:
        videos = [film(number, kind=MediaKind.VIDEO) for number in (1, 2, 3)]
        super().__init__([*videos, film(4), film(5, kind=MediaKind.VIDEO)])
        self.kept: list[tuple[ItemId, OwnWords]] = []
        self.refusal: Exception | None = None

    async def details(self, item: ItemId) -> Details:
        found = await super().details(item)
        files = tuple(
            replace(file, subtitles=(b"/f/film.en.srt",), offline=item == 5) for file in found.files
        )
        return replace(found, files=files, overview="Known." if item == 3 else None)

    async def keep_words(self, item: ItemId, words: OwnWords) -> str:
        if self.refusal is not None:
            raise self.refusal
        self.kept.append((item, words))
        return "VID_1.nfo"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage(Shelf()) as made:
        cast("Any", made.context.services).intelligence = Mind()
        yield made


def mind(stage: Stage) -> Mind:
    found = stage.context.services.intelligence
    assert isinstance(found, Mind)
    return found


def shelf(stage: Stage) -> Shelf:
    found = stage.context.services.library
    assert isinstance(found, Shelf)
    return found


def said(stage: Stage) -> list[str]:
    found = stage.context.toasts
    assert isinstance(found, Recorder)
    return found.told


def shown(qtbot: QtBot, stage: Stage, item: int) -> DetailsPage:
    page = create(stage.context)
    assert isinstance(page, DetailsPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened(item=item)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
    return page


def described(qtbot: QtBot, stage: Stage, item: int = 1) -> DetailsPage:
    page = shown(qtbot, stage, item)
    page.describing.press.click()
    stage.context.bridge.call(_set(mind(stage).gate))
    qtbot.waitUntil(lambda: page.describing.use.isVisible())
    return page


async def _set(gate: asyncio.Event) -> None:
    gate.set()


def test_words_are_proposed_when_somebody_asks(qtbot: QtBot, stage: Stage) -> None:
    page = shown(qtbot, stage, 1)
    box = page.describing
    assert box.press.isVisible()
    assert not page.about.isVisible()
    box.press.setFocus()
    QTest.keyClick(box.press, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: mind(stage).asked == [1])
    assert box.stop.isVisible()
    stage.context.bridge.call(_set(mind(stage).gate))
    qtbot.waitUntil(lambda: box.title.isVisible())
    assert (box.title.text(), box.text.text()) == (WORDS.title, WORDS.description)
    assert box.tags.text() == "bread, oven"
    for part in ("How-to & style", "Qwen 3B", "subtitles", "pictures"):
        assert part in box.source.text()
    assert not box.press.isVisible()
    assert not box.stop.isVisible()
    assert box.use.hasFocus()


def test_they_are_copied(qtbot: QtBot, stage: Stage) -> None:
    page = described(qtbot, stage)
    page.describing.copy.click()
    assert QGuiApplication.clipboard().text() == (
        "Bread of one night\n\nHow it is baked.\n\nbread, oven"
    )
    assert said(stage) == ["Copied"]


def test_they_are_used_and_the_owner_told_where_they_are(qtbot: QtBot, stage: Stage) -> None:
    page = described(qtbot, stage)
    page.describing.use.click()
    qtbot.waitUntil(lambda: bool(said(stage)))
    assert shelf(stage).kept == [
        (1, OwnWords(WORDS.title, WORDS.description, WORDS.tags, WORDS.category))
    ]
    assert "VID_1.nfo" in said(stage)[0]
    assert not page.describing.isVisible()


def test_what_cannot_be_kept_stays_to_be_copied(qtbot: QtBot, stage: Stage) -> None:
    shelf(stage).refusal = Refused("errors.words_not_kept", name="VID_1.nfo", why="")
    page = described(qtbot, stage)
    page.describing.use.click()
    qtbot.waitUntil(lambda: bool(said(stage)))
    assert "VID_1.nfo" in said(stage)[0]
    assert page.describing.title.isVisible()
    assert page.describing.use.isEnabled()


def test_it_can_be_stopped_and_rules_say_so(qtbot: QtBot, stage: Stage) -> None:
    page = shown(qtbot, stage, 2)
    page.describing.press.click()
    qtbot.waitUntil(lambda: page.describing.stop.isVisible())
    page.describing.stop.click()
    assert page.describing.press.isVisible()
    assert not page.describing.stop.isVisible()
    mind(stage).told = replace(TOLD, made=Made(WORDS), can_read=False)
    page.describing.press.click()
    stage.context.bridge.call(_set(mind(stage).gate))
    qtbot.waitUntil(lambda: page.describing.use.isVisible())
    assert "rules" in page.describing.source.text()
    assert "tesseract-ocr" in page.describing.source.text()


@pytest.mark.parametrize("item", [3, 4, 5])
def test_nothing_is_offered_for_films_or_where_words_or_no_file_are(
    qtbot: QtBot, stage: Stage, item: int
) -> None:
    page = shown(qtbot, stage, item)
    assert not page.describing.isVisible()
    assert mind(stage).asked == []
