"""The Library page's state without a widget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import LibraryChanged, PositionChanged, ScanPhase, ScanProgressed
from app.domain.media import FolderId, ItemId, MediaKind, Sort
from app.runtime.bus import EventBus
from tests.fakes.services import FakeLibrary, FakePlayback, film, running_bridge
from ui.bridge import Bridge
from ui.pages.library.viewmodel import LibraryViewModel


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def _loaded(qtbot: QtBot, bridge: Bridge, library: FakeLibrary) -> LibraryViewModel:
    model = LibraryViewModel(bridge, library, FakePlayback())
    with qtbot.waitSignals([model.ids_changed, model.summary_changed]):
        model.reload()
    return model


def test_the_wall_is_loaded(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = _loaded(qtbot, bridge[0], FakeLibrary([film(1), film(2)]))
    assert list(model.ids) == [1, 2]
    assert model.summary.films == 2
    assert len(model.folders) == 1
    with qtbot.waitSignal(model.cards_arrived) as cards:
        model.want([2])
    assert cards.args == [[film(2)]]


def test_typing_asks_once(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1), film(2)])
    model = _loaded(qtbot, bridge[0], library)
    library.asked.clear()
    with qtbot.waitSignal(model.ids_changed):
        for text in ("f", "fi", "film 002"):
            model.search(text)
    assert list(model.ids) == [2]
    assert [query.text for query in library.asked] == ["film 002"]
    assert model.filtered
    with qtbot.waitSignal(model.ids_changed):
        model.clear_filters()
    assert list(model.ids) == [1, 2]
    assert not model.filtered


def test_filters_narrow(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1, watched=True), film(2), film(3, kind=MediaKind.SERIES)])
    model = _loaded(qtbot, bridge[0], library)
    with qtbot.waitSignal(model.ids_changed):
        model.show_unwatched(True)
    assert list(model.ids) == [2]
    with qtbot.waitSignal(model.ids_changed):
        model.show_kinds((MediaKind.SERIES,))
    assert list(model.ids) == [3]
    model.show_decade(1990)
    model.show_resolution("1080p")
    model.sort(Sort.TITLE)
    qtbot.waitUntil(lambda: library.asked[-1].sort is Sort.TITLE)
    assert library.asked[-1].decade == 1990
    assert library.asked[-1].resolution == "1080p"


def test_items_appear_while_the_scan_runs(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = _loaded(qtbot, bridge[0], library)
    progress = ScanProgressed(FolderId(1), "/films", ScanPhase.NAMES, 1, None)
    with qtbot.waitSignal(model.scans_changed):
        bridge[1].publish(progress)
    assert model.scans == {FolderId(1): progress}
    library.all[ItemId(2)] = film(2)
    with qtbot.waitSignals([model.ids_changed, model.cards_outdated]):
        bridge[1].publish(LibraryChanged((ItemId(2),)))
    assert list(model.ids) == [1, 2]
    model.cancel_scans()
    qtbot.waitUntil(lambda: library.cancelled == [FolderId(1)])
    with qtbot.waitSignal(model.scans_changed):
        bridge[1].publish(ScanProgressed(FolderId(1), "/films", ScanPhase.CANCELLED, 1, None))
    assert model.scans == {}


def test_a_position_only_renews_its_card(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = _loaded(qtbot, bridge[0], library)
    library.asked.clear()
    with qtbot.waitSignal(model.cards_outdated) as outdated:
        bridge[1].publish(PositionChanged(ItemId(1), 5.0, False))
    assert outdated.args == [(1,)]
    assert library.asked == []


def test_a_folder_is_added(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary()
    model = _loaded(qtbot, bridge[0], library)
    with qtbot.waitSignal(model.folder_added):
        model.add_folder(b"/media/disk2/\xff")
    assert library.added == [b"/media/disk2/\xff"]
    qtbot.waitUntil(lambda: len(model.folders) == 1)


def test_a_failure_is_told(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary([film(1)])
    model = _loaded(qtbot, bridge[0], library)
    library.error = Unavailable("errors.database_busy")
    with qtbot.waitSignal(model.failed):
        model.sort(Sort.YEAR)
    assert list(model.ids) == [1]


def test_suggestions_are_found(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    library = FakeLibrary()
    library.found = [(b"/media/disk2", "/media/disk2", 16 * 10**11)]
    model = LibraryViewModel(bridge[0], library, FakePlayback())
    with qtbot.waitSignal(model.suggestions_changed):
        model.look_around()
    assert model.suggestions == library.found


def test_marking_from_the_wall_is_told(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    playback = FakePlayback()
    model = LibraryViewModel(bridge[0], FakeLibrary([film(1)]), playback)
    with qtbot.waitSignal(model.marked) as marked:
        model.mark_watched(film(1), True)
    assert marked.args == [film(1), True]
    assert playback.marked == [(ItemId(1), True)]
