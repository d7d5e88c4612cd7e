"""The details page's state without a widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import NotFound
from app.domain.events import LibraryChanged, PositionChanged
from app.domain.media import Details, ItemId, MediaKind
from app.runtime.bus import EventBus
from tests.fakes.services import FakeLibrary, FakePlayback, episode, film, running_bridge
from ui.bridge import Bridge
from ui.pages.details.viewmodel import DetailsViewModel, due_episode


async def nothing_more(details: Details) -> Details:
    """No plugin knows anything."""
    return details


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def test_an_item_is_loaded_and_kept_true(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = DetailsViewModel(bridge[0], library, FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.details_changed):
        model.load(ItemId(1))
    assert model.play_target == film(1)
    library.all[ItemId(1)] = film(1, position=252.0)
    with qtbot.waitSignal(model.details_changed):
        bridge[1].publish(PositionChanged(ItemId(1), 252.0, False))
    assert model.details is not None
    assert model.details.card.position == 252.0


def test_other_items_do_not_disturb(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = DetailsViewModel(bridge[0], FakeLibrary([film(1)]), FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.details_changed):
        model.load(ItemId(1))
    with qtbot.assertNotEmitted(model.details_changed, wait=100):
        bridge[1].publish(LibraryChanged((ItemId(77),)))
        bridge[1].publish(PositionChanged(ItemId(77), 1.0, False))


def test_a_series_plays_the_episode_that_is_due(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    library = FakeLibrary([film(900, kind=MediaKind.SERIES)])
    library.episodes = (episode(1, watched=True), episode(2), episode(3))
    model = DetailsViewModel(bridge[0], library, FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.details_changed):
        model.load(ItemId(900))
    assert model.play_target == episode(2)


def test_marking_is_told(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    playback = FakePlayback()
    model = DetailsViewModel(bridge[0], FakeLibrary([film(1)]), playback, nothing_more)
    with qtbot.waitSignal(model.marked) as marked:
        model.mark_watched(film(1), True)
    assert marked.args == [film(1), True]
    assert playback.marked == [(ItemId(1), True)]


def test_an_item_that_went_fails_plainly(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    library.error = NotFound("errors.item_gone")
    model = DetailsViewModel(bridge[0], library, FakePlayback(), nothing_more)
    with qtbot.waitSignal(model.failed):
        model.load(ItemId(1))
    assert model.play_target is None


def test_which_episode_is_due() -> None:
    one, two, special = episode(1), episode(2), episode(9, season=0)
    assert due_episode((special, one, two)) == one
    begun = episode(2, position=60.0)
    assert due_episode((one, begun)) == begun
    watched = (episode(1, watched=True), episode(2, watched=True))
    assert due_episode(watched) == watched[0]
    assert due_episode(()) is None


def test_what_plugins_know_comes_after_and_stays(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    async def describe(details: Details) -> Details:
        return replace(details, overview="A ridge, a valley.", genres=("Drama",), rating=7.5)

    library = FakeLibrary([film(1)])
    model = DetailsViewModel(bridge[0], library, FakePlayback(), describe)
    model.load(ItemId(1))
    qtbot.waitUntil(lambda: model.details is not None and model.details.genres == ("Drama",))
    library.all[ItemId(1)] = film(1, position=9.0)
    with qtbot.waitSignal(model.details_changed):
        bridge[1].publish(PositionChanged(ItemId(1), 9.0, False))
    assert model.details is not None
    assert model.details.overview == "A ridge, a valley."
