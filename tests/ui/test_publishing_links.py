"""Access links in the window: their figures day by day, the clock that holds them, no way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.access import Giving, LinkDay, LinkState, PassId, Recipient
from app.domain.errors import Unavailable
from app.domain.events import LinksChanged
from app.runtime.bus import EventBus
from tests.fakes.publishing import NOW, TODAY, FakeLinks, link
from tests.fakes.services import running_bridge
from tests.ui.test_publishing_page import World, _has, _named, _overlay, _page, _walk
from ui.bridge import Bridge
from ui.focus import FocusNavigator, takes_arrow
from ui.pages.publishing.link_days_model import LONGEST, SHORTEST, LinkDaysModel, every_day
from ui.pages.publishing.link_panels import LinkPanel
from ui.pages.publishing.page import PublishingPage

Key = Qt.Key
DAY = 86_400.0
GB = 10**9


@pytest.fixture(autouse=True)
def english() -> None:
    """The usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def bridge() -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def _day(before: int) -> str:
    """A day so many days ago."""
    return TODAY.addDays(-before).toString(Qt.DateFormat.ISODate)


OLD = link(made=NOW - 9 * DAY)
VISITS = (
    LinkDay(_day(4), opens=3, plays=2, bytes=2 * GB, devices=1),
    LinkDay(_day(0), opens=5, plays=1, bytes=4 * GB),
)


def _visited(**changes: object) -> World:
    """A link of nine days, opened on two of them."""
    shown = replace(OLD, **changes)  # type: ignore[arg-type]  # any field of it
    sharing = FakeLinks([shown])
    sharing.visits[shown.id] = VISITS
    return World(sharing=sharing)


def _details(qtbot: QtBot, page: PublishingPage) -> LinkPanel:
    """Open the details of the first link by its button."""
    qtbot.waitUntil(lambda: bool(page.links.cards))
    QTest.keyClick(next(iter(page.links.cards.values())).show_, Key.Key_Return)
    qtbot.waitUntil(lambda: _has(page, "LinkPanel"))
    panel = _overlay(page, "LinkPanel")
    assert isinstance(panel, LinkPanel)
    return panel


