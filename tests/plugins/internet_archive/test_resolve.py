from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from app.api import (
    AppError,
    HitKind,
    InvalidInput,
    NotFound,
    Refused,
    Stream,
    StreamSubtitle,
    Unavailable,
)
from plugins.internet_archive.files import parse_streams
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        yield made


@pytest.fixture
async def archive(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("internet_archive", tmp_path, address=server.url) as made:
        yield made


def names(streams: list[Stream]) -> list[str]:
    return [unquote(urlsplit(one.url).path).split("/", 3)[3] for one in streams]


def read(item: dict[str, Any]) -> list[Stream]:
    return parse_streams(item, "an-item", "https://archive.org", "archive.org")


def item(*files: dict[str, Any], **about: Any) -> dict[str, Any]:
    return {"metadata": {"title": "An item", **about}, "files": list(files)}


async def test_files_of_one_recording_are_its_qualities_best_first(
    archive: Any, server: WebServer
) -> None:
    server.play("/metadata/DuckandC1951", FIXTURES / "duck_and_cover.json")
    streams = await archive.resolve("DuckandC1951")
    assert names(streams) == [
        "DuckandC1951.mp4", "DuckandC1951.ia.mp4", "DuckandC1951.avi", "DuckandC1951.mpeg",
        "DuckandC1951.ogv", "DuckandC1951_edit.mp4", "DuckandC1951_512kb.mp4",
        "DuckandC1951_archive.torrent",
    ]  # fmt: skip
    place = f"{server.url}/download/DuckandC1951"
    assert streams[0] == Stream(
        url=f"{place}/DuckandC1951.mp4",
        title="Duck and Cover",
        size=57000000,
        height=480,
        duration=554.95,
        container="mp4",
        languages=("en",),
        subtitles=(
            StreamSubtitle(f"{place}/DuckandC1951.asr.srt", "en", "asr"),
            StreamSubtitle(f"{place}/DuckandC1951.fr.vtt", "fr", "fr"),
        ),
    )
    assert {one.part for one in streams} == {0}
    assert streams[-1] == Stream(
        f"{place}/DuckandC1951_archive.torrent", HitKind.TORRENT, "Duck and Cover", size=649000000
    )
    assert streams[6].duration == 555.0
    assert len(server.seen) == 1


async def test_a_serial_has_parts_in_the_order_people_count(
    archive: Any, server: WebServer
) -> None:
    server.play("/metadata/flash_gordon_serial", FIXTURES / "flash_gordon.json")
    streams = await archive.resolve("flash_gordon_serial")
    parts = {part: list(ones) for part, ones in groupby(streams, lambda one: one.part)}
    assert {part: ones[0].title for part, ones in parts.items()} == {
        1: "What? 100% #1 été & more", 2: "The Planet of Peril", 3: "flash gordon ep2",
        4: "flash gordon ep10",
    }  # fmt: skip
    assert names(parts[2]) == [
        "flash_gordon_ep01.mpeg", "flash_gordon_ep01.ogv", "flash_gordon_ep01_512kb.mp4"
    ]  # fmt: skip
    assert parts[3][0].subtitles == (
        StreamSubtitle(
            f"{server.url}/download/flash_gordon_serial/flash_gordon_ep2.en.srt", "en", "en"
        ),
    )
    assert parts[4][0].subtitles == ()
    assert streams[0].languages == ("en", "es")


async def test_awkward_names_are_quoted(archive: Any, server: WebServer) -> None:
    server.play("/metadata/flash_gordon_serial", FIXTURES / "flash_gordon.json")
    first = (await archive.resolve("flash_gordon_serial"))[0]
    assert first.url == (
        f"{server.url}/download/flash_gordon_serial/Extras/"
        "What%3F%20100%25%20%231%20%C3%A9t%C3%A9%20%26%20more.mkv"
    )


def test_a_film_beside_the_pieces_of_its_disc_is_one_part() -> None:
    streams = read(json.loads((FIXTURES / "dvd.json").read_text()))
    assert names(streams) == ["Night.mp4", "Night.ogv"]
    assert {(one.part, one.title) for one in streams} == {(0, "Night of the Living Dead")}
    assert [one.language for one in streams[0].subtitles] == ["fr"]


def test_pieces_of_a_disc_without_the_film_are_its_parts() -> None:
    whole = json.loads((FIXTURES / "dvd.json").read_text())
    whole["files"] = whole["files"][2:6]
    assert [(one.part, one.title) for one in read(whole)] == [
        (1, "VTS 01 1"), (2, "VTS 01 2"), (3, "VTS 01 3")
    ]  # fmt: skip
    whole["files"].append({"name": "trailer.mp4", "source": "original", "length": "90"})
    assert len(read(whole)) == 4
    assert len(read(item({"name": "VIDEO_TS.mp4"}))) == 1


def test_originals_in_two_sizes_are_one_recording() -> None:
    streams = read(
        item({"name": "Film.720p.mp4"}, {"name": "Film.1080p.mkv"}, {"name": "Film.AVI"})
    )
    assert {one.part for one in streams} == {0}
    assert [one.container for one in streams] == ["mp4", "mkv", "avi"]


def test_an_original_of_untold_height_is_as_high_as_its_copies() -> None:
    streams = read(
        item(
            {"name": "a.mp4", "source": "derivative", "original": "a.mkv", "height": "480"},
            {"name": "a.mkv", "source": "original", "size": "9"},
            {"name": "a.ogv", "source": "derivative", "original": "a.mkv", "height": "1e9"},
        )
    )
    assert [(one.container, one.height) for one in streams] == [
        ("mp4", 480), ("mkv", None), ("ogv", None)
    ]  # fmt: skip


def test_files_made_of_each_other_in_a_circle_end() -> None:
    circle = item(
        {"name": "a.mp4", "source": "derivative", "original": "b.mp4"},
        {"name": "b.mp4", "source": "derivative", "original": "a.mp4"},
    )
    assert len(read(circle)) == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("[]", NotFound),
        ("{}", NotFound),
        ('{"error": "Couldn\'t locate item"}', NotFound),
        ('{"is_dark": true, "metadata": {}, "files": []}', NotFound),
        ('{"is_dark": "true", "created": 1, "dir": "/x"}', NotFound),
        ('{"metadata": {"title": "x"}, "files": []}', NotFound),
        ('{"metadata": {"title": "x"}, "files": [{"name": "a.pdf"}, {"name": "a.srt"}]}', NotFound),
        ('{"metadata": {"access-restricted-item": "true"}, "files": [{"name": "a.mp4"}]}', Refused),
        ('{"metadata": {"access-restricted-item": [true]}, "files": []}', NotFound),
        ('{"nodownload": true, "metadata": {}, "files": [{"name": "a.mp4"}]}', Refused),
        ('{"metadata": {}, "files": [{"name": "a.mp4", "private": "true"}]}', Refused),
        ('{"metadata": null, "files": []}', Unavailable),
        ('{"metadata": {}, "files": {"name": "a.mp4"}}', Unavailable),
        ('{"metadata": {}}', Unavailable),
        ("[1]", Unavailable),
        ('"x"', Unavailable),
    ],
)
async def test_items_that_do_not_play_say_why(
    archive: Any, server: WebServer, answer: str, error: type[AppError]
) -> None:
    server.play("/metadata/x", answer)
    with pytest.raises(error) as told:
        await archive.resolve("x")
    assert told.value.args_map["host"] == "127.0.0.1"


