"""The search's view-model: it follows its own search, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import NotFound, Unavailable
from app.domain.events import SearchChanged
from app.domain.search import SearchId
from app.domain.wishes import WishKind
from app.runtime.bus import EventBus
from tests.fakes.searching import FakeSearch, found, torrent, wrong
from tests.fakes.services import running_bridge
from ui.pages.search.kept import KeptViewModel
from ui.pages.search.narrowing import Narrowing, Way
from ui.pages.search.viewmodel import SearchViewModel


@dataclass
class Desk:
    """A view-model and what it stands on."""

    model: SearchViewModel
    kept: KeptViewModel
    service: FakeSearch
    bus: EventBus
    qtbot: QtBot

    def search(self, text: str = "film") -> None:
        self.model.search(text)
        self.qtbot.waitUntil(lambda: self.model.view is not None)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    with running_bridge() as (bridge, bus):
        service = FakeSearch(bus)
        yield Desk(
            SearchViewModel(bridge, service), KeptViewModel(bridge, service.kept), service, bus,
            qtbot,
        )  # fmt: skip


def test_rows_come_as_they_are_found(desk: Desk) -> None:
    desk.search("  the   film ")
    assert desk.service.asked == [("the film", False)]
    assert desk.model.busy
    desk.service.answer(found(1), done=False)
    desk.qtbot.waitUntil(lambda: list(desk.model.ids) == [1])
    desk.service.answer(found(1), found(2, score=95), wrong(3))
    desk.qtbot.waitUntil(lambda: list(desk.model.ids) == [2, 1])
    assert desk.model.shown == 2
    assert [row.id for row in desk.model.hidden] == [3]
    assert not desk.model.busy


def test_answers_of_another_search_are_not_shown(desk: Desk) -> None:
    desk.search()
    other = replace(desk.service.view, id=SearchId(99), results=(found(5),))
    desk.bus.publish(SearchChanged(other))
    desk.service.answer(found(1))
    desk.qtbot.waitUntil(lambda: list(desk.model.ids) == [1])


def test_a_new_search_closes_the_one_before(desk: Desk) -> None:
    desk.search("one")
    desk.model.narrow(Narrowing(way=Way.NOW))
    desk.search("two")
    desk.qtbot.waitUntil(lambda: desk.service.closed == [1])
    assert not desk.model.narrowing.active
    desk.service.answer(found(1))
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 1)
    desk.search("three")
    desk.model.clear()
    desk.qtbot.waitUntil(lambda: desk.service.closed == [1, 3])  # the second was complete
    assert desk.model.typed == ""
    assert len(desk.model.ids) == 0


def test_nothing_typed_is_no_search(desk: Desk) -> None:
    desk.model.search("   ")
    assert desk.service.asked == []


def test_a_search_that_cannot_begin_is_told(desk: Desk) -> None:
    desk.service.error = Unavailable("errors.database_busy")
    with desk.qtbot.waitSignal(desk.model.broke):
        desk.model.search("film")
    assert not desk.model.busy


def test_refresh_asks_everybody_anew(desk: Desk) -> None:
    desk.search("film")
    desk.model.refresh()
    desk.qtbot.waitUntil(lambda: desk.service.asked == [("film", False), ("film", True)])


def test_rows_stay_while_somebody_points_at_them(desk: Desk) -> None:
    desk.search()
    desk.service.answer(found(1, score=70), found(2, score=60), done=False)
    desk.qtbot.waitUntil(lambda: list(desk.model.ids) == [1, 2])
    desk.model.hold()
    desk.service.answer(found(1, score=70), found(2, score=60), found(3, score=90))
    desk.qtbot.waitUntil(lambda: list(desk.model.ids) == [1, 2, 3])
    assert desk.model.late == 1
    desk.model.put_in_order()
    assert list(desk.model.ids) == [3, 1, 2]
    assert desk.model.late == 0


def test_the_best_is_sure_shown_and_can_start(desk: Desk) -> None:
    desk.search()
    assert desk.model.best() is None
    desk.service.answer(torrent(1, 95), wrong(2), found(3, score=60))
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 2)
    best = desk.model.best()
    assert best is not None
    assert best.id == 3


def test_playing_gives_a_ticket_or_says_why_not(desk: Desk) -> None:
    desk.search()
    desk.service.answer(found(1))
    desk.qtbot.waitUntil(lambda: len(desk.model.ids) == 1)
    with desk.qtbot.waitSignal(desk.model.ready) as told:
        desk.model.play()
    assert told.args == [77]
    with desk.qtbot.waitSignal(desk.model.ready):
        desk.model.play(1, 2)
    assert desk.service.played == [(None, 0), (1, 2)]
    desk.service.error = NotFound("errors.nothing_to_play")
    with desk.qtbot.waitSignal(desk.model.failed):
        desk.model.play()


def test_what_is_kept_follows_the_service_and_can_be_undone(desk: Desk) -> None:
    kept = desk.kept
    desk.search("dune 2021")
    view = desk.model.view
    assert view is not None
    kept.toggle(WishKind.FOLLOW, view)
    desk.qtbot.waitUntil(lambda: kept.wish(WishKind.FOLLOW, view) is not None)
    assert kept.wish(WishKind.WATCH, view) is None
    with desk.qtbot.waitSignal(kept.removed) as told:
        kept.toggle(WishKind.FOLLOW, view)
    desk.qtbot.waitUntil(lambda: kept.wish(WishKind.FOLLOW, view) is None)
    assert told.args is not None
    kept.restore(told.args[0])
    desk.qtbot.waitUntil(lambda: kept.wish(WishKind.FOLLOW, view) is not None)
    kept.toggle_saved(view)
    desk.qtbot.waitUntil(lambda: kept.saved(view))
    kept.toggle_saved(view)
    desk.qtbot.waitUntil(lambda: not kept.saved(view))
