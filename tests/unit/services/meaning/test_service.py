"""Likeness with real parts: SQLite, the workers and the model; and the same without the model."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from app.api.capabilities import Capability, MediaDescription
from app.domain.errors import NotFound
from app.domain.events import (
    LibraryChanged,
    PluginStateChanged,
    PositionChanged,
    SettingsChanged,
)
from app.domain.intelligence import MadeBy
from app.domain.meaning import Known, MeaningWishes
from app.domain.media import Card, Details, ItemId, MediaKind
from app.infra.database.metadata import metadata
from app.infra.database.schema import migrate
from app.infra.embedding.place import find_model
from app.services.library.tables import item
from app.services.meaning import tables
from app.services.meaning.knowing import knower
from tests.fakes.meaning import World, open_world

needs_model = pytest.mark.skipif(find_model() is None, reason="the model is not installed")
both = pytest.mark.parametrize("model", [pytest.param(True, marks=needs_model), False])

SPACE = Known("Dark Orbit", "", 1979, "An astronaut is left alone on a station around a planet.",
              ("Science Fiction",), ("Irena Halvorsen",))  # fmt: skip
SHIP = Known("Far Home", "", 2008, "The crew of a spaceship flies to an icy moon, alone for years.",
             ("Science Fiction", "Drama"), ("Irena Halvorsen",))  # fmt: skip
BREAD = Known("The Baker", "", 1997, "A shy baker falls in love with a customer of his bakery.",
              ("Romance", "Comedy"), ("Claude Ferrand",))  # fmt: skip
CAKE = Known("Sugar Street", "", 2001, "Two pastry cooks compete for a shop and fall in love.",
             ("Romance",), ("Nadia Brandt",))  # fmt: skip
FILMS = (SPACE, SHIP, BREAD, CAKE)


async def _like(world: World, title: str) -> list[str]:
    made = await world.meaning.like(world.number(title), 3)
    return world.titles([each.item for each in made.value])


async def _found(world: World, text: str, *kinds: MediaKind) -> list[str]:
    made = await world.meaning.search(text, 3, kinds)
    return world.titles([each.item for each in made.value])


async def _change(world: World, sql: str, item: int) -> None:
    await world.database.run_write(lambda raw: raw.execute(sql, (item,)).close())


@both
async def test_what_is_alike_comes_first_and_tells_why(tmp_path: Path, model: bool) -> None:
    async with open_world(tmp_path, FILMS, model=model) as world:
        made = await world.meaning.like(world.number("Dark Orbit"))
        assert made.by_rules is not model
        assert made.source is (MadeBy.HERE if model else MadeBy.RULES)
        assert world.titles([made.value[0].item]) == ["Far Home"]
        assert made.value[0].shared[:2] == ("Irena Halvorsen", "Science Fiction")
        assert (await _like(world, "The Baker"))[0] == "Sugar Street"
        assert "The Baker" not in await _like(world, "The Baker")
        assert world.told[-1].total == 4
        assert world.told[-1].done == (4 if model else 0)


@both
async def test_films_like_a_title_even_misspelled(tmp_path: Path, model: bool) -> None:
    async with open_world(tmp_path, FILMS, model=model) as world:
        for text in ("films like Dark Orbit", "like dark orbitt", "films comme Dark Orbit (1979)"):
            found = await _found(world, text)
            assert found[0] == "Far Home", text
            assert "Dark Orbit" not in found
        assert (await _found(world, "Dark Orbit"))[0] == "Far Home"  # the title and nothing else


@both
async def test_years_kinds_people_and_genres_narrow(tmp_path: Path, model: bool) -> None:
    async with open_world(tmp_path, FILMS, model=model) as world:
        await world.add([replace(CAKE, title="Sugar Series", year=2002)], MediaKind.SERIES)
        await world.learnt()
        assert await _found(world, "love stories in a bakery from the 90s") == ["The Baker"]
        assert await _found(world, "series about love") == ["Sugar Series"]
        assert await _found(world, "love", MediaKind.SERIES) == ["Sugar Series"]
        assert "Sugar Series" not in await _found(world, "love", MediaKind.FILM)
        by_person = await _found(world, "films by Irena Halvorsen")
        assert set(by_person[:2]) == {"Dark Orbit", "Far Home"}
        assert (await _found(world, "sci-fi from the 1850s"))[0] in {"Dark Orbit", "Far Home"}
        assert (await _found(world, "un film de sf"))[0] in {"Dark Orbit", "Far Home"}
        assert await _found(world, "!!!") == []


@needs_model
async def test_words_that_no_text_holds_are_understood(tmp_path: Path) -> None:
    async with open_world(tmp_path, FILMS) as world:
        assert (await _found(world, "cosmonauts in the universe"))[0] in {"Dark Orbit", "Far Home"}
        assert await _found(world, "quarterly tax spreadsheet for accountants") == []


async def test_rules_do_when_words_fit_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, FILMS, model=False) as world:
        assert await _found(world, "xyzzy plugh") == []
        assert (await _found(world, "astronauts"))[0] == "Dark Orbit"  # the same word, bent
        assert (await world.meaning.like(ItemId(999))).value == ()


@needs_model
async def test_new_changed_hidden_and_removed_items_are_followed(tmp_path: Path) -> None:
    async with open_world(tmp_path, FILMS) as world:
        assert "Ice Cake" not in await _like(world, "The Baker")
        await world.add([replace(CAKE, title="Ice Cake")])
        await world.learnt()
        world.meaning._held_at = float("-inf")
        assert "Ice Cake" in await _like(world, "Sugar Street")
        changed = world.number("Ice Cake")
        world.films[changed] = replace(SPACE, title="Ice Cake")
        await world.learnt(LibraryChanged((changed,)))
        world.meaning._held_at = float("-inf")
        assert (await _like(world, "Dark Orbit"))[0] == "Ice Cake"
        await _change(world, "UPDATE item SET hidden = 1 WHERE id = ?", changed)
        assert "Ice Cake" not in await _like(world, "Dark Orbit")
        gone = world.number("Far Home")
        for sql in ("DELETE FROM file WHERE item_id = ?", "DELETE FROM item WHERE id = ?"):
            await _change(world, sql, gone)
        await world.learnt()
        assert "Far Home" not in await _like(world, "Dark Orbit")
        assert await world.meaning.progress() == (3, 3)


@needs_model
async def test_what_was_learnt_is_not_learnt_again(tmp_path: Path) -> None:
    async with open_world(tmp_path, FILMS) as world:
        await world.meaning.stop()
        world.asked.clear()
        await world.add([replace(CAKE, title="Ice Cake")])
        world.embedding = type(world.embedding)(tmp_path / "cache")
        world.meaning = world.build()
        await world.meaning.start()
        await world.learnt()
        assert world.asked == [5]
        assert await world.meaning.progress() == (5, 5)


@needs_model
async def test_killed_in_the_middle_it_goes_on(tmp_path: Path) -> None:
    many = [replace(SPACE, title=f"Orbit {number}") for number in range(200)]
    async with open_world(tmp_path) as world:
        await world.add(many)
        world.bus.publish(LibraryChanged())
        async with asyncio.timeout(40):
            while (await world.meaning.progress())[0] == 0:  # noqa: ASYNC110 - asked as a page would
                await asyncio.sleep(0.01)
        await world.meaning.stop()
        done, total = await world.meaning.progress()
        assert 0 < done <= total == 200
        asked = len(world.asked)
        world.embedding = type(world.embedding)(tmp_path / "cache")
        world.meaning = world.build()
        await world.meaning.start()
        await world.learnt()
        assert await world.meaning.progress() == (200, 200)
        assert len(world.asked) <= 200 + 64 * (asked < 200)


@needs_model
async def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, FILMS) as world:
        assert (await _like(world, "Dark Orbit"))[0] == "Far Home"
        for pid in world.embedding.processes():
            os.kill(pid, signal.SIGKILL)
        made = await world.meaning.like(world.number("Dark Orbit"))
        assert made.source is MadeBy.HERE
        assert world.titles([made.value[0].item]) == ["Far Home"]


@needs_model
async def test_it_rests_while_somebody_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.meaning.learning.PLAYING", 3600.0)
    async with open_world(tmp_path) as world:
        world.bus.publish(PositionChanged(ItemId(7), 30.0, False))
        await asyncio.sleep(0)
        await world.add(FILMS)
        world.bus.publish(LibraryChanged())
        await asyncio.sleep(0.5)
        assert world.embedding.processes() == []
        world.wishes = MeaningWishes(rest_while_playing=False)
        await world.learnt()
        assert await world.meaning.progress() == (4, 4)


@needs_model
async def test_the_owner_may_want_no_vectors(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.wishes = MeaningWishes(learn=False)
        await world.add(FILMS)
        await world.learnt()
        assert world.embedding.processes() == []
        made = await world.meaning.like(world.number("Dark Orbit"))
        assert made.by_rules
        assert world.titles([made.value[0].item]) == ["Far Home"]
        world.wishes = MeaningWishes()
        await world.learnt(SettingsChanged("intelligence"))
        assert not (await world.meaning.like(world.number("Dark Orbit"))).by_rules


async def test_a_new_plugin_is_asked_where_little_is_known(tmp_path: Path) -> None:
    async with open_world(tmp_path, [Known("Bare"), SPACE], model=False) as world:
        world.asked.clear()
        world.films[1] = replace(SHIP, title="Bare")
        await world.learnt(PluginStateChanged("nfo", True))
        assert world.asked == [1]
        assert await _like(world, "Dark Orbit") == ["Bare"]


async def test_what_cannot_be_described_is_left_out(tmp_path: Path) -> None:
    class Gone(World):
        async def known_of(self, item: ItemId) -> Known:
            if item == 1:
                raise NotFound("errors.item_gone")
            return await super().known_of(item)

    world = Gone(tmp_path, model=False)
    await world.database.open()
    await world.add(FILMS)
    await world.meaning.start()
    try:
        await world.learnt()
        assert await _like(world, "The Baker") == ["Sugar Street"]
    finally:
        await world.meaning.stop()
        await world.database.close()


async def test_an_episode_is_like_what_its_series_is_like(tmp_path: Path) -> None:
    async with open_world(tmp_path, model=False) as world:
        await world.add(
            [replace(SPACE, title="Orbit"), replace(SHIP, title="Home")], MediaKind.SERIES
        )
        await world.add([Known("Part 1")], MediaKind.EPISODE)
        await _change(world, "UPDATE item SET series_id = 1 WHERE id = ?", 3)
        await world.learnt()
        assert sorted(world.asked) == [1, 2]
        assert await _like(world, "Part 1") == ["Home"]


async def test_what_library_and_plugins_know_is_put_together() -> None:
    class Library:
        async def details(self, item: ItemId) -> Details:
            return Details(Card(item, MediaKind.FILM, "Orbit", 1979), (), overview="Own words.")

    class Plugins:
        def offering(self, capability: Capability) -> tuple[str, ...]:
            return ("one",)

        async def call(self, *_args: object, timeout: float | None = None) -> object:
            return MediaDescription(
                title="Orbite", genres=("Drama",), directors=("Eva",), cast=("Bo", "Li"), year=1980
            )

    known = await knower(Library(), Plugins())(ItemId(1))
    assert known == Known("Orbit", "Orbite", 1979, "Own words.", ("Drama",), ("Eva", "Bo", "Li"))


def test_tables_match_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    migrate(path)
    engine = create_engine(f"sqlite:///{path}")
    declared = (tables.about, tables.word, tables.vector, item)
    mine = {one.name for one in declared}
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, kind, _reflected, _other: (
                    kind not in {"index", "unique_constraint"}
                    and (kind != "table" or name in mine)
                    and getattr(getattr(thing, "table", None), "name", name) in mine
                )
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()
