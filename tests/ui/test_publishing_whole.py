"""The Publishing page over the real service: an account is added here, a video goes out once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.post import PostState
from app.infra.paths import Paths
from app.runtime.loop import ServiceLoop
from app.services.publishing.accounts import AccountDesk
from app.services.station import Services
from tests.fakes.pages import Recorder
from tests.fakes.platforms import video_file
from tests.fakes.posting import Board, Newsroom, newsroom
from tests.fakes.publishing import FakeAudit, FakeLinks, FakeResults
from tests.fakes.services import FakeLibrary
from tests.fakes.studio import FakeStudio
from tests.ui.frame import theme
from ui.bridge import Bridge
from ui.page import PageContext
from ui.pages.publishing.page import PublishingPage, create
from ui.widgets.posters import PosterCache

PATIENCE = 30_000  # milliseconds


class House:
    """A real newsroom on a service loop, and a page before it."""

    def __init__(self, paths: Paths, folder: Path) -> None:
        self.loop = ServiceLoop("test publishing")
        self.loop.start()
        self._stack = contextlib.AsyncExitStack()
        self.room, self.board = self.loop.submit(self._open(paths, folder)).result(30)
        self.bridge = Bridge(self.loop, self.room.bus)
        self.window, self.posters = Recorder(), PosterCache()
        services = SimpleNamespace(
            publishing=self.room.service, accounts=self.desk, sharing=FakeLinks(),
            results=FakeResults(), audit=FakeAudit(), studio=FakeStudio(), library=FakeLibrary(),
        )  # fmt: skip
        context = PageContext(
            self.bridge, cast("Services", services), self.window, self.window, theme(), self.posters
        )
        page = create(context)
        assert isinstance(page, PublishingPage)
        self.page = page

    def close(self) -> None:
        """End everything, in order."""
        self.bridge.close()
        self.loop.submit(self._end()).result(30)
        self.loop.stop()
        self.posters.wait()
        self.posters.deleteLater()

    async def _open(self, paths: Paths, folder: Path) -> tuple[Newsroom, Board]:
        made = await self._stack.enter_async_context(newsroom(paths, folder))
        self.desk = AccountDesk(made[0].plugins, made[0].service.channels, made[0].bus)
        return made

    async def _end(self) -> None:
        await self.desk.stop()
        await self._stack.aclose()


@pytest.fixture
def house(qtbot: QtBot, paths: Paths, tmp_path: Path) -> Iterator[House]:
    QLocale.setDefault(QLocale("en_GB"))
    made = House(paths, tmp_path / "board")
    yield made
    made.close()


def test_an_account_is_added_and_a_video_goes_out_once(
    qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    page = house.page
    qtbot.addWidget(page)
    page.resize(1500, 900)
    page.show()
    page.opened()
    models, overview = page.models, page.overview
    qtbot.waitUntil(lambda: overview.stack.currentWidget() is overview.empty, timeout=PATIENCE)
    page.focus_first()
    adding = page.openings.new_account()
    qtbot.waitUntil(lambda: bool(models.accounts.platforms), timeout=PATIENCE)
    adding.choose(next(one for one in models.accounts.platforms if one.id == "blackboard"))
    adding.name.setText("My board")
    adding._values["key"] = house.board.token
    adding.submit.click()
    qtbot.waitUntil(lambda: bool(models.accounts.accounts), timeout=PATIENCE)
    account = (models.accounts.accounts or ())[0]
    assert account.name == "My board"

    editor = page.openings.new_post()
    assert editor is not None
    editor.write.video.choose.click()
    models.videos.choose_file(video_file(tmp_path, name="Lighthouse in fog.mp4").path.decode())
    assert editor.write.title.text() == "Lighthouse in fog"
    editor.write.accounts.chips[account.id].click()
    QTest.keyClick(editor.write.next, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.stack.currentWidget() is editor.check, timeout=PATIENCE)
    qtbot.waitUntil(lambda: editor.check.misfits.title.text().startswith("Fits"), timeout=PATIENCE)
    editor.check.send.click()
    qtbot.waitUntil(lambda: len(house.board.posts) == 1, timeout=PATIENCE)
    qtbot.waitUntil(
        lambda: [one.state for one in models.posts.posts or ()] == [PostState.DONE],
        timeout=PATIENCE,
    )
    card = overview.calendar.cards[0]
    qtbot.waitUntil(lambda: card.accessibleName().endswith("It is out"), timeout=PATIENCE)
    assert house.board.posts[0]["title"] == "Lighthouse in fog"
    assert models.posts.queue == ()
