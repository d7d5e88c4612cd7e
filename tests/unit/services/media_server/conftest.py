"""A media server on loopback with a small library, and a screen that looks into it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.fakes import films
from tests.unit.services.media_server.house import (
    House,
    Screen,
    put_file,
    put_folder,
    put_item,
)

T = TypeVar("T")


@dataclass
class Library:
    """The ids of what is in it."""

    films: int
    kids: int
    night: int
    carnival: int
    clip: int
    series: int
    episodes: list[int]
    night_file: int
    poster: str = ""


def fill(raw: sqlite3.Connection, place: Path) -> Library:
    """Two folders: films and what children may see."""
    big, kids = put_folder(raw, place / "big"), put_folder(raw, place / "kids")
    night = put_item(raw, "film", "Night of the Living Dead", year=1968, duration=5760.0,
                     overview="The dead <walk> & eat", poster="ab12")  # fmt: skip
    night_file = put_file(raw, big, night, "Night & Day/night.mkv", size=5000, duration=5760.0)
    carnival = put_item(raw, "film", "Élan of Carnival", year=1962, duration=4800.0)
    put_file(raw, big, carnival, "carnival.avi", container="avi", duration=4800.0)
    clip = put_item(raw, "video", "Birthday <3>", added_at=1_700_000_500.0, duration=30.0)
    put_file(raw, kids, clip, "birthday.mp4", container="mov", duration=30.0, size=77)
    series = put_item(raw, "series", "Tides")
    episodes = []
    for season, number in ((1, 1), (1, 2), (2, 1), (0, 1), (None, None)):
        episode = put_item(
            raw, "episode", f"Part {season}-{number}", series_title="Tides", series_id=series,
            season=season, episode=number, duration=1200.0,
        )  # fmt: skip
        put_file(raw, kids, episode, f"tides/{season}-{number}.mkv")
        episodes.append(episode)
    hidden = put_item(raw, "film", "Hidden", hidden=1)
    put_file(raw, big, hidden, "hidden.mkv")
    away = put_item(raw, "film", "Away", offline=1)
    put_file(raw, big, away, "away.mkv", missing_since=1.0)
    return Library(big, kids, night, carnival, clip, series, episodes, night_file)


class Scene:
    """The house, its library, and a screen in it."""

    def __init__(self, house: House, library: Library) -> None:
        self.house = house
        self.library = library
        self.screen = Screen(house.url)

    async def ask(self, work: Callable[..., T]) -> T:
        """Let the screen ask something."""
        return await asyncio.to_thread(work, self.screen)

    async def browse(self, object_id: str = "0", **more: Any) -> Any:
        return await self.ask(lambda screen: screen.browse(object_id, **more))

    async def search(self, criteria: str, container: str = "0", **more: Any) -> Any:
        return await self.ask(lambda screen: screen.search(criteria, container, **more))

    async def changed(self, sql: str, *values: object) -> None:
        """Change the library by a statement."""
        await self.house.write(lambda raw: raw.execute(sql, values).close())

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not true():  # noqa: ASYNC110 - what is waited for has no event here
                await asyncio.sleep(0.01)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A house in which the owner is asked who may look."""
    made = House(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def stranger(house: House, tmp_path: Path) -> AsyncIterator[Scene]:
    """A screen that nobody let in yet."""
    library = await house.write(lambda raw: fill(raw, tmp_path))
    scene = Scene(house, library)
    yield scene
    scene.screen.close()


@pytest.fixture
async def scene(stranger: Scene) -> Scene:
    """A screen that may look."""
    await stranger.browse()
    await stranger.house.let_in()
    return stranger


@pytest.fixture
def real_film(tmp_path: Path) -> Path:
    """The bytes of the film "Night of the Living Dead", with subtitles beside it."""
    path = tmp_path / "big" / "Night & Day" / "night.mkv"
    films.make(to=path)
    (path.parent / "night.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nBoo\n")
    (path.parent / "night.fr.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nBouh\n")
    (path.parent / "night.nfo").write_text(json.dumps({}))
    return path
