"""`/search` over the real search service: live, in pages, with a row played or taken."""

from __future__ import annotations

import pytest

from app.domain.casting import Castable, CastStage
from app.domain.errors import Refused, Unavailable
from app.domain.events import PlayRequested
from app.domain.media import Card, ItemId, MediaKind
from app.services.remote.commands.search import SearchCommand
from tests.fakes.ranges import serve_file
from tests.fakes.remote import FakeTalk
from tests.fakes.sources import FakeSource, file, torrent
from tests.fakes.web import WebServer, web_server
from tests.unit.services.remote.commands.conftest import HOSTILE, House, Make, Slow, going, until
from tests.unit.services.search.conftest import Desk

NIGHT = "Night.of.the.Living.Dead.1968"
WORDS = "Night of the Living Dead 1968"
HERE = frozenset({"127.0.0.1"})


def command(house: House, desk: Desk) -> SearchCommand:
    """The command, on the bus of the search service."""
    house.join(desk.bus)
    return SearchCommand(house.means(desk.service))


async def test_it_fills_as_sources_answer(desks: Make, house: House) -> None:
    slow = Slow(torrent(f"{NIGHT}.2160p.BluRay.x265-BIG", 16e9, 7))
    failing = FakeSource(error=Unavailable("errors.server_offline", host="b.example"))
    desk = await desks(
        a=FakeSource([torrent(f"{NIGHT}.720p.WEB.x264-GRP", 1.4e9, 50)]), b=failing, c=slow
    )
    talk = FakeTalk()
    async with going(command(house, desk).run(talk, WORDS)) as task:
        await until(lambda: "3 of 4 sources · 1 found" in talk.last.text)
        assert "1. Night of the Living Dead (1968)" in talk.last.text
        assert "720p · 1.4 GB · A · 50 seeds" in talk.last.text
        assert "No answer from B. b.example does not answer." in talk.last.text
        slow.may.set()
        await task
    assert len(talk.said) == 1  # one message, edited
    assert "2 found" in talk.last.text
    assert "2160p · 16 GB · C · 7 seeds" in talk.last.text
    assert [one.text for one in talk.last.buttons] == ["1", "2", "2160p", "720p"]


async def test_it_can_be_narrowed_turned_and_come_back_from(desks: Make, house: House) -> None:
    hits = [torrent(f"{NIGHT}.1080p.WEB.x264-G{at}", 4e9 + at * 1e8, 90 - at) for at in range(8)]
    hits.append(torrent(f"{NIGHT}.720p.WEB.x264-SMALL", 1.2e9, 5))
    desk, talk = await desks(a=FakeSource(hits)), FakeTalk(language="fr")
    await command(house, desk).run(talk, WORDS)
    assert "9 trouvés" in talk.last.text
    assert "7. " not in talk.last.text
    await talk.press("Suite")
    assert "7. " in talk.last.text
    await talk.press("720p")
    assert "1 trouvé" in talk.last.text
    await talk.press("✓ 720p")
    assert "9 trouvés" in talk.last.text
    await talk.press("1")
    assert "sources complètes" in talk.last.text
    await talk.press("Retour")
    assert "9 trouvés" in talk.last.text
    assert len(talk.said) == 1


async def test_a_row_plays_on_a_screen_and_in_the_window(desks: Make, house: House) -> None:
    desk = await desks(a=FakeSource([file(f"{NIGHT}.1080p.WEB.mp4", "http://a.example/n.mp4")]))
    played: list[PlayRequested] = []
    desk.bus.on(PlayRequested, played.append)
    run, talk = command(house, desk), FakeTalk()
    await run.run(talk, WORDS)
    await talk.press("1")
    names = [one.text for one in talk.last.buttons]
    assert names == ["⬇ Download", "📺 Living-room TV", "📺 Kitchen", "▶ On the station", "◂ Back"]
    await talk.press("On the station")
    assert len(played) == 1
    assert "own screen" in talk.last.text
    async with going(talk.press("Living-room TV")):
        await until(lambda: "Living-room TV · playing" in talk.last.text)
    ((_cast, device, what, _start),) = house.casting.orders
    assert device == "tv-1"
    assert isinstance(what, Castable)
    assert what.ticket is not None
    assert what.ticket != played[0].ticket
    assert talk.last.button("Refresh")  # it was cancelled: it can be gone on with


