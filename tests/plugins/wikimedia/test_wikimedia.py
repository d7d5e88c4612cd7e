from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

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
from plugins.wikimedia.parsers import parse_hit, readable
from plugins.wikimedia.query import search_parameters
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
API = "/w/api.php"
ASKED = SearchQuestion("Night of the Living Dead", Work.FILM, languages=("fr", "en"))
UPLOAD = "https://upload.wikimedia.org/wikipedia/commons/"
BUNNY = "File:Big Buck Bunny medium.ogv"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play(API, FIXTURES / "search.json")
        yield made


@pytest.fixture
async def commons(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("wikimedia", tmp_path, address=server.url) as made:
        yield made


async def test_a_search_is_one_request_with_everything_in_it(
    commons: Any, server: WebServer
) -> None:
    await commons.search("commons", ASKED)
    assert dict(server.seen[0].query) == {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "generator": "search",
        "gsrnamespace": "6",
        "gsrsearch": "filetype:video Night of the Living Dead",
        "gsrlimit": "50",
        "prop": "videoinfo",
        "viprop": "url|size|mime|mediatype|timestamp|derivatives|extmetadata",
        "viurlwidth": "500",
        "viextmetadatafilter": "LicenseShortName|Artist|Credit|ImageDescription|DateTimeOriginal",
        "viextmetadatalanguage": "fr",
    }
    assert server.seen[0].headers["User-Agent"].startswith("Sokoul/")
    assert len(server.seen) == 1
    (source,) = await commons.sources()
    assert set(source.works) == {Work.FILM, Work.VIDEO}


async def test_hits_stand_in_the_order_of_the_search(commons: Any) -> None:
    hits = await commons.search("commons", ASKED)
    assert [hit.title for hit in hits] == [
        "Night of the Living Dead (1968)", "A man pours Arabic coffee", "Old newsreel reel 2",
        "Two|files",
    ]  # fmt: skip
    assert hits[1] == Hit(
        title="A man pours Arabic coffee",
        kind=HitKind.FILE,
        link=UPLOAD + "2/22/A_man_pours_Arabic_coffee.ogv",
        reference="File:A man pours Arabic coffee.ogv",
        size=1037297,
        published=1503338704.0,
        year=2017,
        duration=4.2042,
        height=640,
        container="ogv",
        description="A man pours coffee & serves it.",
        creator="Sarah Canbel",
        licence="CC BY-SA 4.0",
        poster=UPLOAD + "thumb/2/22/A_man_pours_Arabic_coffee.ogv/"
        "500px--A_man_pours_Arabic_coffee.ogv.jpg",
        page="https://commons.wikimedia.org/wiki/File:A_man_pours_Arabic_coffee.ogv",
    )


async def test_an_original_few_players_manage_is_not_the_link(commons: Any) -> None:
    hit = (await commons.search("commons", ASKED))[0]
    assert hit.link == UPLOAD + "transcoded/8/8b/night.webm/night.webm.1080p.vp9.webm"
    assert (hit.height, hit.size, hit.container) == (1080, None, "webm")
    assert (hit.duration, hit.year, hit.creator) == (5732.5, 1968, "Internet Archive")
    assert "://upload.wikimedia.org/" in hit.poster  # it came without a scheme
    assert hit.page.endswith("/wiki/File:Night_of_the_Living_Dead_(1968).webm")


async def test_odd_files_are_read_as_far_as_they_go(commons: Any) -> None:
    reel, two = (await commons.search("commons", ASKED))[2:]
    assert reel.link == UPLOAD + "0/00/Old%20newsreel%20reel%202.mpg"
    assert (reel.container, reel.licence, reel.duration) == ("mpeg", "", None)
    assert (two.reference, two.duration, two.height, two.size) == ("", None, None, None)


async def test_a_year_lifts_and_hides_nothing(commons: Any) -> None:
    hits = await commons.search("commons", SearchQuestion("coffee", year=2017))
    assert [hit.year for hit in hits] == [2017, 1968, None, None]
    assert len(await commons.search("commons", SearchQuestion("coffee", limit=1))) == 1


async def test_nothing_found_and_nothing_asked(commons: Any, server: WebServer) -> None:
    assert list(await commons.search("commons", SearchQuestion('"" -- !'))) == []
    assert server.seen == []
    server.play(API, '{"batchcomplete": true}')
    assert list(await commons.search("commons", SearchQuestion("nothing"))) == []


@pytest.mark.parametrize(
    ("typed", "asked"),
    [('intitle:"x" -y incategory:z', "intitle x y incategory z"), ("insource:/a.*/", "insource a"),
     ("a OR b NOT c", "a or b not c"), ("~x* \\?y !z", "x y z"), ("a|b", "a b"),
     ("x" * 900, "x" * 500)],
)  # fmt: skip
def test_nothing_typed_is_an_operator(typed: str, asked: str) -> None:
    assert search_parameters(SearchQuestion(typed))["gsrsearch"] == f"filetype:video {asked}"


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ('{"error": {"code": "badvalue", "info": "x"}}', "errors.bad_answer"),
        ('{"error": {"code": "ratelimited", "info": "x"}}', "errors.server_busy"),
        ('{"error": "x"}', "errors.bad_answer"),
        ('{"batchcomplete": ""}', "errors.bad_answer"),
        ("{}", "errors.bad_answer"),
        ("[]", "errors.bad_answer"),
    ],
)
async def test_an_answer_that_is_none_is_told(
    commons: Any, server: WebServer, answer: str, key: str
) -> None:
    server.play(API, answer)
    for asking in (commons.search("commons", ASKED), commons.resolve(BUNNY)):
        with pytest.raises(Unavailable) as told:
            await asking
        assert told.value.key == key


