"""The library for the other devices of the home: a DLNA server, and who may look into it."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from app.domain.events import LibraryChanged, PositionChanged, SettingsChanged
from app.domain.media import FolderId, PosterKey
from app.domain.media_server import Guest, GuestId, Sharing, Shelves
from app.infra.database.engine import Database
from app.infra.lan.interfaces import Interface
from app.infra.lan.routes import Route
from app.infra.lan.ssdp import Advert, Announcer
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.media_server.changes import Changes
from app.services.media_server.control import Control, History
from app.services.media_server.describing import DEVICE, SERVER, SERVICES
from app.services.media_server.directory import Directory
from app.services.media_server.eventing import Events
from app.services.media_server.genres import Genres, GenresOf
from app.services.media_server.guests import GuestBook, hardware_address
from app.services.media_server.media import Media
from app.services.media_server.pages import Pages
from app.services.media_server.reader import Reader
from app.services.media_server.store import MediaServerStore

log = logging.getLogger(__name__)

_UDN: Final = "udn"
_BOOT: Final = "boot"


class Lan(Protocol):
    """What this needs of the server for the home."""

    @property
    def port(self) -> int:
        """Where it listens; 0: it does not."""

    def add(self, routes: Sequence[Route]) -> None:
        """Answer these too."""


class MediaServerService:
    """Shares the library with the home. All methods run on the service loop.

    `wishes` and `shelves` are asked each time: the owner may change his mind, or his language.
    `picture` says where the poster of a key lies; `genres` what genres an item has.
    """

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        lan: Lan,
        history: History,
        wishes: Callable[[], Sharing],
        picture: Callable[[PosterKey], Path],
        *,
        shelves: Callable[[], Shelves] = Shelves,
        genres: GenresOf | None = None,
        hardware: Callable[[str], str] = hardware_address,
    ) -> None:
        self._store = MediaServerStore(database)
        self._bus = bus
        self._lan = lan
        self._wishes = wishes
        self._shelves = shelves
        self._reader = Reader(database.path)
        self._events = Events()
        self._tasks = Supervisor("media server")
        self._guests = GuestBook(self._store, bus, wishes, hardware=hardware)
        self._changes = Changes(
            self._store, self._reader, self._events, self._tasks, self._guests.welcomes
        )
        self._directory = Directory(self._reader, shelves, lambda: wishes().name)
        self._genres = Genres(self._store, genres, self._library_changed)
        control = Control(self._directory, self._reader, history, lambda: self._changes.count)
        media = Media(self._guests, self._reader, picture)
        self._pages = Pages(
            self._guests, control, media, self._events, self._changes.first, self._told_name
        )
        self._interfaces: tuple[Interface, ...] = ()
        self._announcer: Announcer | None = None
        self._boot = 0
        self._subscriptions: list[Subscription] = []
        self._seen: tuple[Sharing, Shelves] | None = None
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Answer the server's addresses; nothing is announced before `listening`."""
        udn = await self._store.fact(_UDN)
        if not udn:
            udn = f"uuid:{uuid.uuid4()}"
            await self._store.set_fact(_UDN, udn)
        told = await self._store.fact(_BOOT)
        self._boot = max(int(told) if told.isdigit() else 0, int(time.time()) - 1) % 2**31 + 1
        await self._store.set_fact(_BOOT, str(self._boot))
        self._pages.udn = udn
        await self._guests.load()
        await self._changes.load()
        self._seen = self._wishes(), self._shelves()
        self._lan.add(self._pages.routes())
        self._follow()
        self._tasks.spawn(self._genres.run(), "genres")

    async def stop(self) -> None:
        """Say goodbye to the home."""
        for one in self._subscriptions:
            one.close()
        self._changes.stop()
        await self.listening(())
        await self._tasks.close()
        await self._events.close()
        await self._reader.close()

    async def listening(self, interfaces: Sequence[Interface]) -> None:
        """The server for the home listens by these now: announce the library there."""
        async with self._turn:
            self._interfaces = tuple(interfaces)
            await self._announce()

    @property
    def udn(self) -> str:
        """The name of this server for ever: ``uuid:…``."""
        return self._pages.udn

    def guests(self) -> tuple[Guest, ...]:
        """All devices that asked for the library; those that wait for an answer come first."""
        return self._guests.guests()

    async def allow(
        self, guest: GuestId, allowed: bool, folders: tuple[FolderId, ...] | None = None
    ) -> None:
        """Let a device see the library, all that is shared or these folders, or turn it away.

        Raises `NotFound` when nobody of that name asked.
        """
        await self._guests.allow(guest, allowed, folders)
        self._directory.forget()
        self._changes.changed(())

    async def forget(self, guest: GuestId) -> None:
        """As if the device had never asked. Raises `NotFound`."""
        await self._guests.forget(guest)
        self._directory.forget()

    def _follow(self) -> None:
        loop = asyncio.get_running_loop()

        def library(event: LibraryChanged) -> None:
            items = [int(item) for item in event.items]
            loop.call_soon_threadsafe(self._library_changed, items)
            loop.call_soon_threadsafe(self._genres.changed, items)

        def watched(event: PositionChanged) -> None:
            loop.call_soon_threadsafe(self._directory.forget, (int(event.item),))

        def settings(_event: SettingsChanged) -> None:
            loop.call_soon_threadsafe(self._wishes_changed)

        self._subscriptions = [
            self._bus.on(LibraryChanged, library),
            self._bus.on(PositionChanged, watched),
            self._bus.on(SettingsChanged, settings),
        ]

    def _library_changed(self, items: Sequence[int]) -> None:
        self._directory.forget(items)
        self._changes.changed(items)

    def _wishes_changed(self) -> None:
        seen = self._wishes(), self._shelves()
        if seen == self._seen or self._seen is None:
            return
        now, before = seen[0], self._seen[0]
        self._seen = seen
        self._directory.forget()
        self._changes.changed(())
        if (now.on, now.name) != (before.on, before.name):
            self._tasks.spawn(self._announce_again(), "announce")

    async def _announce_again(self) -> None:
        async with self._turn:
            if self._announcer is not None:
                await self._announcer.stop()
                self._announcer = None
            self._boot += 1
            await self._store.set_fact(_BOOT, str(self._boot))
            await self._announce()

    async def _announce(self) -> None:
        shared = self._interfaces if self._wishes().on and self._lan.port else ()
        self._pages.interfaces = shared
        self._pages.port = self._lan.port
        if self._announcer is None and shared:
            kinds = (DEVICE, *(one.kind for one in SERVICES.values()))
            advert = Advert(self.udn, kinds, SERVER, self._boot)
            self._announcer = Announcer(advert, self._location)
        if self._announcer is not None:
            await self._announcer.change(shared)

    def _location(self, address: str) -> str:
        return f"http://{address}:{self._lan.port}/dlna/device.xml"

    def _told_name(self) -> str:
        return self._wishes().name
