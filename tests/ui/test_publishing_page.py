"""The Publishing page offscreen: views and their states, moves by mouse and keys, the arrows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.access import LinkState
from app.domain.errors import Unavailable
from app.domain.events import PostChanged
from app.domain.post import AccountId, Channel, ChannelId, PostState
from app.domain.results import Proposal, ProposalState, Remake, Rule, RuleId, WatchedState
from tests.fakes.pages import Stage, open_stage
from tests.fakes.publishing import (
    NOW,
    TODAY,
    FakeAccounts,
    FakeAudit,
    FakeCurator,
    FakeLinks,
    FakePublishing,
    FakeResults,
    ab_test,
    account,
    at,
    drawn_accounts,
    drawn_week,
    entry,
    figures,
    link,
    post,
    watched,
)
from tests.fakes.services import FakeLibrary
from tests.fakes.studio import FakeStudio, card, finished
from ui.focus import FocusNavigator
from ui.pages.publishing.days import Span
from ui.pages.publishing.page import PublishingPage, create
from ui.pages.publishing.post_card import PostCard
from ui.widgets.empty_state import EmptyState
from ui.widgets.overlay import Overlay

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture(autouse=True)
def english() -> None:
    """Weeks begin on Monday; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


@dataclass
class World:
    """The services of a station that publishes."""

    publishing: FakePublishing = field(default_factory=lambda: FakePublishing(drawn_week()))
    accounts: FakeAccounts = field(default_factory=lambda: FakeAccounts(drawn_accounts()))
    sharing: FakeLinks = field(default_factory=lambda: FakeLinks([link()]))
    results: FakeResults = field(default_factory=lambda: FakeResults(figures(), [ab_test()]))
    audit: FakeAudit = field(default_factory=lambda: FakeAudit([entry(1), entry(2)]))
    studio: FakeStudio = field(default_factory=lambda: FakeStudio([card(1)], finished(1)))
    curator: FakeCurator = field(default_factory=FakeCurator)
    opened: list[str] = field(default_factory=list)  # in the browser


@contextlib.contextmanager
def _page(
    qtbot: QtBot, world: World, wide: int = 1600, **visit: object
) -> Iterator[tuple[PublishingPage, Stage]]:
    with open_stage(FakeLibrary(), **vars(world)) as stage:
        for service in (world.publishing, world.accounts, world.sharing, world.results):
            service.bus = stage.bus
        page = create(stage.context, lambda: NOW)
        assert isinstance(page, PublishingPage)
        page.desk.browse = world.opened.append
        qtbot.addWidget(page)
        page.resize(wide, 1000)
        page.show()
        page.opened(**visit)
        qtbot.waitUntil(lambda: page.models.posts.queue is not None or _failing(world))
        qtbot.waitUntil(lambda: page.models.accounts.accounts is not None)
        page.focus_first()
        yield page, stage
        page.shut()
        page.hide()


def _failing(world: World) -> bool:
    return world.publishing.error is not None


def _walk(window: QWidget, home: QWidget, start: QWidget) -> tuple[set[QWidget], set[QWidget]]:
    """What the arrows must reach, and what they reach."""
    arrows = FocusNavigator(window, lambda: [home], lambda _key: False, window)
    wanted = set(arrows.candidates())
    reached, todo = set[QWidget](), [start]
    while todo:
        widget = todo.pop()
        if widget in reached:
            continue
        reached.add(widget)
        for key in ARROWS:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            arrows.move(key)
            found = QApplication.focusWidget()
            if found is not None and found not in reached:
                todo.append(found)
    return wanted, reached


def _named(widgets: set[QWidget]) -> list[str]:
    return sorted(f"{type(one).__name__} {one.accessibleName()!r}" for one in widgets)


def _overlay(page: QWidget, kind: str = "") -> Overlay:
    """The panel that lies over the page."""
    shown = [one for one in page.window().findChildren(Overlay) if one.isVisible()]
    found = [one for one in shown if not kind or type(one).__name__ == kind]
    assert found, [type(one).__name__ for one in shown]
    return found[-1]


# The calendar.


