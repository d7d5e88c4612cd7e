"""Playing what was found: which place is tried, and what becomes of those that do not play."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.searching import Hit, HitKind, SearchSource, Stream, Work
from app.domain.downloads import DownloadFile
from app.domain.errors import AppError, NotFound, Refused, Unavailable, Unsupported
from app.domain.media import Card, Details, FileId, ItemId, MediaFile, MediaKind
from app.domain.score import History, Rules
from app.domain.search import StartKind
from app.services.playback import relay as relay_module
from app.services.playback.request import ItemRequest, PlayRequest, StreamRequest, Ticket
from app.services.search import starting
from app.services.search.service import KEPT_RUNS
from app.services.search.starting import MOST_TRIED, best_of, choose
from app.services.search.store import SearchStore
from tests.fakes.films import make
from tests.fakes.sources import FakeSource, file, torrent
from tests.fakes.web import WebServer, drips, says
from tests.unit.services.search.house import (
    BEST,
    BODY,
    FILM,
    SECOND,
    THIRD,
    House,
    Make,
    fetch,
    house_of,
    three,
    web,
)

__all__ = ["web"]


async def test_the_best_is_played_byte_by_byte(desk_of: Make, web: WebServer) -> None:
    house = await three(desk_of, web)
    request = await house.open()
    assert (request.source, house.tried) == ("One", [])
    assert await fetch(request.address) == (200, b"best" + BODY)


async def test_a_torrent_is_passed_over_while_nothing_plays_torrents(
    desk_of: Make, web: WebServer
) -> None:
    house = await house_of(
        desk_of,
        swarm=FakeSource([torrent(BEST, 12e9, 900)]),
        two=FakeSource([file(SECOND, f"{web.url}/second.mp4")]),
    )
    view = await house.search()
    swarm = next(row for row in view.results if row.best.offer.source == "swarm")
    assert swarm.best.start.kind is StartKind.NEVER
    assert (await house.open()).source == "Two"
    assert house.tried == []
    with pytest.raises(NotFound) as told:
        await house.play(swarm.id)
    assert told.value.key == "errors.nothing_to_play"


async def test_what_starts_late_gives_way_to_what_starts_soon(
    desk_of: Make, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await three(desk_of, web)
    assert [one.offer.source for one in best_of(house.view)] == ["one", "two", "three"]
    monkeypatch.setattr(starting, "_is_soon", lambda one: one.offer.source == "two")
    assert (await house.open()).source == "Two"


async def test_what_is_surely_wrong_or_hidden_is_never_played_by_itself(
    desk_of: Make, web: WebServer
) -> None:
    house = await house_of(
        desk_of,
        a=FakeSource(
            [
                file("Night.of.the.Living.Dead.1990.1080p-GRP", f"{web.url}/best.mp4"),
                file("Night.of.the.Living.Dead.1968.1080p.HDCAM-GRP", f"{web.url}/second.mp4"),
            ]
        ),
    )
    view = await house.search()
    assert best_of(view) == []
    with pytest.raises(NotFound):
        await house.play()
    assert (await house.open(view.results[0].id)).source == "A"  # the owner may all the same


async def test_a_place_that_is_not_there_gives_way_to_the_next(
    desk_of: Make, web: WebServer
) -> None:
    house = await house_of(
        desk_of,
        gone=FakeSource([Hit(BEST, HitKind.ITEM, reference="gone")]),
        missing=FakeSource([file(SECOND, f"{web.url}/nothing.mp4")]),
        three=FakeSource([file(THIRD, f"{web.url}/third.mp4")]),
    )
    await house.search()
    request = await house.open()
    assert await fetch(request.address) == (200, b"third" + BODY)
    assert house.tried == [
        ("Gone", "errors.nothing_to_play", "Missing"),
        ("Missing", "errors.server_has_not", "Three"),
    ]
    assert house.desk.tried[1].args == {"host": "127.0.0.1"}


async def test_what_the_player_cannot_play_gives_way_to_the_next(
    desk_of: Make, web: WebServer
) -> None:
    house = await three(desk_of, web)
    first = await house.open()
    second = await house.next_after(first, "errors.stream_unplayable", codec="av1")
    assert second.source == "Two"
    assert second.ticket == first.ticket
    assert house.tried == [("One", "errors.stream_unplayable", "Two")]
    assert house.desk.tried[0].args == {"codec": "av1"}
    assert (await fetch(first.address))[0] == 404
    assert await fetch(second.address) == (200, b"second" + BODY)


async def test_when_all_fail_the_last_reason_is_told(desk_of: Make, web: WebServer) -> None:
    house = await three(desk_of, web)
    web.always = says("", 503)
    ticket = await house.play()
    with pytest.raises(Unavailable) as told:
        await house.desk.playback.open_ticket(ticket)
    assert told.value.key == "errors.server_failed"
    assert [one[2] for one in house.tried] == ["Two", "Three", ""]
    web.always = None
    with pytest.raises(Unavailable):
        await house.desk.playback.open_ticket(ticket)
    assert (await house.open()).source == "One"  # a new ticket tries all of them again


async def test_no_more_than_some_are_tried(desk_of: Make, web: WebServer) -> None:
    web.always = says("", 404)
    hits = [file(f"{BEST}{n}", f"{web.url}/{n}.mp4") for n in range(MOST_TRIED + 5)]
    house = await house_of(desk_of, a=FakeSource(hits))
    await house.search()
    with pytest.raises(NotFound):
        await house.open()
    assert len(house.tried) == MOST_TRIED


async def test_a_row_falls_back_on_its_own_spare_places_only(desk_of: Make, web: WebServer) -> None:
    house = await house_of(
        desk_of,
        one=FakeSource([file(BEST, f"{web.url}/nothing.mp4", size=4_000_000_000)]),
        spare=FakeSource([file(BEST, f"{web.url}/second.mp4", size=4_010_000_000)]),
        other=FakeSource([file(THIRD, f"{web.url}/third.mp4")]),
    )
    view = await house.search()
    row = next(one for one in view.results if len(one.judged) == 2)
    request = await house.open(row.id)
    assert await fetch(request.address) == (200, b"second" + BODY)
    with pytest.raises(AppError):
        await house.next_after(request, "errors.stream_unplayable")
    assert house.tried[-1][2] == ""


async def test_a_stream_that_only_drips_gives_way(
    desk_of: Make, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "LOOK_SECONDS", 0.3)
    house = await three(desk_of, web)
    web.answers["/best.mp4"] = drips
    assert (await house.open()).source == "Two"
    assert house.tried == [("One", "errors.server_slow", "Two")]


async def test_a_server_that_is_away_says_nothing_of_the_release(
    desk_of: Make, web: WebServer
) -> None:
    house = await three(desk_of, web)
    web.answers["/best.mp4"] = says("away", 503)
    assert (await house.open()).source == "Two"
    assert await SearchStore(house.desk.service._store._database).groups() == {}


async def test_what_fails_is_held_against_its_group(desk_of: Make, web: WebServer) -> None:
    house = await three(desk_of, web)
    await house.next_after(await house.open(), "errors.stream_unplayable")
    store = SearchStore(house.desk.service._store._database)
    assert await store.groups() == {"grp": History(0, 1)}
    again = await house.desk.search(FILM, fresh=True)
    before, after = (
        next(row.best for row in view.results if row.best.offer.name == BEST)
        for view in (house.view, again)
    )
    assert after.score.total < before.score.total


async def test_an_address_at_home_is_refused_to_a_source_of_the_internet(
    desk_of: Make, web: WebServer
) -> None:
    house = await house_of(
        desk_of,
        stranger=FakeSource([file(BEST, f"{web.url}/best.mp4")]),
        own=FakeSource([file(SECOND, f"{web.url}/second.mp4")]),
    )
    del house.desk.plugins.hosts["stranger"]
    await house.search()
    assert (await house.open()).source == "Own"
    assert house.tried == [("Stranger", "errors.address_at_home", "Own")]
    assert [one.path for one in web.seen] == ["/second.mp4"]


async def test_the_owners_own_address_may_lie_at_home(desk_of: Make, web: WebServer) -> None:
    link = f"{web.url}/best.mp4"
    place = SearchSource("direct_link", "Address", addresses=True)
    source = FakeSource([file("best", link)], sources=[place])
    house = await house_of(desk_of, direct_link=source)
    house.desk.plugins.hosts.clear()
    view = await house.search(link)
    request = await house.open(view.results[0].id)
    assert await fetch(request.address) == (200, b"best" + BODY)


# The own library.


def _at_home(card: Card, path: Path) -> Details:
    found = MediaFile(FileId(3), os.fsencode(path), path.name, 1, resolution="1080p")
    return Details(card, (found,))


async def test_what_is_in_the_library_is_opened_from_there(
    desk_of: Make, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Card(ItemId(7), MediaKind.FILM, "Night of the Living Dead", 1968, resolution="1080p")
    house = await house_of(desk_of, card, other=FakeSource([file(SECOND, f"{web.url}/second.mp4")]))
    held = {ItemId(7): _at_home(card, make())}

    async def details(item: ItemId) -> Details:
        return held[item]

    monkeypatch.setattr(house.desk.shelf, "details", details)
    await house.search()
    ticket = await house.play()
    request = await house.desk.playback.open_ticket(ticket)
    assert isinstance(request, ItemRequest)
    assert (request.item, request.location, request.ticket) == (7, os.fsencode(make()), ticket)
    held[ItemId(7)] = _at_home(card, Path("/gone.mkv"))
    again = await house.open()
    assert again.source == "Other"
    assert house.tried == [("", "errors.file_gone", "Other")]


# Tickets.


async def test_a_ticket_outlives_its_search(desk_of: Make, web: WebServer) -> None:
    house = await three(desk_of, web)
    ticket = await house.play()
    await house.desk.service.close(house.view.id)
    for number in range(KEPT_RUNS):
        await house.desk.search(f"another film {number}")
    with pytest.raises(NotFound) as told:
        await house.play()
    assert told.value.key == "errors.search_gone"
    request = await house.desk.playback.open_ticket(ticket)
    assert isinstance(request, StreamRequest)
    assert await fetch(request.address) == (200, b"best" + BODY)


async def test_a_closed_ticket_plays_nothing_until_it_is_opened_anew(
    desk_of: Make, web: WebServer
) -> None:
    house = await three(desk_of, web)
    first = await house.open()
    assert first.ticket is not None
    await house.desk.playback.close_ticket(first.ticket)
    assert (await fetch(first.address))[0] == 404
    again = await house.desk.playback.open_ticket(first.ticket)
    assert isinstance(again, StreamRequest)
    assert again.address != first.address
    assert await fetch(again.address) == (200, b"best" + BODY)
    with pytest.raises(NotFound) as told:
        await house.desk.playback.open_ticket(Ticket(999))
    assert told.value.key == "errors.ticket_gone"


async def test_it_goes_on_where_it_was_left(desk_of: Make, web: WebServer) -> None:
    house = await three(desk_of, web)
    first = await house.open()
    await house.desk.playback.save_stream_position(first.stream, 1200.0, 5760.0)
    assert (await house.open()).start == 1200.0
    ticket = await house.play()
    assert (await house.desk.playback.open_ticket(ticket, from_start=True)).start == 0.0
    other = await house.next_after(first, "errors.stream_unplayable")
    assert other.start == 0.0  # another release is cut in another way


# Which of several qualities.


QUALITIES = [Stream(f"https://a.example/{n}.mp4", height=n) for n in (480, 2160, 720, 1080)]


@pytest.mark.parametrize(
    ("most", "height"), [(2160, 2160), (1080, 1080), (720, 720), (480, 480), (240, 480), (0, 2160)]
)
def test_the_largest_picture_that_is_wanted(most: int, height: int) -> None:
    assert choose(QUALITIES, Rules(most_height=most)).height == height


def test_what_plays_at_once_and_is_open_goes_first() -> None:
    low = Stream("https://a.example/low.mp4", height=480)
    sealed = replace(QUALITIES[1], protected=True)
    swarm = replace(QUALITIES[1], kind=HitKind.TORRENT)
    assert choose([sealed, swarm, low], Rules()) is low
    assert choose([sealed, swarm], Rules()) is swarm
    assert choose([sealed], Rules()) is sealed


async def test_the_owners_largest_picture_is_kept_to(desk_of: Make, web: WebServer) -> None:
    streams = [
        Stream(f"{web.url}/{name}.mp4", height=height)
        for name, height in (("third", 2160), ("best", 720), ("second", 480))
    ]
    hit = Hit("Night of the Living Dead 1968", HitKind.ITEM, reference="7", work=Work.FILM)
    house = await house_of(desk_of, a=FakeSource([hit], streams={"7": streams}))
    await house.desk.settings.set("search", "most_resolution", "720p")
    await house.search()
    request = await house.open()
    assert await fetch(request.address) == (200, b"best" + BODY)
    assert request.caption == "720p \u00b7 A"


# A torrent, with something that plays torrents.


async def test_a_torrent_is_looked_into_before_it_is_played(desk_of: Make, web: WebServer) -> None:
    house = await house_of(desk_of, a=FakeSource([torrent(BEST)]))
    (place,) = [row.best for row in (await house.search()).results]
    begun: list[str] = []

    class Engine:
        def __init__(self, *names: str) -> None:
            self.files = [DownloadFile(at, name, 10**9) for at, name in enumerate(names)]

        async def begin(
            self, link: str, content: bytes, name: str, own_hosts: Any, check: Any
        ) -> Engine:
            check(self.files)
            begun.append(link)
            return self

        async def open(self) -> PlayRequest:
            return PlayRequest(title="", caption="", card=Card(ItemId(0), MediaKind.VIDEO, ""))

        async def close(self) -> None:
            begun.append("closed")

    async def opened(engine: Engine | None) -> starting.FoundWays:
        ways = starting.FoundWays(_means(house, engine), [place], None)
        request = await ways.open()
        assert request.title == "Night of the Living Dead"
        return ways

    with pytest.raises(Refused) as told:
        await opened(Engine("film.exe"))
    assert told.value.key == "errors.torrent_program"
    with pytest.raises(Unsupported):
        await opened(None)
    assert begun == []
    ways = await opened(Engine(f"{BEST}.mkv"))
    assert begun == [place.offer.link]
    await ways.close()
    assert begun[-1] == "closed"


def _means(house: House, engine: Any) -> starting.Means:
    service = house.desk.service
    return starting.Means(
        player=house.desk.playback,
        plugins=house.desk.plugins,
        bus=house.desk.bus,
        rules=Rules(),
        subtitles=service._subtitles,
        note=service._note,
        torrents=engine,
    )
