"""Services that make media on loopback: each takes orders as the real one does.

A test says how an order ends: `state` is what the service says of it, `instead` answers orders,
questions or downloads in another way.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from aiohttp import web

from app.api import (
    AvatarWanted,
    ClipWanted,
    MadeMedia,
    Order,
    PictureWanted,
    ProviderContext,
)
from app.api.media_lists import read_media
from app.api.media_service import SubmitPoll, begin
from app.services.plugins.borders import GivenSecrets
from tests.fakes.model_services import KEY, started
from tests.fakes.web import Handler, WebServer, web_server

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + bytes(400)
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + bytes(200)
MP3 = b"ID3\x04\0\0\0\0\0\0" + bytes(200)
Told = tuple[int, Any]
"""A status and the document beside it."""


class FakeMedia:
    """The service of one plugin. Its own words are in its class, in capital letters."""

    PLUGIN: ClassVar[str]
    PROVIDER: ClassVar[type[SubmitPoll]]
    MODELS: ClassVar[Path]
    KIND: ClassVar[str] = "clip"  # picture, clip, avatar
    MODEL: ClassVar[str]
    OPTIONS: ClassVar[Mapping[str, Any]] = {}
    CHECK: ClassVar[str]
    ORDER: ClassVar[str]  # patterns of paths
    POLL: ClassVar[str] = ""
    CANCEL: ClassVar[tuple[str, str] | None] = None
    AT_ONCE: ClassVar[bool] = False  # the order is answered with the result
    BAD_KEY: ClassVar[Told]
    REFUSED: ClassVar[Told]
    NO_MONEY: ClassVar[Told]
    QUOTA: ClassVar[Told | None] = None
    BUSY: ClassVar[Told]
    GONE: ClassVar[Told] = (404, {"error": "not found"})

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.state = "running"
        self.orders: list[Any] = []
        self.uploads: list[Any] = []
        self.cancelled: list[str] = []
        self.instead: dict[str, Handler | Told] = {}  # "order", "poll", "file", "check"
        self.content = PNG if self.KIND == "picture" else MP4
        server.always = self.handle

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def file(self) -> str:
        """Where the result lies."""
        return f"{self.url}/files/result?signature=abc"

    # What each service says by itself.

    def signed(self, request: web.Request) -> bool:
        """Whether a request carries the key."""
        return request.headers.get("Authorization") == f"Bearer {KEY}"

    def accepted(self, request: web.Request) -> Any:
        """The answer to an order."""
        raise AssertionError(request.path)

    def standing(self) -> Any:
        """The answer to a question, in this state: running, done, failed, refused, gone."""
        raise AssertionError(self.state)

    async def more(self, request: web.Request) -> web.StreamResponse:
        """Answer anything else."""
        return web.Response(status=404, text="not here")

    # What all have in common.

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/files/result":
            usual = web.Response(body=self.content, content_type="application/octet-stream")
            return await self._said("file", request) or usual
        if not self.signed(request):
            return told(self.BAD_KEY)
        path, method = request.path, request.method
        if method == "GET" and re.fullmatch(self.CHECK, path):
            return await self._said("check", request) or await self.checked()
        if method == "POST" and re.fullmatch(self.ORDER, path):
            self.orders.append(await body_of(request))
            return await self._said("order", request) or told((200, self.accepted(request)))
        if self.POLL and method == "GET" and re.fullmatch(self.POLL, path):
            return await self._said("poll", request) or self.asked()
        if self.CANCEL and method == self.CANCEL[0] and re.fullmatch(self.CANCEL[1], path):
            self.cancelled.append(path)
            return web.Response(status=204)
        return await self.more(request)

    async def checked(self) -> web.StreamResponse:
        return told((200, {}))

    def asked(self) -> web.StreamResponse:
        return told(self.GONE if self.state == "gone" else (200, self.standing()))

    async def _said(self, what: str, request: web.Request) -> web.StreamResponse | None:
        other = self.instead.get(what)
        if other is None:
            return None
        return told(other) if isinstance(other, tuple) else await other(request)


def told(answer: Told) -> web.Response:
    """A status and a document, as a response; bytes and responses of our own stay as they are."""
    status, document = answer
    if isinstance(document, web.Response):
        return document
    return web.json_response(document, status=status)


async def body_of(request: web.Request) -> Any:
    """What came along: JSON, the fields of a form (files as bytes), or bytes."""
    if request.content_type == "application/json":
        return json.loads(await request.read())
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    return {
        name: value.file.read() if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }


@contextlib.asynccontextmanager
async def serving(
    fake: type[FakeMedia],
    place: Path,
    *,
    key: str = KEY,
    more_secrets: Mapping[str, str] | None = None,
    seconds: float = 20.0,
    largest: int = 300_000,
    **options: Any,
) -> AsyncIterator[tuple[Any, FakeMedia]]:
    """A plugin's provider, set up for its service on loopback, and the service."""
    async with web_server() as server:
        made = fake(server)
        models = read_media(fake.MODELS)
        models = replace(models, addresses=dict.fromkeys(models.addresses, server.url))

        async def build(context: ProviderContext) -> SubmitPoll:
            if more_secrets is not None:
                secrets = GivenSecrets({"api_key": key, **more_secrets})
                context = replace(context, secrets=secrets)
            provider = await begin(fake.PROVIDER, context, models)
            provider.patience = min(provider.patience, seconds)
            return provider

        chosen = {**fake.OPTIONS, **options}
        async with started(
            fake.PLUGIN, place, build, key=key, seconds=seconds, largest=largest, **chosen
        ) as provider:
            yield provider, made


def wish(fake: type[FakeMedia], **changes: Any) -> Any:
    """What is wanted of a service."""
    given: Any
    if fake.KIND == "picture":
        given = PictureWanted(fake.MODEL, "A lighthouse in fog", 1080, 1920)
    elif fake.KIND == "clip":
        given = ClipWanted(fake.MODEL, "A lighthouse in fog", 1080, 1920, 5.0)
    else:
        given = AvatarWanted(fake.MODEL, "Hello there.", "en", 1080, 1920, MP3, 4.0)
    return replace(given, **changes)


async def place_order(provider: Any, fake: type[FakeMedia], **changes: Any) -> Order:
    """Order what is wanted."""
    method = {"picture": "draw", "clip": "film", "avatar": "animate"}[fake.KIND]
    order = await getattr(provider, method)(wish(fake, **changes))
    assert isinstance(order, Order)
    return order


async def result(provider: Any, fake: type[FakeMedia], **changes: Any) -> MadeMedia:
    """Order it, and ask for it once unless it came at once."""
    order = await place_order(provider, fake, **changes)
    made = order.made or (await provider.follow(order.remote)).made
    assert isinstance(made, MadeMedia)
    return made


async def hangs(_request: web.Request) -> web.StreamResponse:
    """Says nothing until the server closes."""
    await asyncio.Event().wait()
    raise AssertionError("unreachable")
