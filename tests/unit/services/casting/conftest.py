"""The casting service with everything round it: one screen, films that need no files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

import pytest

from app.api.casting import CastMedia
from app.domain.casting import (
    Castable,
    Casting,
    Device,
    DeviceId,
    MediaFacts,
    SoundTrack,
    SubtitleTrack,
)
from app.domain.errors import AppError, NotFound
from app.domain.events import CastingChanged, DevicesChanged
from app.domain.settings_sections import Playback
from app.infra.database.engine import Database
from app.infra.ffmpeg.encoders import Encoders
from app.infra.lan.interfaces import Interface
from app.infra.paths import Paths
from app.infra.secrets import ScopedSecrets, Secrets
from app.runtime.bus import EventBus
from app.services.casting.choice import Chooser
from app.services.casting.devices import DeviceBook
from app.services.casting.opening import Opened, Opener
from app.services.casting.service import CastingService
from app.services.casting.show import Hands, Presented, Show
from app.services.casting.store import SCOPE, CastStore
from tests.fakes.screen import Screen

TV = DeviceId("tv")
FILM, SERIAL, NEXT = b"/films/one.mp4", b"/films/e1.mp4", b"/films/e2.mp4"
THIRD = b"/films/three \xff.mp4"
FACTS = MediaFacts(
    container="mp4", video="h264", profile="High", level=40, width=1920, height=1080, frames=24.0,
    sounds=(
        SoundTrack(number=0, codec="aac", language="en"),
        SoundTrack(number=1, codec="aac", language="fr"),
    ),
    subtitles=(
        SubtitleTrack(number=0, language="en"), SubtitleTrack(number=1, language="fr"),
    ),
    duration=100.0, rate=4_000_000, size=50_000_000,
)  # fmt: skip


@dataclass
class Shelf:
    """Films by their paths; what is kept of each, and whether it is open."""

    kept: list[tuple[bytes, float, float]] = field(default_factory=list)
    open_now: int = 0
    start: float = 0.0
    secret: str = ""  # what finds a ticket's film again
    again: list[str] = field(default_factory=list)  # what it was asked for again by
    reopening: list[AppError] = field(default_factory=list)  # how the next of it fail
    gone: dict[bytes, AppError] = field(default_factory=dict)  # paths, and how each is missed

    async def reopen(self, what: Castable, stream: str, again: str = "") -> Opened:
        """After a restart: a ticket is another then, and its film the one of the stream."""
        self.again.append(again)
        if self.reopening:
            raise self.reopening.pop(0)
        if what.ticket is None:
            return await self.open(what)
        return replace(await self.open(Castable(path=stream.encode())), what=Castable(ticket=1))

    async def open(self, what: Castable) -> Opened:
        if what.ticket is not None:
            film = await self.open(Castable(path=FILM))
            return replace(film, what=what, stream=FILM.decode(), again=self.secret)
        if what.path in self.gone:
            raise self.gone[what.path]
        if what.path not in (FILM, SERIAL, NEXT, THIRD):
            raise NotFound("errors.item_gone")
        self.open_now += 1
        closed: list[bool] = []

        async def keep(position: float, duration: float) -> None:
            self.kept.append((what.path, position, duration))

        async def close() -> None:
            if not closed:
                closed.append(True)
                self.open_now -= 1

        return Opened(
            what=what, source=what.path, serve=None,
            title=what.path.decode("utf-8", "replace")[7:-4], caption="1968",
            start=self.start, live=False, playlist=False, picture=None, subtitle_files=(),
            next=Castable(path=NEXT) if what.path == SERIAL else None, keep=keep, close=close,
        )  # fmt: skip


_addresses = count()  # none of an earlier start is another film's later


@dataclass
class Window:
    """What lies ready for the screen: no bytes of it, for this screen fetches none."""

    made: list[tuple[str, float, int]] = field(default_factory=list)
    ready: set[str] = field(default_factory=set)

    async def present(
        self, device: Device, show: Show, start: float, *, again: str = ""
    ) -> Presented:
        plan = show.plan
        whole = not plan.converts or plan.container == "hls"
        url = again or f"http://10.9.0.1:8200/m/{next(_addresses)}/film"
        self.made.append((plan.method.value, start, plan.sound))
        self.ready.add(url)
        media = CastMedia(
            url=url, content_type=plan.content_type, title=show.opened.title,
            start=start if whole else 0.0, seekable=whole, subtitle=show.wish.subtitle,
        )  # fmt: skip

        async def close() -> None:
            self.ready.discard(url)

        return Presented(media, 0.0 if whole else start, close)


class Room:
    """The casting service, and one screen."""

    def __init__(
        self, database: Database, screen: Screen, shelf: Shelf, secrets: ScopedSecrets
    ) -> None:
        self.secrets = secrets
        self.bus = EventBus()
        self.screen = screen
        self.shelf = shelf
        self.window = Window()
        self.facts = FACTS
        self.now = 1000.0
        self.unix = 1_800_000_000.0
        self.playback = Playback()
        self.castings: list[tuple[Casting, ...]] = []
        self.devices: list[tuple[Device, ...]] = []
        self.bus.on(CastingChanged, lambda event: self.castings.append(event.castings))
        self.bus.on(DevicesChanged, lambda event: self.devices.append(event.devices))
        store = CastStore(database, secrets)
        book = DeviceBook(screen, store, self.bus)
        chooser = Chooser(book, store, self._look, self._encoders, lambda: self.playback)
        hands = Hands(
            cast("Opener", shelf), chooser, self.window, store,
            lambda: self.playback.autoplay_next, lambda: self.now, lambda: self.unix,
        )  # fmt: skip
        self.store = store
        self.service = CastingService(self.bus, screen, store, hands, book)

    async def begin(self) -> None:
        """Start, and wait until the screen is found."""
        await self.service.use((Interface(name="eth0", address="10.9.0.1", prefix=24),))
        await self.service.start()
        await self.until(lambda: self.devices and self.devices[-1])

    @property
    def casting(self) -> Casting:
        """What was told last."""
        return self.castings[-1][0]

    async def plays(self, what: bytes = FILM, start: float | None = None) -> None:
        """Cast something, and let the screen really play it."""
        await self.service.cast(TV, Castable(path=what), start=start)
        self.screen.at(self.screen.status.position + 1.0)
        await self.service.until_playing(TV)

    async def until(self, true: Callable[[], Any], seconds: float = 5.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.005)

    async def loaded(self, title: str) -> None:
        """Wait until the screen was told to play something."""
        await self.until(lambda: self.screen.loads and self.screen.loads[-1].title == title)
        await self.until(lambda: self.casting.title == title)

    async def _look(self, _source: bytes | str) -> MediaFacts:
        return self.facts

    async def _encoders(self) -> Encoders:
        return Encoders()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def secrets(paths: Paths) -> ScopedSecrets:
    return Secrets(paths.vault, paths.vault_key, {}).scoped(SCOPE)


@pytest.fixture
async def room(database: Database, shelf: Shelf, secrets: ScopedSecrets) -> AsyncIterator[Room]:
    made = Room(database, Screen(), shelf, secrets)
    await made.begin()
    yield made
    await made.service.stop()
    assert not shelf.open_now
    assert not made.window.ready
