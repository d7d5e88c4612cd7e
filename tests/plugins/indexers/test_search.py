"""The plugin against a Prowlarr, a Jackett and a plain feed of its own."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    AuthRequired,
    Hit,
    HitKind,
    InvalidInput,
    NotFound,
    SearchQuestion,
    Unavailable,
    Unsupported,
    Work,
)
from tests.fakes.plugins import provider
from tests.fakes.web import drips, says
from tests.plugins.indexers.servers import (
    CAPS,
    KEY,
    MAGNET,
    NOTHING,
    TORRENT,
    FakeFeed,
    FakeProwlarr,
    jackett,
    plain,
    prowlarr,
    recorded,
    set_up_fails,
    trouble,
    unleaked,
    xml,
)

FILM = SearchQuestion("Night of the Living Dead", Work.FILM, 1968, ids={"imdb": "tt0063350"})
EPISODE = SearchQuestion("Example Show", Work.EPISODE, season=2, episode=5)
SECRETS = {"api_key": KEY}


async def failure(made: Any, source: str, question: SearchQuestion = FILM) -> AppError:
    with pytest.raises(AppError) as told:
        await made.search(source, question)
    unleaked(told.value)
    return told.value


# Prowlarr.


async def test_prowlarr_is_found_and_each_indexer_is_a_source(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        sources = await made.sources()
    assert [(one.id, one.name) for one in sources] == [
        *(("1", "Example Films"), ("4", "Livres d’exemple — éditions")),
        *(("7", "Example Usenet"), ("9", "Resting Example")),
    ]
    assert sources[1].works == (Work.AUDIOBOOK,)
    resting = sources[3]
    assert resting.rests_until == 4076021106.0
    assert resting.rest_reason == "errors.indexer_resting"
    assert all(one.rests_until is None and not one.rest_reason for one in sources[:3])


async def test_an_indexer_of_prowlarr_is_searched_as_its_caps_say(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        found = await made.search("1", FILM)
        await made.search("1", FILM)
        usenet = await made.search("7", FILM)
        asked = fake.asked("movie", "1/")
        assert len(fake.asked("caps", "1/")) == 1  # remembered
    assert asked[0] == {
        "t": "movie",
        "imdbid": "0063350",
        "cat": "2000",
        "limit": "100",
        "extended": "1",
        "apikey": KEY,
    }
    assert len(found) == 3
    assert [hit.kind for hit in usenet] == [HitKind.NZB]
    unleaked([found, usenet])


async def test_downloads_of_prowlarr(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        whole, _, sealed = await made.search("1", FILM)
        (torrent,) = await made.resolve(whole.reference)
        (magnet,) = await made.resolve(sealed.reference)
        (usenet,) = await made.search("7", FILM)
        with pytest.raises(Unsupported) as told:
            await made.resolve(usenet.reference)
        seen = [one for one in fake.server.seen if one.path == "/1/download"]
    assert (torrent.content, torrent.url, torrent.kind) == (TORRENT, "", HitKind.TORRENT)
    assert (magnet.content, magnet.url) == (b"", MAGNET)
    assert told.value.key == "errors.indexer_usenet"
    assert [one.query["apikey"] for one in seen] == [KEY, KEY]  # put back
    unleaked([torrent, magnet])


async def test_a_slow_a_failing_and_a_resting_indexer_hold_up_nobody(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, seconds=1.0, secrets=SECRETS, address=fake.url) as made,
    ):

        async def resting(_request: web.Request) -> web.StreamResponse:
            told = "Indexer is disabled till 01.03.2099 due to recent failures."
            return trouble(429, told, 429, Retry_After="3600")

        fake.special = {"4": drips, "7": says("oh no", 500), "9": resting}
        began = time.monotonic()
        results = await asyncio.gather(
            *(made.search(one.id, FILM) for one in await made.sources()), return_exceptions=True
        )
        took = time.monotonic() - began
    good, slow, failed, rests = results
    assert isinstance(good, list)
    assert len(good) == 3
    assert isinstance(slow, Unavailable)
    assert isinstance(failed, Unavailable)
    assert isinstance(rests, Unavailable)
    assert (slow.key, failed.key) == ("errors.server_slow", "errors.server_failed")
    assert rests.args_map == {"host": "127.0.0.1", "retry_after": 3600.0}
    assert took < 2
    unleaked(results)


async def test_a_patient_instance_is_searched_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        prowlarr() as fake,
        provider(
            "indexers", tmp_path, seconds=0.5, secrets=SECRETS, address=fake.url, patient=True
        ) as made,
    ):
        assert {one.patience for one in await made.sources()} == {75.0}

        async def late(request: web.Request) -> web.StreamResponse:
            await asyncio.sleep(0.8)
            fake.special.pop("1")
            return await fake.server.handle(request)

        await made.search("1", FILM)  # what it can is known now
        fake.special = {"1": late}
        assert len(await made.search("1", FILM)) == 3


async def test_a_pause_of_one_indexer_is_not_that_of_another(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):

        async def busy(_request: web.Request) -> web.StreamResponse:
            return trouble(429, "Query limit reached.", 429, Retry_After="120")

        fake.special = {"4": busy}
        first = await failure(made, "4")
        assert first.key == "errors.server_busy"
        assert first.args_map["retry_after"] == 120.0
        seen = len(fake.server.seen)
        began = time.monotonic()
        assert await made.search("1", FILM)
        assert time.monotonic() - began < 1
        seen_then = len(fake.server.seen)
        again = await failure(made, "4")
        assert again.key == "errors.server_busy"
        assert len(fake.server.seen) == seen_then > seen  # it is left alone meanwhile


async def test_a_short_pause_is_waited_for_in_its_own_lane(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        turns = {"4": 0}

        async def busy_once(_request: web.Request) -> web.StreamResponse:
            turns["4"] += 1
            if turns["4"] == 1:
                return trouble(429, "Later.", 429, Retry_After="1")
            return xml(recorded("prowlarr_caps.xml") if turns["4"] == 2 else NOTHING)

        fake.special = {"4": busy_once}
        began = time.monotonic()
        took: dict[str, float] = {}

        async def timed(source: str) -> None:
            await made.search(source, FILM)
            took[source] = time.monotonic() - began

        await asyncio.gather(timed("4"), timed("1"))
    assert took["4"] >= 0.9
    assert took["1"] < 0.6


async def test_a_disabled_and_a_removed_indexer_are_told(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):

        async def disabled(_request: web.Request) -> web.StreamResponse:
            return trouble(410, "Indexer is disabled", 410)

        fake.special = {"1": disabled}
        told = await failure(made, "1")
        assert (told.key, told.args_map) == ("errors.indexer_resting", {"name": "Example Films"})
        gone = await failure(made, "99")
        assert isinstance(gone, NotFound)
        assert (await failure(made, "../../x")).key == "errors.indexer_gone"


async def test_a_manager_that_goes_away_keeps_its_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with prowlarr() as fake:
        url = fake.url
        async with provider("indexers", tmp_path, secrets=SECRETS, address=url) as made:
            before = await made.sources()
            asked = len(fake.server.seen)
            await made.sources()
            assert len(fake.server.seen) == asked  # in memory for some minutes
            monkeypatch.setattr(made._discovery, "_until", 0.0)
            fake.special = {"indexer": says("", 502)}
            assert await made.sources() == before
            fake.special = {}
    # It is off now; the station starts anew.
    async with provider("indexers", tmp_path, secrets=SECRETS, address=url) as made:
        assert await made.sources() == before
        told = await failure(made, "1")
        assert told.key == "errors.server_offline"
    told = await set_up_fails(tmp_path, "another-key", address=url)  # this one was never proved
    assert told.key == "errors.server_offline"


async def test_a_key_that_is_changed_at_the_manager_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        fake.server.always = says("", 401)
        assert isinstance(await failure(made, "1"), AuthRequired)
        monkeypatch.setattr(made._discovery, "_until", 0.0)
        with pytest.raises(AuthRequired):
            await made.sources()


async def test_an_old_prowlarr_that_does_not_tell_who_rests(tmp_path: Path) -> None:
    async with prowlarr() as fake:
        fake.special = {"indexerstatus": says("", 404)}
        async with provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made:
            assert all(one.rests_until is None for one in await made.sources())


# Jackett.


async def test_jackett_is_found_searched_and_downloaded_from(tmp_path: Path) -> None:
    async with (
        jackett() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=f"{fake.url}/UI/Dashboard") as made,
    ):
        sources = await made.sources()
        assert [one.id for one in sources] == ["examplefilms", "example-series_2"]
        found = await made.search("examplefilms", FILM)
        (stream,) = await made.resolve(found[0].reference)
        assert stream.content == TORRENT
        assert fake.asked("movie", "api/v2.0/indexers/examplefilms/")[0]["q"] == (
            "Night of the Living Dead 1968"
        )
        assert await made.search("example-series_2", EPISODE) == []
        unleaked([sources, found, stream])


async def test_an_error_of_jackett_comes_without_its_innards(tmp_path: Path) -> None:
    async with (
        jackett() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url, kind="jackett") as made,
    ):

        async def failed(request: web.Request) -> web.StreamResponse:
            if request.query["t"] == "caps":
                return xml(recorded("jackett_caps.xml"))
            told = "IndexerException: Exception (examplefilms): https://t.example.org/?pass=x down"
            return trouble(900, f"{told} {KEY}", 400)

        fake.special = {"examplefilms": failed}
        told = await failure(made, "examplefilms")
    assert told.key == "errors.indexer_error"
    assert told.args_map["name"] == "Example Films"
    assert "t.example.org" not in str(told)


# A plain feed, and what it is asked.


@pytest.mark.parametrize("path", ["/api", "/torznab/api", "/torznab", "/12/api"])
async def test_a_plain_feed_is_found_wherever_it_lies(tmp_path: Path, path: str) -> None:
    async with plain() as fake:
        fake.path = path
        address = fake.url + path.removesuffix("/api")
        async with provider("indexers", tmp_path, secrets=SECRETS, address=address) as made:
            (only,) = await made.sources()
            assert (only.id, only.name) == ("feed", "Example Newznab")
            assert only.works == (Work.FILM, Work.SERIES, Work.EPISODE, Work.AUDIOBOOK)
            found = await made.search("feed", FILM)
            assert [hit.kind for hit in found] == [HitKind.NZB, HitKind.NZB]
            unleaked(found)


async def test_the_same_plain_feed_is_proved_once_a_day(tmp_path: Path) -> None:
    async with plain() as fake:
        for _ in range(2):
            async with provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made:
                await made.search("feed", FILM)
        assert len(fake.asked("caps")) == 1
        assert len([one for one in fake.asked("search") if one["limit"] == "1"]) == 1


async def test_a_feed_that_needs_words_and_one_without_caps_are_taken(tmp_path: Path) -> None:
    async with plain() as fake:
        fake.needs_words = True
        fake.special = {}
        async with provider("indexers", tmp_path, secrets=SECRETS, address=fake.url):
            pass
    async with plain() as fake:

        async def bare(request: web.Request) -> web.StreamResponse:
            if request.query["t"] == "caps":
                return web.Response(status=404)
            return xml(recorded("torznab_quirks.xml", fake.url))

        fake.special = {"": bare}
        told = await set_up_fails(tmp_path, address=fake.url)  # it does not look like anything
        assert (type(told), told.key) == (InvalidInput, "errors.indexer_not_there")
        async with provider(
            "indexers", tmp_path, secrets=SECRETS, address=fake.url, kind="torznab"
        ) as made:
            assert len(await made.search("feed", FILM)) == 6
            assert fake.asked("search")[-1]["q"] == "Night of the Living Dead 1968"


MOVIE = "<movie-search available='yes' supportedParams='{}'/>"
PLAIN = "<search available='yes' supportedParams='q'/>"
TV = "<tv-search available='yes' supportedParams='{}'/>"


@pytest.mark.parametrize(
    ("functions", "question", "t", "sent"),
    [
        (PLAIN + MOVIE.format("q,imdbid,year"), FILM, "movie", {"imdbid", "year", "cat"}),
        (PLAIN + MOVIE.format("q, imdbid"), FILM, "movie", {"imdbid", "cat"}),
        (PLAIN + MOVIE.format("Q"), FILM, "movie", {"q", "cat"}),
        (PLAIN + MOVIE.format("q").replace("yes", "no"), FILM, "search", {"q", "cat"}),
        (PLAIN, FILM, "search", {"q", "cat"}),
        (PLAIN + TV.format("q,season,ep"), EPISODE, "tvsearch", {"q", "season", "ep", "cat"}),
        (PLAIN + TV.format("q,rid"), EPISODE, "tvsearch", {"q", "cat"}),
        (PLAIN + TV.format("q,season,ep"), SearchQuestion("x"), "search", {"q"}),
    ],
)
async def test_only_what_the_caps_list_is_sent(
    tmp_path: Path, functions: str, question: SearchQuestion, t: str, sent: set[str]
) -> None:
    async with (
        plain() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        # The caps that count are those of the server, asked anew: not those of the set-up.
        made._discovery._caps.clear()
        await made._discovery._cache.put(f"caps {made._discovery._name} feed", b"", 9)

        async def handle(request: web.Request) -> web.StreamResponse:
            if request.query["t"] == "caps":
                return xml(CAPS.format(functions))
            return xml(recorded("newznab_results.xml", fake.url))

        fake.special = {"": handle}
        fake.server.seen.clear()
        assert await made.search("feed", question)
        caps, asked = [dict(one.query) for one in fake.server.seen]
    assert caps["t"] == "caps"
    assert asked["t"] == t
    assert set(asked) - {"t", "apikey", "extended", "limit"} == sent


async def steps(fake: FakeFeed, made: Any, question: SearchQuestion, *answers: Any) -> list[str]:
    """Search with these answers in turn; returns the functions asked for."""
    queue = list(answers)

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.query["t"] == "caps":
            return xml(recorded("newznab_caps.xml"))
        told = queue.pop(0)
        return told if isinstance(told, web.Response) else xml(told)

    fake.special = {"": handle}
    fake.server.seen.clear()
    await made.search("feed", question)
    assert queue == []
    return [one.query["t"] for one in fake.server.seen if one.query["t"] != "caps"]


async def test_which_search_follows_which(tmp_path: Path) -> None:
    async with (
        plain() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        some = recorded("newznab_results.xml", fake.url)
        assert await steps(fake, made, FILM, some) == ["movie"]
        assert await steps(fake, made, FILM, NOTHING, some) == ["movie", "search"]
        assert await steps(fake, made, FILM, NOTHING, NOTHING) == ["movie", "search"]  # once
        refused = trouble(203, "Function not available", 400)
        assert await steps(fake, made, FILM, refused, some) == ["movie", "search"]
        assert await steps(fake, made, EPISODE, NOTHING) == ["tvsearch"]  # honestly nothing
        refused = trouble(201, "Incorrect parameter (ep)")
        assert await steps(fake, made, EPISODE, refused, some) == ["tvsearch", "search"]

        async def refuses(_request: web.Request) -> web.StreamResponse:
            return trouble(202, "No such function", 400)

        fake.special = {"": refuses}
        told = await failure(made, "feed")  # a refusal is no "nothing found"
        assert isinstance(told, Unsupported)
        assert told.key == "errors.indexer_error"


async def test_an_error_within_a_feed_is_no_empty_answer(tmp_path: Path) -> None:
    async with (
        plain() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        fake.special = {"": says('<rss version="2.0"><error code="101" description="x"/></rss>')}
        assert isinstance(await failure(made, "feed"), AuthRequired)


async def test_no_more_hits_than_asked_for(tmp_path: Path) -> None:
    async with (
        plain() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        few = SearchQuestion("x", limit=1)
        assert len(await made.search("feed", few)) == 1
        assert fake.asked("search")[-1]["limit"] == "1"
        many = SearchQuestion("x", limit=5000)
        await made.search("feed", many)
        assert fake.asked("search")[-1]["limit"] == "50"  # the most its caps allow


async def test_a_torrent_too_large_and_one_that_is_none(tmp_path: Path) -> None:
    async with (
        plain() as fake,
        provider("indexers", tmp_path, largest=4000, secrets=SECRETS, address=fake.url) as made,
    ):
        fake.server.always = says(b"d4:infod4:name5000:" + b"x" * 5000 + b"ee")
        with pytest.raises(Unavailable) as told:
            await made.resolve("t:feed:/1.torrent")
        assert told.value.key == "errors.answer_too_large"
        fake.server.always = says("<html>Please sign in</html>")
        with pytest.raises(Unavailable) as told:
            await made.resolve("t:feed:/1.torrent")
        assert told.value.key == "errors.bad_answer"


def test_ten_megabytes_are_the_most() -> None:
    from tests.fakes.plugins import manifest_of

    assert manifest_of("indexers").limits.largest_answer == 10_000_000


async def test_hits_of_a_foreign_host_at_home_are_not_fetched(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        for trap in ("http://192.168.1.1/a.torrent", "http://127.0.0.2/", "file:///etc/passwd"):
            with pytest.raises(AppError):
                await made.resolve(f"t:1:{trap}")
        before = len(fake.server.seen)
        with pytest.raises(AppError):  # the same machine, another port
            await made.resolve("t:1:http://127.0.0.1:1/a.torrent")
        assert len(fake.server.seen) == before


async def test_found_things_are_plain_data(tmp_path: Path) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, secrets=SECRETS, address=fake.url) as made,
    ):
        assert isinstance(fake, FakeProwlarr)
        for hit in await made.search("1", FILM):
            assert isinstance(hit, Hit)
            json.dumps(hit.reference)
