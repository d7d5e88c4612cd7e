"""Messages to a phone through ntfy, over a local server that speaks its protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.api import AuthRequired, Capability, InvalidInput, Notice, NoticeKind, Unavailable
from app.api.context import HttpAnswer
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from plugins.ntfy.parsers import message, require_taken, server_of, topic_of
from tests.fakes.plugins import NoBrowser
from tests.plugins.ntfy.server import LARGEST, NtfyServer

TOKEN = "tk_lighthouse"  # noqa: S105,RUF100 - of the server above only


@pytest.fixture
async def server() -> AsyncIterator[NtfyServer]:
    made = NtfyServer()
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def plugins(paths: Paths, server: NtfyServer) -> AsyncIterator[PluginService]:
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    secrets = Secrets(paths.vault, paths.vault_key, {})
    made = PluginService(paths, bus, settings, secrets, NoBrowser())
    await made.start()
    await made.set_option("ntfy", "server", server.url)
    await made.set_option("ntfy", "topic", "keepers")
    yield made
    await made.stop()


async def send(plugins: PluginService, notice: Notice) -> None:
    await plugins.call("ntfy", Capability.NOTIFIES, "notify", notice)


async def test_a_notice_arrives(plugins: PluginService, server: NtfyServer) -> None:
    await plugins.enable("ntfy")
    await send(plugins, Notice("The disk / is almost full", "93 %\nof it.", NoticeKind.BAD))
    await send(plugins, Notice("It has room again — à côté", "", NoticeKind.GOOD))
    await send(plugins, Notice("A test"))
    first, second, third = server.taken
    assert first == {
        "topic": "keepers", "title": "The disk / is almost full", "message": "93 %\nof it.",
        "priority": 4, "tags": ["rotating_light"],
    }  # fmt: skip
    assert (second["message"], second["priority"]) == ("It has room again — à côté", 2)
    assert "tags" not in third
    assert server.asked[0] == "GET /v1/health"


async def test_a_token_lets_in(plugins: PluginService, server: NtfyServer) -> None:
    server.tokens = {TOKEN}
    await plugins.enable("ntfy")  # the server is there; who may write is told when one does
    with pytest.raises(AuthRequired):
        await send(plugins, Notice("x"))
    await plugins.set_option("ntfy", "token", "tk_wrong")
    with pytest.raises(AuthRequired):
        await send(plugins, Notice("x"))
    assert server.taken == []
    await plugins.set_option("ntfy", "token", TOKEN)
    await send(plugins, Notice("x"))
    assert len(server.taken) == 1
    assert next(one for one in await plugins.list() if one.id == "ntfy").enabled


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ((429, 42908, {}), Unavailable),
        ((429, 42901, {"Retry-After": "300"}), Unavailable),
        ((413, 41303, {}), InvalidInput),
        ((401, 40101, {}), AuthRequired),
        ((403, 40301, {}), AuthRequired),
        ((500, 50001, {}), Unavailable),
        ((503, 50301, {}), Unavailable),
    ],
)
async def test_refusals_say_what_may_be_done(
    plugins: PluginService, server: NtfyServer,
    refusal: tuple[int, int, dict[str, str]], error: type[Exception],
) -> None:  # fmt: skip
    await plugins.enable("ntfy")
    server.refusals = [refusal]
    with pytest.raises(error) as told:
        await send(plugins, Notice("x"))
    if refusal[2]:
        assert told.value.args_map["retry_after"] == 300  # type: ignore[attr-defined]  # of ours
    assert server.taken == []


async def test_a_short_wait_is_waited_for(plugins: PluginService, server: NtfyServer) -> None:
    await plugins.enable("ntfy")
    server.refusals = [(429, 42901, {"Retry-After": "0"})]
    await send(plugins, Notice("x"))
    assert len(server.taken) == 1


async def test_a_server_that_is_away_or_is_none(plugins: PluginService, server: NtfyServer) -> None:
    await plugins.set_option("ntfy", "server", "http://127.0.0.1:9")
    with pytest.raises(Unavailable):
        await plugins.enable("ntfy")
    await plugins.set_option("ntfy", "server", server.url)
    server.healthy = False
    with pytest.raises(Unavailable):
        await plugins.enable("ntfy")


@pytest.mark.parametrize("topic", ["", "a b", "é", "x" * 65, "a/b", "../v1"])
async def test_what_is_no_topic_is_told_before_anything_is_asked(
    plugins: PluginService, server: NtfyServer, topic: str
) -> None:
    await plugins.set_option("ntfy", "topic", topic)
    with pytest.raises(InvalidInput, match="ntfy_topic"):
        await plugins.enable("ntfy")
    assert server.asked == []


def test_long_and_odd_words_fit() -> None:
    told = message(Notice("é" * 900 + "\n\x00x", "☃" * 9_000 + "\ud800", NoticeKind.WARN), "t")
    assert len(str(told["message"]).encode()) <= LARGEST
    assert str(told["message"]).endswith("☃…")
    assert len(str(told["title"]).encode()) <= 250
    assert "\n" not in str(told["title"])


def test_parsers() -> None:
    assert server_of(" https://ntfy.example.org/ ") == "https://ntfy.example.org"
    assert topic_of(" keepers-1_A ") == "keepers-1_A"
    with pytest.raises(InvalidInput):
        server_of("ntfy.sh")
    for body in (b'"x"', b"{}", b'{"event": "message", "topic": "other"}', b"<html>"):
        with pytest.raises(Unavailable):
            require_taken(HttpAnswer(200, "http://127.0.0.1/", {}, body), "keepers")


async def test_it_is_a_plugin_of_the_station_and_off_at_first(plugins: PluginService) -> None:
    assert "ntfy" not in plugins.offering(Capability.NOTIFIES)
    await plugins.enable("ntfy")
    assert "ntfy" in plugins.offering(Capability.NOTIFIES)
    await asyncio.sleep(0)
    assert (Path(__file__).parents[3] / "plugins" / "ntfy" / "icon.svg").is_file()
