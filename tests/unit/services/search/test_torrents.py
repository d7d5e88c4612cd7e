"""Looking into a torrent before any of it is fetched: by address, by magnet link, by plugin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.searching import Hit, HitKind, Stream
from app.domain.errors import AppError, InvalidInput, NotFound, Refused, Unavailable, Unsupported
from app.domain.search import Doubt, ResultId, SearchId, Suspicion
from app.infra import http_guard
from app.infra.torrent_lists import TorrentFile, TorrentLists
from app.services.search import service as service_module
from app.services.search import torrents as torrents_module
from app.services.search.torrents import Contents
from tests.fakes.sources import FakeSource, file
from tests.fakes.swarm import HOME, listed, made_of, many_files, one_file, seeding
from tests.fakes.web import BAD_DAYS, WebServer, leads_to, says, web_server
from tests.unit.services.search.conftest import Desk

Make = Callable[..., Any]
TITLE = "Night.of.the.Living.Dead.1968.1080p.BluRay.x264-GRP"
INSIDE = "Night.of.the.Living.Dead.1968.mkv"
GOOD = one_file(name=INSIDE)
FILES = (TorrentFile(INSIDE, 5),)


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The swarm is this machine, and nothing is waited for long."""
    monkeypatch.setattr(
        service_module,
        "TorrentLists",
        lambda wish: TorrentLists(lambda: wish() or "lo", find_peers=False),
    )
    quick = replace(torrents_module.LIMITS, timeout=0.6, longest_wait=0.6)
    monkeypatch.setattr(torrents_module, "LIMITS", quick)


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for the internet; the rest of loopback stays at home."""
    monkeypatch.setattr(http_guard, "public", lambda address: address in (HOME, "::1"))


def hit(link: str = "", reference: str = "") -> Hit:
    return Hit(TITLE, HitKind.TORRENT, link, reference, size=4_000_000_000)


class Found:
    """The only row of a search."""

    def __init__(self, desk: Desk, search: SearchId, row: ResultId) -> None:
        self.desk, self.search, self.row = desk, search, row

    async def contents(self) -> Contents:
        return await self.desk.service.contents(self.search, self.row)


async def found(desk_of: Make, one: Hit, **streams: list[Stream]) -> Found:
    desk: Desk = await desk_of(a=FakeSource([one], streams=streams))
    view = await desk.search("night of the living dead 1968")
    (row,) = view.results
    return Found(desk, view.id, row.id)


@pytest.mark.usefixtures("internet")
async def test_the_file_behind_an_address_is_read_once(desk_of: Make) -> None:
    async with web_server() as server:
        server.play("/film.torrent", GOOD, "application/x-bittorrent")
        row = await found(desk_of, hit(f"{server.url}/film.torrent"))
        assert server.seen == []
        first = await row.contents()
        assert (first.files, first.suspicion) == (FILES, None)
        assert await row.contents() == first
        assert len(server.seen) == 1


@pytest.mark.usefixtures("internet")
async def test_another_search_of_it_knows_the_list_already(desk_of: Make) -> None:
    link = "/film.torrent"
    async with web_server() as server:
        server.play(link, GOOD)
        row = await found(desk_of, hit(server.url + link))
        await row.contents()
        again = await row.desk.search("night of the living dead 1968", fresh=True)
        assert again.id != row.search
        told = await row.desk.service.contents(again.id, again.results[0].id)
        assert told.files == FILES
        assert len(server.seen) == 1


async def test_a_plugin_that_has_the_file_itself_is_asked_once(desk_of: Make) -> None:
    streams = [Stream("https://a.example/f.mp4"), Stream("", HitKind.TORRENT, content=GOOD)]
    row = await found(desk_of, hit(reference="7"), **{"7": streams})
    assert (await row.contents()).files == FILES
    row.desk.plugins.sources["a"].streams.clear()
    assert (await row.contents()).files == FILES


async def test_a_magnet_link_is_looked_up_among_peers(desk_of: Make, tmp_path: Path) -> None:
    with seeding(GOOD, tmp_path) as seed:
        row = await found(desk_of, hit(seed.magnet))
        told = await row.contents()
        assert seed.sent == 0
    assert (told.files, told.suspicion) == (FILES, None)
    assert await row.contents() == told  # nobody is there any more


async def test_peers_are_not_asked_while_the_owners_vpn_is_away(
    desk_of: Make, tmp_path: Path
) -> None:
    with seeding(GOOD, tmp_path) as seed:
        row = await found(desk_of, hit(seed.magnet))
        await row.desk.settings.set("downloads", "interface", " nowhere0 ")
        with pytest.raises(Unavailable) as told:
            await row.contents()
        assert (told.value.key, told.value.args_map) == (
            "errors.vpn_away",
            {"interface": "nowhere0"},
        )
        await row.desk.settings.set("downloads", "interface", "")
        assert (await row.contents()).files == FILES


async def test_a_plugin_may_answer_with_a_magnet_link(desk_of: Make, tmp_path: Path) -> None:
    with seeding(GOOD, tmp_path) as seed:
        streams = [Stream(seed.magnet, HitKind.TORRENT)]
        row = await found(desk_of, hit(reference="7"), **{"7": streams})
        assert (await row.contents()).files == FILES


@pytest.mark.usefixtures("internet")
async def test_an_address_may_lead_to_a_magnet_link(desk_of: Make, tmp_path: Path) -> None:
    async with web_server() as server:
        with seeding(GOOD, tmp_path) as seed:
            server.answers["/get"] = leads_to(seed.magnet)
            row = await found(desk_of, hit(f"{server.url}/get"))
            assert (await row.contents()).files == FILES


async def test_an_address_in_the_home_network_is_not_asked(desk_of: Make) -> None:
    async with web_server() as server:
        server.play("/film.torrent", GOOD)
        row = await found(desk_of, hit(f"{server.url}/film.torrent"))
        with pytest.raises(Refused) as told:
            await row.contents()
        assert told.value.key == "errors.address_at_home"
        assert server.seen == []


async def test_the_owners_own_server_at_home_is_asked(desk_of: Make) -> None:
    async with web_server() as server:
        server.play("/film.torrent", GOOD)
        row = await found(desk_of, hit(f"{server.url}/film.torrent"))
        row.desk.plugins.hosts["a"] = frozenset({HOME})
        assert (await row.contents()).files == FILES


@pytest.mark.usefixtures("internet")
async def test_an_address_does_not_lead_into_the_home_network(desk_of: Make) -> None:
    async with web_server() as server:
        server.answers["/x"] = leads_to(server.url.replace(HOME, "127.0.0.2") + "/film.torrent")
        row = await found(desk_of, hit(f"{server.url}/x"))
        with pytest.raises(Refused):
            await row.contents()


SUSPECT = {
    "a program": (many_files(listed("film.exe"), listed("readme.txt")), Doubt.PROGRAM, True),
    "a film and a program": (many_files(listed(INSIDE), listed("codec.msi")), Doubt.PROGRAM, True),
    "a program turned round": (one_file(name="film\u202evkm.exe"), Doubt.PROGRAM, True),
    "only an archive": (many_files(listed("film.rar")), Doubt.LOCKED, True),
    "no film": (many_files(listed("film.txt")), Doubt.NO_VIDEO, True),
    "another film": (one_file(name="Cooking.with.Fire.2019.mkv"), Doubt.OTHER_TITLE, False),
}


@pytest.mark.parametrize(("content", "doubt", "certain"), SUSPECT.values(), ids=SUSPECT)
async def test_what_is_inside_is_judged(
    desk_of: Make, content: bytes, doubt: Doubt, certain: bool
) -> None:
    streams = [Stream("", HitKind.TORRENT, content=content)]
    row = await found(desk_of, hit(reference="7"), **{"7": streams})
    told = (await row.contents()).suspicion
    assert isinstance(told, Suspicion)
    assert (told.doubt, told.certain) == (doubt, certain)


async def test_a_real_folder_of_films_is_fine(desk_of: Make, tmp_path: Path) -> None:
    folder = tmp_path / "Night of the Living Dead (1968)"
    (folder / "Subs").mkdir(parents=True)
    (folder / INSIDE).write_bytes(bytes(40_000))
    (folder / "Subs" / "en.srt").write_text("1")
    streams = [Stream("", HitKind.TORRENT, content=made_of(folder))]
    row = await found(desk_of, hit(reference="7"), **{"7": streams})
    told = await row.contents()
    assert told.suspicion is None
    assert {Path(one.path).name for one in told.files} == {INSIDE, "en.srt"}


async def test_what_is_no_torrent_has_no_list(desk_of: Make) -> None:
    row = await found(desk_of, file(TITLE, "https://a.example/f.mp4"))
    with pytest.raises(Unsupported) as told:
        await row.contents()
    assert told.value.key == "errors.not_a_torrent"


@pytest.mark.parametrize("streams", [{"7": [Stream("https://a.example/f.mp4")]}, {"7": []}, {}])
async def test_a_plugin_without_a_torrent_has_none(
    desk_of: Make, streams: dict[str, list[Stream]]
) -> None:
    row = await found(desk_of, hit(reference="7"), **streams)
    with pytest.raises(NotFound) as told:
        await row.contents()
    assert told.value.key == "errors.nothing_to_play"


async def test_a_broken_file_of_a_plugin_is_told(desk_of: Make) -> None:
    streams = [Stream("", HitKind.TORRENT, content=b"<html>")]
    row = await found(desk_of, hit(reference="7"), **{"7": streams})
    with pytest.raises(InvalidInput) as told:
        await row.contents()
    assert told.value.key == "errors.torrent_broken"


@pytest.mark.usefixtures("internet")
@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_is_told_and_not_remembered(desk_of: Make, day: str) -> None:
    async with web_server() as server:
        row = await found(desk_of, hit(f"{server.url}/film.torrent"))
        server.always = BAD_DAYS[day]
        with pytest.raises(AppError) as told:
            await row.contents()
        assert told.value.key.startswith("errors.")
        if not day.startswith("429 with a"):  # it is left alone for so long
            await _recovers(server, row)


@pytest.mark.usefixtures("internet")
async def test_a_server_that_asks_for_a_pause_speaks_for_itself_alone(desk_of: Make) -> None:
    async with web_server() as server:
        elsewhere = server.url.replace(HOME, "localhost")
        first = Hit("Dune 2021 1080p", HitKind.TORRENT, f"{server.url}/busy", size=4_000_000_000)
        other = Hit("Dune 2021 720p", HitKind.TORRENT, f"{elsewhere}/x", size=2_000_000_000)
        desk: Desk = await desk_of(a=FakeSource([first, other]))
        view = await desk.search("dune 2021")
        rows = {row.best.offer.link: row.id for row in view.results}
        server.answers = {"/busy": says("", 429, Retry_After="3600"), "/x": says(GOOD)}
        with pytest.raises(AppError):
            await desk.service.contents(view.id, rows[first.link])
        told = await desk.service.contents(view.id, rows[other.link])
        assert told.files == FILES


async def _recovers(server: WebServer, row: Found) -> None:
    server.always = None
    server.play("/film.torrent", GOOD)
    assert (await row.contents()).files == FILES
