"""The real mpv plays what the relay brings: files with ranges, playlists, encrypted ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.infra.loopback import LoopbackServer
from app.runtime.loop import ServiceLoop
from app.services.playback.relay import Relay, Relayed, Remote
from tests.fakes.films import Film, make
from tests.fakes.hls import make_hls
from tests.fakes.ranges import serve_file
from tests.fakes.web import WebServer, web_server
from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import PlayerOptions
from ui.widgets.mpv_view import Backend, MpvView

WAIT = 10_000


class Outside:
    """A server, a relay and a player on a service thread of their own."""

    def __init__(self) -> None:
        self.loop = ServiceLoop("outside")
        self.loop.start()
        self._stack = AsyncExitStack()
        self.loopback = LoopbackServer()
        self.relay = Relay(self.loopback)
        self.server: WebServer = self.loop.submit(
            self._stack.enter_async_context(web_server())
        ).result(10)

    def open(self, path: str) -> Relayed:
        remote = Remote(self.server.url + path, {}, frozenset({"127.0.0.1"}))
        return self.loop.submit(self.relay.open(remote)).result(20)

    def serve(self, folder: Path) -> None:
        for file in folder.iterdir():
            if file.is_file():
                self.server.answers[f"/{file.name}"] = serve_file(file.read_bytes())

    def close(self) -> None:
        for work in (self.relay.stop(), self.loopback.stop(), self._stack.aclose()):
            self.loop.submit(work).result(10)
        self.loop.stop()


@pytest.fixture
def outside() -> Iterator[Outside]:
    made = Outside()
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
        self.core.failed.connect(lambda key, _args: self.failures.append(key))

    def play(self, address: str, start: float = 0.0) -> None:
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
def screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, outside: Outside) -> Iterator[Screen]:
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


@pytest.mark.parametrize("container", ["mp4", "mkv", "webm"])
def test_a_file_of_the_web_moves_and_seeks(
    screen: Screen, outside: Outside, container: str
) -> None:
    video = "vp9" if container == "webm" else "h264"
    film = make(Film(video=video, container=container, seconds=12.0))
    outside.server.answers["/film"] = serve_file(film.read_bytes())
    screen.play(outside.open("/film").address, start=6.0)
    screen.moves()
    assert 6.0 <= screen.core.position < 11
    screen.core.seek(1.0)
    screen.until(lambda: screen.core.position < 5)
    assert screen.failures == []


@pytest.mark.parametrize("kind", ["plain", "encrypted", "fragments"])
def test_a_playlist_of_the_web_moves_and_seeks(
    screen: Screen, outside: Outside, tmp_path: Path, kind: str
) -> None:
    place = tmp_path / "hls"
    make_hls(place, encrypted=kind == "encrypted", fragments=kind == "fragments")
    outside.serve(place)
    screen.play(outside.open("/master.m3u8").address)
    screen.moves()
    assert screen.core.duration == pytest.approx(12.0, abs=0.5)
    screen.core.seek(9.0)
    screen.until(lambda: screen.core.position >= 9.0)
    screen.moves()
    assert screen.failures == []


def test_a_stream_that_is_no_film_fails_plainly(screen: Screen, outside: Outside) -> None:
    outside.server.answers["/film"] = serve_file(b"not a film at all " * 1000)
    address = outside.open("/film").address
    with screen.qtbot.waitSignal(screen.core.failed, timeout=WAIT):
        screen.core.load(address.encode(), remote=True)
        screen.view.attach(screen.core)
    assert screen.failures == ["errors.file_unplayable"]
