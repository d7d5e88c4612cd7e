from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import AppError, Hit, HitKind, SearchQuestion, Unavailable, Work
from plugins.peertube.names import read_name, video_name
from plugins.peertube.parsers import parse_hit
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
PATH = "/api/v1/search/videos"
ID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play(PATH, FIXTURES / "search.json")
        yield made


@pytest.fixture
async def tube(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("peertube", tmp_path, address=server.url + "/") as made:
        yield made


async def test_one_source_of_videos_and_films(tube: Any) -> None:
    (source,) = await tube.sources()
    assert set(source.works) == {Work.FILM, Work.VIDEO}


async def test_a_search_is_one_request_that_prefers_languages(tube: Any, server: WebServer) -> None:
    question = SearchQuestion('what "is" -peertube? https://x', year=1968, languages=("fr", "en"))
    await tube.search("index", question)
    (asked,) = server.seen
    assert asked.path == PATH
    assert asked.query["search"] == "what is peertube https x"
    assert (asked.query["nsfw"], asked.query["sort"]) == ("false", "-match")
    assert (asked.query["start"], asked.query["count"]) == ("0", "100")
    assert asked.query.getall("boostLanguages[]") == ["fr", "en"]
    assert "languageOneOf[]" not in asked.query


async def test_what_is_found_is_read_and_what_is_broken_left_out(tube: Any) -> None:
    hits = await tube.search("index", SearchQuestion("what is peertube"))
    assert [hit.reference for hit in hits] == [
        f"framatube.org/{ID}",
        "tube.films.org/04c12a3b-b2f9-4fa1-9e25-5e2d8d8d2f4c",
        "videos.john-livingston.fr/mna1A6SxZ94cra4hMtjRQm",
    ]
    assert hits[0] == Hit(
        title="What is PeerTube?",
        kind=HitKind.ITEM,
        reference=f"framatube.org/{ID}",
        published=1538391166.396,
        duration=113.0,
        languages=("en",),
        description="**[Want to help to translate this video?](https://weblate.framasoft.org/)** "
        "Take back the control of your videos!",
        creator="Framasoft",
        licence="Attribution - Share Alike",
        poster="https://framatube.org/lazy-static/previews/40ce1d8f.jpg",
        page=f"https://framatube.org/videos/watch/{ID}",
    )
    assert (hits[1].year, hits[1].duration, hits[1].languages) == (1968, 5732.0, ("zh",))
    assert (hits[1].licence, hits[1].creator, hits[1].description) == ("", "Old films", "A film")
    assert hits[1].poster == "https://tube.films.org/lazy-static/thumbnails/night.jpg"
    assert hits[1].page.startswith("https://tube.films.org/videos/watch/04c12a3b-")
    assert (hits[2].duration, hits[2].published, hits[2].poster) == (None, None, "")


async def test_a_year_lifts_and_hides_nothing(tube: Any) -> None:
    hits = await tube.search("index", SearchQuestion("night", year=1968))
    assert [hit.year for hit in hits] == [1968, None, None]
    assert len(await tube.search("index", SearchQuestion("night", limit=1))) == 1


async def test_nothing_found_and_nothing_asked(tube: Any, server: WebServer) -> None:
    assert list(await tube.search("index", SearchQuestion("!!! ???"))) == []
    assert server.seen == []
    server.play(PATH, '{"total": 0, "data": []}')
    assert list(await tube.search("index", SearchQuestion("nothing"))) == []


@pytest.mark.parametrize("answer", ['{"errors": {}}', '{"data": {}}', '{"data": null}', "[]"])
async def test_an_answer_that_is_none_is_told(tube: Any, server: WebServer, answer: str) -> None:
    server.play(PATH, answer)
    with pytest.raises(Unavailable):
        await tube.search("index", SearchQuestion("x"))


async def test_a_server_of_ones_own_is_its_own_index(tube: Any, server: WebServer) -> None:
    host = server.url.removeprefix("http://")
    server.play(
        PATH, f'{{"data": [{{"uuid": "{ID}", "name": "x", "channel": {{"host": "{host}"}}}}]}}'
    )
    (hit,) = await tube.search("index", SearchQuestion("x"))
    assert hit.reference == f"{host}/{ID}"
    assert hit.page == f"{server.url}/videos/watch/{ID}"


def test_hostile_texts_are_words_and_short() -> None:
    hit = parse_hit(
        {
            "uuid": ID,
            "name": "<script>alert(1)</script>\u202e" + "x" * 10_000,
            "description": "<img src=x onerror=alert(1)>" * 1000,
            "account": {"displayName": "y" * 10_000, "host": "tube.example"},
            "licence": {"label": "<b>z</b>" * 1000},
            "language": {"id": ["en"]},
            "duration": 1e300,
            "previewUrl": "https://me:secret@evil.example/x.jpg",
            "thumbnailUrl": "https://evil.example/" + "x" * 10_000,
        },
        "",
        lambda host: f"https://{host}",
    )
    assert hit is not None
    assert hit.title.startswith("alert(1) \u202exxx")
    assert (len(hit.title), len(hit.creator), len(hit.licence)) == (500, 200, 200)
    assert "<" not in hit.title + hit.description + hit.licence
    assert (hit.duration, hit.languages, hit.poster) == (None, (), "")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "router", "router.lan", "nas.local", "x.home.arpa", "10.0.0.1",
     "[::1]", "a.example:8080", "a.example/x", "a.example?x", "a.example#x", "me@a.example",
     "a..example", "-a.example", "a.example.", "a.example ", "\u0430.example", "a_b.example", "",
     "x" * 64 + ".example", "a." * 200 + "example", "1.2.3", "a.123", "a.example\n", None, 7, []],
)  # fmt: skip
def test_hosts_that_cannot_be_right(host: object) -> None:
    assert video_name(host, ID, "tube.example") == ""


@pytest.mark.parametrize(
    "identifier",
    ["", "1", "..", "../x", ID + "x", ID[:-1], ID.replace("-", ""), "0" * 22, "l" * 22, "a" * 21,
     "a" * 23, "a" * 21 + "/", ID + "\n", None, 7],
)  # fmt: skip
def test_ids_that_cannot_be_right(identifier: object) -> None:
    assert video_name("tube.example", identifier, "") == ""


def test_names_are_read_back_exactly() -> None:
    name = video_name("Tube.Example", ID.upper(), "")
    assert name == f"tube.example/{ID}"
    assert read_name(name, "") == ("tube.example", ID)
    assert read_name(f"127.0.0.1:80/{ID}", "127.0.0.1:80") == ("127.0.0.1:80", ID)
    assert video_name("xn--bcher-kva.xn--p1ai", "mna1A6SxZ94cra4hMtjRQm", "")
    for wrong in (name.upper(), name + "/", "/" + name, f"127.0.0.1:80/{ID}", "", "/", ID):
        assert read_name(wrong, "") is None


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("peertube", tmp_path, seconds=0.8, address=server.url) as tube,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with contextlib.suppress(AppError):
            assert list(await tube.search("index", SearchQuestion("x"))) == []
        assert time.monotonic() - begun < 3
