from __future__ import annotations

import asyncio
import contextlib
import gzip
import importlib
import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    Hit,
    HitKind,
    InvalidInput,
    NotFound,
    SearchQuestion,
    Stream,
    Unavailable,
    Work,
)
from app.services.plugins.borders import GivenSecrets
from app.services.plugins.context import build_context, option_values
from tests.fakes.plugins import NoBrowser, manifest_of, provider
from tests.fakes.web import BAD_DAYS, BOMB, WebServer, endless, says, web_server
from tests.plugins.live_tv.lists import large_guide, large_list, stamp

FIXTURES = Path(__file__).parent / "fixtures"
LIST = FIXTURES / "list.m3u"
HALF_A_DAY = 12 * 3600
SOON = 8.0
LARGE = 200_000


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        yield made


def ask(text: str, **more: Any) -> SearchQuestion:
    return SearchQuestion(text, Work.CHANNEL, **more)


def small(*names: str) -> bytes:
    entries = (f'#EXTINF:-1 tvg-id="{one}",{one}\nhttps://x/{one}.m3u8\n' for one in names)
    return f"#EXTM3U\n{''.join(entries)}".encode()


def now_showing(*channels: str) -> str:
    """A guide in which each channel has something on now and something next."""
    now = time.time()
    parts = (
        f'<programme start="{stamp(now - 60)}" stop="{stamp(now + 60)}" channel="{one}">'
        f"<title>Now on {one}</title></programme>"
        f'<programme start="{stamp(now + 60)}" stop="{stamp(now + 120)}" channel="{one}">'
        f"<title>Next on {one}</title></programme>"
        for one in channels
    )
    return f"<tv>{''.join(parts)}</tv>"


async def refused(place: Path, seconds: float, largest: int, **options: Any) -> AppError:
    """What a list ends with that is tried and cannot be had."""
    manifest = manifest_of("live_tv")
    limits = replace(manifest.limits, timeout=seconds, largest_answer=largest)
    manifest = replace(manifest, limits=limits)
    values = option_values(manifest, options)
    context, client = build_context(manifest, values, GivenSecrets({}), place, NoBrowser())
    try:
        with pytest.raises(AppError) as caught:
            await importlib.import_module("plugins.live_tv.provider").setup(context)
    finally:
        await client.close()
    return caught.value


class Later:
    """A clock of the plugin that can be put forward."""

    def __init__(self, channels: Any) -> None:
        self.passed = 0.0
        channels._keeper._clock = lambda: time.time() + self.passed


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(1000):
        if await holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came true")


async def settled(channels: Any) -> None:
    """Wait for the work in the background."""
    keeper = channels._keeper
    work = [one for one in (keeper._list_work, keeper._guide_work) if one is not None]
    await asyncio.gather(*work)


async def test_channels_are_found_by_name(server: WebServer, tmp_path: Path) -> None:
    server.play("/list.m3u", LIST)
    address = f"{server.url}/list.m3u"
    async with provider("live_tv", tmp_path, address=address, guide=address) as channels:
        (source,) = await channels.sources()
        hits = await channels.search(source.id, ask("bbc one"))
        (canal,) = await channels.search(source.id, ask("chaine canal"))
        assert list(await channels.search(source.id, ask("nobody"))) == []
        assert len(await channels.search(source.id, ask("a", limit=3))) == 3
        assert list(await channels.search(source.id, ask(""))) == []
    assert (source.name, source.works) == ("127.0.0.1", (Work.CHANNEL,))
    assert [(hit.title, hit.reference[:9], hit.description) for hit in hits] == [
        *[("BBC One London", "bbcone.uk", "News"), ("BBC One Wales", hits[1].reference[:9], "UK")]
    ]
    assert canal == Hit(
        title="Canal+, la chaîne (1080p) [Not 24/7]",
        kind=HitKind.ITEM,
        reference="CanalPlus.fr@HD",
        work=Work.CHANNEL,
        height=1080,
        description="Films;Séries",
        poster="http://logos.example/c%20plus.png",
    )