def test_the_page_shows_what_the_drawing_shows(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, _stage):
        overview = page.overview
        qtbot.waitUntil(lambda: overview.place.currentWidget() is overview.calendar)
        assert page.head.next.text() == "Next: YouTube today at 18:00"
        assert page.head.chips["queue"].text() == "Queue · 5"
        assert overview.bar.days.text() == "16–22 February 2026"
        assert [head.text() for head in overview.calendar.heads][:2] == ["Mon 16", "Tue 17"]
        assert len(overview.calendar.cards) == 7
        first = overview.calendar.card(drawn_week()[3].id)
        assert first.accessibleName() == (
            "Why the sky is blue, YouTube · Kitchen Lab, today at 18:00, Planned"
        )
        assert page.focusWidget() is first, "what goes out next"
        qtbot.waitUntil(lambda: overview.tests.isVisible() and bool(overview.link_cards))
        test = next(iter(overview.tests.cards.values()))
        assert test.cards[0].leads
        assert "Leads, 96 % sure" in test.cards[0].accessibleName()
        assert "6.1 % clicked" in test.cards[0].accessibleName()
        shown = next(iter(overview.link_cards.values()))
        assert (shown.facts.text(), shown.ends.text()) == (
            "€3.00 · 12 of 50 used", "Ends tomorrow at 20:00",
        )  # fmt: skip
        qtbot.waitUntil(lambda: shown.qr.drawn)
        qtbot.waitUntil(lambda: overview.needs.isVisible())
        need = next(iter(overview.needs.rows.values()))
        assert "Instagram (Kitchen Lab) signed you out." in need.accessibleName()


def test_states_differ_by_word_and_shape_not_by_colour_alone(qtbot: QtBot) -> None:
    posts = [post(n, when=at(20, 8 + n), state=state) for n, state in enumerate(PostState)]
    posts = [one for one in posts if one.state is not PostState.CANCELLED]
    with _page(qtbot, World(FakePublishing(posts))) as (page, _stage):
        cards = page.overview.calendar.cards
        spoken = {one.accessibleName().rpartition(", ")[2] for one in cards}
        assert len(spoken) == len(cards) == 6, "the others are behind “+ n more”"
        assert page.overview.calendar.more(TODAY) is not None


def test_nothing_yet_says_what_to_do_first(qtbot: QtBot) -> None:
    world = World(FakePublishing(), FakeAccounts(), FakeLinks(), FakeResults())
    with _page(qtbot, world) as (page, _stage):
        overview = page.overview
        qtbot.waitUntil(lambda: overview.stack.currentWidget() is overview.empty)
        page.focus_first()
        assert QApplication.focusWidget() is not None
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: _has(page, "AddAccount"))


def test_a_calendar_that_fails_leaves_the_rest_and_is_asked_again(qtbot: QtBot) -> None:
    world = World()
    world.publishing.error = Unavailable("errors.server_offline", host="x")
    with _page(qtbot, world) as (page, stage):
        overview = page.overview
        qtbot.waitUntil(lambda: overview.why.isVisible())
        assert "Nothing of yours was lost" in overview.why.text()
        qtbot.waitUntil(lambda: bool(overview.link_cards))
        page.focus_first()
        assert page.focusWidget() is overview.broken
        world.publishing.error = None
        QTest.keyClick(overview.broken, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: overview.place.currentWidget() is overview.calendar)
        assert "x" not in stage.seen.told


def test_before_the_answer_there_are_quiet_shapes(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary(), **vars(World())) as stage:
        page = create(stage.context, lambda: NOW)
        assert isinstance(page, PublishingPage)
        qtbot.addWidget(page)
        page.show()
        assert page.overview.place.currentWidget() is page.overview.busy
        assert page.queue.stack.currentWidget() is page.queue.busy
        assert page.accounts.stack.currentWidget() is page.accounts.busy
        assert page.links.stack.currentWidget() is page.links.busy
        assert page.results.stack.currentWidget() is page.results.busy
        assert page.audit.stack.currentWidget() is page.audit.busy
        page.hide()


