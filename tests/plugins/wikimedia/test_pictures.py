from __future__ import annotations

import contextlib
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.api import (
    AppError,
    Credit,
    InvalidInput,
    MadeMedia,
    NotFound,
    PictureOffer,
    PictureQuestion,
    Unavailable,
)
from plugins.wikimedia.pictures import is_free, read_reference, width_for
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
API = "/w/api.php"
ASKED = PictureQuestion("Cristiano Ronaldo", "fr", 1080, 1920, limit=4)
RONALDO = "File:Cristiano Ronaldo 2018.jpg"
CREDIT = Credit(
    "Cristiano Ronaldo 2018",
    "Анна Нэсси",
    "CC BY-SA 3.0",
    "https://commons.wikimedia.org/wiki/File:Cristiano_Ronaldo_2018.jpg",
)


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play(API, FIXTURES / "pictures.json")
        yield made


@pytest.fixture
async def commons(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("wikimedia", tmp_path, address=server.url) as made:
        yield made


def one_picture(server: WebServer, content: bytes, **more: object) -> None:
    """The wiki tells of one picture, whose bytes lie on the same server."""
    page = json.loads((FIXTURES / "pictures.json").read_text())["query"]["pages"][0]
    page["imageinfo"][0].update({"thumburl": f"{server.url}/thumb.jpg", **more})
    server.play(API, json.dumps({"batchcomplete": True, "query": {"pages": [page]}}))
    server.play("/thumb.jpg", content, "image/jpeg")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 400), (20, 90, 160)).save(out, "JPEG")
    return out.getvalue()


async def test_a_search_is_one_request_for_pictures_and_their_makers(
    commons: Any, server: WebServer
) -> None:
    await commons.find_pictures(ASKED)
    (asked,) = server.seen
    assert dict(asked.query) == {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "prop": "imageinfo",
        "generator": "search",
        "gsrnamespace": "6",
        "gsrsearch": "filetype:bitmap Cristiano Ronaldo",
        "gsrlimit": "12",
        "iiprop": "url|size|mime|extmetadata",
        "iiextmetadatafilter": "LicenseShortName|LicenseUrl|License|Artist|Credit|ImageDescription"
        "|ObjectName|NonFree",
        "iiextmetadatalanguage": "fr",
    }


async def test_only_free_pictures_with_their_makers_are_offered(commons: Any) -> None:
    offers = await commons.find_pictures(ASKED)
    assert [offer.title for offer in offers] == ["The Blue Marble", "Cristiano Ronaldo 2018"]
    assert offers[0].credit == Credit(
        "The Blue Marble", "", "Public domain",
        "https://commons.wikimedia.org/wiki/File:The_Blue_Marble.jpg",
    )  # fmt: skip
    assert offers[1] == PictureOffer(
        reference=f"1920/{RONALDO}",
        title="Cristiano Ronaldo 2018",
        description="Cristiano Ronaldo playing for Portugal & smiling",
        width=2400,
        height=3000,
        credit=CREDIT,
    )


async def test_nothing_is_asked_without_a_word(commons: Any, server: WebServer) -> None:
    assert list(await commons.find_pictures(PictureQuestion('"" -- !'))) == []
    assert server.seen == []


async def test_no_more_is_offered_than_was_asked_for(commons: Any) -> None:
    assert len(await commons.find_pictures(PictureQuestion("x", limit=1))) == 1


async def test_a_picture_comes_with_whom_to_name(commons: Any, server: WebServer) -> None:
    one_picture(server, jpeg())
    made = await commons.fetch_picture(f"1920/{RONALDO}")
    assert made == MadeMedia(jpeg(), "jpg", 0.0, CREDIT)
    asked = server.seen[0].query
    assert (asked["titles"], asked["iiurlwidth"]) == (RONALDO, "1920")


async def test_what_is_no_picture_is_not_taken(commons: Any, server: WebServer) -> None:
    one_picture(server, b"<html>Sign in to this network</html>")
    with pytest.raises(Unavailable) as told:
        await commons.fetch_picture(f"1920/{RONALDO}")
    assert told.value.key == "errors.bad_answer"


async def test_a_licence_that_changed_is_seen_when_it_is_fetched(
    commons: Any, server: WebServer
) -> None:
    one_picture(server, jpeg(), extmetadata={"LicenseShortName": {"value": "CC BY-NC-ND 4.0"}})
    with pytest.raises(NotFound):
        await commons.fetch_picture(f"1920/{RONALDO}")
    assert [one.path for one in server.seen] == [API]


async def test_a_picture_that_is_gone_is_told(commons: Any, server: WebServer) -> None:
    server.play(API, '{"query": {"pages": [{"title": "File:X.jpg", "missing": true}]}}')
    with pytest.raises(NotFound):
        await commons.fetch_picture("960/File:X.jpg")


@pytest.mark.parametrize(
    "reference",
    ["", "File:X.jpg", "1000/File:X.jpg", "1920/X.jpg", "1920/File:a|File:b", "1920/File:a\nb"],
)
async def test_references_of_others_are_not_asked(
    commons: Any, server: WebServer, reference: str
) -> None:
    with pytest.raises(InvalidInput):
        await commons.fetch_picture(reference)
    assert server.seen == []


@pytest.mark.parametrize(
    ("licence", "address", "free"),
    [
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0", True),
        ("CC BY 2.0", "", True), ("cc-by-sa-3.0", "", True), ("CC0", "", True),
        ("Public domain", "", True), ("PD-old-100", "", True), ("No restrictions", "", True),
        ("CC BY-NC 4.0", "", False), ("CC BY-ND 2.0", "", False), ("CC BY-NC-SA 3.0", "", False),
        ("CC BY", "https://creativecommons.org/licenses/by-nc/2.0/", False),
        ("GFDL", "", False), ("Fair use", "", False), ("", "", False), ("All rights", "", False),
        ("Public domain for non-commercial use", "", False),
    ],
)  # fmt: skip
def test_free_is_what_may_be_used_changed_and_sold(licence: str, address: str, free: bool) -> None:
    assert is_free(licence, address) is free


@pytest.mark.parametrize(
    ("frame", "picture", "width"),
    [((1920, 1080), (6000, 4000), 1920), ((1080, 1920), (6000, 4000), 3840),
     ((1080, 1920), (2400, 3000), 1920), ((1080, 1080), (1000, 1000), 960),
     ((1920, 1080), (700, 700), 960)],
)  # fmt: skip
def test_the_width_covers_the_frame_as_far_as_the_picture_does(
    frame: tuple[int, int], picture: tuple[int, int], width: int
) -> None:
    assert width_for(PictureQuestion("x", "en", *frame), *picture) == width
    assert read_reference(f"{width}/{RONALDO}") == (width, RONALDO)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("wikimedia", tmp_path, seconds=0.8, address=server.url) as commons,
    ):
        server.always = BAD_DAYS[day]
        with contextlib.suppress(AppError):
            assert list(await commons.find_pictures(ASKED)) == []
        with pytest.raises(AppError):
            await commons.fetch_picture(f"1920/{RONALDO}")
