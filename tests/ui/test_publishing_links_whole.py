"""Links in the window over the real service: visits become figures, new keys end them for good."""

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

from app.domain.access import Link, LinkState
from app.infra.paths import Paths
from app.runtime.loop import ServiceLoop
from app.services.station import Services
from tests.fakes import films
from tests.fakes.pages import Recorder
from tests.fakes.publishing import FakeAccounts, FakeAudit, FakePublishing, FakeResults
from tests.fakes.services import FakeLibrary
from tests.fakes.studio import FakeStudio
from tests.ui.frame import theme
from tests.unit.services.sharing.conftest import FILM
from tests.unit.services.sharing.workshop import KEYRING, Visitor, World, world_of
from ui.bridge import Bridge
from ui.page import PageContext
from ui.pages.publishing.page import PublishingPage, create
from ui.pages.settings.links_card import EndPanel, LinksCards
from ui.pages.settings.links_model import LinksModel
from ui.widgets.posters import PosterCache

PATIENCE = 30_000  # milliseconds
HOUR = 3600.0


class House:
    """A real station with links on a service loop, and a page before it."""

    def __init__(self, paths: Paths) -> None:
        self.loop = ServiceLoop("test links")
        self.loop.start()
        self._stack = contextlib.AsyncExitStack()
        self.world: World = self.loop.submit(self._open(paths)).result(30)
        self.bridge = Bridge(self.loop, self.world.bus)
        self.window, self.posters = Recorder(), PosterCache()
        services = SimpleNamespace(
            publishing=FakePublishing(), accounts=FakeAccounts(), sharing=self.world.sharing,
            results=FakeResults(), audit=FakeAudit(), studio=FakeStudio(), library=FakeLibrary(),
        )  # fmt: skip
        self.context = PageContext(
            self.bridge, cast("Services", services), self.window, self.window, theme(), self.posters
        )
        page = create(self.context, self.world.clock)
        assert isinstance(page, PublishingPage)
        self.page = page

    def link(self, film: Path) -> Link:
        """Make a link to a film."""
        return self.loop.submit(self.world.link(film)).result(30)

    def visit(self, link: Link) -> None:
        """Somebody opens it and plays ten bytes."""
        self.loop.submit(_visit(link)).result(30)

    def close(self) -> None:
        """End everything, in order."""
        self.bridge.close()
        self.loop.submit(self._stack.aclose()).result(30)
        self.loop.stop()
        self.posters.wait()
        self.posters.deleteLater()

    async def _open(self, paths: Paths) -> World:
        return await self._stack.enter_async_context(world_of(paths))


async def _visit(link: Link) -> None:
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        await visitor.play(Range="bytes=0-9")


@pytest.fixture
def house(qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    QLocale.setDefault(QLocale("en_GB"))
    monkeypatch.setattr(*KEYRING)
    made = House(paths)
    qtbot.addWidget(made.page)
    made.page.resize(1500, 900)
    made.page.show()
    yield made
    made.page.shut()
    made.page.hide()
    made.close()


def test_visits_are_seen_day_by_day_and_new_keys_end_the_link_for_good(
    qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    film = films.make(FILM, tmp_path / "films" / "Metropolis.webm")
    shared, page = house.link(film), house.page
    house.visit(shared)
    house.world.clock.at += 24 * HOUR
    house.visit(shared)
    page.opened(view="links")
    qtbot.waitUntil(lambda: bool(page.links.cards), timeout=PATIENCE)
    card = page.links.cards[shared.id]
    QTest.keyClick(card.show_, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.models.days.days), timeout=PATIENCE)
    days = page.models.days.days or ()
    assert [(one.opens, one.plays, one.bytes) for one in days][-2:] == [(1, 1, 10)] * 2
    house.visit(shared)  # while the details are open
    qtbot.waitUntil(lambda: (page.models.days.days or ())[-1].opens == 2, timeout=PATIENCE)

    model = LinksModel(house.bridge, house.world.sharing, page)
    cards = LinksCards(house.context, model, page)
    cards.card.setParent(page)
    model.load()
    qtbot.waitUntil(lambda: model.given == 1, timeout=PATIENCE)
    panel = cards.ask()
    assert isinstance(panel, EndPanel)
    panel.end.click()
    qtbot.waitUntil(lambda: "All links are taken back" in house.window.told, timeout=PATIENCE)
    qtbot.waitUntil(lambda: card.state.text() == "Taken back for good", timeout=PATIENCE)
    assert not card.revoke.isVisible()
    qtbot.waitUntil(lambda: model.given == 0, timeout=PATIENCE)


def test_a_clock_set_back_holds_the_links_until_the_owner_trusts_it(
    qtbot: QtBot, house: House, tmp_path: Path
) -> None:
    film = films.make(FILM, tmp_path / "films" / "Metropolis.webm")
    shared, page = house.link(film), house.page
    house.world.clock.at -= 2 * HOUR
    page.opened(view="links")
    qtbot.waitUntil(lambda: page.links.held_card.isVisible(), timeout=PATIENCE)
    assert page.links.cards[shared.id].state.text() == "Held: the clock was set back"
    QTest.keyClick(page.links.held.right, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.links.held_card.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(
        lambda: [one.state for one in page.models.links.links or ()] == [LinkState.OPEN],
        timeout=PATIENCE,
    )
    assert "Links are open again" in house.window.told
