"""The Home page's state without a widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import PositionChanged
from app.domain.media import Details, ItemId, MediaKind
from app.runtime.bus import EventBus
from tests.fakes.services import FakeLibrary, FakePlayback, episode, film, running_bridge
from ui.bridge import Bridge
from ui.pages.home.viewmodel import HomeViewModel, choose_hero


async def nothing_more(details: Details) -> Details:
    """No plugin knows anything."""
    return details


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def test_shelves_are_loaded(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    watching = film(2, position=600.0)
    library, playback = FakeLibrary([film(1), watching]), FakePlayback([watching], [episode(3)])
    model = HomeViewModel(bridge[0], library, playback, nothing_more)
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    assert list(model.state.watching) == [watching]
    assert model.state.next_up == (episode(3),)
    assert [card.id for card in model.state.recent] == [1, 2]
    assert model.state.hero is not None
    assert model.state.hero.card == watching
    assert not model.busy


def test_an_empty_station_says_so(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = HomeViewModel(bridge[0], FakeLibrary(), FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    assert model.state.empty
    assert not model.state.has_folders


def test_a_failure_keeps_what_is_shown(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = HomeViewModel(bridge[0], library, FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    library.error = Unavailable("errors.database_busy")
    with qtbot.waitSignal(model.failed) as failure:
        model.reload()
    assert failure.args == [library.error]
    assert model.state.recent == (film(1),)


def test_watching_somewhere_else_reloads_once(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    library, playback = FakeLibrary([film(1)]), FakePlayback()
    model = HomeViewModel(bridge[0], library, playback, nothing_more)
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    playback.watching = [film(1, position=60.0)]
    with qtbot.waitSignal(model.state_changed):
        for second in range(5):
            bridge[1].publish(PositionChanged(ItemId(1), float(second), False))
    assert model.state.watching == (film(1, position=60.0),)


def test_a_card_can_be_forgotten_and_brought_back(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    watching = film(2, position=600.0)
    model = HomeViewModel(
        bridge[0], FakeLibrary([watching]), FakePlayback([watching]), nothing_more
    )
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    with qtbot.waitSignals([model.forgotten, model.state_changed]):
        model.forget(watching)
    assert not model.state.watching
    with qtbot.waitSignal(model.state_changed):
        model.restore(watching)
    assert list(model.state.watching) == [watching]


def test_the_hero_is_what_one_would_press() -> None:
    away = film(1, position=60.0, offline=True)
    assert choose_hero([away, film(2, position=9.0)], [], []) == film(2, position=9.0)
    assert choose_hero([away], [episode(4)], [film(3)]) == episode(4)
    assert choose_hero([], [], [film(5, watched=True), film(6)]) == film(6)
    series = film(7, kind=MediaKind.SERIES)
    assert choose_hero([], [], [series, film(8)]) == film(8)
    assert choose_hero([], [], [film(9, offline=True)]) == film(9, offline=True)
    assert choose_hero([], [], []) is None


def test_the_hero_gets_its_words_after_it_is_seen(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    asked: list[int] = []

    async def describe(details: Details) -> Details:
        asked.append(details.card.id)
        return replace(details, overview="A ridge, a valley.")

    library = FakeLibrary([film(1)])
    model = HomeViewModel(bridge[0], library, FakePlayback(), describe)
    model.reload()
    qtbot.waitUntil(lambda: _overview(model) == "A ridge, a valley.")
    library.all[ItemId(1)] = film(1, position=9.0)
    with qtbot.waitSignal(model.state_changed):
        bridge[1].publish(PositionChanged(ItemId(1), 9.0, False))
    assert _overview(model) == "A ridge, a valley."
    assert asked == [1]


def test_nothing_is_asked_while_nobody_looks(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = HomeViewModel(bridge[0], library, FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.state_changed):
        model.reload()
    model.shown = False
    library.all[ItemId(1)] = film(1, position=9.0)
    with qtbot.assertNotEmitted(model.busy_changed, wait=600):
        bridge[1].publish(PositionChanged(ItemId(1), 9.0, False))


def _overview(model: HomeViewModel) -> str | None:
    return model.state.hero.overview if model.state.hero is not None else None
