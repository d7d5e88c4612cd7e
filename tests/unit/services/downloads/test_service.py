"""The whole of it on real parts: libtorrent and web servers on loopback, SQLite, the disk."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
import libtorrent as lt
import pytest

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Limits, Priority
from app.domain.errors import InvalidInput, NotFound, Refused, Unsupported
from app.domain.events import DownloadsChanged, NoticeRaised
from app.infra.paths import Paths
from app.infra.torrents import hearing
from app.infra.torrents.body import Body
from app.main import Station
from app.runtime.bus import EventBus
from app.services.downloads.from_search import TorrentPlayer
from app.services.downloads.service import DownloadsService
from app.services.downloads.torrent_loads import TorrentLoad
from app.services.playback.request import ItemRequest, StreamRequest
from app.services.settings.service import SettingsService
from tests.fakes.films import Film, make
from tests.fakes.hls import make_hls, make_subtitled
from tests.fakes.ranges import serve_file
from tests.fakes.swarm import Seed, made_of, seeding
from tests.fakes.web import WebServer, says, web_server
from tests.unit.services.downloads.conftest import soon

NAME = "Night.of.the.Living.Dead.1968.720p.WEB.x264-GRP"
QUIET = {
    "find_peers": False, "local_peers": False, "exchange_peers": False, "seed_percent": 0,
    "reserve": 1,
}  # fmt: skip


class House:
    """A station with its downloads, and what it told."""

    def __init__(self, paths: Paths) -> None:
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.settings.load()
        self.paths = paths
        self.station = Station(paths, self.bus, self.settings)
        self.notices: list[str] = []
        self.changes: list[DownloadsChanged] = []
        self.bus.on(NoticeRaised, lambda event: self.notices.append(event.key))
        self.bus.on(DownloadsChanged, self.changes.append)

    @property
    def downloads(self) -> DownloadsService:
        return self.station.services.downloads

    @property
    def folder(self) -> Path:
        return self.paths.downloads

    async def until(self, number: DownloadId, *states: DownloadState) -> None:
        async def there() -> bool:
            rows = {row.id: row for row in await self.downloads.rows()}
            return rows[number].state in states

        async with asyncio.timeout(45):
            while not await there():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.05)

    async def over(self, number: DownloadId) -> None:
        """Until it is done and nothing works on it any more."""
        await self.until(number, DownloadState.DONE)
        await soon(lambda: number not in self.downloads._crew.runs)

    async def row(self, number: DownloadId) -> tuple[DownloadState, str, int]:
        row = next(row for row in await self.downloads.rows() if row.id == number)
        return row.state, row.reason, row.done


@pytest.fixture
async def house(paths: Paths) -> AsyncIterator[House]:
    made = House(paths)
    for name, value in QUIET.items():
        await made.settings.set("downloads", name, value)
    await made.station.start()
    yield made
    await made.station.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared") / NAME
    folder.mkdir()
    make(Film(seconds=20.0, container="mkv"), folder / f"{NAME}.mkv")
    (folder / f"{NAME}.fr.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nOui\n")
    (folder / "readme.txt").write_text("hello")
    (folder / f"{NAME}.mkv.exe").write_bytes(b"MZ" * 60_000)
    return folder


@pytest.fixture
def seed(shared: Path) -> Iterator[Seed]:
    with seeding(made_of(shared), shared.parent) as one:
        yield one


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        yield made


async def test_a_magnet_link_is_fetched_and_filed_without_its_program(
    house: House, seed: Seed, shared: Path
) -> None:
    number = await house.downloads.add(seed.magnet)
    await house.until(number, DownloadState.DONE)
    there = house.folder / NAME
    assert (there / f"{NAME}.mkv").read_bytes() == (shared / f"{NAME}.mkv").read_bytes()
    assert (there / "readme.txt").exists()
    assert not list(house.folder.rglob("*.exe*"))
    films = house.folder / "Films/Night of the Living Dead (1968)"
    assert sorted(path.name for path in films.iterdir()) == [
        "Night of the Living Dead (1968) [720p].fr.srt",
        "Night of the Living Dead (1968) [720p].mkv",
    ]
    await soon(lambda: "notices.download_here" in house.notices)
    await soon(
        lambda: any(one.rows and one.rows[-1].state is DownloadState.DONE for one in house.changes)
    )
    async with asyncio.timeout(20):
        path = os.fsencode(films / "Night of the Living Dead (1968) [720p].mkv")
        library = house.station.services.library
        while await library.item_at(path) is None:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.1)
    ticket = await house.downloads.play(number)
    request = await house.station.services.playback.open_ticket(ticket)
    assert isinstance(request, ItemRequest)


async def test_a_torrent_file_and_only_some_of_its_files(house: House, shared: Path, seed: Seed) -> None:  # fmt: skip  # noqa: E501
    content = made_of(shared)
    told = await house.downloads.look_into(content)
    assert told.kind is DownloadKind.TORRENT
    by_name = {file.path.rpartition("/")[2]: file for file in told.files}
    assert by_name[f"{NAME}.mkv.exe"].refused == "errors.torrent_program"
    assert by_name[f"{NAME}.mkv"].playable
    assert told.free > 0
    film = by_name[f"{NAME}.mkv"].index
    chosen = {file.index: Priority.NORMAL if file.index == film else Priority.SKIP for file in told.files}  # fmt: skip  # noqa: E501
    number = await house.downloads.add(content, chosen=chosen)
    details = await house.downloads.details(number)
    assert details.download.kind is DownloadKind.TORRENT
    await soon(lambda: house.station.services.downloads._crew.runs[number].found.is_set())
    run = house.downloads._crew.runs[number]
    run.load._torrent.add_peers([seed.peer])  # type: ignore[attr-defined]  # a peer of the test's own
    await house.until(number, DownloadState.DONE)
    assert not (house.folder / NAME / "readme.txt").exists()


async def test_a_file_of_the_web(house: House, web: WebServer, shared: Path) -> None:
    body = (shared / f"{NAME}.mkv").read_bytes()
    web.answers["/films/Metropolis.1927.mkv"] = serve_file(body)
    number = await house.downloads.add(f"{web.url}/films/Metropolis.1927.mkv")
    await house.until(number, DownloadState.DONE)
    filed = house.folder / "Films/Metropolis (1927)/Metropolis (1927).mkv"
    assert filed.read_bytes() == body
    await soon(lambda: not list(house.folder.glob(".*")))  # nothing of the loading is left


async def test_a_page_in_place_of_a_film_is_refused(house: House, web: WebServer) -> None:
    web.answers["/film.mkv"] = says("<html>Sign in</html>", Content_Type="text/html; charset=utf-8")
    with pytest.raises(Unsupported) as told:
        await house.downloads.add(f"{web.url}/film.mkv")
    assert told.value.key == "errors.stream_is_page"
    assert await house.downloads.rows() == ()


async def test_a_sum_that_the_link_names_is_compared(
    house: House, web: WebServer, shared: Path
) -> None:
    body = (shared / f"{NAME}.mkv").read_bytes()
    web.answers["/Metropolis.1927.mkv"] = serve_file(body)
    link = f"{web.url}/Metropolis.1927.mkv"
    wrong = await house.downloads.add(f"{link}#sha256={'0' * 64}")
    await house.until(wrong, DownloadState.FAILED)
    assert (await house.row(wrong))[1] == "errors.checksum_differs"
    right = await house.downloads.add(f"{link}#SHA256={hashlib.sha256(body).hexdigest()}")
    await house.until(right, DownloadState.DONE)


async def test_a_stream_becomes_one_file(house: House, web: WebServer, tmp_path: Path) -> None:
    make_hls(tmp_path / "hls", encrypted=True)
    for file in (tmp_path / "hls").iterdir():
        web.answers[f"/show/{file.name}"] = serve_file(file.read_bytes())
    number = await house.downloads.add(f"{web.url}/show/master.m3u8")
    await house.until(number, DownloadState.DONE)
    (made,) = [path for path in house.folder.rglob("*") if path.suffix in (".mp4", ".mkv")][:1]
    assert made.stat().st_size > 10_000


async def test_of_a_stream_the_picture_that_is_asked_for_comes(
    house: House, web: WebServer, tmp_path: Path
) -> None:
    make_hls(tmp_path / "hls")
    for file in (tmp_path / "hls").iterdir():
        web.answers[f"/low/{file.name}"] = serve_file(file.read_bytes())
    web.answers["/master.m3u8"] = says(
        "#EXTM3U\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=9000000,RESOLUTION=1920x1080\nnowhere/high.m3u8\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\nlow/low.m3u8\n",
        Content_Type="application/vnd.apple.mpegurl",
    )
    number = await house.downloads.add(f"{web.url}/master.m3u8#height=480")
    await house.until(number, DownloadState.DONE)
    assert not web.asked("/nowhere/high.m3u8")


async def test_the_subtitles_of_a_stream_are_filed_beside_it_and_go_with_it(
    house: House, web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subtitled(tmp_path / "hls")
    for file in (tmp_path / "hls").iterdir():
        web.answers[f"/show/{file.name}"] = serve_file(file.read_bytes())
    number = await house.downloads.add(f"{web.url}/show/master.m3u8", name="Metropolis.1927")
    await house.over(number)
    shelf = house.folder.parent.rglob("Metropolis (1927)*")
    assert {path.name for path in shelf if path.is_file()} == {
        "Metropolis (1927).mp4", "Metropolis (1927).en.vtt",
    }  # fmt: skip
    (told,) = await house.downloads.rows()
    own = Path(os.fsdecode(told.folder))
    (own / "Metropolis.1927.mine.vtt").write_text("the owner's")
    details = await house.downloads.details(number)
    assert [file.path.rpartition("/")[2] for file in details.files] == [
        "Metropolis (1927).mp4", "Metropolis (1927).en.vtt",
    ]  # fmt: skip
    await house.downloads.move(number, os.fsencode(tmp_path / "elsewhere"))
    moved = {path.name for path in (tmp_path / "elsewhere").iterdir()}
    assert moved == {"Metropolis.1927.mp4", "Metropolis.1927.en.vtt"}
    assert (own / "Metropolis.1927.mine.vtt").exists()
    monkeypatch.setattr("app.services.downloads.service.UNDO_SECONDS", 0.0)
    await house.downloads.remove(number, files=True)
    await soon(lambda: not list((tmp_path / "elsewhere").iterdir()))


async def test_what_stays_unfiled_is_still_its_own_in_another_folder(
    house: House, web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.settings.set("downloads", "file_away", False)
    make_subtitled(tmp_path / "hls")
    for file in (tmp_path / "hls").iterdir():
        web.answers[f"/show/{file.name}"] = serve_file(file.read_bytes())
    number = await house.downloads.add(f"{web.url}/show/master.m3u8", name="Film")
    await house.over(number)
    new = tmp_path / "elsewhere"
    await house.downloads.move(number, os.fsencode(new))
    assert sorted(os.listdir(new)) == ["Film.en.vtt", "Film.mp4"]
    details = await house.downloads.details(number)
    assert [(file.playable, file.size > 0) for file in details.files] == [
        (True, True),
        (False, True),
    ]
    monkeypatch.setattr("app.services.downloads.service.UNDO_SECONDS", 0.0)
    await house.downloads.remove(number, files=True)
    await soon(lambda: not os.listdir(new))


async def test_with_its_files_goes_the_one_it_made_and_not_its_namesake(
    house: House, web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.settings.set("downloads", "file_away", False)
    web.answers["/film.mkv"] = serve_file(b"new" * 4000)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "film.mkv").write_text("the owner's own")
    number = await house.downloads.add(f"{web.url}/film.mkv", folder=os.fsencode(folder))
    await house.over(number)
    assert sorted(os.listdir(folder)) == ["film (2).mkv", "film.mkv"]
    monkeypatch.setattr("app.services.downloads.service.UNDO_SECONDS", 0.0)
    await house.downloads.remove(number, files=True)
    await soon(lambda: os.listdir(folder) == ["film.mkv"])
    assert (folder / "film.mkv").read_text() == "the owner's own"


async def test_a_stream_tells_its_pictures_and_about_how_large_they_are(
    house: House, web: WebServer, tmp_path: Path
) -> None:
    make_hls(tmp_path / "hls")
    for file in (tmp_path / "hls").iterdir():
        web.answers[f"/{file.name}"] = serve_file(file.read_bytes())
    web.answers["/all.m3u8"] = says(
        "#EXTM3U\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=320x180\nlow.m3u8\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=1920x1080\nlow.m3u8?1\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=1920x1080\nlow.m3u8?2\n"
        '#EXT-X-STREAM-INF:BANDWIDTH=9000,CODECS="mp4a.40.2"\nlow.m3u8?3\n',
    )
    told = await house.downloads.look_into(f"{web.url}/all.m3u8")
    assert told.kind is DownloadKind.STREAM
    assert [picture.height for picture in told.pictures] == [1080, 180]
    assert [picture.size for picture in told.pictures] == pytest.approx([1.2e6, 3e5], rel=0.02)


async def test_the_room_is_told_of_a_folder_that_is_not_there_yet(
    house: House, tmp_path: Path
) -> None:
    free = await house.downloads.free(os.fsencode(tmp_path / "not" / "yet"))
    assert free > 0
    assert not (tmp_path / "not").exists()


async def test_the_same_thing_twice_is_one(house: House, seed: Seed) -> None:
    number = await house.downloads.add(seed.magnet)
    with pytest.raises(InvalidInput) as told:
        await house.downloads.add(seed.magnet)
    assert told.value.key == "errors.download_known"
    assert told.value.args_map["id"] == number


@pytest.mark.parametrize("link", ["", "hello", "ftp://a/b", "magnet:?x", "http://", b"nonsense"])
async def test_what_is_no_link_is_told_so(house: House, link: str | bytes) -> None:
    with pytest.raises(InvalidInput):
        await house.downloads.add(link)
    assert await house.downloads.rows() == ()


async def test_paused_it_keeps_what_it_has_and_goes_on(house: House, shared: Path) -> None:
    with seeding(made_of(shared), shared.parent, limit=400_000) as slow:
        number = await house.downloads.add(slow.magnet)
        await house.until(number, DownloadState.LOADING)
        async with asyncio.timeout(20):
            while (await house.row(number))[2] < 50_000:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)
        await house.downloads.pause(number)
        state, _reason, done = await house.row(number)
        assert state is DownloadState.PAUSED
        assert done >= 50_000
        await house.station.stop()
        again = House(house.paths)
        await again.station.start()
        try:
            state, _reason, kept = await again.row(number)
            assert (state, kept >= 50_000) == (DownloadState.PAUSED, True)
            await again.downloads.go(number)
            await again.until(number, DownloadState.DONE)
        finally:
            await again.station.stop()
        assert slow.sent < 1.3 * sum(file.stat().st_size for file in shared.iterdir())
    house.station = again.station


async def test_removed_it_can_be_had_back_and_then_it_is_gone(
    house: House, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.settings.set("downloads", "file_away", False)
    number = await house.downloads.add(seed.magnet)
    await house.until(number, DownloadState.DONE)
    there = house.folder / NAME / f"{NAME}.mkv"
    await house.downloads.remove(number, files=True)
    assert await house.downloads.rows() == ()
    assert there.exists()
    await house.downloads.restore(number)
    assert (await house.row(number))[0] is DownloadState.DONE
    monkeypatch.setattr("app.services.downloads.service.UNDO_SECONDS", 0.05)
    mine = house.folder / NAME / "my own notes.txt"
    mine.write_text("mine")
    await house.downloads.remove(number, files=True)
    await soon(lambda: not there.exists())
    assert mine.read_text() == "mine"
    with pytest.raises(NotFound):
        await house.downloads.details(number)


async def test_it_is_taken_to_another_folder(house: House, seed: Seed, tmp_path: Path) -> None:
    await house.settings.set("downloads", "file_away", False)
    number = await house.downloads.add(seed.magnet)
    await house.until(number, DownloadState.DONE)
    await house.downloads.move(number, os.fsencode(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / NAME / f"{NAME}.mkv").exists()
    assert not (house.folder / NAME / f"{NAME}.mkv").exists()


async def test_one_that_ends_while_it_is_moved_arrives_first(
    house: House, seed: Seed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its files would lie where nobody looks for them."""

    def late(body: Body, _alert: object) -> None:
        arrived = body.moved
        assert arrived is not None
        asyncio.get_running_loop().call_later(0.3, arrive, arrived)

    def arrive(arrived: asyncio.Future[str]) -> None:
        if not arrived.done():
            arrived.set_result("")

    heard: dict[Any, Any] = hearing.HEARD
    monkeypatch.setitem(heard, lt.storage_moved_alert, late)
    await house.settings.set("downloads", "file_away", False)
    number = await house.downloads.add(seed.magnet)
    await house.over(number)
    for place in ("one", "two", "three"):
        record = house.downloads._crew.get(number)
        load = cast("TorrentLoad", house.downloads._engines.make(record))
        moving = asyncio.ensure_future(load.move(tmp_path / place))
        async with asyncio.timeout(30):
            while load._torrent is None or load._torrent._body.moved is None:  # noqa: ASYNC110 - no event
                await asyncio.sleep(0)
        await load.close()
        await moving
        assert (tmp_path / place / NAME / f"{NAME}.mkv").exists()
        await house.downloads._crew.put(replace(record, folder=os.fsencode(tmp_path / place)))


