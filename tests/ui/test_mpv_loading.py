"""The real mpv plays a stream that is still being loaded, and seeks to where nothing is yet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.infra.fetch.stream_fetch import StreamFetch, StreamWanted
from app.infra.fetch.throttle import Throttle
from app.infra.loopback import LoopbackServer
from app.runtime.loop import ServiceLoop
from tests.fakes.hls import frames, make_varied
from tests.fakes.ranges import paced, serve_file
from tests.fakes.web import WebServer, web_server
from tests.ui.test_mpv_streams import Screen


class Outside:
    """A slow server, and a fetch from it that is offered to the player."""

    def __init__(self, folder: Path) -> None:
        self.loop = ServiceLoop("outside")
        self.loop.start()
        self.folder = folder
        self._stack = contextlib.AsyncExitStack()
        self._loopback = LoopbackServer()
        self.fetch: StreamFetch | None = None
        self.running: Future[Path] | None = None
        self.server: WebServer = self.loop.submit(
            self._stack.enter_async_context(web_server())
        ).result(10)

    def serve(self, first: Path, rate: int) -> str:
        for file in first.parent.iterdir():
            body = file.read_bytes()
            slow = rate > 0 and file.suffix in (".ts", ".m4s")
            self.server.answers[f"/{file.name}"] = paced(body, rate) if slow else serve_file(body)
        return f"{self.server.url}/{first.name}"

    def load(self, url: str) -> str:
        """Begin to load; the address for the player."""
        wanted = StreamWanted(url, own_hosts=frozenset({"127.0.0.1"}), name="film")

        async def begin() -> str:
            self.fetch = StreamFetch(wanted, self.folder, "abc", limiter=Throttle())
            address = await self._loopback.offer(self.fetch.serve, "stream.m3u8")
            await self.fetch.look()
            return address

        address = self.loop.submit(begin()).result(10)
        assert self.fetch is not None
        self.running = self.loop.submit(self.fetch.run())

        async def loading() -> None:
            assert self.fetch is not None
            while self.fetch.status().connections == 0:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.005)

        self.loop.submit(loading()).result(10)
        return address

    def close(self) -> None:
        works = [self._loopback.stop(), self._stack.aclose()]
        if self.fetch is not None:
            works.insert(0, self.fetch.close())
        for work in works:
            self.loop.submit(work).result(10)
        self.loop.stop()


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    folder = tmp_path / "films"
    folder.mkdir()
    made = Outside(folder)
    yield made
    made.close()


@pytest.fixture
def screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, outside: Outside) -> Iterator[Screen]:
    """Closed before what it plays from."""
    monkeypatch.setenv("SOKOUL_AUDIO", "null")
    shown = Screen(qtbot)
    yield shown
    shown.view.release()
    shown.core.close()


@pytest.mark.parametrize("kind", ["rotating", "apart"])
def test_a_stream_plays_while_it_loads_and_seeks_ahead_of_it(
    screen: Screen, outside: Outside, tmp_path: Path, kind: str
) -> None:
    first = make_varied(tmp_path / "made", kind)
    address = outside.load(outside.serve(first, rate=60_000))
    screen.play(address)
    screen.moves()
    assert screen.core.duration == pytest.approx(12.0, abs=0.5)
    assert outside.fetch is not None
    assert outside.running is not None
    assert not outside.running.done()
    screen.core.seek(9.5)
    screen.until(lambda: screen.core.position >= 9.4)
    screen.moves()
    outside.serve(first, rate=0)
    path = outside.running.result(20)
    assert len(frames(path)) == 144
    screen.core.seek(2.0)  # it is watched from its parts to the end
    screen.until(lambda: screen.core.position < 6)
    screen.moves()
    assert screen.failures == []
