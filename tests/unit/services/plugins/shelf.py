"""A plugin the owner has several of, the service it lives in, and a server it asks."""

from __future__ import annotations

import textwrap
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api.capabilities import Capability
from app.api.searching import Hit, SearchQuestion
from app.domain.events import PluginStateChanged
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.model import PluginInfo
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from tests.fakes.plugins import NoBrowser
from tests.fakes.web import WebServer, web_server

SECRET = "canary-22ab-key"
MANIFEST = """
id = "shelf"
name = "Shelf"
version = "1"
api = 1
kinds = ["search"]
capabilities = ["searches"]
owner = "me"
docs = "none"
terms = "none"
many = true
hosts_from = ["address"]
[limits]
requests_per_second = 4
longest_wait = 1
timeout = 2
[options.address]
type = "text"
[options.pages]
type = "number"
default = 1
low = 1
high = 9
[options.key]
type = "secret"
"""
CODE = """
import time

from app.api import Hit, HitKind, SearchSource

from plugins.shelf import words


class Shelf:
    def __init__(self, context, key):
        self.context, self.key = context, key

    async def sources(self):
        return [SearchSource("1", words.NAME)]

    async def search(self, source, question):
        if question.typed == "a: b":
            raise KeyError(question.typed)
        for page in range(self.context.settings["pages"]):
            address = question.typed or str(self.context.settings["address"])
            answer = await self.context.http.get(
                f"{{address}}/find", params={{"q": question.text}}, headers={{"X-Key": self.key}}
            )
            answer.require()
        kept = await self.context.cache.get("last") or b""
        await self.context.cache.put("last", question.text.encode(), 60)
        return [Hit(answer.text, HitKind.FILE, "https://a.example/x", description=kept.decode())]


async def setup(context):
    key = await context.secrets.get("key") or ""
    address = str(context.settings["address"])
    {before}
    (await context.http.get(f"{{address}}/check", headers={{"X-Key": key}})).require()
    return {made}
"""


class Station:
    """The plugin service, which can be started anew over the same files."""

    def __init__(self, paths: Paths, built_in: Path) -> None:
        self.paths = paths
        self.built_in = built_in
        self.plugins: PluginService
        self.secrets: Secrets
        self.settings: SettingsService
        self.states: list[PluginStateChanged] = []

    async def start(self) -> None:
        bus = EventBus()
        bus.on(PluginStateChanged, self.states.append)
        self.settings = SettingsService(self.paths.settings, bus)
        self.settings.load()
        self.secrets = Secrets(self.paths.vault, self.paths.vault_key, {})
        self.secrets._keyring_works, self.secrets._probed_at = False, time.monotonic()
        self.plugins = PluginService(
            self.paths, bus, self.settings, self.secrets, NoBrowser(), self.built_in
        )
        await self.plugins.start()

    async def again(self) -> None:
        await self.plugins.stop()
        await self.start()

    def write(self, before: str = "pass", made: str = "Shelf(context, key)") -> None:
        folder = self.built_in / "shelf"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.toml").write_text(MANIFEST)
        code = textwrap.dedent(CODE).format(before=before, made=made)
        (folder / "provider.py").write_text(code)
        (folder / "words.py").write_text("NAME = 'The shelf'\n")

    async def add(self, url: str, name: str = "Mine", key: str = SECRET, **more: Any) -> str:
        values = {"address": url, "key": key, **more}
        return await self.plugins.instances.add("shelf", name, values)

    async def search(self, plugin: str, text: str = "x", typed: str = "") -> Hit:
        question = SearchQuestion(text, typed=typed)
        found = await self.plugins.call(plugin, Capability.SEARCHES, "search", "1", question)
        assert isinstance(found, list)
        return found[0]  # type: ignore[no-any-return]  # checked by the service

    async def held(self) -> list[PluginInfo]:
        return [one for one in await self.plugins.list() if one.of]

    async def nothing_is_kept(self) -> None:
        assert await self.held() == []
        assert self.plugins.offering(Capability.SEARCHES) == ()
        assert await self.secrets.get("shelf_1", "key") is None
        if self.paths.settings.exists():
            assert "shelf_1" not in self.paths.settings.read_text()


@pytest.fixture
async def station(paths: Paths, tmp_path: Path) -> AsyncIterator[Station]:
    made = Station(paths, tmp_path / "built_in")
    made.write()
    await made.start()
    yield made
    await made.plugins.stop()


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async def answer(request: web.Request) -> web.StreamResponse:
        good = request.headers.get("X-Key") in (SECRET, "other")
        return web.Response(text=f"for {request.headers.get('X-Key')}", status=200 if good else 401)

    async with web_server() as made:
        made.answers = {"/check": answer, "/find": answer}
        yield made