async def test_a_screen_that_went_away_is_said_and_the_row_stays(desks: Make, house: House) -> None:
    desk = await desks(a=FakeSource([file(f"{NIGHT}.1080p.WEB.mp4", "http://a.example/n.mp4")]))
    talk = FakeTalk()
    await command(house, desk).run(talk, WORDS)
    await talk.press("1")
    before = talk.last.text
    house.casting.refusal = Unavailable("errors.cast_device_away", device="Kitchen")
    with pytest.raises(Unavailable):
        await talk.press("Kitchen")
    assert talk.last.text == before
    assert talk.last.button("Back")


async def test_a_row_is_fetched_from_a_server_of_its_source(desks: Make, house: House) -> None:
    async with web_server() as web:
        film(web)
        desk = await desks(a=FakeSource([file(f"{NIGHT}.1080p.WEB.mp4", f"{web.url}/n.mp4")]))
        desk.plugins.hosts["a"] = HERE
        talk = FakeTalk()
        await command(house, desk).run(talk, WORDS)
        await talk.press("1")
        async with going(talk.press("Download")):
            await until(lambda: talk.last.text.startswith(f"{NIGHT}.1080p.WEB.mp4"[:60]))
    told, link = house.downloads.asked[0][:2]
    assert told == "add"
    assert getattr(link, "link", "") == f"{web.url}/n.mp4"
    assert getattr(link, "own_hosts", None) == HERE


async def test_a_source_cannot_send_downloads_into_the_home(desks: Make, house: House) -> None:
    async with web_server() as web:
        film(web)
        desk = await desks(a=FakeSource([file(f"{NIGHT}.1080p.WEB.mp4", f"{web.url}/n.mp4")]))
        talk = FakeTalk()
        await command(house, desk).run(talk, WORDS)
        await talk.press("1")
        before = talk.last.text
        with pytest.raises(Refused):
            await talk.press("Download")
        assert talk.last.text == before
        assert house.downloads.asked == []
        assert web.seen == []


async def test_what_is_at_home_plays_and_is_not_fetched_again(desks: Make, house: House) -> None:
    card = Card(ItemId(7), MediaKind.FILM, "Night of the Living Dead", 1968, duration=5760.0,
                resolution="1080p")  # fmt: skip
    desk, talk = await desks(card), FakeTalk()
    await command(house, desk).run(talk, WORDS)
    assert "My library" in talk.last.text
    await talk.press("1")
    assert all("Download" not in one.text for one in talk.last.buttons)
    async with going(talk.press("Living-room TV")):
        await until(lambda: house.casting.orders)
        await until(lambda: house.casting.playing["tv-1"].stage is CastStage.PLAYING)  # type: ignore[index]  # a plain text
    assert house.casting.orders[0][2] == Castable(item=ItemId(7))


async def test_nothing_found_can_be_asked_again(desks: Make, house: House) -> None:
    source = FakeSource()
    desk, talk = await desks(a=source), FakeTalk()
    await command(house, desk).run(talk, "zzyzx 1931")
    assert "Nobody has this." in talk.last.text
    source.hits = [torrent("Zzyzx.1931.1080p.WEB.x264-GRP")]
    await talk.press("Ask again")
    assert "1. Zzyzx (1931)" in talk.last.text


async def test_without_words_it_asks_for_some(desks: Make, house: House) -> None:
    desk, talk = await desks(a=FakeSource()), FakeTalk()
    await command(house, desk).run(talk, "")
    assert "What are you looking for" in talk.last.text
    assert desk.plugins.sources["a"].asked == []


async def test_hostile_names_are_plain_lines(desks: Make, house: House) -> None:
    desk, talk = await desks(a=FakeSource([torrent(f"{HOSTILE} 1968 1080p")])), FakeTalk()
    await command(house, desk).run(talk, HOSTILE)
    await talk.press("1") if talk.last.buttons and talk.last.buttons[0].text == "1" else None
    for text in talk.last.texts:
        assert len(text) < 4000
        text.encode()
        assert all(line.isprintable() for line in text.split("\n"))
        assert "/download" not in text


async def test_cancelled_in_the_middle_nobody_is_asked_any_more(desks: Make, house: House) -> None:
    slow = Slow()
    desk, talk = await desks(c=slow), FakeTalk()
    async with going(command(house, desk).run(talk, WORDS)):
        await until(lambda: "1 of 2 sources" in talk.last.text)
    run = next(iter(desk.service._runs.values()))
    assert run.complete.is_set()
    assert slow.asked == []


def film(web: WebServer) -> None:
    """A server that has a small film."""
    web.answers["/n.mp4"] = serve_file(b"\0" * 4096)