async def test_what_was_damaged_is_found_and_fetched_again(house: House, seed: Seed, shared: Path) -> None:  # fmt: skip  # noqa: E501
    await house.settings.set("downloads", "file_away", False)
    number = await house.downloads.add(seed.magnet)
    await house.until(number, DownloadState.DONE)
    there = house.folder / NAME / f"{NAME}.mkv"
    whole = there.read_bytes()
    there.write_bytes(whole[:1000] + b"X" * 50_000 + whole[51_000:])
    await house.downloads.check(number)
    await house.until(number, DownloadState.DONE)
    assert there.read_bytes() == (shared / f"{NAME}.mkv").read_bytes()


async def test_limits_and_order_are_kept(house: House, web: WebServer) -> None:
    numbers = [
        await house.downloads.add(f"{web.url}/{name}.mkv", paused=True) for name in ("a", "b", "c")
    ]
    await house.downloads.put_in_queue(numbers[2], 0)
    assert [row.id for row in await house.downloads.rows()] == [numbers[2], *numbers[:2]]
    await house.downloads.limit(numbers[0], Limits(down=1000, ratio=2.0))
    assert (await house.downloads.details(numbers[0])).limits == Limits(down=1000, ratio=2.0)


async def test_a_server_that_refuses_is_a_failure_that_can_be_tried_again(
    house: House, web: WebServer, shared: Path
) -> None:
    async def refuses(_request: object) -> object:
        from aiohttp import web as answers

        return answers.Response(status=403)

    web.answers["/film.mkv"] = refuses  # type: ignore[assignment]  # typed loosely here
    number = await house.downloads.add(f"{web.url}/film.mkv")
    await house.until(number, DownloadState.FAILED)
    assert "notices.download_failed" in house.notices
    web.answers["/film.mkv"] = serve_file((shared / f"{NAME}.mkv").read_bytes())
    await house.downloads.retry(number)
    await house.until(number, DownloadState.DONE)