def _arrow(page: QWidget, key: Qt.Key, home: QWidget | None = None) -> QWidget:
    """One press where the focus is, as the window's own navigator takes it; the new focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    if takes_arrow(focused, key):
        QTest.keyClick(focused, key)
    else:
        place = home or _overlay(page).panel
        FocusNavigator(page.window(), lambda: [place], lambda _key: False, page.window()).move(key)
    found = QApplication.focusWidget()
    assert found is not None
    return found


# Which days are shown.


def test_every_day_since_the_making_is_there_with_those_nobody_came_on() -> None:
    days = every_day(VISITS, OLD, TODAY)
    assert [one.day for one in days] == [_day(before) for before in range(9, -1, -1)]
    assert [one.opens for one in days] == [0, 0, 0, 0, 0, 3, 0, 0, 0, 5]


def test_a_young_link_shows_a_week_an_old_one_a_month_and_one_nobody_opened_nothing() -> None:
    assert len(every_day(VISITS[1:], link(made=NOW), TODAY)) == SHORTEST
    assert len(every_day(VISITS, link(made=NOW - 300 * DAY), TODAY)) == LONGEST
    assert every_day((), OLD, TODAY) == ()


@pytest.mark.parametrize("state", [LinkState.ENDED, LinkState.USED_UP, LinkState.REVOKED])
def test_the_days_of_a_link_that_is_over_end_with_its_last_visit(state: LinkState) -> None:
    over = link(made=NOW - 200 * DAY, state=state)
    days = every_day([LinkDay(_day(150), opens=2)], over, TODAY)
    assert (days[-1].day, len(days)) == (_day(150), LONGEST)


def test_a_day_the_clock_showed_too_early_is_not_lost() -> None:
    days = every_day([LinkDay(_day(-2), opens=1)], link(made=NOW + 2 * DAY), TODAY)
    assert (days[-1].day, days[-1].opens) == (_day(-2), 1)


def test_the_days_are_asked_again_when_the_link_was_used_and_not_else(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    sharing = FakeLinks([OLD])
    model = LinkDaysModel(bridge[0], sharing, lambda: NOW)
    model.show(OLD)
    qtbot.waitUntil(lambda: model.days == ())
    assert sharing.wishes("days") == [(OLD.id, 10)]
    model.show(OLD)
    sharing.visits[OLD.id] = VISITS
    used = replace(OLD, recipients=(replace(OLD.recipients[0], opens=3),))
    model.show(used)
    qtbot.waitUntil(lambda: bool(model.days))
    assert len(sharing.wishes("days")) == 2
    sharing.error = Unavailable("errors.server_offline", host="x")
    model.load()
    qtbot.waitUntil(lambda: model.error is not None)
    kept = model.days
    assert kept, "what is known is kept"
    model.show(link(2))
    other = model.days
    assert other is None, "and not shown for another"
    model.leave()
    sharing.error = None
    qtbot.wait(50)
    assert (model.link, model.days) == (None, None)


def test_without_a_service_nothing_is_asked(bridge: tuple[Bridge, EventBus]) -> None:
    model = LinkDaysModel(bridge[0], None, lambda: NOW)
    model.show(OLD)
    assert model.days is None


# The details of a link.


def test_the_details_show_one_figure_of_each_day_and_tell_all_of_one(qtbot: QtBot) -> None:
    with _page(qtbot, _visited(), view="links") as (page, _stage):
        figures = _details(qtbot, page).figures
        qtbot.waitUntil(lambda: figures.stack.currentWidget() is figures.chart)
        chart = figures.chart
        assert [one.value for one in chart.columns] == [0, 0, 0, 0, 0, 3, 0, 0, 0, 5]
        assert chart.accessibleName() == "Opened day by day"
        assert chart.accessibleDescription() == "8 in all, at most 5 in a day"
        figures.figure._group.buttons()[2].click()
        assert [one.value for one in chart.columns][-5:] == [2 * GB, 0, 0, 0, 4 * GB]
        assert chart.accessibleName() == "Sent day by day"
        assert chart.accessibleDescription() == "6 GB in all, at most 4 GB in a day"
        wide = chart._area().width() / len(chart.columns)
        QTest.mouseMove(chart, QPoint(round(wide * 5.5), 40))
        qtbot.waitUntil(lambda: chart.reading != "")
        assert chart.reading == "16 Feb: opened 3 × · played 2 × · 2 GB sent"
        assert not chart.grab().isNull()


def test_only_what_the_link_gives_is_a_figure(qtbot: QtBot) -> None:
    with _page(qtbot, _visited(giving=Giving.DOWNLOAD), view="links") as (page, _stage):
        panel = _details(qtbot, page)
        chips = [chip.text() for chip in panel.figures.figure._group.buttons()]
        assert chips == ["Opened", "Downloaded", "Sent"]


def test_the_chart_is_read_with_the_keys_alone(qtbot: QtBot) -> None:
    with _page(qtbot, _visited(), view="links") as (page, _stage):
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        panel = _details(qtbot, page)
        chart = panel.figures.chart
        qtbot.waitUntil(chart.isVisible)
        assert page.focusWidget() is panel.copy
        for _ in range(6):
            if _arrow(page, Key.Key_Down) is chart:
                break
        assert page.focusWidget() is chart
        assert chart.reading == "20 Feb: opened 5 × · played 1 × · 4 GB sent"
        assert chart.accessibleDescription() == chart.reading
        assert _arrow(page, Key.Key_Left) is chart
        assert chart.reading == "19 Feb: nobody came"
        for _ in range(8):
            _arrow(page, Key.Key_Left)
        assert chart.reading.startswith("11 Feb")
        assert not chart.takes_arrow(Key.Key_Left), "at the end the arrow goes on"
        assert _arrow(page, Key.Key_Up) is not chart
        assert chart.reading == ""
        wanted, reached = _walk(page.window(), panel.panel, panel.copy)
        assert chart in reached
        assert wanted - reached == set(), _named(wanted - reached)


def test_a_link_nobody_opened_says_when_there_will_be_figures(qtbot: QtBot) -> None:
    with _page(qtbot, World(sharing=FakeLinks([OLD])), view="links") as (page, _stage):
        figures = _details(qtbot, page).figures
        qtbot.waitUntil(lambda: figures.stack.currentWidget() is figures.empty)
        assert "From the first visit on" in figures.empty.text()
        assert not figures.figure.isVisible(), "there is nothing to choose from"


def test_figures_that_cannot_be_read_leave_the_rest_and_are_asked_again(qtbot: QtBot) -> None:
    world = _visited()
    with _page(qtbot, world, view="links") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        world.sharing.error = Unavailable("errors.server_offline", host="x")
        panel = _details(qtbot, page)
        figures = panel.figures
        qtbot.waitUntil(lambda: figures.stack.currentWidget() is figures.broken)
        assert figures.why.text().startswith("The days cannot be shown now. ")
        assert panel.copy.isVisible()
        world.sharing.error = None
        QTest.keyClick(figures.again, Key.Key_Return)
        qtbot.waitUntil(lambda: figures.stack.currentWidget() is figures.chart)


def test_a_visit_while_the_details_are_open_is_seen(qtbot: QtBot) -> None:
    world = _visited()
    with _page(qtbot, world, view="links") as (page, stage):
        panel = _details(qtbot, page)
        qtbot.waitUntil(lambda: len(panel.figures.chart.columns) == 10)
        world.sharing.visits[OLD.id] = (*VISITS[:1], replace(VISITS[1], opens=6))
        person = replace(OLD.recipients[0], opens=9)
        world.sharing.all[OLD.id] = replace(OLD, recipients=(person,))
        stage.bus.publish(LinksChanged())
        qtbot.waitUntil(lambda: panel.figures.chart.columns[-1].value == 6)
        assert panel.made.text().startswith("Opened 9 ×")


def test_a_link_that_is_over_keeps_its_figures_and_gives_nothing(qtbot: QtBot) -> None:
    with _page(qtbot, _visited(state=LinkState.ENDED), view="links") as (page, _stage):
        panel = _details(qtbot, page)
        qtbot.waitUntil(panel.figures.chart.isVisible)
        assert panel.state.text() == "Over"
        assert not panel.giving.isVisible()
        assert not panel.qr.isVisible()
        assert page.focusWidget() is panel.close_


def test_a_link_without_an_address_says_why(qtbot: QtBot) -> None:
    nobody = (Recipient(id=PassId("p1")),)
    with _page(qtbot, _visited(recipients=nobody), view="links") as (page, _stage):
        panel = _details(qtbot, page)
        assert "in no network of a home" in panel.state.text()
        assert not panel.giving.isVisible()


@pytest.mark.parametrize("high", [600, 720, 1080])
def test_the_details_fit_the_window_or_scroll(qtbot: QtBot, high: int) -> None:
    two = (OLD.recipients[0], Recipient(id=PassId("bob"), name="Bob", address="https://x/b"))
    world = _visited(recipients=two)
    world.accounts.all = {}
    with _page(qtbot, world, view="links") as (page, _stage):
        page.resize(1280, high)
        panel = _details(qtbot, page)
        qtbot.waitUntil(panel.figures.chart.isVisible)
        QApplication.processEvents()
        assert panel.panel.height() <= high - 48
        bar = panel.area.verticalScrollBar().maximum()
        assert (bar > 0) == (high == 600), f"{bar} px of {high}"


# Held by the clock.


def _held() -> World:
    world = _visited(state=LinkState.HELD)
    world.sharing.held = True
    return world


def test_a_clock_set_back_is_explained_and_trusted_with_the_keys(qtbot: QtBot) -> None:
    world = _held()
    with _page(qtbot, world, view="links") as (page, stage):
        shown = page.links
        qtbot.waitUntil(shown.held_card.isVisible)
        assert "20 February 2026, 14:12" in shown.held.text.text()
        assert "some that were over" in shown.held.text.text()
        assert shown.counts.text() == "No link opens now"
        card = next(iter(shown.cards.values()))
        assert card.state.text() == "Held: the clock was set back"
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        shown.new.setFocus()
        assert _arrow(page, Key.Key_Up, page) is shown.held.right
        wanted, reached = _walk(page, page, shown.held.right)
        assert wanted - reached == set(), _named(wanted - reached)
        shown.held.right.setFocus()
        QTest.keyClick(shown.held.right, Key.Key_Return)
        qtbot.waitUntil(lambda: world.sharing.wishes("trust_clock") == [()])
        qtbot.waitUntil(lambda: not shown.held_card.isVisible())
        assert "Links are open again" in stage.seen.told
        qtbot.waitUntil(lambda: card.state.text() == "Open")
        assert page.focusWidget() is not None


def test_nothing_is_said_of_the_clock_while_it_is_right(qtbot: QtBot) -> None:
    with _page(qtbot, World(), view="links") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        assert not page.links.held_card.isVisible()
        assert page.links.counts.text() == "1 link(s) open now"


def test_the_clock_is_explained_without_any_link_and_when_trust_fails(qtbot: QtBot) -> None:
    world = World(sharing=FakeLinks())
    world.sharing.held = True
    with _page(qtbot, world, view="links") as (page, stage):
        qtbot.waitUntil(page.links.held_card.isVisible)
        assert page.links.stack.currentWidget() is page.links.empty
        world.sharing.error = Unavailable("errors.server_offline", host="x")
        page.links.held.right.click()
        qtbot.waitUntil(lambda: any("x" in text for text in stage.seen.told))
        assert (page.links.held.right.busy, page.links.held_card.isVisible()) == (False, True)


# Taken back for good.


def test_a_link_whose_keys_are_gone_offers_no_way_back(qtbot: QtBot) -> None:
    lost = replace(OLD.recipients[0], gone=True, address="")
    with _page(qtbot, _visited(state=LinkState.REVOKED, recipients=(lost,)), view="links") as (
        page,
        _stage,
    ):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        card = next(iter(page.links.cards.values()))
        assert card.state.text() == "Taken back for good"
        assert not card.revoke.isVisible()
        assert card.remove.isVisible()
        assert not card.qr.isVisible(), "no grey box where nothing is to be scanned"
        assert not card.ends.isVisible(), "it does not end tomorrow: it has"
        panel = _details(qtbot, page)
        assert panel.state.text() == "Taken back for good"
        qtbot.waitUntil(panel.figures.chart.isVisible)