async def test_a_file_plays_in_all_its_sizes(commons: Any, server: WebServer) -> None:
    server.play(API, FIXTURES / "file.json")
    streams = await commons.resolve(BUNNY)
    (asked,) = server.seen
    assert (asked.query["titles"], asked.query["prop"]) == (BUNNY, "videoinfo")
    assert {"derivatives", "timedtext"} <= set(asked.query["viprop"].split("|"))
    assert [(one.kind, one.container, one.height) for one in streams] == [
        (HitKind.FILE, "ogv", 504), (HitKind.FILE, "webm", 480), (HitKind.FILE, "webm", 240),
        (HitKind.PLAYLIST, None, 480),
    ]  # fmt: skip
    text = "https://commons.wikimedia.org/w/api.php?action=timedtext&title="
    text += "File%3ABig_Buck_Bunny_medium.ogv&lang="
    rest = "&trackformat=vtt&origin=%2A"
    assert streams[0] == Stream(
        url=UPLOAD + "4/41/Big_Buck_Bunny_medium.ogv",
        title="Big Buck Bunny medium",
        size=98000000,
        height=504,
        duration=596.48,
        container="ogv",
        subtitles=(
            StreamSubtitle(text + "ar" + rest, "ar", "العربية \u202a(ar)\u202c"),
            StreamSubtitle(text + "pt-br" + rest, "pt", "português do Brasil"),
        ),
    )
    assert "://upload.wikimedia.org/" in streams[3].url  # it came without a scheme


@pytest.mark.parametrize(
    "answer",
    [
        '{"query": {"pages": [{"ns": 6, "title": "File:X.webm", "missing": true}]}}',
        '{"query": {"pages": [{"title": "File:X.jpg", "videoinfo": [{"mime": "image/jpeg"}]}]}}',
        '{"query": {"pages": []}}',
        '{"query": {"pages": {"1": {"videoinfo": [{"url": "x"}]}}}}',
        '{"query": null}',
        '{"batchcomplete": true}',
    ],
)
async def test_files_that_are_gone_are_told(commons: Any, server: WebServer, answer: str) -> None:
    server.play(API, answer)
    with pytest.raises(NotFound) as told:
        await commons.resolve("File:X.webm")
    assert told.value.args_map["host"] == "127.0.0.1"


async def test_a_refusal_is_no_wish_for_a_password(commons: Any, server: WebServer) -> None:
    server.always = BAD_DAYS["401"]
    with pytest.raises(Refused):
        await commons.search("commons", ASKED)


@pytest.mark.parametrize(
    "reference",
    ["", "x", "File:", "File:a|File:b", "User:X", "File:a#b", "File:a\nb", "File:" + "x" * 300,
     "File:\ud800", "File:<b>"],
)  # fmt: skip
async def test_references_that_cannot_be_files_are_not_asked(
    commons: Any, server: WebServer, reference: str
) -> None:
    with pytest.raises(InvalidInput):
        await commons.resolve(reference)
    assert server.seen == []


def test_hostile_texts_are_words_and_short() -> None:
    value = {"value": "<script>alert(1)</script>\u202e" + "x" * 10_000}
    hit = parse_hit(
        {
            "title": "File:<i>a</i>" + "y" * 10_000 + ".webm",
            "videoinfo": [
                {
                    "mime": "video/webm",
                    "url": "https://upload.example/a b#c.webm",
                    "duration": "9" * 500,
                    "timestamp": "x" * 10_000,
                    "descriptionurl": "javascript:alert(1)",
                    "thumburl": ["x"],
                    "extmetadata": {
                        "Artist": value, "LicenseShortName": value, "ImageDescription": value,
                        "DateTimeOriginal": value, "Credit": None,
                    },
                }
            ],
        },
        "https://commons.example",
    )  # fmt: skip
    assert hit is not None
    assert (len(hit.title), len(hit.description), len(hit.creator)) == (500, 4000, 300)
    assert "<" not in hit.title + hit.description + hit.creator + hit.licence
    assert hit.description.startswith("alert(1) \u202ex")
    assert (hit.reference, hit.page, hit.poster) == ("", "", "")
    assert (hit.duration, hit.year, hit.published) == (None, None, None)


@pytest.mark.parametrize(
    ("title", "name"),
    [("File:A.b.c.webm", "A.b.c"), ("Fichier:Été_à_Paris.ogv", "Été à Paris"), ("Plain", "Plain"),
     ("File:Mission: Impossible.webm", "Mission: Impossible"), ("File:.webm", "")],
)  # fmt: skip
def test_titles_are_made_readable(title: str, name: str) -> None:
    assert readable(title) == name


@pytest.mark.parametrize("way", ["search", "resolve"])
@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str, way: str) -> None:
    async with (
        web_server() as server,
        provider("wikimedia", tmp_path, seconds=0.8, address=server.url) as commons,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with contextlib.suppress(AppError):
            if way == "search":
                assert list(await commons.search("commons", ASKED)) == []
            else:
                assert list(await commons.resolve(BUNNY)) == []
        assert time.monotonic() - begun < 3