async def test_a_torrent_that_was_found_plays_while_it_loads(house: House, shared: Path) -> None:
    downloads = house.downloads
    player = TorrentPlayer(downloads, downloads._engines, downloads._theatre)
    seen: list[list[str]] = []
    with seeding(made_of(shared), shared.parent, limit=1_500_000) as slow:
        ways = await player.begin(
            slow.magnet, b"", "Night of the Living Dead", frozenset(),
            lambda files: seen.append([file.path for file in files]),
        )  # fmt: skip
        request = await ways.open()
        assert isinstance(request, StreamRequest)
        film = (shared / f"{NAME}.mkv").read_bytes()
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            told = await client.get(request.address, headers={"Range": "bytes=0-99999"})
        assert told.content == film[:100_000]
        await ways.close()
    assert len(seen[0]) == 4


async def test_a_torrent_that_is_not_what_it_says_is_never_begun(house: House, seed: Seed) -> None:
    downloads = house.downloads
    player = TorrentPlayer(downloads, downloads._engines, downloads._theatre)

    def check(_files: object) -> None:
        raise Refused("errors.torrent_program")

    with pytest.raises(Refused):
        await player.begin(seed.magnet, b"", "Film", frozenset(), check)
    assert await downloads.rows() == ()
    assert seed.sent == 0


async def test_a_film_that_is_full_speed_ahead_survives_its_folder_being_taken_away(
    house: House, shared: Path
) -> None:
    with seeding(made_of(shared), shared.parent, limit=300_000) as slow:
        number = await house.downloads.add(slow.magnet)
        await house.until(number, DownloadState.LOADING)
        aside = house.folder.with_name("aside")
        house.folder.rename(aside)
        await house.until(number, DownloadState.HELD)
        assert (await house.row(number))[1] == "errors.disk_away"
        shutil.rmtree(house.folder, ignore_errors=True)
        aside.rename(house.folder)
        await house.downloads.retry(number)
        await house.until(number, DownloadState.DONE)
