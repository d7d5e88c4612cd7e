"""What commands may ask of casting, against a home of screens that lives in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.domain.casting import Castable, CastStage
from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.media import ItemId, MediaKind
from app.runtime.bus import EventBus
from app.services import control_casting
from app.services.control import Control
from tests.fakes.casting import BEDROOM, HOME, KITCHEN, LIVING, FakeCasting
from tests.fakes.services import FakeLibrary, episode, film


class Room:
    """A control over casting and a library, and what it told on the way."""

    def __init__(self) -> None:
        self.bus = EventBus()
        self.casting = FakeCasting(self.bus)
        cards = [
            film(1, title="Tears of Steel", year=2012), film(2, title="Metropolis", year=1927),
            film(3, title="Metropolis", year=2001),
            film(900, title="Northern Post", kind=MediaKind.SERIES),
        ]  # fmt: skip
        self.library = FakeLibrary(cards)
        self.library.episodes = (episode(1, watched=True), episode(2))
        self.progress: list[Any] = []
        services = SimpleNamespace(casting=self.casting, library=self.library)
        self.control = Control(cast("Any", services), self.bus, lambda: None)

    async def until(self, check: Callable[[], bool]) -> None:
        """Let the others go on until something is true."""
        async with asyncio.timeout(5):
            while True:
                await asyncio.sleep(0)
                if check():
                    return

    async def ask(self, command: str, **args: object) -> Any:
        async def progress(value: object) -> None:
            self.progress.append(value)

        return await self.control.handlers()[command](args, progress)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr(control_casting, "PATIENCE", 0.05)
    return Room()


async def test_devices_are_looked_for_and_listed(room: Room) -> None:
    room.casting.begin(LIVING, stage=CastStage.PAUSED)
    told = (await room.ask("devices", patience=0))["devices"]
    assert [row["name"] for row in told] == ["Living-room TV", "Kitchen", "Bedroom"]
    assert told[0]["plays"]["stage"] == "paused"
    assert (told[1]["protocol"], told[1]["plays"], told[2]["here"]) == ("chromecast", None, False)
    assert room.casting.looks == 1


async def test_a_title_plays_and_says_how_and_why(room: Room) -> None:
    told = await room.ask("cast", to="kit", title="tears of steel", at=62.0)
    assert room.casting.orders == [("cast", KITCHEN.id, Castable(item=ItemId(1)), 62.0)]
    assert (told["device"], told["stage"], told["method"]) == ("Kitchen", "playing", "audio")
    assert (told["why"], told["why_args"]["codec"]) == ("casting.why.sound", "AC3")
    assert room.progress == [{"stage": "preparing", "device": "Kitchen"}]


async def test_it_waits_until_the_picture_moves(room: Room) -> None:
    room.casting.smooth = False
    asking = asyncio.ensure_future(room.ask("cast", to="living", path="/films/a.mkv"))
    await room.until(lambda: LIVING.id in room.casting.playing)
    room.casting.advance(LIVING.id, CastStage.LOADING)
    await asyncio.sleep(0.02)
    assert not asking.done()
    room.casting.advance(LIVING.id, CastStage.PLAYING)
    assert (await asking)["stage"] == "playing"
    assert room.casting.orders[0][2] == Castable(path=b"/films/a.mkv")


async def test_what_does_not_play_is_raised(room: Room) -> None:
    room.casting.smooth = False
    asking = asyncio.ensure_future(room.ask("cast", to="living", title="Tears of Steel"))
    await room.until(lambda: LIVING.id in room.casting.playing)
    room.casting.advance(LIVING.id, CastStage.FAILED, reason="errors.cast_did_not_play")
    with pytest.raises(Unsupported, match="cast_did_not_play"):
        await asking


async def test_alone_it_stays_to_the_end(room: Room) -> None:
    asking = asyncio.ensure_future(room.ask("cast", to="living", title="Tears of Steel", stay=True))
    await room.until(lambda: len(room.progress) == 2)
    assert not asking.done()
    room.casting.advance(LIVING.id, CastStage.ENDED)
    assert (await asking)["stage"] == "ended"


async def test_titles_are_found_with_their_year_and_series_go_on(room: Room) -> None:
    with pytest.raises(InvalidInput) as raised:
        await room.ask("cast", to="living", title="Metropolis")
    assert raised.value.args_map["choices"] == ["Metropolis (1927)", "Metropolis (2001)"]
    await room.ask("cast", to="living", title="metropolis 1927")
    await room.ask("cast", to="living", title="Northern Post")
    assert [order[2] for order in room.casting.orders] == [
        Castable(item=ItemId(2)), Castable(item=ItemId(902)),
    ]  # fmt: skip
    with pytest.raises(NotFound, match="cast_title_unknown"):
        await room.ask("cast", to="living", title="Charade")


async def test_names_match_in_any_case_and_by_their_beginning(room: Room) -> None:
    assert control_casting.match(HOME, "LIVING-ROOM tv") == LIVING
    assert control_casting.match(HOME, "k") == KITCHEN
    assert control_casting.match(HOME, "attic") is None
    twins = (*HOME, LIVING.__class__(id=LIVING.id, protocol=LIVING.protocol, name="Kitchenette"))
    assert control_casting.match(twins, "kitchen") == KITCHEN
    with pytest.raises(InvalidInput, match="ambiguous"):
        control_casting.match(twins, "kit")
    with pytest.raises(Unavailable, match="cast_device_away"):
        await room.ask("cast", to="bed", title="Tears of Steel")
    with pytest.raises(NotFound) as raised:
        await room.ask("cast", to="attic", title="Tears of Steel")
    assert raised.value.args_map["names"] == "Living-room TV, Kitchen"


async def test_a_device_that_comes_in_time_is_waited_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_casting, "PATIENCE", 5.0)
    asking = asyncio.ensure_future(room.ask("cast", to="bed", title="Tears of Steel"))
    await asyncio.sleep(0.02)
    room.casting.arrive(LIVING.__class__(id=BEDROOM.id, protocol=BEDROOM.protocol, name="Bedroom"))
    assert (await asking)["device"] == "Bedroom"


@pytest.mark.parametrize(
    ("order", "value", "given"),
    [
        ("pause", None, ("pause", LIVING.id)),
        ("resume", None, ("resume", LIVING.id)),
        ("stop", None, ("leave", LIVING.id)),
        ("mute", None, ("mute", LIVING.id, True)),
        ("unmute", None, ("mute", LIVING.id, False)),
        ("seek", 90.0, ("seek", LIVING.id, 90.0)),
        ("volume", 30.0, ("volume", LIVING.id, 0.3)),
    ],
)
async def test_orders_reach_what_plays(
    room: Room, order: str, value: float | None, given: tuple[object, ...]
) -> None:
    room.casting.begin(LIVING, stage=CastStage.PLAYING)
    told = await room.ask("cast", order=order, value=value)
    assert told == {"device": "Living-room TV", "order": order}
    assert room.casting.orders == [given]


async def test_orders_without_anything_that_plays_are_refused(room: Room) -> None:
    with pytest.raises(NotFound, match="cast_nothing_plays"):
        await room.ask("cast", order="pause")
    room.casting.begin(LIVING, stage=CastStage.PLAYING)
    with pytest.raises(NotFound, match="cast_nothing_plays"):
        await room.ask("cast", order="pause", to="kitchen")
    with pytest.raises(InvalidInput):
        await room.ask("cast", order="fly")
    room.casting.begin(KITCHEN, stage=CastStage.PLAYING)
    with pytest.raises(InvalidInput, match="ambiguous"):
        await room.ask("cast", order="pause")
