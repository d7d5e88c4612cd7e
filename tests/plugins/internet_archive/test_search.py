from __future__ import annotations

import contextlib
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import AppError, Hit, HitKind, InvalidInput, SearchQuestion, Unavailable, Work
from plugins.internet_archive.parsers import licence, parse_hit
from plugins.internet_archive.query import query_for
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
ASKED = SearchQuestion("Night of the Living Dead", Work.FILM, 1968)


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play("/advancedsearch.php", FIXTURES / "search.json")
        yield made


@pytest.fixture
async def archive(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("internet_archive", tmp_path, address=server.url) as made:
        yield made


async def test_one_source_that_holds_no_audiobooks(archive: Any) -> None:
    (source,) = await archive.sources()
    assert set(source.works) == {Work.FILM, Work.SERIES, Work.EPISODE, Work.VIDEO}


async def test_a_search_is_one_request_with_everything_in_it(
    archive: Any, server: WebServer
) -> None:
    await archive.search("archive", ASKED)
    (asked,) = server.seen
    assert asked.query["q"] == (
        "(title:(Night of the Living Dead) OR (title:(Night of the Living Dead) AND year:1968))"
        " AND mediatype:(movies) AND -access-restricted-item:true"
    )
    fields = asked.query.getall("fl[]")
    assert {"identifier", "title", "runtime", "licenseurl", "item_size", "language"} <= set(fields)
    assert (asked.query["rows"], asked.query["page"], asked.query["output"]) == ("100", "1", "json")
    assert "sort[]" not in asked.query
    assert asked.headers["User-Agent"].startswith("Sokoul/")


async def test_what_is_found_is_read_and_what_is_broken_left_out(
    archive: Any, server: WebServer
) -> None:
    hits = await archive.search("archive", ASKED)
    assert [hit.reference for hit in hits] == [
        "night_of_the_living_dead_dvd", "NightOfTheLivingDead-MPEG", "zombie_talk",
        "notld_remake_review", "odd.shapes_1",
    ]  # fmt: skip
    assert hits[0] == Hit(
        title="Night of the Living Dead",
        kind=HitKind.ITEM,
        reference="night_of_the_living_dead_dvd",
        size=6871947673,
        published=1236005008.0,
        work=Work.FILM,
        year=1968,
        duration=5732.0,
        languages=("en",),
        description="In this classic yet still creepy horror film, strangers hold up in a rural "
        "Pennsylvania farmhouse. Public domain & complete.",
        creator="George A. Romero, Image Ten",
        licence="Public domain",
        poster=f"{server.url}/services/img/night_of_the_living_dead_dvd",
        page=f"{server.url}/details/night_of_the_living_dead_dvd",
    )
    assert (hits[1].year, hits[1].duration, hits[1].size) == (1968, 5760.0, 1459617792)
    assert hits[1].languages == ("en", "fr", "de")
    assert hits[1].licence == "CC BY-NC-SA 4.0"
    assert (hits[2].year, hits[2].duration, hits[2].licence) == (1968, 96.0, "CC0 1.0")


async def test_odd_shapes_are_missing_fields(archive: Any) -> None:
    odd = (await archive.search("archive", SearchQuestion("1968")))[3]
    assert (odd.title, odd.reference, odd.description) == ("1968", "odd.shapes_1", "7")
    assert (odd.year, odd.size, odd.duration, odd.published, odd.work) == (None,) * 5
    assert (odd.languages, odd.creator, odd.licence) == ((), "", "")


async def test_the_order_of_the_archive_stands_without_a_year(archive: Any) -> None:
    hits = await archive.search("archive", SearchQuestion("Night of the Living Dead", limit=2))
    assert [hit.year for hit in hits] == [1990, 1968]


async def test_nothing_found_and_nothing_asked(archive: Any, server: WebServer) -> None:
    assert list(await archive.search("archive", SearchQuestion(' ?! "" -*~ '))) == []
    assert server.seen == []
    server.play("/advancedsearch.php", '{"response": {"numFound": 0, "start": 0, "docs": []}}')
    assert list(await archive.search("archive", SearchQuestion("nothing"))) == []


@pytest.mark.parametrize(
    "answer",
    ['{"error": "[DEEP_PAGING] too deep"}', '{"response": {"docs": {}}}', '{"response": null}'],
)
async def test_an_answer_that_is_none_is_told(archive: Any, server: WebServer, answer: str) -> None:
    server.play("/advancedsearch.php", answer)
    with pytest.raises(Unavailable) as told:
        await archive.search("archive", ASKED)
    assert told.value.args_map["host"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("question", "query"),
    [
        (SearchQuestion('x") OR mediatype:(texts', Work.FILM), "title:(x or mediatype texts)"),
        (SearchQuestion("a AND (b) -c +d ~e *? [1 TO 2] {f} ^9 \\ / && ||", Work.SERIES),
         "title:(a and b c d e 1 TO 2 f 9)"),
        (SearchQuestion("Buster Keaton", Work.VIDEO),
         "(title:(Buster Keaton) OR creator:(Buster Keaton) OR subject:(Buster Keaton))"),
        (SearchQuestion("Amélie", Work.FILM, season=1, episode=2), "title:(Amélie)"),
    ],
)  # fmt: skip
def test_questions_become_queries_nobody_can_break_out_of(
    question: SearchQuestion, query: str
) -> None:
    rest = " AND mediatype:(movies) AND -access-restricted-item:true"
    assert query_for(question) == query + rest


@pytest.mark.parametrize(("limit", "rows"), [(0, "1"), (7, "7"), (5000, "100")])
async def test_no_more_is_asked_than_is_wanted(
    archive: Any, server: WebServer, limit: int, rows: str
) -> None:
    assert len(await archive.search("archive", SearchQuestion("x", limit=limit))) <= limit
    assert server.seen[0].query["rows"] == rows


def test_hostile_texts_are_words_and_short() -> None:
    hit = parse_hit(
        {
            "identifier": "hostile",
            "title": "<script>alert(1)</script>\u202e" + "x" * 10_000,
            "description": ["<img src=x onerror=alert(1)>" + "y" * 10_000] * 60,
            "creator": ["z" * 10_000] * 60,
            "licenseurl": "javascript:alert(1)",
            "runtime": "9" * 10_000,
            "year": "9" * 10_000,
            "language": "e" * 10_000,
        },
        "https://archive.org",
    )
    assert hit is not None
    assert hit.title.startswith("alert(1) \u202exxx")
    assert (len(hit.title), len(hit.description), len(hit.creator)) == (500, 4000, 300)
    assert "<" not in hit.title + hit.description
    assert (hit.duration, hit.year, hit.languages) == (None, None, ())


@pytest.mark.parametrize(
    ("address", "name"),
    [("http://creativecommons.org/licenses/by-sa/3.0/us/", "CC BY-SA 3.0"),
     ("https://creativecommons.org/publicdomain/mark/1.0/", "Public domain"),
     ("https://creativecommons.org/licenses/by/4.0", "CC BY 4.0"),
     ("http://www.usa.gov/government-works", "http://www.usa.gov/government-works"), (None, "")],
)  # fmt: skip
def test_licences_have_short_names(address: object, name: str) -> None:
    assert licence(address) == name


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("internet_archive", tmp_path, seconds=0.8, address=server.url) as archive,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with contextlib.suppress(AppError):
            assert list(await archive.search("archive", ASKED)) == []
        assert time.monotonic() - begun < 3


async def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    async with provider("internet_archive", tmp_path, address="http://127.0.0.1:9") as archive:
        with pytest.raises(Unavailable):
            await archive.search("archive", ASKED)


async def test_a_wrong_address_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        async with provider("internet_archive", tmp_path, address="archive.org"):
            pass


async def test_a_short_pause_is_waited_for(archive: Any, server: WebServer) -> None:
    answers = [web.Response(status=503, headers={"Retry-After": "1"})]

    async def answer(_request: web.Request) -> web.StreamResponse:
        return answers.pop() if answers else web.json_response({"response": {"docs": []}})

    server.always = answer
    assert list(await archive.search("archive", ASKED)) == []
    assert len(server.seen) == 2


def test_fixtures_are_documents() -> None:
    for path in FIXTURES.glob("*.json"):
        json.loads(path.read_text())