async def test_a_channel_is_resolved_to_its_stream(server: WebServer, tmp_path: Path) -> None:
    server.play("/list.m3u", LIST)
    async with provider("live_tv", tmp_path, address=f"{server.url}/list.m3u") as channels:
        (stream,) = await channels.resolve("CanalPlus.fr@HD")
        (_, wales) = await channels.search("list", ask("bbc one"))
        (other,) = await channels.resolve(wales.reference)
        for gone in ("", "9Gem.au", "#0123456789abcdef01", "x" * 9999):
            with pytest.raises(NotFound):
                await channels.resolve(gone)
    assert stream == Stream(
        url="https://streams.example/canal/live.m3u8?token=abc",
        kind=HitKind.PLAYLIST,
        title="Canal+, la chaîne (1080p) [Not 24/7]",
        headers={
            "Referer": "https://www.canal.example/direct",
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)",
        },
        height=1080,
        live=True,
    )
    assert (other.url, other.kind) == ("https://streams.example/wales/index.mpd", HitKind.FILE)


async def test_drm_is_told_and_blocked_channels_are_shown_when_wanted(
    server: WebServer, tmp_path: Path
) -> None:
    server.play("/kodi.m3u", FIXTURES / "kodi.m3u")
    server.play("/list.m3u", LIST)
    async with provider("live_tv", tmp_path, address=f"{server.url}/kodi.m3u") as channels:
        assert [
            (await channels.resolve(one))[0].protected for one in ("Locked.one", "Open.one")
        ] == [*(True, False)]
    async with provider(
        "live_tv", tmp_path, address=f"{server.url}/list.m3u", hide_geo_blocked=False
    ) as channels:
        assert [hit.title for hit in await channels.search("list", ask("9gem"))] == ["9Gem Ⓖ"]


async def test_the_list_is_fetched_once_and_kept_for_the_next_start(
    server: WebServer, tmp_path: Path
) -> None:
    server.play("/list.m3u", LIST)
    address = f"{server.url}/list.m3u"
    for _ in range(2):
        async with provider("live_tv", tmp_path, address=address) as channels:
            for text in ("bbc", "canal", "radio"):
                assert await channels.search("list", ask(text))
            await settled(channels)
    assert [request.path for request in server.seen] == ["/list.m3u"]


async def test_after_half_a_day_the_server_is_asked_whether_it_changed(
    server: WebServer, tmp_path: Path
) -> None:
    changed = "Tue, 02 Jan 2024 05:00:00 GMT"
    server.answers["/l"] = says(small("One"), ETag='"a"', Last_Modified=changed)
    async with provider("live_tv", tmp_path, address=f"{server.url}/l") as channels:
        later = Later(channels)
        await channels.search("list", ask("one"))
        await settled(channels)
        later.passed += HALF_A_DAY - 60
        await channels.search("list", ask("one"))
        assert len(server.seen) == 1

        server.answers["/l"] = says("", 304)
        later.passed += 120
        assert await channels.search("list", ask("one"))
        await settled(channels)
        assert len(server.seen) == 2
        assert server.seen[1].headers["If-None-Match"] == '"a"'
        assert server.seen[1].headers["If-Modified-Since"] == changed

        await channels.search("list", ask("one"))
        await settled(channels)
        assert len(server.seen) == 2  # asked, and known to be the same for half a day

        server.answers["/l"] = says(small("One", "Two"), ETag='"b"')
        later.passed += HALF_A_DAY
        assert list(await channels.search("list", ask("two"))) == []  # nobody waits for it
        await settled(channels)
        assert await channels.search("list", ask("two"))
    assert len(server.seen) == 3


@pytest.mark.parametrize("day", ["500", "a web page", "nothing", "404", "sends a bomb"])
async def test_an_old_list_is_used_while_its_server_has_a_bad_day(
    server: WebServer, tmp_path: Path, day: str
) -> None:
    server.answers["/l"] = says(small("One"))
    options: dict[str, Any] = {"address": f"{server.url}/l", "largest": 1_000_000}
    async with provider("live_tv", tmp_path, **options) as channels:
        await settled(channels)
        later = Later(channels)
        later.passed = 2 * HALF_A_DAY
        server.answers["/l"] = BAD_DAYS[day]
        for _ in range(3):
            assert await channels.search("list", ask("one"))
            await settled(channels)
    assert len(server.seen) == 2  # and is left alone for a while
    async with provider("live_tv", tmp_path, **options) as channels:
        assert await channels.search("list", ask("one"))
        assert await channels.resolve("One")


