"""Every command over the whole station, as it is after a first start and with a small library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from app.domain.media import LibraryQuery, MediaKind
from app.infra.paths import Paths
from app.main import Station
from app.runtime.bus import EventBus
from app.services.phrases import LANGUAGES, words
from app.services.remote.commands.every import commands
from app.services.remote.talk import Command
from app.services.settings.service import SettingsService
from app.services.station import Services
from tests.fakes.films import PLAIN, make
from tests.fakes.ranges import serve_file
from tests.fakes.remote import FakeTalk
from tests.fakes.web import web_server
from tests.unit.services.remote.commands.conftest import QUICK, going, until
from tests.unit.services.remote.commands.watchers import Calm

NAMES = [
    "search",
    "download",
    "status",
    "library",
    "recommend",
    "cast",
    "studio",
    "publish",
    "system",
]
QUIET = {"find_peers": False, "local_peers": False, "exchange_peers": False, "reserve": 1}


class Home:
    """A whole station, and its commands."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.settings.load()
        self.station = Station(paths, self.bus, self.settings)
        self.calm = Calm()
        self.commands: Mapping[str, Command] = {}

    @property
    def services(self) -> Services:
        return self.station.services

    async def start(self) -> None:
        for name, value in QUIET.items():
            await self.settings.set("downloads", name, value)
        await self.station.start()
        calm = self.calm
        self.commands = commands(
            self.services, self.bus, calm, calm, calm, window=True, tempo=QUICK
        )

    async def say(self, text: str, language: str = "en") -> FakeTalk:
        """Type a command, and wait until it is answered."""
        name, _, rest = text.removeprefix("/").partition(" ")
        talk = FakeTalk(language=language)
        await self.commands[name].run(talk, rest)
        return talk

    async def films(self, folder: Path, *names: str) -> None:
        """Put films into the library."""
        for name in names:
            make(PLAIN, folder / f"{name}/{name}.mkv")
        library = self.services.library
        await library.add_folder(str(folder).encode())
        async with asyncio.timeout(40):
            query = LibraryQuery(kinds=(MediaKind.FILM,))
            while len(await library.listing(query)) < len(names):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)


@pytest.fixture
async def home(paths: Paths) -> AsyncIterator[Home]:
    made = Home(paths)
    await made.start()
    yield made
    await made.station.stop()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_says_something_of_a_new_station(home: Home, language: str) -> None:
    assert list(home.commands) == NAMES
    known = words(language)
    for name in NAMES:
        talk = await home.say(f"/{name}", language)
        assert len(talk.said) == 1, name
        assert "remote." not in talk.last.text, talk.last.text
        assert "{" not in talk.last.text, talk.last.text
        assert f"remote.menu.{name}" in known
    quiet = (await home.say("/status", language)).last.text
    assert quiet == known["remote.status.quiet"]


async def test_the_library_is_told_and_what_is_in_it_played(home: Home, tmp_path: Path) -> None:
    await home.films(tmp_path / "things", "Metropolis (1927)", "Nosferatu (1922)")
    played: list[int] = []
    from app.domain.events import PlayRequested

    home.bus.on(PlayRequested, lambda event: played.append(event.ticket))
    talk = await home.say("/library")
    assert "2 films" in talk.last.text
    assert "New here" in talk.last.text
    assert "Metropolis (1927)" in talk.last.text
    talk = await home.say("/library nosfertu")  # a letter is missing
    assert "1. Nosferatu (1922)" in talk.last.text
    await talk.press("1")
    assert "Look for screens" in " ".join(one.text for one in talk.last.buttons)
    await talk.press("On the station")
    request = await home.services.playback.open_ticket(played[0])  # type: ignore[arg-type]  # a number
    assert request.title == "Nosferatu"
    await talk.press("I have seen it")
    assert "watched" in talk.last.text
    await talk.press("Not seen yet")
    await talk.press("Back")
    assert "1. Nosferatu (1922)" in talk.last.text
    none = await home.say("/library xqzw vvkk")
    assert "Nothing" in none.last.text or "nothing" in none.last.text


async def test_what_to_watch_has_reasons_or_what_is_new(home: Home, tmp_path: Path) -> None:
    await home.films(tmp_path / "things", "Metropolis (1927)", "Nosferatu (1922)")
    talk = await home.say("/recommend")
    assert "do not know your taste" in talk.last.text
    assert "Metropolis (1927)" in talk.last.text
    await talk.press("1")
    await talk.press("Back")
    assert "do not know your taste" in talk.last.text
    talk = await home.say("/recommend films like Metropolis", "fr")
    assert "Metropolis" in talk.last.text


async def test_a_link_is_fetched_to_its_end(home: Home) -> None:
    async with web_server() as web:
        web.answers["/holiday.bin.mp4"] = serve_file(b"\0" * 300_000)
        talk = FakeTalk()
        work = home.commands["download"].run(talk, f"{web.url}/holiday.bin.mp4")
        async with going(work) as task:
            async with asyncio.timeout(40):
                await task
    assert "holiday.bin.mp4" in talk.last.text
    assert "here · 300 kB" in talk.last.text
    files = [one for one in home.paths.downloads.rglob("holiday*") if one.is_file()]
    assert {one.stat().st_size for one in files} == {300_000}
    listed = await home.say("/download")
    assert "1. holiday.bin.mp4" in listed.last.text


async def test_a_title_is_meant_and_a_screen_that_is_none_is_part_of_it(
    home: Home, tmp_path: Path
) -> None:
    await home.films(tmp_path / "things", "Night on Earth (1991)", "Metropolis (1927)")
    talk = await home.say("/cast night on earth")
    assert "Night on Earth (1991)" in talk.last.text
    assert talk.last.button("On the station")
    talk = await home.say("/cast Metropolis on Mars", "fr")
    assert "n’a rien qui s’appelle" in talk.last.text


async def test_a_search_finds_what_is_at_home(home: Home, tmp_path: Path) -> None:
    await home.films(tmp_path / "things", "Metropolis (1927)")
    for plugin in await home.services.plugins.list():  # nobody outside is asked here
        if plugin.enabled and "searches" in plugin.capabilities:
            await home.services.plugins.disable(plugin.id)
    talk = FakeTalk()
    async with going(home.commands["search"].run(talk, "Metropolis 1927")):
        await until(lambda: "My library" in talk.last.text)
    assert "1. Metropolis (1927)" in talk.last.text
