from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import web

from app.api import AuthRequired, Notice, NoticeKind, Unavailable
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.host import PluginHost
from app.services.plugins.loader import read_plugin
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from plugins._template.parsers import accepted, message
from tests.fakes.plugins import NoBrowser

FOLDER = Path(__file__).resolve().parents[3] / "plugins" / "_template"


class Server:
    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.keys: list[str | None] = []
        self.answer: Callable[[], web.Response] = web.Response
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization"))
        if request.method == "POST":
            self.taken.append(await request.json())
        return self.answer()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    application = web.Application()
    application.router.add_route("*", "/notices", made.handle)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/notices"
    yield made
    await runner.cleanup()


@pytest.fixture
async def plugins(paths: Paths, tmp_path: Path) -> AsyncIterator[PluginService]:
    """The station with a copy of the template, made as its owner would."""
    mine = paths.plugins / "mine"
    for file in FOLDER.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            target = mine / file.relative_to(FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text().replace("plugins._template", "plugins.mine")
            target.write_text(text.replace('id = "template"', 'id = "mine"'))
    environ = {"SOKOUL_SECRET_MINE_TOKEN": "canary"}
    bus = EventBus()
    made = PluginService(
        paths,
        bus,
        SettingsService(paths.settings, bus),
        Secrets(paths.vault, paths.vault_key, environ),
        NoBrowser(),
        tmp_path / "none",
    )
    await made.start()
    yield made
    await made.stop()


async def send(plugins: PluginService, notice: Notice) -> None:
    capability = (await plugins.list())[0].capabilities[0]
    from app.api import Capability

    await plugins.call("mine", Capability(capability), "notify", notice)


async def test_a_copy_delivers_a_notice(plugins: PluginService, server: Server) -> None:
    await plugins.set_option("mine", "address", server.url)
    await plugins.enable("mine")
    await send(plugins, Notice("Scan ended", "12 new films", NoticeKind.GOOD))
    assert server.taken == [{"title": "Scan ended", "message": "12 new films", "level": "good"}]
    assert set(server.keys) == {"Bearer canary"}


async def test_the_address_is_tried_before_anything_is_sent(
    plugins: PluginService, server: Server
) -> None:
    server.answer = lambda: web.Response(status=401)
    await plugins.set_option("mine", "address", server.url)
    with pytest.raises(AuthRequired):
        await plugins.enable("mine")
    assert server.taken == []
    assert (await plugins.list())[0].enabled  # asked to sign in, not switched off


async def test_an_address_that_is_away_is_told(plugins: PluginService) -> None:
    await plugins.set_option("mine", "address", "http://127.0.0.1:9/notices")
    with pytest.raises(Unavailable):
        await plugins.enable("mine")


async def test_a_refusal_in_words_is_understood(plugins: PluginService, server: Server) -> None:
    await plugins.set_option("mine", "address", server.url)
    await plugins.enable("mine")
    server.answer = lambda: web.Response(text="Denied")
    with pytest.raises(AuthRequired):
        await send(plugins, Notice("x"))


def test_parsers() -> None:
    long = message(Notice("t" * 900, "b" * 9000))
    assert (len(long["title"]), len(long["message"])) == (200, 4000)
    assert accepted("ok")
    assert not accepted(" DENIED: no\n")


def test_the_template_itself_is_found_usable() -> None:
    found = read_plugin(FOLDER, built_in=True)
    assert found.problem is None
    assert PluginHost(found).provider is None
