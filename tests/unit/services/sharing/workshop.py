"""A station with links: real database, library, server, conversions and keys; and its visitors."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp

from app.domain.access import Link, LinkWish, Shared, SharedKind
from app.domain.events import LinksChanged, NoticeRaised
from app.infra import secrets as secrets_module
from app.infra.database.engine import Database
from app.infra.ffmpeg.conversion import Converter
from app.infra.ffmpeg.encoders import Encoders
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.server import LanServer
from app.infra.paths import Paths
from app.infra.probe import Probe
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.casting.subtitles import Letters
from app.services.library.service import LibraryService
from app.services.settings.service import SettingsService
from app.services.sharing.ports import Letter, Wishes
from app.services.sharing.service import Means, SharingService
from tests.fakes.converting import QUICK

US, PROXY = "127.0.0.1", "127.0.0.2"
LO = Interface(name="lo", address=US, prefix=8, kind=Kind.LOOPBACK)
START = 1_790_000_000.0


@dataclass
class Clock:
    """A clock that shows what it is set to."""

    at: float = START

    def __call__(self) -> float:
        return self.at


class Diary:
    """Keeps what is written down, and what is sent."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str, dict[str, object]]] = []
        self.letters: list[tuple[str, Letter]] = []

    async def note(self, kind: str, about: str, **facts: object) -> None:
        self.notes.append((kind, about, facts))

    async def send(self, way: str, letter: Letter) -> None:
        self.letters.append((way, letter))


@dataclass
class World:
    """The station and what it stands on."""

    paths: Paths
    clock: Clock
    bus: EventBus
    database: Database
    library: LibraryService
    server: LanServer
    converter: Converter
    secrets: Secrets
    diary: Diary
    wishes: Wishes = field(default_factory=Wishes)
    changes: int = 0
    notices: list[NoticeRaised] = field(default_factory=list)
    sharing: SharingService = field(init=False)

    def build(self) -> SharingService:
        """The service as it is built at a start of the station."""
        means = Means(
            self.server, lambda: (LO,), self.library, self.converter,
            Letters(self.paths.cache / "subtitles"), self.secrets.scoped("links"),
        )  # fmt: skip
        self.sharing = SharingService(
            self.database, self.bus, means, lambda: self.wishes, sends=self.diary,
            notes=self.diary, clock=self.clock,
        )  # fmt: skip
        return self.sharing

    async def restart(self) -> None:
        """The service ends, and is there again; the server has a new port, as it may."""
        await self.sharing.stop()
        await self.server.stop()
        self.server = LanServer(lambda: (LO,))
        await self.server.start([US], 0)
        await self.build().start()

    async def link(self, path: Path, *, kind: SharedKind = SharedKind.FILE, **more: Any) -> Link:
        """A link to a file."""
        return await self.sharing.make(LinkWish(what=Shared(kind, path=bytes(path)), **more))


@asynccontextmanager
async def world_of(paths: Paths, **more: Any) -> AsyncIterator[World]:
    """A station for the length of a test."""
    bus, clock = EventBus(), Clock()
    database = Database(paths.database)
    await database.open()
    settings = SettingsService(paths.settings, bus)
    jobs, probe = JobEngine(paths.jobs, bus), Probe()
    library = LibraryService(database, bus, jobs, settings, probe, paths)

    async def quick() -> Encoders:
        return QUICK

    converter = Converter(paths.cache / "made", quick)
    await converter.start()
    server = LanServer(lambda: (LO,))
    await server.start([US], 0)
    secrets = Secrets(paths.vault, paths.vault_key, {}, timeout=0.3)
    world = World(paths, clock, bus, database, library, server, converter, secrets, Diary(), **more)

    def count(_event: LinksChanged) -> None:
        world.changes += 1

    bus.on(LinksChanged, count)
    bus.on(NoticeRaised, world.notices.append)
    await world.build().start()
    try:
        yield world
    finally:
        await world.sharing.stop()
        await world.server.stop()
        await converter.stop()
        await probe.close()
        await database.close()


def no_keyring() -> bool:
    """Stands in for the look whether a keyring works."""
    return False


KEYRING = (secrets_module, "_keyring_probe", no_keyring)


@dataclass(frozen=True)
class Seen:
    """What a visitor was answered."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Somebody with a browser: keeps cookies, fetches what a page fetches."""

    def __init__(self, address: str, by: str = "127.0.0.5") -> None:
        self.address = address
        self._by = by
        self._session: aiohttp.ClientSession | None = None
        self.film = ""

    async def __aenter__(self) -> Visitor:
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=aiohttp.TCPConnector(local_addr=(self._by, 0)),
            headers={"Accept-Language": "en"},
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()
        await asyncio.sleep(0)

    async def get(self, address: str, *, method: str = "GET", **headers: str) -> Seen:
        """Ask for an address; one that begins with ``/`` is of the same station."""
        assert self._session is not None
        url = address if "://" in address else self.address.rsplit("/w/", 1)[0] + address
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.request(method, url, headers=told) as answer:
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Seen(answer.status, names, await answer.read())

    async def open(self, **headers: str) -> Seen:
        """Open the page, and fetch its style as a browser does."""
        seen = await self.get(self.address, **headers)
        style = re.search(r'<link rel="stylesheet" href="([^"]+)"', seen.text)
        if style is not None:
            await self.get(style[1])
        film = re.search(r'(?:<source src|class="button" href)="([^"]+/f/[^"/]+)/', seen.text)
        if film is not None:
            self.film = film[1]
        return seen

    async def play(self, **headers: str) -> Seen:
        """Press play on the page that was opened."""
        return await self.get(f"{self.film}/play", **headers)

    @property
    def cookies(self) -> list[Any]:
        """What it keeps."""
        assert self._session is not None
        return list(self._session.cookie_jar)


def video(path: Path, size: int = 300_000) -> Path:
    """A file that is called a film; enough for what is not looked into."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(range(256)) * (size // 256))
    return path


def again(wish: LinkWish, **more: Any) -> LinkWish:
    """The wish with some of it changed."""
    return replace(wish, **more)
