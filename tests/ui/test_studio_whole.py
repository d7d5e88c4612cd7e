"""The Studio page over the real Studio: a topic typed here becomes a finished video."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.project import ProjectState, Step
from app.infra.database.engine import Database
from app.runtime.loop import ServiceLoop
from app.services.station import Services
from tests.fakes.pages import Recorder
from tests.fakes.studio import TOPIC, FakeScreen
from tests.ui.frame import theme
from tests.unit.services.studio.workshop import Diary, Workshop
from ui.bridge import Bridge
from ui.page import PageContext
from ui.pages.studio.page import StudioPage, create
from ui.widgets.posters import PosterCache

PATIENCE = 50_000  # milliseconds; the video is made of small parts


class Window(Recorder):
    """Goes where the page wants to go, when that is the page itself."""

    page: StudioPage | None = None

    def open(self, page: str, **args: object) -> None:
        super().open(page, **args)
        if page == "studio" and self.page is not None:
            self.page.opened(**args)


class House:
    """A real Studio on a service loop, and a page before it."""

    def __init__(self, folder: Path) -> None:
        self.loop = ServiceLoop("test studio")
        self.loop.start()
        self.shop = self.loop.submit(self._build(folder)).result(30)
        self.bridge = Bridge(self.loop, self.shop.bus)
        self.window, self.posters = Window(), PosterCache()
        services = SimpleNamespace(
            studio=self.shop.studio, playback=FakeScreen(), budget=self.shop.budget
        )
        context = PageContext(
            self.bridge, cast("Services", services), self.window, self.window, theme(), self.posters
        )
        page = create(context)
        assert isinstance(page, StudioPage)
        self.page = self.window.page = page

    def close(self) -> None:
        """End everything, in order."""
        self.bridge.close()
        self.loop.submit(self._end()).result(30)
        self.loop.stop()
        self.posters.wait()
        self.posters.deleteLater()

    async def _build(self, folder: Path) -> Workshop:
        self._database = Database(folder / "station.db")
        await self._database.open()
        made = Workshop(self._database, folder / "studio", Diary())
        await made.jobs.start()
        return made

    async def _end(self) -> None:
        await self.shop.jobs.stop()
        await self.shop.budget.close()
        await self._database.close()


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    QLocale.setDefault(QLocale("en_US"))
    made = House(tmp_path)
    yield made
    made.close()


def test_a_topic_typed_becomes_a_video_that_is_changed_and_played(
    qtbot: QtBot, house: House
) -> None:
    page = house.page
    qtbot.addWidget(page)
    page.resize(1500, 900)
    page.show()
    page.opened()
    page.focus_first()
    page._models.brief.set(seconds=15)
    invitation = page.projects.invitation
    qtbot.waitUntil(lambda: page.projects.stack.currentWidget() is invitation, timeout=PATIENCE)
    QTest.keyClicks(invitation.field, TOPIC)
    QTest.keyClick(invitation.field, Qt.Key.Key_Return)
    model = page._models.project
    qtbot.waitUntil(lambda: _state(page) is ProjectState.DONE, timeout=PATIENCE)
    shown = page.project
    assert model.view is not None
    assert model.view.video
    qtbot.waitUntil(shown.finished.isVisible, timeout=PATIENCE)
    assert shown.strip.marks["montage"].shown.state == "done"
    assert len(shown.scenes.rows) == len(model.view.scenes) >= 3
    assert all(Path(row.picture.path).is_file() for row in shown.scenes.rows)
    assert shown.finished.title.words.text() == TOPIC
    shown.preview.poster.click()
    qtbot.waitUntil(lambda: house.window.opened[-1][0] == "player", timeout=PATIENCE)

    first = model.view.scenes[0]
    editor = page.open_scene(first.id)
    editor.narration.setPlainText("A clock tells another time up here.")
    editor.save.click()
    qtbot.waitUntil(lambda: _state(page) is ProjectState.DRAFT, timeout=PATIENCE)
    qtbot.waitUntil(lambda: shown.head.go.text() == "Make the changes", timeout=PATIENCE)
    assert shown.scenes.rows[0].scene.narration == "A clock tells another time up here."
    shown.head.go.click()
    qtbot.waitUntil(lambda: _state(page) is ProjectState.DONE, timeout=PATIENCE)

    page.opened()
    qtbot.waitUntil(lambda: len(page.projects.grid.tiles) == 2, timeout=PATIENCE)
    tile = page.projects.tile(model.project)
    qtbot.waitUntil(lambda: tile.state.text() == "Ready", timeout=PATIENCE)
    assert model.view.card.step is not Step.MONTAGE


def _state(page: StudioPage) -> ProjectState | None:
    view = page._models.project.view
    return view.card.state if view is not None else None
