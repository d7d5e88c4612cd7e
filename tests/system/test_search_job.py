"""Searching in the real program, by keys alone: words become a film that plays."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from tests.fakes.films import Film, make
from tests.fakes.ranges import ranged
from tests.system.desk import Desk, difference, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

PAGE = (300, 60, 1560, 960)
PICTURE = (500, 200, 1200, 560)
OTHERS = ("internet_archive", "librivox", "nasa", "podcasts", "wikimedia")
TITLE = "Night of the Living Dead"
VIDEOS = {
    "11111111-1111-4111-8111-111111111111": 1080,  # its server has lost it
    "22222222-2222-4222-8222-222222222222": 720,
}


class Tube:
    """A PeerTube server on loopback with two videos of the same film, one of them lost."""

    def __init__(self, film: bytes) -> None:
        self._film = film
        self.url = ""
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer as PeerTube does."""
        self.asked.append(request.path)
        if request.path == "/api/v1/search/videos":
            found = [self._video(name) for name in VIDEOS]
            return web.json_response({"total": len(found), "data": found})
        name = request.path.removeprefix("/api/v1/videos/")
        if name in VIDEOS:
            return web.json_response({**self._video(name), **self._files(name)})
        if request.path == "/file/720.mp4":
            return ranged(request, self._film)
        return web.Response(status=404)

    def _video(self, name: str) -> dict[str, Any]:
        height = VIDEOS[name]
        return {
            "uuid": name, "name": f"{TITLE} (1968) {height}p", "duration": 60, "isLive": False,
            "url": f"{self.url}/videos/watch/{name}", "description": "Strangers in a house.",
            "account": {"displayName": "Films", "host": self.url.removeprefix("http://")},
            "nsfw": False, "state": {"id": 1}, "downloadEnabled": True,
        }  # fmt: skip

    def _files(self, name: str) -> dict[str, Any]:
        height = VIDEOS[name]
        address = f"{self.url}/file/{height}.mp4"
        return {
            "streamingPlaylists": [],
            "files": [{"resolution": {"id": height}, "size": 1000, "fileUrl": address}],
        }


@contextmanager
def running(tube: Tube) -> Iterator[None]:
    """Serve it from a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def come() -> web.AppRunner:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", tube.answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        tube.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    runner = asyncio.run_coroutine_threadsafe(come(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def choose_sources(desk: Desk, address: str) -> None:
    """Only PeerTube is on, and its index is ours."""
    paths = Paths.from_environment(desk.environment)
    paths.make()
    settings = SettingsService(paths.settings, EventBus())
    settings.load()

    async def choose() -> None:
        for plugin in OTHERS:
            await settings.set_plugin(plugin, enabled=False)
        await settings.set_plugin("peertube", enabled=True, options={"address": address})

    asyncio.run(choose())


def test_words_become_a_film_that_plays_though_the_first_source_is_broken(
    desk: Desk, tmp_path: Path
) -> None:
    film = make(Film(seconds=60, size="640x360", container="mp4"), tmp_path / "film.mp4")
    tube = Tube(film.read_bytes())
    with running(tube):
        choose_sources(desk, tube.url)
        process = desk.open_station()
        desk.keys("F11", "alt+2", pause=2.0)
        empty = desk.picture("1-empty")
        desk.type("night of the living dead 1968")
        desk.keys("Return", pause=2.5)
        wait_for(lambda: "/api/v1/search/videos" in tube.asked, 15, "nobody was asked")
        time.sleep(2)
        rows = desk.picture("2-rows")
        assert difference(empty, rows, PAGE) > 0.1, "no rows"
        # Enter on the same words plays the best; its file is gone, so the next one plays.
        desk.keys("Return", pause=4.0)
        wait_for(lambda: "/file/720.mp4" in tube.asked, 20, f"{tube.asked} {desk.log()}")
        assert "/file/1080.mp4" in tube.asked
        desk.moves(PICTURE, 0.02)
        assert difference(rows, desk.picture("3-playing"), PICTURE) > 0.3, "the film is not shown"
        # The rows are still there, and the arrows alone play the second one.
        desk.keys("alt+2", pause=2.0)
        assert difference(rows, desk.picture("4-back"), PAGE) < 0.1, "the rows are not there"
        desk.keys("ctrl+f", "Down", "Down", "Return", pause=1.0)
        desk.moves(PICTURE, 0.02)
        assert end(process, 7) == 0, desk.output()
        assert "Traceback" not in desk.output()
        assert "Traceback" not in desk.log()
