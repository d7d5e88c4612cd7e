"""The real mpv plays films that still load: when the gate opens, without a pause, anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.downloads import Ahead
from app.infra.growing import Span
from app.infra.loopback import LoopbackServer
from app.runtime.loop import ServiceLoop
from app.services.downloads.gate import begins
from app.services.downloads.serving import serving
from app.services.downloads.watching import Watching
from tests.fakes.films import Film, make
from tests.fakes.growing import Revealed
from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import PlayerOptions
from ui.widgets.mpv_view import Backend, MpvView

WAIT = 45_000  # a busy machine plays slowly
PIECE = 256 * 1024
SECONDS = 90.0
T = TypeVar("T")


class Loading:
    """A film that comes at one and a half times its bit rate, on a service thread of its own."""

    def __init__(self) -> None:
        self.loop = ServiceLoop("loading")
        self.loop.start()
        self._stack = AsyncExitStack()
        self._server = LoopbackServer()
        self.shown: Revealed
        self.watched: Watching
        self.told: list[Ahead] = []

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 40.0) -> T:
        return self.loop.submit(work).result(seconds)

    def begin(self, path: Path, position: float) -> str:
        """Load until it is ready; returns the address to play."""
        return self.run(self._begin(path, position))

    async def _begin(self, path: Path, position: float) -> str:
        rate = path.stat().st_size / SECONDS * 1.5
        self.shown = Revealed(path, PIECE, rate)
        self.watched = Watching(self.shown.open, lambda: self.shown.payload, PIECE)
        await self._stack.enter_async_context(self.shown.loading())
        await self.watched.wait_ready(position, self.told.append)
        return await self._server.offer(serving(self.watched.open), path.name)

    def close(self) -> None:
        for work in (self._server.stop(), self._stack.aclose(), self.watched.close()):
            self.run(work)
        self.loop.stop()


@pytest.fixture
def loading() -> Iterator[Loading]:
    made = Loading()
    yield made
    made.close()


class Screen:
    """A player with its view."""

    def __init__(self, qtbot: QtBot) -> None:
        self.core = MpvCore(PlayerOptions(hardware_decoding=False), software=True)
        self.view = MpvView(Backend.SOFTWARE)
        qtbot.addWidget(self.view)
        self.view.resize(480, 270)
        self.view.show()
        self.qtbot = qtbot
        self.failures: list[str] = []
        self.paused: list[bool] = []
        self.core.failed.connect(lambda key, _args: self.failures.append(key))
        self.core.handle.observe_property("paused-for-cache", self._note)

    def _note(self, _name: str, value: object) -> None:
        if value is not None:
            self.paused.append(bool(value))

    def play(self, address: str, start: float) -> None:
        with self.qtbot.waitSignal(self.core.started, timeout=WAIT):
            self.core.load(address.encode(), start, remote=True)
            self.view.attach(self.core)

    def picture(self) -> QImage:
        return self.view.grab().toImage()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def moves(self) -> None:
        self.until(lambda: colours(self.picture()) > 20)
        first = self.picture()
        self.until(lambda: differing(first, self.picture()) > 300)


@pytest.fixture
def screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, loading: Loading) -> Iterator[Screen]:
    """Closed before what it plays from: a player asks again while its server is going away."""
    monkeypatch.setenv("SOKOUL_AUDIO", "null")
    shown = Screen(qtbot)
    yield shown
    shown.view.release()
    shown.core.close()


def colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(4, 480, 12) for y in range(4, 270, 12)})


def differing(one: QImage, two: QImage) -> int:
    points = [(x, y) for x in range(0, 480, 2) for y in range(0, 270, 2)]
    return sum(one.pixel(x, y) != two.pixel(x, y) for x, y in points)


@pytest.mark.parametrize(("container", "position"), [("mkv", 0.0), ("mp4", 20.0)])
def test_it_plays_while_it_loads_and_jumps_into_what_is_not_there(
    screen: Screen, loading: Loading, container: str, position: float
) -> None:
    film = make(Film(container=container, seconds=SECONDS, size="640x360", rate=24))
    address = loading.begin(film, position)
    assert not loading.shown.complete
    assert not any(one.ready for one in loading.told)
    assert any(one.ready_in for one in loading.told)
    screen.play(address, position)
    screen.moves()
    screen.until(lambda: screen.core.position >= position + 3)
    assert True not in screen.paused
    layout = loading.watched.layout
    assert layout is not None
    jump = 70.0
    place = begins(layout, jump)
    assert not loading.shown.ready(place)
    screen.core.seek(jump)
    screen.until(lambda: _wish(loading).start >= place)
    place = _wish(loading).start
    screen.until(lambda: loading.shown.ready(place) > PIECE)
    screen.moves()
    came = loading.shown.order
    skipped = next(number for number in range(loading.shown.count) if number not in came)
    assert skipped < place // PIECE  # what lies between was not waited for
    assert screen.failures == []


def _wish(loading: Loading) -> Span:
    async def ask() -> Span:
        await asyncio.sleep(0)
        return loading.shown.wanted[-1]

    return loading.run(ask())
