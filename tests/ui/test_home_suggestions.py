"""The shelf of what somebody may like next on Home."""

from __future__ import annotations

from collections.abc import Sequence

from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import PositionChanged
from app.domain.intelligence import Made
from app.domain.media import ItemId
from app.services.intelligence.tasks.recommending import Recommendation
from tests.fakes.services import FakeLibrary, film, running_bridge
from ui.pages.home.suggestions import Suggestions


class Mind:
    """Recommends what a test tells: pairs of an item and the title it is for."""

    def __init__(self, *told: tuple[int, str]) -> None:
        self.told: Sequence[tuple[int, str]] = told
        self.failure: Exception | None = None
        self.asked = 0

    async def recommend(self, most: int = 12) -> Made[tuple[Recommendation, ...]]:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        return Made(
            tuple(Recommendation(ItemId(item), ItemId(1), title) for item, title in self.told)
        )


def test_one_reason_names_the_shelf(qtbot: QtBot) -> None:
    library = FakeLibrary([film(number) for number in range(1, 9)])
    mind = Mind(*((number, "Orbit") for number in range(2, 6)), (6, "Whales"))
    with running_bridge() as (bridge, _bus):
        model = Suggestions(bridge, mind, library)
        with qtbot.waitSignal(model.changed):
            model.load()
        assert model.now.because == "Orbit"
        assert [card.id for card in model.now.cards] == [2, 3, 4, 5]


def test_several_reasons_share_it_and_what_is_away_is_left_out(qtbot: QtBot) -> None:
    library = FakeLibrary([film(2), film(3, offline=True), film(4)])
    with running_bridge() as (bridge, _bus):
        model = Suggestions(bridge, Mind((2, "Orbit"), (3, "Orbit"), (4, "Whales")), library)
        with qtbot.waitSignal(model.changed):
            model.load()
        assert model.now.because == ""
        assert [card.id for card in model.now.cards] == [2, 4]


def test_a_failure_keeps_what_is_shown_and_watching_asks_anew(qtbot: QtBot) -> None:
    library = FakeLibrary([film(2), film(3)])
    with running_bridge() as (bridge, bus):
        mind = Mind((2, "Orbit"))
        model = Suggestions(bridge, mind, library)
        model._settle.setInterval(10)
        with qtbot.waitSignal(model.changed):
            model.load()
        mind.failure = Unavailable("errors.database_busy")
        bus.publish(PositionChanged(ItemId(2), 5.0, False))
        qtbot.waitUntil(lambda: mind.asked == 2)
        assert [card.id for card in model.now.cards] == [2]
        mind.failure, mind.told = None, ((3, "Whales"),)
        with qtbot.waitSignal(model.changed):
            bus.publish(PositionChanged(ItemId(2), 9.0, False))
        assert [card.id for card in model.now.cards] == [3]
        model.shown = False  # nobody looks
        bus.publish(PositionChanged(ItemId(2), 12.0, False))
        qtbot.wait(40)
        assert mind.asked == 3


def test_without_a_mind_there_is_no_shelf(qtbot: QtBot) -> None:
    with running_bridge() as (bridge, _bus):
        model = Suggestions(bridge, None, FakeLibrary([film(1)]))
        model.load()
        assert model.now.cards == ()
