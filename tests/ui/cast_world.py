"""A whole window over a home of screens that lives in memory: for the tests of casting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.casting import Castable, DeviceId
from app.domain.media import Card, ItemId
from app.runtime.bus import EventBus
from tests.fakes.alike import FakeMeaning
from tests.fakes.casting import FakeCasting, FakeGuests, FakeLan
from tests.fakes.player import FakeEngine, FakeHistory
from tests.fakes.services import FakeLibrary, FakePlayback, film, running_bridge
from tests.fakes.settings import FakePlugins, FakeSettings
from tests.ui.frame import spin, theme, until
from ui.bridge import Bridge
from ui.casting.desk import CastDesk
from ui.casting.device_row import DeviceRow
from ui.casting.picker import CastPicker
from ui.pages.details.page import DetailsPage
from ui.pages.player.page import PlayerPage
from ui.window import MainWindow, WindowChoices

STEEL = 13


class History(FakeHistory):
    """A history that also has shelves, and tickets that were let go."""

    def __init__(self) -> None:
        super().__init__()
        self.shelves = FakePlayback()
        self.closed: list[int] = []

    async def continue_watching(self, limit: int = 20) -> list[Card]:
        return []

    async def next_up(self, limit: int = 20) -> list[Card]:
        return []

    async def close_ticket(self, ticket: int) -> None:
        self.closed.append(ticket)


class World:
    """The window, its services, and short ways to what is shown."""

    def __init__(self, bridge: Bridge, bus: EventBus, page: str = "library") -> None:
        self.bus = bus
        cards = [film(11), film(12), film(STEEL, title="Tears of Steel", year=2012)]
        self.library = FakeLibrary([*cards, film(14, offline=True)])
        self.casting, self.guests, self.lan = FakeCasting(bus), FakeGuests(bus), FakeLan()
        self.settings, self.history = FakeSettings(bus), History()
        self.engine = FakeEngine()
        plugins = FakePlugins(bus)
        cast("Any", plugins).offering = lambda _capability: ()
        self.services = SimpleNamespace(
            library=self.library, playback=self.history, settings=self.settings, plugins=plugins,
            casting=self.casting, media_server=self.guests, lan=self.lan,
            downloads=SimpleNamespace(rows=_none), meaning=FakeMeaning(),
        )  # fmt: skip
        self.window = MainWindow(theme(), WindowChoices(page))
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        self.context = self.window.context(bridge, cast("Any", self.services))
        self.window.attach(self.context)
        spin()
        until(lambda: self.desk.model.devices is not None)
        self.window.activateWindow()
        until(self.window.isActiveWindow)

    @property
    def desk(self) -> CastDesk:
        assert self.context.cast is not None
        return self.context.cast

    @property
    def picker(self) -> CastPicker:
        return self.desk.picker

    @property
    def player(self) -> PlayerPage:
        """The player's page, shown."""
        page = self.window.page()
        assert isinstance(page, PlayerPage)
        return page

    def details(self, item: int = STEEL) -> None:
        """Open the details of a film."""
        self.window.open("details", item=item)
        page = self.window.page()
        assert isinstance(page, DetailsPage)
        until(lambda: page.stack.currentWidget() is page.body and page.play.hasFocus())

    def play(self, item: int = STEEL) -> PlayerPage:
        """Play a film on this screen, with the stand-in of mpv."""
        self.window.open("player")
        page = self.player
        page._make = lambda: self.engine
        page.opened(item=item)
        until(lambda: page.model.active)
        spin()
        return page

    def row(self, device: DeviceId) -> DeviceRow:
        return self.picker.rows[device]

    def order(self, name: str) -> tuple[object, ...] | None:
        """The last order of that name."""
        given = [one for one in self.casting.orders if one[0] == name]
        return given[-1] if given else None

    def key(self, *keys: Qt.Key, on: QWidget | None = None) -> None:
        for key in keys:
            QTest.keyClick(on or QApplication.focusWidget() or self.window, key)
            QApplication.processEvents()

    def toasts(self) -> str:
        """Everything that is said in the corner."""
        from PySide6.QtWidgets import QLabel

        said = self.window.equipment.toasts().findChildren(QLabel)
        return " ".join(label.text() for label in said)


def focus_is(check: Callable[[Any], bool]) -> bool:
    """Whether something is true of what has the focus."""
    focused = QApplication.focusWidget()
    return focused is not None and check(focused)


def item(number: int, file: int | None = None) -> Castable:
    """An item of the library."""
    made = Castable(item=ItemId(number))
    return made if file is None else replace(made, file=cast("Any", file))


async def _none() -> tuple[object, ...]:
    return ()


@contextmanager
def cast_world(page: str = "library") -> Iterator[World]:
    """A world that is tidied up at the end."""
    with running_bridge() as (bridge, bus):
        made = World(bridge, bus, page)
        try:
            yield made
        finally:
            shown = made.window.page()
            for place in range(made.window.stack.count()):
                built = made.window.stack.widget(place)
                if isinstance(built, PlayerPage):
                    built.shut()
            if shown is not None:
                shown.left()
            made.window.leave()
            made.window.deleteLater()
            spin()
