"""What playing found things is tested with: a web server of films, and sources that lead there."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from app.domain.media import Card
from app.domain.search import ResultId, SearchView
from app.services.playback.request import PlayRequest, StreamRequest, Ticket
from tests.fakes.ranges import serve_file
from tests.fakes.sources import FakeSource, file
from tests.fakes.web import WebServer, web_server
from tests.unit.services.search.conftest import Desk

Make = Callable[..., Any]
FILM = "night of the living dead 1968"
HOME = frozenset({"127.0.0.1"})
BODY = os.urandom(200_000)
BEST = "Night.of.the.Living.Dead.1968.1080p.BluRay.x264-GRP"
SECOND = "Night.of.the.Living.Dead.1968.720p.BluRay.x264-TWO"
THIRD = "Night.of.the.Living.Dead.1968.480p.DVDRip-THREE"


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        for name in ("best", "second", "third"):
            made.answers[f"/{name}.mp4"] = serve_file(name.encode() + BODY)
        yield made


class House:
    """A desk whose sources lie in the home network, as their owner configured them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view: SearchView  # once it was searched

    async def search(self, text: str = FILM) -> SearchView:
        self.view = await self.desk.search(text)
        return self.view

    async def play(self, row: ResultId | None = None, part: int = 0) -> Ticket:
        return await self.desk.service.play(self.view.id, row, part)

    async def open(self, row: ResultId | None = None, part: int = 0) -> StreamRequest:
        request = await self.desk.playback.open_ticket(await self.play(row, part))
        assert isinstance(request, StreamRequest)
        return request

    async def next_after(self, request: PlayRequest, key: str, **args: Any) -> StreamRequest:
        assert request.ticket is not None
        told = await self.desk.playback.ticket_failed(request.ticket, key, args)
        assert isinstance(told, StreamRequest)
        return told

    @property
    def tried(self) -> list[tuple[str, str, str]]:
        return [(one.source, one.reason, one.following) for one in self.desk.tried]


async def house_of(desk_of: Make, *cards: Card, **sources: FakeSource) -> House:
    made = House(await desk_of(*cards, **sources))
    made.desk.plugins.hosts = dict.fromkeys(sources, HOME)
    return made


async def fetch(address: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
        return answer.status, await answer.read()


async def three(desk_of: Make, web: WebServer) -> House:
    """Three places, each worse than the one before."""
    made = await house_of(
        desk_of,
        one=FakeSource([file(BEST, f"{web.url}/best.mp4")]),
        two=FakeSource([file(SECOND, f"{web.url}/second.mp4")]),
        three=FakeSource([file(THIRD, f"{web.url}/third.mp4")]),
    )
    await made.search()
    return made