async def test_a_refusal_is_no_wish_for_a_password(archive: Any, server: WebServer) -> None:
    server.always = BAD_DAYS["401"]
    with pytest.raises(Refused) as told:
        await archive.resolve("x")
    assert told.value.key == "errors.source_refuses"


@pytest.mark.parametrize("reference", ["", "..", "a/b", "a?b", "a b", "\u202ea", "a" * 500, "-a"])
async def test_references_that_cannot_be_names_are_not_asked(
    archive: Any, server: WebServer, reference: str
) -> None:
    with pytest.raises(InvalidInput):
        await archive.resolve(reference)
    assert server.seen == []


def test_hostile_items_end_soon() -> None:
    begun = time.monotonic()
    files = [{"name": f"{number}.{'a.' * 200}srt"} for number in range(3000)]
    files += [
        {"name": f"clip {number}.mp4", "title": "<b>" + "x" * 10_000} for number in range(3000)
    ]
    streams = read(item(*files))
    assert len(streams) == 500
    assert [one.part for one in streams[:3]] == [1, 2, 3]
    assert len(streams[0].title) == 500
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("internet_archive", tmp_path, seconds=0.8, address=server.url) as archive,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with pytest.raises(AppError):
            await archive.resolve("DuckandC1951")
        assert time.monotonic() - begun < 30
