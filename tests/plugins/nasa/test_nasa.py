from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
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
    Refused,
    SearchQuestion,
    Stream,
    StreamSubtitle,
    Unavailable,
    Work,
)
from plugins.nasa.parsers import asset_address, parse_hit, parse_streams
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
BUDGET = "NHQ_2017_0523_FY18 State Of NASA Budget"
QUOTED = BUDGET.replace(" ", "%20")
KEPLER = (
    "NHQ_2017_0171_VF_NASA KEPLER OPENS THE STUDY OF THE GALAXY\N{RIGHT SINGLE QUOTATION MARK}S"
    " PLANET POPULATION?#1"
)


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play("/search", FIXTURES / "search.json")
        made.play(f"/asset/{BUDGET}", FIXTURES / "asset.json")
        yield made


@pytest.fixture
async def nasa(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("nasa", tmp_path, address=server.url) as made:
        yield made


async def test_a_search_is_one_request_that_hides_no_year(nasa: Any, server: WebServer) -> None:
    await nasa.search("library", SearchQuestion('apollo "11" -x', Work.VIDEO, 1969))
    (asked,) = server.asked()
    assert asked == {"q": "apollo 11 x", "media_type": "video", "page": "1", "page_size": "100"}
    (source,) = await nasa.sources()
    assert source.works == (Work.VIDEO,)


async def test_what_is_found_is_read_and_what_is_broken_left_out(nasa: Any) -> None:
    hits = await nasa.search("library", SearchQuestion("apollo 11"))
    assert [hit.reference for hit in hits] == ["Apollo 11 Overview", KEPLER, "GSFC 2"]
    assert hits[0] == Hit(
        title="Apollo 11 Overview",
        kind=HitKind.ITEM,
        reference="Apollo 11 Overview",
        published=1369180800.0,
        work=Work.VIDEO,
        year=2013,
        description="Video highlighting the historic Apollo 11 mission & its crew.",
        creator="HQ",
        licence="Public domain (NASA)",
        poster="https://images-assets.nasa.gov/video/Apollo%2011%20Overview/"
        "Apollo%2011%20Overview~thumb.jpg",
        page="https://images.nasa.gov/details/Apollo%2011%20Overview",
    )
    assert (hits[1].year, hits[1].published, hits[1].description) == (1969, None, "The galaxy")
    assert hits[1].poster == "https://images-assets.nasa.gov/video/KSC-1/KSC-1~medium.jpg"
    assert hits[1].page.endswith("POPULATION%3F%231")
    assert (hits[2].year, hits[2].creator, hits[2].poster) == (None, "", "")


async def test_a_year_lifts_and_hides_nothing(nasa: Any, server: WebServer) -> None:
    hits = await nasa.search("library", SearchQuestion("apollo", year=1969))
    assert [hit.year for hit in hits] == [1969, 2013, None]
    assert len(await nasa.search("library", SearchQuestion("apollo", limit=1))) == 1
    assert server.asked()[1]["page_size"] == "1"


async def test_nothing_found_and_nothing_asked(nasa: Any, server: WebServer) -> None:
    assert list(await nasa.search("library", SearchQuestion("?!"))) == []
    assert server.seen == []
    server.play("/search", '{"collection": {"items": [], "metadata": {"total_hits": 0}}}')
    assert list(await nasa.search("library", SearchQuestion("nothing"))) == []


@pytest.mark.parametrize(
    "answer", ['{"reason": "x"}', '{"collection": []}', '{"collection": {"items": {}}}', "[]"]
)
async def test_an_answer_that_is_none_is_told(nasa: Any, server: WebServer, answer: str) -> None:
    server.play("/search", answer)
    server.play(f"/asset/{BUDGET}", answer)
    for asking in (nasa.search("library", SearchQuestion("x")), nasa.resolve(BUDGET)):
        with pytest.raises(Unavailable) as told:
            await asking
        assert told.value.args_map["host"] == "127.0.0.1"


async def test_a_video_plays_in_all_its_sizes(nasa: Any, server: WebServer) -> None:
    streams = await nasa.resolve(BUDGET)
    assert server.seen[0].raw_path == f"/asset/{QUOTED}"
    assert [(one.title, one.container) for one in streams] == [
        ("orig", "mp4"), ("large", "mp4"), ("medium", "mp4"), ("small", "mp4"), ("mobile", "mp4"),
        ("preview", "mp4"), ("orig", "mov"),
    ]  # fmt: skip
    place = f"https://images-assets.nasa.gov/video/{QUOTED}/{QUOTED}"
    assert streams[0] == Stream(
        url=place + "~orig.mp4",
        title="orig",
        container="mp4",
        subtitles=(StreamSubtitle(place + ".srt"),),
    )


async def test_ids_with_signs_are_quoted_whole(nasa: Any, server: WebServer) -> None:
    with pytest.raises(NotFound):
        await nasa.resolve(KEPLER)
    assert server.seen[0].path == f"/asset/{KEPLER}"
    assert "?" not in server.seen[0].raw_path


@pytest.mark.parametrize(
    ("told", "address"),
    [("http://images-assets.nasa.gov/a b/c#1?~orig.mp4",
      "https://images-assets.nasa.gov/a%20b/c%231%3F~orig.mp4"),
     ("https://images-assets.nasa.gov/a%20b.mp4", "https://images-assets.nasa.gov/a%20b.mp4"),
     ("http://images-assets.nasa.gov/español.mp4",
      "https://images-assets.nasa.gov/espa%C3%B1ol.mp4"),
     ("http://127.0.0.1:8080/a b.mp4", "http://127.0.0.1:8080/a%20b.mp4"),
     ("http://localhost/a.mp4", "http://localhost/a.mp4"), ("ftp://x.example/a.mp4", ""),
     ("a.mp4", ""), (None, ""), (7, "")],
)  # fmt: skip
def test_addresses_are_quoted_and_made_safe(told: object, address: str) -> None:
    assert asset_address(told) == address


@pytest.mark.parametrize(
    "items", [[], [{"href": "https://a.example/x.jpg"}], [{"href": "https://a.example/x~huge.mp4"}]]
)
def test_videos_without_a_file_are_told(items: list[object]) -> None:
    with pytest.raises(NotFound):
        parse_streams({"collection": {"items": items}}, "nasa.example")


def test_a_file_without_a_mark_plays() -> None:
    items = [{"href": "https://a.example/x.mp4"}, {"href": "https://a.example/x~mobile.mp4"}]
    streams = parse_streams({"collection": {"items": items}}, "nasa.example")
    assert [one.title for one in streams] == ["", "mobile"]


async def test_a_refusal_is_no_wish_for_a_password(nasa: Any, server: WebServer) -> None:
    server.always = BAD_DAYS["401"]
    with pytest.raises(Refused):
        await nasa.resolve(BUDGET)


async def test_a_bad_request_is_told(nasa: Any, server: WebServer) -> None:
    server.answers["/search"] = web.Response(status=400, text='{"reason": "no"}')
    with pytest.raises(InvalidInput):
        await nasa.search("library", SearchQuestion("x"))


@pytest.mark.parametrize(
    "reference", ["", ".", "..", "a/b", "a\nb", "\u202ea", "\ud800", " a", "a ", "x" * 300]
)
async def test_references_that_cannot_be_ids_are_not_asked(
    nasa: Any, server: WebServer, reference: str
) -> None:
    with pytest.raises(InvalidInput):
        await nasa.resolve(reference)
    assert server.seen == []


def test_hostile_texts_are_words_and_short() -> None:
    hit = parse_hit(
        {
            "data": [
                {
                    "nasa_id": "x",
                    "title": "<script>alert(1)</script>\u202e" + "x" * 10_000,
                    "description": "<img src=x onerror=alert(1)>" + "y" * 10_000,
                    "center": "z" * 10_000,
                    "date_created": "9" * 10_000,
                }
            ],
            "links": [{"href": "javascript:alert(1)"}, {"href": "https://me:secret@evil.example/"}],
        }
    )
    assert hit is not None
    assert hit.title.startswith("alert(1) \u202exxx")
    assert (len(hit.title), len(hit.description), len(hit.creator)) == (500, 4000, 60)
    assert "<" not in hit.title + hit.description
    assert (hit.year, hit.published, hit.poster) == (None, None, "")


@pytest.mark.parametrize("way", ["search", "resolve"])
@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str, way: str) -> None:
    async with (
        web_server() as server,
        provider("nasa", tmp_path, seconds=0.8, address=server.url) as nasa,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with contextlib.suppress(AppError):
            if way == "search":
                assert list(await nasa.search("library", SearchQuestion("x"))) == []
            else:
                assert list(await nasa.resolve(BUDGET)) == []
        assert time.monotonic() - begun < 3
