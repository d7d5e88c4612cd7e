"""The tour: the station shows its main job by itself, and keeps a picture of each step."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.domain.events import ScanPhase, ScanProgressed
from app.domain.media import ItemId, LibraryQuery, MediaKind
from app.domain.post import AccountId, Words
from app.services.station import Services
from ui.catalogue import CATALOGUE
from ui.pages.search.page import SearchPage
from ui.shell import Backstage, Shell
from ui.tour.films import make_library
from ui.tour.server import SlowServer
from ui.tour.sources import NAME, ONLINE, WISH
from ui.widgets.virtual_view import VirtualView

log = logging.getLogger(__name__)
T = TypeVar("T")

SIZE = QSize(1920, 1080)
PLAY_SECONDS = 5.0
SCAN_SECONDS = 180.0
STEP_SECONDS = 30.0
SERIES = "Northern Post"
BEGUN = (("Harbour Lights", 0.34), ("Two Moons of Vesna", 0.71), ("Nine Floors Up", 0.12))
"""Films the owner of the tour has begun, and how far."""


class Tour(Shell):
    """A run of the program that drives itself in `place` and then ends.

    Pictures go to ``place/pictures``; `run()` returns 1 when a step did not work.
    """

    def __init__(self, backstage: Backstage, place: Path) -> None:
        super().__init__(backstage, page="library")
        self._place = place
        self._pictures = place / "pictures"
        self._number = 0
        self._began = time.monotonic()

    async def visit(self) -> int:
        """Make the library, scan it, open every page, play a film."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self.window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.window.setFixedSize(SIZE)
        self.window.raise_window()
        try:
            await self._round()
        except (TimeoutError, OSError, RuntimeError):
            log.exception("The tour did not get to its end")
            self._save("failed")
            return 1
        took = round(time.monotonic() - self._began)
        self._say(f"{self._number} pictures in {took} s. They are in {self._pictures}")
        return 0

    async def _round(self) -> None:
        self._say("Drawing and encoding a small library of films (the first time: a minute)")
        folder = await asyncio.to_thread(make_library, self._place, self._tell)
        services = await self._services()
        if not await self._call(services.library.folders()):
            await self._settled()
            self._save("library-empty")
            self._say("Reading the folder")
            await self._scan(services, folder)
        self._say("The library, and what was watched on other evenings")
        await self._see_library(services)
        await self._live_a_little(services)
        self._say("A film: its details, and playing it")
        film = await self._find(services, MediaKind.FILM, "The Long Evening")
        await self._see_details(film)
        await self._watch(film)
        self._say("A search in stand-in sources, and why each row stands where it does")
        await self._search(services)
        self._say("Downloads from a slow server on this machine")
        await self._download(services, folder)
        self._say("A week of posts, planned into a folder that needs no account")
        await self._plan(services, film)
        self._say("The other pages, the palette, and the window in French")
        await self._see_rest()
        await self._speak_french(services)

    async def _scan(self, services: Services, folder: Path) -> None:
        """Add the folder; items appear while the scan still runs."""
        over = asyncio.Event()
        loop = asyncio.get_running_loop()

        def note(event: ScanProgressed) -> None:
            if event.phase in (ScanPhase.DONE, ScanPhase.FAILED):
                loop.call_soon_threadsafe(over.set)

        subscription = self._backstage.bus.on(ScanProgressed, note)
        await self._call(services.library.add_folder(bytes(folder)))
        await self._until(self._wall_filled, "no film appeared")
        await self._settled(0.8)  # their names come a moment later
        self._save("library-while-scanning")
        async with asyncio.timeout(SCAN_SECONDS):
            await over.wait()
        subscription.close()

    async def _see_library(self, services: Services) -> None:
        self.window.open("library")
        await self._until(self._wall_filled, "the wall stayed empty")
        await self._settled(2.0)
        self._press(Qt.Key.Key_Right, Qt.Key.Key_Right)
        await self._settled()
        self._save("library")

    async def _live_a_little(self, services: Services) -> None:
        """Begin some films and watch an episode, as an owner would have done some evenings."""
        for title, part in BEGUN:
            film = await self._find(services, MediaKind.FILM, title)
            request = await self._call(services.playback.open(film))
            length = request.file.duration or 0.0
            await self._call(
                services.playback.save_position(film, request.file.id, part * length, length)
            )
        series = await self._find(services, MediaKind.SERIES, SERIES)
        first = (await self._call(services.library.details(series))).episodes[0]
        await self._call(services.playback.mark_watched(first.id, True))
        self.window.open("details", item=series)
        await self._settled(1.5)
        self._save("series")

    async def _see_details(self, film: ItemId) -> None:
        self.window.open("details", item=film)
        await self._settled(1.5)
        self._save("details")

    async def _watch(self, film: ItemId) -> None:
        """Play; one picture of the film with its subtitles, one of the controls over it."""
        self.window.open("player", item=film, from_start=True)
        await self._settled(PLAY_SECONDS)
        self._press(Qt.Key.Key_V)
        await self._settled(5.0)  # until what that said has gone, and a line is spoken
        self._save("player")
        self._press(Qt.Key.Key_Space)
        await self._settled(1.0)
        self._save("player-paused")
        self._press(Qt.Key.Key_Space)
        await self._settled(2.0)
        self.window.open("home")
        await self._settled(2.0)
        self._save("home")

    async def _search(self, services: Services) -> None:
        """Search; nobody outside is asked."""
        for plugin in ONLINE:
            await self._call(services.plugins.disable(plugin))
        await self._call(services.plugins.enable(NAME))
        self.window.open("search", text=WISH)
        await self._settled(0.7)
        self._save("search-while-asking")
        await self._settled(3.5)
        self._press(Qt.Key.Key_Down)
        await self._settled(0.5)
        self._save("search")
        page = self.window.page()
        if isinstance(page, SearchPage):
            page.deeds.open(page.results.list.current_id())
            await self._settled(0.8)
            self._save("search-why")
            page.deeds.details().dismiss()

    async def _download(self, services: Services, folder: Path) -> None:
        """Fetch some films again, from here; the page shows them while they load."""
        server = await asyncio.to_thread(SlowServer, folder)
        downloads = services.downloads
        await self._call(services.settings.set("downloads", "connections", 1))
        numbers = [await self._call(downloads.add(one)) for one in server.addresses()]
        self.window.open("downloads")
        await self._settled(7.0)
        self._press(Qt.Key.Key_Down)
        await self._settled(0.5)
        self._save("downloads")
        for number in numbers:
            await self._call(downloads.remove(number, files=True))
        await asyncio.to_thread(server.close)

    async def _plan(self, services: Services, film: ItemId) -> None:
        """Posts of the next days; none of them goes out while the tour lasts."""
        video = (await self._call(services.library.details(film))).files[0].path
        account = AccountId("local_folder")
        for number, title in enumerate(("Kitchen clocks", "Why the sky is blue", "Film night")):
            at = time.time() + (6 + 21 * number) * 3_600
            words = Words(title, "From the little library of the tour.")
            posts = await self._call(services.publishing.compose(video, [account], words, at=at))
            await self._call(services.publishing.send([one.id for one in posts]))

    async def _see_rest(self) -> None:
        for entry in CATALOGUE:
            if entry.name not in ("home", "search", "library", "details", "player", "downloads"):
                self.window.open(entry.name)
                await self._settled(1.0)
                self._save(entry.name)
        self.window.open("library")
        self.window.equipment.open_palette("or")
        await self._settled(1.0)
        self._save("palette")
        self.window.back()

    async def _speak_french(self, services: Services) -> None:
        """The same window in the other language that ships."""
        before = services.settings.current.look.language
        await self._call(services.settings.set("look", "language", "fr"))
        self.window.open("home")
        await self._settled(2.5)
        self._save("home-in-french")
        await self._call(services.settings.set("look", "language", before))

    async def _find(self, services: Services, kind: MediaKind, title: str) -> ItemId:
        ids = await self._call(services.library.listing(LibraryQuery((kind,), title)))
        if not ids:
            raise RuntimeError(f"{title} was not found in the library")
        return ItemId(ids[0])

    async def _services(self) -> Services:
        await self._until(lambda: self.services is not None, "the services did not start")
        assert self.services is not None
        return self.services

    async def _call(self, coro: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(self._backstage.loop.submit(coro))

    async def _until(self, check: Callable[[], bool], problem: str) -> None:
        end = time.monotonic() + STEP_SECONDS
        while not check():
            if time.monotonic() > end:
                raise TimeoutError(problem)
            await asyncio.sleep(0.05)

    async def _settled(self, seconds: float = 0.6) -> None:
        await asyncio.sleep(seconds)

    def _wall_filled(self) -> bool:
        page = self.window.page()
        walls = page.findChildren(VirtualView) if page is not None else []
        return any(wall.isVisible() and len(wall.ids()) for wall in walls)

    def _press(self, *keys: Qt.Key) -> None:
        for key in keys:
            target = self.window.focusWidget() or self.window.page() or self.window
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
                QApplication.sendEvent(target, event)

    def _save(self, name: str) -> None:
        self._number += 1
        path = self._pictures / f"{self._number:02d}-{name}.png"
        if not self.window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        self._say(f"  {path.name}")

    def _tell(self, done: int, total: int, title: str) -> None:
        self._say(f"  {done}/{total} {title}")

    def _say(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
