"""`/cast`: the remote control over the real casting service, and titles played from words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.api.casting import CastOrder, CastState
from app.domain.casting import Castable, CastStage
from app.domain.errors import InvalidInput, Unavailable
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.services.casting.store import SCOPE
from app.services.remote.commands.cast import CastCommand
from app.services.remote.commands.items import Items
from app.services.remote.commands.screens import Screens
from app.services.remote.commands.sheet import Sheets
from tests.fakes.casting import BEDROOM, KITCHEN, LIVING
from tests.fakes.remote import FakeTalk
from tests.fakes.screen import Screen
from tests.fakes.services import film
from tests.unit.services.casting.conftest import FILM, SERIAL, Room, Shelf
from tests.unit.services.remote.commands.conftest import (
    HOSTILE,
    QUICK,
    House,
    going,
    port,
    until,
)


def command(house: House) -> CastCommand:
    return CastCommand(
        port(house.casting), port(house.library), house.items, house.screens, house.sheets
    )


def labels(talk: FakeTalk) -> list[str]:
    return [one.text for one in talk.last.buttons]


@pytest.fixture
async def room(database: Database, paths: Paths) -> AsyncIterator[Room]:
    """The real casting service, and one screen."""
    shelf, secrets = Shelf(), Secrets(paths.vault, paths.vault_key, {}).scoped(SCOPE)
    made = Room(database, Screen(), shelf, secrets)
    await made.begin()
    yield made
    await made.service.stop()


async def test_a_screen_is_commanded_and_followed(room: Room, house: House) -> None:
    await room.plays(SERIAL)
    screens = Screens(room.service, room.bus, Sheets(QUICK))
    run = CastCommand(
        room.service, port(house.library),
        Items(port(house.library), port(house.playback), screens), screens, Sheets(QUICK),
    )  # fmt: skip
    talk = FakeTalk()
    async with going(run.run(talk, "")):
        await until(lambda: "Living-room TV · playing" in talk.last.text)
        assert talk.last.text.startswith("e1\n")
        assert "/ 1:40 · volume 50" in talk.last.text
        assert labels(talk) == [
            "⏪ 10 s", "⏸ Pause", "30 s ⏩", "🔉 −", "🔊 +", "⏭ Next", "⏹ Stop",
        ]  # fmt: skip
        room.screen.now(CastState.PLAYING, position=40.0)
        await until(lambda: "0:40 / 1:40" in talk.last.text)
        async with going(talk.press("30 s")):
            await until(lambda: (CastOrder.SEEK, 70.0) in room.screen.orders)
        async with going(talk.press("🔊")):
            await until(lambda: (CastOrder.VOLUME, 0.6) in room.screen.orders)
        async with going(talk.press("Pause")):
            await until(lambda: "paused" in talk.last.text)
        async with going(talk.press("▶ Play")):
            await until(lambda: "playing" in talk.last.text)
        async with going(talk.press("Next")):
            await until(lambda: talk.last.text.startswith("e2\n"))
        await talk.press("Stop")
    assert "Nothing plays there any more." in talk.last.text
    assert len(talk.said) == 1


async def test_a_screen_that_is_pulled_is_told(room: Room, house: House) -> None:
    await room.plays(FILM)
    screens = Screens(room.service, room.bus, house.sheets)
    run = CastCommand(room.service, port(house.library), house.items, screens, house.sheets)
    talk = FakeTalk(language="fr")
    async with going(run.run(talk, "")):
        await until(lambda: "en lecture" in talk.last.text)
        room.screen.goes()
        await until(lambda: "l’écran ne répond pas" in talk.last.text)


async def test_one_of_several_screens_is_chosen(house: House) -> None:
    house.casting.begin(LIVING, title="Metropolis")
    house.casting.begin(KITCHEN, title="Nosferatu", stage=CastStage.PAUSED)
    talk = FakeTalk()
    await command(house).run(talk, "")
    assert "Metropolis" in talk.last.text
    assert "Nosferatu" in talk.last.text
    async with going(talk.press("Kitchen")):
        await until(lambda: "▶ Play" in labels(talk))
        assert "Metropolis" not in talk.last.text
        await talk.press("Back")
    assert "Metropolis" in talk.last.text


@pytest.mark.parametrize(
    "words", ["Film 001 on Kitchen", "film 001 SUR kitchen", "Film 001 to kit"]
)
async def test_a_title_plays_on_the_screen_that_is_named(house: House, words: str) -> None:
    house.library.all = {one.id: one for one in (film(1), film(2))}
    talk = FakeTalk()
    async with going(command(house).run(talk, words)):
        await until(lambda: "Kitchen · playing" in talk.last.text)
    assert house.casting.orders == [("cast", KITCHEN.id, Castable(item=film(1).id), None)]


async def test_several_of_a_name_are_asked_for(house: House) -> None:
    house.library.all = {one.id: one for one in (film(1), film(2), film(3))}
    talk = FakeTalk()
    await command(house).run(talk, "Film on Kitchen")
    assert "Which one?" in talk.last.text
    async with going(talk.press("2")):
        await until(lambda: house.casting.orders)
    assert house.casting.orders[0][2] == Castable(item=film(2).id)
    await command(house).run(talk, "Film")
    await talk.press("3")
    assert "Film 003" in talk.last.text
    assert "📺 Kitchen" in labels(talk)
    await talk.press("Back")
    assert "Which one?" in talk.last.text


async def test_a_screen_of_two_names_must_be_told_apart(house: House) -> None:
    house.casting.known.append(replace(KITCHEN, id=port("cc-2"), name="Kitchen radio"))
    with pytest.raises(InvalidInput):
        await command(house).run(FakeTalk(), "Film 001 on kit")


async def test_a_screen_that_is_away_is_said(house: House) -> None:
    house.library.all = {1: film(1)}  # type: ignore[dict-item]  # a plain number
    house.casting.refusal = Unavailable("errors.cast_device_away", device=BEDROOM.name)
    talk = FakeTalk()
    with pytest.raises(Unavailable):
        await command(house).run(talk, "Film 001 on Bedroom")


async def test_when_nothing_plays_the_screens_are_listed(house: House) -> None:
    talk = FakeTalk()
    await command(house).run(talk, "")
    assert "• Living-room TV" in talk.last.text
    assert "Bedroom" not in talk.last.text
    house.casting.known = []
    await talk.press("Look for screens")
    assert "No screen of the home answers." in talk.last.text
    assert house.casting.looks == 1


async def test_what_failed_says_why_and_hostile_titles_stay_plain(house: House) -> None:
    house.casting.begin(LIVING, title=HOSTILE, waiting=(HOSTILE,))
    talk = FakeTalk()
    async with going(command(house).run(talk, "")) as task:
        await until(lambda: "Then:" in talk.last.text)
        assert len(talk.last.text) < 500
        assert all(line.isprintable() for line in talk.last.text.split("\n"))
        house.casting.advance(LIVING.id, CastStage.FAILED, reason="errors.never_written")
        await task
    assert "it did not play · The station's own screen tells more." in talk.last.text
    assert labels(talk) == []
