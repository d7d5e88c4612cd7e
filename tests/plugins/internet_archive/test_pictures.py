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
    Refused,
    Unavailable,
)
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
SEARCH = "/advancedsearch.php"
ITEM = "/metadata/old_clock_2"
FILE = "/download/old_clock_2/old clock.jpg"
ASKED = PictureQuestion("old clock", limit=5)


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play(SEARCH, FIXTURES / "pictures.json")
        made.play(ITEM, FIXTURES / "old_clock.json")
        made.play(FILE, jpeg(), "image/jpeg")
        yield made


@pytest.fixture
async def archive(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("internet_archive", tmp_path, address=server.url) as made:
        yield made


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (120, 90, 10)).save(out, "JPEG")
    return out.getvalue()


def clock(server: WebServer) -> Credit:
    return Credit(
        "An old clock", "Ann Ash, Bo Birch", "CC BY-SA 4.0", f"{server.url}/details/old_clock_2"
    )


async def test_a_search_is_one_request_nobody_can_break_out_of(
    archive: Any, server: WebServer
) -> None:
    await archive.find_pictures(PictureQuestion('x") OR mediatype:(texts', limit=5))
    (asked,) = server.seen
    words = "x or mediatype texts"
    assert asked.query["q"] == (
        f"(title:({words}) OR subject:({words}) OR description:({words})) AND mediatype:(image)"
        " AND licenseurl:*creativecommons* AND -access-restricted-item:true"
    )
    assert (asked.query["rows"], asked.query["output"]) == ("20", "json")
    assert {"identifier", "title", "creator", "licenseurl"} <= set(asked.query.getall("fl[]"))


async def test_only_free_pictures_with_their_makers_are_offered(
    archive: Any, server: WebServer
) -> None:
    assert list(await archive.find_pictures(ASKED)) == [
        PictureOffer(
            "nasa-blue-marble",
            "Blue Marble",
            "The Earth, whole & round. earth space",
            credit=Credit(
                "Blue Marble", "NASA", "Public domain", f"{server.url}/details/nasa-blue-marble"
            ),
        ),
        PictureOffer("old_clock_2", "An old clock", credit=clock(server)),
    ]


async def test_nothing_is_asked_without_a_word(archive: Any, server: WebServer) -> None:
    assert list(await archive.find_pictures(PictureQuestion("?!"))) == []
    assert server.seen == []


async def test_the_best_file_is_taken_and_its_makers_named(archive: Any, server: WebServer) -> None:
    made = await archive.fetch_picture("old_clock_2")
    assert made == MadeMedia(jpeg(), "jpg", 0.0, clock(server))
    assert [one.path for one in server.seen] == [ITEM, FILE]


async def test_what_is_no_picture_is_not_taken(archive: Any, server: WebServer) -> None:
    server.play(FILE, b"<html>Log in</html>")
    with pytest.raises(Unavailable):
        await archive.fetch_picture("old_clock_2")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"is_dark": True}, NotFound),
        ({"files": []}, NotFound),
        ({"files": None}, Unavailable),
        ({"metadata": {"title": "x", "creator": "y"}}, NotFound),
        ({"nodownload": "true"}, Refused),
    ],
)
async def test_items_that_may_not_be_used_are_told(
    archive: Any, server: WebServer, change: dict[str, Any], error: type[AppError]
) -> None:
    item = json.loads((FIXTURES / "old_clock.json").read_text())
    server.play(ITEM, json.dumps({**item, **change}))
    with pytest.raises(error):
        await archive.fetch_picture("old_clock_2")
    assert [one.path for one in server.seen] == [ITEM]


@pytest.mark.parametrize("reference", ["", "../etc/passwd", "a b", "x" * 300])
async def test_references_of_others_are_not_asked(
    archive: Any, server: WebServer, reference: str
) -> None:
    with pytest.raises(InvalidInput):
        await archive.fetch_picture(reference)
    assert server.seen == []


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("internet_archive", tmp_path, seconds=0.8, address=server.url) as archive,
    ):
        server.always = BAD_DAYS[day]
        with contextlib.suppress(AppError):
            assert list(await archive.find_pictures(ASKED)) == []
        with pytest.raises(AppError):
            await archive.fetch_picture("old_clock_2")
