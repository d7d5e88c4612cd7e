"""What played from a search is found again: the same stream by a new way to it, or honestly not."""

from __future__ import annotations

import dataclasses

import pytest

from app.api.searching import Hit, HitKind, Stream, Work
from app.domain.errors import NotFound, Refused
from app.services.playback.request import StreamRequest
from app.services.search.again import LARGEST, read
from tests.fakes.ranges import serve_file
from tests.fakes.sources import FakeSource
from tests.fakes.web import WebServer
from tests.unit.services.search.house import BODY, House, Make, fetch, house_of, web

__all__ = ["web"]

TITLE = "Night of the Living Dead 1968 1080p"
SECRET = "canary-0be7"


def streams(web: WebServer, token: str) -> dict[str, list[Stream]]:
    headers = {"Cookie": f"k={token}", "Referer": "https://page.example/"}
    return {
        "7": [
            Stream(f"{web.url}/best.mp4?t={token}", height=1080, headers=headers),
            Stream(f"{web.url}/second.mp4?t={token}", height=720, headers=headers),
        ]
    }


async def played(desk_of: Make, web: WebServer) -> tuple[House, FakeSource, StreamRequest]:
    source = FakeSource(
        [Hit(TITLE, HitKind.ITEM, reference="7", work=Work.FILM)], streams=streams(web, SECRET)
    )
    house = await house_of(desk_of, a=source)
    await house.search()
    return house, source, await house.open()


async def again(house: House, text: str) -> StreamRequest:
    ticket = await house.desk.service.ticket_of(text)
    assert ticket is not None
    request = await house.desk.playback.open_ticket(ticket)
    assert isinstance(request, StreamRequest)
    return request


async def test_the_same_stream_is_found_by_what_its_source_tells_now(
    desk_of: Make, web: WebServer
) -> None:
    house, source, before = await played(desk_of, web)
    assert SECRET not in before.again  # no header is kept: its source tells them anew
    source.streams = streams(web, "new")
    await house.desk.settings.set("search", "most_resolution", "720p")  # what would be chosen today
    web.seen.clear()
    after = await again(house, before.again)
    assert (after.title, after.stream, after.caption) == (
        before.title, before.stream, before.caption,
    )  # fmt: skip
    assert await fetch(after.address) == (200, b"best" + BODY)
    assert {one.headers["Cookie"] for one in web.seen} == {"k=new"}
    assert read(after.again) == read(before.again)  # and once more after the next restart


async def test_another_stream_is_not_taken_for_it(desk_of: Make, web: WebServer) -> None:
    house, source, before = await played(desk_of, web)
    source.streams = {"7": streams(web, "new")["7"][1:]}
    with pytest.raises(NotFound):
        await again(house, before.again)
    source.streams = streams(web, "new")
    web.answers["/best.mp4"] = serve_file(b"another" + BODY)
    with pytest.raises(NotFound):
        await again(house, before.again)
    assert len(house.desk.playback.relay._open) == 1  # only what plays still
    source.streams = {
        "7": [dataclasses.replace(one, protected=True) for one in streams(web, "new")["7"]]
    }
    with pytest.raises(Refused):
        await again(house, before.again)
    source.streams = {}
    with pytest.raises(NotFound):
        await again(house, before.again)


@pytest.mark.parametrize("text", ["", "{}", "[1", "\ud800", "9" * (LARGEST + 1), "[" * 9000])
async def test_what_tells_nothing(desk_of: Make, web: WebServer, text: str) -> None:
    house = await house_of(desk_of, a=FakeSource())
    assert await house.desk.service.ticket_of(text) is None