def test_the_mouse_drags_a_post_to_another_day_and_the_toast_takes_it_back(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        dragged = drawn_week()[3]
        _drag(calendar.card(dragged.id), calendar.heads[6])
        qtbot.waitUntil(lambda: world.publishing.wishes("move") == [(dragged.id, at(22))])
        qtbot.waitUntil(
            lambda: stage.seen.told == ["“Why the sky is blue” goes out Sunday at 18:00"]
        )
        assert stage.seen.actions[-1] is not None
        stage.seen.actions[-1]()
        qtbot.waitUntil(lambda: world.publishing.wishes("move")[-1] == (dragged.id, at(20)))


def test_a_drag_into_the_past_or_of_what_is_out_moves_nothing(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        planned, done = calendar.card(drawn_week()[3].id), calendar.card(drawn_week()[0].id)
        place = planned.pos()
        _drag(planned, calendar.heads[0])
        assert planned.pos() == place
        _drag(done, calendar.heads[6])
        assert world.publishing.wishes("move") == []


def test_the_keyboard_takes_a_post_moves_it_and_puts_it_down(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        held = calendar.card(drawn_week()[3].id)
        held.setFocus()
        assert not held.takes_arrow(Qt.Key.Key_Left)
        QTest.keyClick(held, Qt.Key.Key_Return)
        assert held.takes_arrow(Qt.Key.Key_Left)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
            QTest.keyClick(held, key)
        assert page.overview.bar.hint.text().startswith("Sunday at 16:00 ·")
        assert held.accessibleDescription() == "Sunday at 16:00"
        sunday = calendar.heads[6]
        assert sunday.x() <= held.geometry().center().x() <= sunday.geometry().right()
        QTest.keyClick(held, Qt.Key.Key_Return)
        assert not held.takes_arrow(Qt.Key.Key_Left)
        moved = (drawn_week()[3].id, at(22, 16))
        qtbot.waitUntil(lambda: world.publishing.wishes("move") == [moved])
        assert page.overview.bar.hint.text() == ""
        assert page.focusWidget() is held


def test_back_leaves_a_held_post_where_it_was_and_twice_ok_opens_it(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        held = calendar.card(drawn_week()[3].id)
        held.setFocus()
        place = held.pos()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            QTest.keyClick(held, key)
        assert (held.held, held.pos(), held.at) == (False, place, at(20))
        QTest.keyClick(held, Qt.Key.Key_Return)
        QTest.keyClick(held, Qt.Key.Key_Return)
        assert world.publishing.wishes("move") == []
        panel = _overlay(page, "PostPanel")
        panel.dismiss()
        done = calendar.card(drawn_week()[0].id)
        QTest.keyClick(done, Qt.Key.Key_Return)  # it cannot be moved: it opens at once
        qtbot.waitUntil(lambda: _has(page, "PostPanel"))


def test_no_arrow_leads_into_the_past(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        held = calendar.card(drawn_week()[3].id)
        QTest.keyClick(held, Qt.Key.Key_Return)
        for _ in range(9):
            QTest.keyClick(held, Qt.Key.Key_Up)
        QTest.keyClick(held, Qt.Key.Key_Left)
        assert held.at == at(20, 15)
        QTest.keyClick(held, Qt.Key.Key_Escape)


def test_what_happens_to_a_post_is_mended_in_place_and_the_focus_stays(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.cards) == 7)
        shown = calendar.card(drawn_week()[3].id)
        shown.setFocus()
        moved = replace(drawn_week()[3], state=PostState.SENDING, fraction=0.5)
        stage.bus.publish(PostChanged(moved))
        qtbot.waitUntil(lambda: shown.accessibleName().endswith("Being sent · 50 %"))
        assert calendar.card(moved.id) is shown
        assert page.focusWidget() is shown


def test_a_year_of_5000_posts_builds_only_what_is_shown(qtbot: QtBot) -> None:
    posts = [post(n, when=at(1 + n % 365, 7 + n % 14, n % 60)) for n in range(5_000)]
    world = World(FakePublishing(posts))
    with _page(qtbot, world) as (page, _stage):
        model, calendar = page.models.posts, page.overview.calendar
        qtbot.waitUntil(lambda: bool(calendar.cards))
        assert len(calendar.cards) <= 7 * 6
        model.show_span(Span.MONTH)
        qtbot.waitUntil(lambda: len(calendar.heads) > 7 and model.posts is not None)
        assert len(calendar.cards) <= 42 * 3
        before = len(page.findChildren(QWidget))
        for _ in range(6):
            model.turn(1)
            qtbot.waitUntil(lambda: model.posts is not None)
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete
        assert len(page.findChildren(QWidget)) <= before + 60, "what went is not kept"
        asked = world.publishing.wishes("posts")[-1]
        assert isinstance(asked[1], float)
        assert isinstance(asked[0], float)
        assert asked[1] - asked[0] < 43 * 86_400, "only the days that are shown are asked for"
        assert len(page.queue.list.rows) == 40
        more = page.overview.calendar.heads[10]
        assert "post" in more.accessibleName()


def test_a_full_day_opens_whole(qtbot: QtBot) -> None:
    posts = [post(n, when=at(21, 6 + n)) for n in range(9)]
    with _page(qtbot, World(FakePublishing(posts))) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: calendar.more(TODAY.addDays(1)) is not None)
        line = calendar.more(TODAY.addDays(1))
        assert line is not None
        assert "3" in line.text()
        QTest.keyClick(line, Qt.Key.Key_Return)
        panel = _overlay(page, "DayPanel")
        assert len(panel.list.rows) == 9  # type: ignore[attr-defined]  # the panel of a day
        panel.dismiss()


def test_a_press_on_a_day_begins_a_post_of_that_day(qtbot: QtBot) -> None:
    with _page(qtbot, World()) as (page, _stage):
        calendar = page.overview.calendar
        qtbot.waitUntil(lambda: len(calendar.heads) == 7)
        QTest.keyClick(calendar.heads[5], Qt.Key.Key_Return)
        _overlay(page, "PostEditor")
        assert page.models.editor.draft.at == at(21, 15)


# The arrows.


@pytest.mark.parametrize("view", ["calendar", "queue", "results", "links", "audit", "accounts"])
def test_the_arrows_reach_everything(qtbot: QtBot, view: str) -> None:
    brand = Channel(ChannelId("c1"), "Kitchen Lab", (AccountId("youtube"),))
    rule = Rule(RuleId("r1"), "Upright", ())
    world = World(
        accounts=FakeAccounts(drawn_accounts(), [brand]),
        results=FakeResults(figures(), [ab_test()], [rule]),
    )
    with _page(qtbot, world, view=view) as (page, _stage):
        ready = {
            "calendar": lambda: bool(page.overview.link_cards) and page.overview.tests.isVisible(),
            "queue": lambda: bool(page.queue.list.rows),
            "results": lambda: (
                bool(page.results.table.blocks) and bool(page.results.rules.switches)
            ),
            "links": lambda: bool(page.links.cards),
            "audit": lambda: bool(page.audit.rows),
            "accounts": lambda: bool(page.accounts.heads),
        }[view]
        qtbot.waitUntil(ready)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        start = page.focusWidget()
        assert start is not None
        wanted, reached = _walk(page, page, start)
        assert wanted - reached == set(), _named(wanted - reached)
        nameless = [one for one in wanted if not (one.accessibleName() or _text(one))]
        assert nameless == [], _named(set(nameless))


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


# Helpers.


def _has(page: QWidget, kind: str) -> bool:
    shown = [one for one in page.window().findChildren(Overlay) if one.isVisible()]
    return any(type(one).__name__ == kind for one in shown)


def _drag(card: PostCard, onto: QWidget) -> None:
    """Drag a card with the left button onto another widget."""
    target = onto.mapToGlobal(onto.rect().center()) + QPoint(0, 40)
    left = Qt.MouseButton.LeftButton
    middle = card.rect().center()
    QTest.mousePress(card, left, pos=middle)
    QTest.mouseMove(card, middle + QPoint(QApplication.startDragDistance() + 4, 0))
    QTest.mouseMove(card, card.mapFromGlobal(target))
    QTest.mouseRelease(card, left, pos=card.mapFromGlobal(target))


# Queue, needs, a post.


def test_the_queue_is_held_and_goes_on(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world, view="queue") as (page, _stage):
        qtbot.waitUntil(lambda: len(page.queue.list.rows) == 5)
        page.queue.pause.click()
        qtbot.waitUntil(lambda: world.publishing.held)
        assert page.queue.pause.text() == "Go on"
        assert page.head.next.text() == "Everything is held"
        page.queue.pause.click()
        qtbot.waitUntil(lambda: not world.publishing.held)


def test_an_empty_queue_says_what_to_do(qtbot: QtBot) -> None:
    with _page(qtbot, World(FakePublishing()), view="queue") as (page, _stage):
        qtbot.waitUntil(lambda: page.queue.stack.currentWidget() is page.queue.empty)
        page.focus_first()
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: _has(page, "PostEditor"))


def test_needs_are_answered_where_they_stand(qtbot: QtBot) -> None:
    lost = post(21, "youtube", at(19, 9), state=PostState.UNCONFIRMED)
    asking = post(20, "youtube", at(20, 9), state=PostState.ASKING)
    failed = post(22, "x_com", at(19, 12), state=PostState.FAILED)
    world = World(FakePublishing([lost, asking, failed]), FakeAccounts([account("youtube")]))
    with _page(qtbot, world) as (page, _stage):
        needs = page.overview.needs
        qtbot.waitUntil(lambda: len(needs.rows) == 3)

        def button(kind: str, of: str, name: str) -> QWidget:
            found = needs.rows[f"{kind}:{of}"].findChild(QWidget, name)
            assert found is not None
            return found

        QTest.keyClick(button("confirm", lost.id, "look"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: world.opened == ["https://studio.youtube.com"])
        QTest.keyClick(button("confirm", lost.id, "not_out"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: world.publishing.wishes("answer") == [(lost.id, False)])
        QTest.keyClick(button("approve", asking.id, "approve"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: world.publishing.wishes("approve") == [(asking.id,)])
        QTest.keyClick(button("failed", failed.id, "again"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: world.publishing.wishes("again") == [(failed.id,)])
        qtbot.waitUntil(lambda: not needs.isVisible())


def test_a_post_is_moved_and_cancelled_from_its_panel(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world) as (page, stage):
        panel = page.openings.post(drawn_week()[3])
        panel.time.day.more.click()
        panel.time.hour.less.click()
        panel.set.click()
        qtbot.waitUntil(lambda: world.publishing.wishes("move") == [(panel.post.id, at(21, 17))])
        panel = page.openings.post(drawn_week()[4])
        panel.button("cancel").click()
        qtbot.waitUntil(lambda: "“Thread” was cancelled" in stage.seen.told)
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: world.publishing.wishes("restore") == [(drawn_week()[4].id,)])


# Links, audit, accounts, results: what is done in them.


def test_a_link_is_copied_revoked_and_opened_again(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world, view="links") as (page, stage):
        qtbot.waitUntil(lambda: bool(page.links.cards))
        shown = next(iter(page.links.cards.values()))
        QTest.keyClick(shown.copy, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "Copied" in stage.seen.told)
        assert QGuiApplication.clipboard().text() == link().recipients[0].address
        shown.revoke.click()
        qtbot.waitUntil(lambda: world.sharing.all[link().id].state is LinkState.REVOKED)
        assert shown.state.text() == "Revoked"
        qtbot.waitUntil(lambda: "“Film night: Metropolis” opens no more" in stage.seen.told)
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: world.sharing.all[link().id].state is LinkState.OPEN)


@pytest.mark.parametrize(
    ("view", "service"),
    [("links", "sharing"), ("results", "results"), ("audit", "audit"), ("accounts", "accounts")],
)
def test_a_view_that_fails_says_so_itself(qtbot: QtBot, view: str, service: str) -> None:
    world = World()
    asked = getattr(world, service)
    asked.error = Unavailable("errors.server_offline", host="x")
    with open_stage(FakeLibrary(), **vars(world)) as stage:
        page = create(stage.context, lambda: NOW)
        assert isinstance(page, PublishingPage)
        qtbot.addWidget(page)
        page.show()
        page.opened(view=view)
        shown = page.view(view)
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.broken)  # type: ignore[attr-defined]  # each has both
        page.focus_first()
        asked.error = None
        button = page.focusWidget()
        assert button is not None
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.area)  # type: ignore[attr-defined]  # each has both
        page.hide()


@pytest.mark.parametrize("view", ["links", "results", "audit", "accounts"])
def test_a_view_with_nothing_in_it_says_what_comes_there(qtbot: QtBot, view: str) -> None:
    world = World(FakePublishing(), FakeAccounts(), FakeLinks(), FakeResults(), FakeAudit())
    with _page(qtbot, world, view=view) as (page, _stage):
        shown = page.view(view)
        qtbot.waitUntil(lambda: isinstance(shown.stack.currentWidget(), EmptyState))  # type: ignore[attr-defined]  # each has one


def test_the_log_is_checked_exported_and_forgets(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world, view="audit") as (page, stage):
        qtbot.waitUntil(lambda: len(page.audit.rows) == 2)
        QTest.keyClick(page.audit.check, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "as they were written" in page.audit.told.text())
        world.audit.wrong = 2
        page.audit.check.click()
        qtbot.waitUntil(lambda: page.audit.told.text().startswith("Entry 2 is not"))
        page.audit.forget.click()
        panel = _overlay(page, "ForgetPanel")
        panel.field.setText("youtube")  # type: ignore[attr-defined]  # where one writes
        panel.erase.click()  # type: ignore[attr-defined]  # its button
        qtbot.waitUntil(lambda: world.audit.wishes("forget") == [("youtube",)])
        qtbot.waitUntil(lambda: page.audit.rows[0].accessibleName().endswith("erased"))
        assert stage.seen.told[-1].startswith("2 entries")


def test_what_a_rule_found_is_published_or_left(qtbot: QtBot) -> None:
    found = Proposal(
        RuleId("r1"), "Upright", post(1).id, "Kitchen clocks", Remake.VERTICAL,
        ProposalState.PROPOSED, NOW, 4210,
    )  # fmt: skip
    rule = Rule(RuleId("r1"), "Upright", (), accounts=(AccountId("tiktok"),))
    world = World(results=FakeResults(figures(), (), [rule], [found]))
    with _page(qtbot, world, view="results") as (page, stage):
        rules = page.results.rules
        qtbot.waitUntil(lambda: (rule.id, found.post, "send") in rules.buttons)
        rules.buttons[rule.id, found.post, "send"].click()
        qtbot.waitUntil(lambda: world.results.repurposing.wishes("send") == [(rule.id, found.post)])
        qtbot.waitUntil(lambda: rule.id in rules.switches)
        rules.switches[rule.id].click()
        qtbot.waitUntil(lambda: not world.results.repurposing.all[rule.id].enabled)
        page.models.results.remove(rule)
        qtbot.waitUntil(lambda: "The rule “Upright” was removed" in stage.seen.told)
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: rule.id in world.results.repurposing.all)


def test_a_video_of_the_watch_folder_waits_for_one_press(qtbot: QtBot) -> None:
    draft = post(1, state=PostState.DRAFT)
    files = [watched(1), watched(2, WatchedState.BROKEN), watched(3, WatchedState.SENT)]
    world = World(FakePublishing([draft]), curator=FakeCurator(files))
    with _page(qtbot, world, view="queue") as (page, _stage):
        card = page.queue.watched
        qtbot.waitUntil(lambda: len(card.card.rows()) == 2)
        assert page.queue.stack.currentWidget() is page.queue.area
        card.buttons[files[0].digest, "look"].click()
        qtbot.waitUntil(lambda: _has(page, "PostPanel"))
        _overlay(page, "PostPanel").dismiss()
        card.buttons[files[1].digest, "again"].click()
        qtbot.waitUntil(lambda: world.curator.wishes("again") == [(files[1].digest,)])
        card.buttons[files[0].digest, "send"].click()
        qtbot.waitUntil(lambda: world.publishing.wishes("send") == [((draft.id,),)])


def test_figures_are_looked_at_now_and_a_post_repeats(qtbot: QtBot) -> None:
    world = World()
    with _page(qtbot, world, view="results") as (page, _stage):
        qtbot.waitUntil(lambda: bool(page.results.table.blocks))
        page.results.fetch.click()
        qtbot.waitUntil(lambda: world.results.wishes("fetch") == [()])
        qtbot.waitUntil(lambda: not page.results.fetch.busy)
        panel = page.openings.post(drawn_week()[3])
        panel.repeat.chosen.emit("weekly")
        qtbot.waitUntil(lambda: world.publishing.all[panel.post.id].repeat == "weekly")


@pytest.mark.parametrize("wide", [760, 1100, 1160, 1500])
def test_no_button_of_a_link_is_cut_off(qtbot: QtBot, wide: int) -> None:
    world = World()
    with _page(qtbot, world, view="links") as (page, _stage):
        page.resize(wide, 900)
        qtbot.waitUntil(lambda: bool(page.links.cards))

        def whole() -> bool:
            return all(
                one.revoke.mapTo(one, one.revoke.rect().bottomLeft()).y() < one.height()
                and one.height() >= one.heightForWidth(one.width())
                for one in page.links.cards.values()
            )

        qtbot.waitUntil(whole)