async def test_what_was_kept_and_damaged_is_fetched_anew(server: WebServer, tmp_path: Path) -> None:
    server.answers["/l"] = says(small("One"))
    for damage in (b"", b"\0" * 50, b"x" * 8000):
        async with provider("live_tv", tmp_path, address=f"{server.url}/l") as channels:
            assert await channels.search("list", ask("one"))
            await settled(channels)
        for file in (tmp_path / "plugins" / "live_tv").iterdir():
            file.write_bytes(file.read_bytes()[:8] + damage)
    assert len(server.seen) == 3


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_as_one_error_soon(
    server: WebServer, tmp_path: Path, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.always = BAD_DAYS[day]
    options: dict[str, Any] = {"seconds": 0.5, "largest": 1_000_000, "address": f"{server.url}/l"}
    began = time.monotonic()
    for _ in range(2):  # a list that cannot be had is not taken, at the second try neither
        await refused(tmp_path, **options)
    monkeypatch.setattr("plugins.live_tv.provider.TRY_SECONDS", 0.0)
    async with provider("live_tv", tmp_path, **options) as channels:
        with pytest.raises(AppError):
            await channels.search("list", ask("one"))
        with pytest.raises(AppError):
            await channels.resolve("one")
    assert time.monotonic() - began < SOON


async def test_a_list_that_comes_slowly_is_told_to_be_coming(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = asyncio.Event()

    async def slow(_request: web.Request) -> web.StreamResponse:
        await sent.wait()
        return web.Response(body=small("One"))

    server.answers["/l"] = slow
    monkeypatch.setattr("plugins.live_tv.provider.TRY_SECONDS", 0.1)
    monkeypatch.setattr("plugins.live_tv.provider.SEARCH_SECONDS", 0.1)
    monkeypatch.setattr("plugins.live_tv.provider.LEAST_SECONDS", 0.1)
    address = f"{server.url}/l"
    async with provider("live_tv", tmp_path, seconds=30, address=address) as channels:
        for call in (channels.search("list", ask("one")), channels.resolve("One")):
            with pytest.raises(Unavailable) as caught:
                await call
            assert caught.value.key == "errors.list_loading"
            assert caught.value.args_map == {"host": "127.0.0.1"}
        sent.set()
        await settled(channels)
        assert await channels.search("list", ask("one"))
    assert len(server.seen) == 1


async def test_a_list_that_is_fetched_is_kept_even_when_the_trial_ends_before_it_is_read(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/l"] = says(large_list(20_000))
    monkeypatch.setattr("plugins.live_tv.provider.TRY_SECONDS", 0.0)
    address = f"{server.url}/l"
    async with provider("live_tv", tmp_path, seconds=30, address=address) as channels:
        with contextlib.suppress(TimeoutError):  # the caller goes away, the list does not
            await asyncio.wait_for(channels.search("list", ask("bbc")), 0.05)
        await until(channels._keeper._client.has_list)
    async with provider("live_tv", tmp_path, seconds=30, address=address) as channels:
        assert await channels.search("list", ask("bbc"))
    assert len(server.seen) == 1


async def test_a_list_that_fails_is_left_alone_for_a_moment(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/l"] = says("oh no", 500)
    monkeypatch.setattr("plugins.live_tv.provider.TRY_SECONDS", 0.0)
    async with provider("live_tv", tmp_path, address=f"{server.url}/l") as channels:
        later = Later(channels)
        for _ in range(3):
            with pytest.raises(Unavailable) as caught:
                await channels.search("list", ask("one"))
            assert caught.value.key == "errors.server_failed"
        assert len(server.seen) == 1
        server.answers["/l"] = says(small("One"))
        later.passed += 31
        assert await channels.search("list", ask("one"))
        await settled(channels)


async def test_closing_ends_what_runs(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/l"] = endless
    monkeypatch.setattr("plugins.live_tv.provider.TRY_SECONDS", 0.05)
    address = f"{server.url}/l"
    async with provider("live_tv", tmp_path, seconds=60, address=address) as channels:
        work = channels._keeper._list_work
    assert work.cancelled()


@pytest.mark.parametrize(
    "options",
    [
        *({"address": ""}, {"address": "list.m3u"}, {"address": "file:///etc/passwd"}),
        {"address": "https://x/list", "guide": "ftp://x/guide"},
    ],
)
async def test_addresses_that_are_none(tmp_path: Path, options: dict[str, str]) -> None:
    assert isinstance(await refused(tmp_path, 1, 1_000_000, **options), InvalidInput)


@pytest.mark.parametrize("form", [bytes, gzip.compress], ids=["xml", "xml.gz"])
async def test_what_is_on_is_told_when_there_is_a_guide(
    server: WebServer, tmp_path: Path, form: Callable[[bytes], bytes]
) -> None:
    server.answers["/l"] = says(small("One", "Two"))
    server.answers["/guide"] = says(form(now_showing("one").encode()))
    options: dict[str, Any] = {"address": f"{server.url}/l", "guide": f"{server.url}/guide"}
    async with provider("live_tv", tmp_path, **options) as channels:
        await channels.search("list", ask("one"))
        await settled(channels)
        (one,) = await channels.search("list", ask("one", languages=("fr", "en")))
        (two,) = await channels.search("list", ask("two"))
    assert one.description.startswith("En ce moment : Now on one (")
    assert " · Ensuite : Next on one (" in one.description
    assert two.description == ""
    async with provider("live_tv", tmp_path, **options) as channels:
        await channels.search("list", ask("one"))
        await settled(channels)
        (one,) = await channels.search("list", ask("one"))
        assert one.description.startswith("Now: Now on one (")
        assert len(server.asked("/guide")) == 1  # kept for the next start
        later = Later(channels)
        later.passed = HALF_A_DAY
        await channels.search("list", ask("one"))
        await settled(channels)
        assert len(server.asked("/guide")) == 2


async def test_the_guide_the_list_names_is_used_when_none_is_chosen(
    server: WebServer, tmp_path: Path
) -> None:
    named = f'#EXTM3U url-tvg="{server.url}/own.xml,{server.url}/other.xml"\n'
    server.answers["/l"] = says(named.encode() + small("One"))
    server.answers["/own.xml"] = says(now_showing("One"))
    async with provider("live_tv", tmp_path, address=f"{server.url}/l") as channels:
        await channels.search("list", ask("one"))
        await settled(channels)
        (one,) = await channels.search("list", ask("one"))
    assert one.description.startswith("Now: Now on One")
    assert server.asked("/other.xml") == []


async def test_no_search_waits_for_the_guide(server: WebServer, tmp_path: Path) -> None:
    asked = asyncio.Event()

    async def never(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.sleep(60)
        return web.Response()

    server.answers["/l"] = says(small("One"))
    server.answers["/guide"] = never
    options: dict[str, Any] = {"address": f"{server.url}/l", "guide": f"{server.url}/guide"}
    async with provider("live_tv", tmp_path, seconds=30, **options) as channels:
        for _ in range(20):
            assert await asyncio.wait_for(channels.search("list", ask("one")), 1)
        await asked.wait()
    assert len(server.asked("/guide")) == 1


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_of_the_guide_do_not_matter(
    server: WebServer, tmp_path: Path, day: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["/l"] = says(small("One"))
    server.answers["/guide"] = BAD_DAYS[day]
    options: dict[str, Any] = {"address": f"{server.url}/l", "guide": f"{server.url}/guide"}
    async with provider("live_tv", tmp_path, seconds=1.0, largest=1_000_000, **options) as channels:
        later = Later(channels)
        for _ in range(2):
            assert await channels.search("list", ask("one"))
            await settled(channels)
            assert await channels.search("list", ask("one"))
            later.passed += 1000
    own = [one for one in caplog.records if one.name == "plugins.live_tv"]
    told = [one for one in own if "guide" in one.getMessage()]
    assert len(told) == 1  # told once, not at each search
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


async def test_bombs(server: WebServer, tmp_path: Path) -> None:
    server.answers["/bomb"] = says(BOMB)
    error = await refused(tmp_path, 20, 10_000_000, address=f"{server.url}/bomb")
    assert error.key == "errors.answer_too_large"
    server.answers["/l"] = says(gzip.compress(small("One")))
    options: dict[str, Any] = {"address": f"{server.url}/l", "guide": f"{server.url}/bomb"}
    async with provider("live_tv", tmp_path, seconds=20, **options) as channels:
        assert await channels.search("list", ask("one"))
        await settled(channels)
        assert await channels.search("list", ask("one"))


async def test_a_large_guide_is_read_behind_the_searches(server: WebServer, tmp_path: Path) -> None:
    content = large_guide(500, time.time())
    assert len(content) > 45_000_000
    names = [f"ch{number}.xx" for number in range(0, 1000, 2)]
    server.answers["/l"] = says(small(*names))
    server.answers["/guide.xml.gz"] = says(gzip.compress(content, 1))
    options: dict[str, Any] = {"address": f"{server.url}/l", "guide": f"{server.url}/guide.xml.gz"}
    async with provider("live_tv", tmp_path, seconds=30, **options) as channels:
        await channels.search("list", ask("ch0 xx"))
        began, searches = time.monotonic(), 0

        async def is_there() -> bool:
            nonlocal searches
            searches += 1
            (hit,) = await channels.search("list", ask("ch0 xx"))
            return bool(hit.description)

        await until(is_there)
        took = time.monotonic() - began
        (hit,) = await channels.search("list", ask("ch498 xx"))
        shows = channels._keeper.guide.shows
    assert searches > 5
    assert took / searches < took / 4  # searching went on meanwhile
    assert hit.description.startswith("Now: Show of 498 at ")
    assert len(shows) == 250  # of the channels in the list, and of today
    assert sum(map(len, shows.values())) <= 250 * 54


async def test_two_hundred_thousand_channels(server: WebServer, tmp_path: Path) -> None:
    """Memory, search and the loop, measured in a process of its own."""
    content = large_list(LARGE)
    assert len(content) > 50_000_000
    server.answers["/large.m3u"] = says(content)
    address = f"{server.url}/large.m3u"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.plugins.live_tv.measure_large_list"),
        *(address, str(tmp_path)),
        cwd=FIXTURES.parents[3],
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    report = json.loads(said)
    assert report["channels"] == LARGE
    assert report["hits"] == 100
    assert report["peak"] < 400, report
    assert max(report["quick"]) < report["naive"] / 4, report
    assert sorted(report["quick"])[len(report["quick"]) // 2] < report["naive"] / 20, report
    assert report["held"] < report["loaded"] / 5, report


async def test_lists_of_one_plugin_do_not_mix(server: WebServer, tmp_path: Path) -> None:
    server.answers["/one"] = says(small("One"))
    server.answers["/two"] = says(small("Two"))
    async with contextlib.AsyncExitStack() as stack:
        both = [
            await stack.enter_async_context(
                provider("live_tv", tmp_path, address=f"{server.url}/{name}")
            )
            for name in ("one", "two")
        ]
        found = [await one.search("list", ask("o")) for one in both]
        await asyncio.gather(*(settled(one) for one in both))
    assert [[hit.title for hit in hits] for hits in found] == [["One"], ["Two"]]


def test_no_list_is_named_anywhere() -> None:
    manifest = manifest_of("live_tv")
    assert not manifest.on_by_default
    assert manifest.many
    assert set(manifest.hosts_from) == {"address", "guide"}
    assert [one.default for one in manifest.options] == ["", "", True]
    folder = FIXTURES.parents[3] / "plugins" / "live_tv"
    for path in (*folder.glob("*.py"), *folder.glob("strings/*"), folder / "manifest.toml"):
        for word in ("github", "iptv-org", "free-tv", "usercontent", ".m3u8?", "epgshare"):
            assert word not in path.read_text().lower(), path
