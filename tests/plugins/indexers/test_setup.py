"""Adding an instance, its wrong keys and wrong addresses, and every bad day its server can have."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from app.api import AppError, AuthRequired, Capability, InvalidInput, SearchQuestion, Work
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.service import PluginService
from app.services.settings.service import SettingsService
from tests.fakes.plugins import NoBrowser, provider
from tests.fakes.web import BAD_DAYS, web_server
from tests.plugins.indexers.servers import (
    KEY,
    jackett,
    plain,
    prowlarr,
    set_up_fails,
    trouble,
    unleaked,
)

FILM = SearchQuestion("Night of the Living Dead", Work.FILM, 1968)
SECRETS = {"api_key": KEY}
SOON = 8.0
"""Seconds after which a bad day must be over; a request ends after one."""


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Everything is logged, but what the station keeps quiet (`app.infra.logs`) and our server."""
    for talkative in ("httpx", "httpcore", "asyncio", "aiohttp.access"):
        caplog.set_level(logging.WARNING, talkative)
    caplog.set_level(logging.DEBUG)


# The owner adds one.


@pytest.fixture
async def plugins(paths: Paths) -> AsyncIterator[PluginService]:
    bus = EventBus()
    made = PluginService(
        paths,
        bus,
        SettingsService(paths.settings, bus),
        Secrets(paths.vault, paths.vault_key, {}),
        NoBrowser(),
    )
    await made.start()
    yield made
    await made.stop()


async def test_an_instance_with_the_right_key_is_added(
    plugins: PluginService, paths: Paths, caplog: pytest.LogCaptureFixture
) -> None:
    async with prowlarr() as fake:
        values = {"address": fake.url, "api_key": KEY}
        made = await plugins.instances.add("indexers", "My Prowlarr", values)
        assert plugins.offering(Capability.SEARCHES).count(made) == 1
        sources = await plugins.call(made, Capability.SEARCHES, "sources")
        assert isinstance(sources, list)
        assert len(sources) == 4
        found = await plugins.call(made, Capability.SEARCHES, "search", "1", FILM)
        assert isinstance(found, list)
        assert len(found) == 3
        reference = found[0].reference
        streams = await plugins.call(made, Capability.RESOLVES_STREAM, "resolve", reference)
        assert isinstance(streams, list)
        assert streams[0].content
        assert (await plugins.options(made))["api_key"] is True
    unleaked([sources, found, streams, caplog.text])
    kept = [path for path in paths.cache.rglob("*") if path.is_file()]
    assert kept
    assert not any(KEY.encode() in path.read_bytes() for path in (*kept, paths.settings))


async def test_an_instance_with_a_wrong_key_is_not_added(plugins: PluginService) -> None:
    for server in (prowlarr, jackett, plain):
        async with server() as fake:
            values = {"address": fake.url, "api_key": "wrong-key-of-mine"}
            with pytest.raises(AuthRequired) as told:
                await plugins.instances.add("indexers", "Mine", values)
        assert told.value.key == "errors.indexer_key_refused"
        assert "wrong-key" not in str(told.value)
    assert not any(one.of == "indexers" for one in await plugins.list())


async def test_an_instance_that_is_away_is_not_added(plugins: PluginService) -> None:
    with pytest.raises(AppError) as told:
        await plugins.instances.add("indexers", "Mine", {"address": "http://127.0.0.1:9"})
    assert told.value.key == "errors.server_offline"
    with pytest.raises(InvalidInput):
        await plugins.instances.add("indexers", "Mine", {"address": "nas:9696"})
    with pytest.raises(InvalidInput) as wrong:
        await plugins.instances.add("indexers", "M", {"address": f"http://nas/api?apikey={KEY}"})
    unleaked(wrong.value)
    assert not any(one.of == "indexers" for one in await plugins.list())


async def test_several_instances_live_side_by_side(plugins: PluginService) -> None:
    async with prowlarr() as one, plain() as other:
        first = await plugins.instances.add("indexers", "A", {"address": one.url, "api_key": KEY})
        second = await plugins.instances.add(
            "indexers", "B", {"address": other.url, "api_key": KEY}
        )
        assert first != second
        for made, many in ((first, 4), (second, 1)):
            sources = await plugins.call(made, Capability.SEARCHES, "sources")
            assert isinstance(sources, list)
            assert len(sources) == many


# Wrong keys and other programs.


@pytest.mark.parametrize("kind", ["auto", "prowlarr"])
async def test_a_wrong_key_of_prowlarr(tmp_path: Path, kind: str) -> None:
    async with prowlarr() as fake:
        told = await set_up_fails(tmp_path, "wrong", address=fake.url, kind=kind)
    assert (type(told), told.key) == (AuthRequired, "errors.indexer_key_refused")
    assert told.args_map == {"name": "127.0.0.1"}


@pytest.mark.parametrize("secret", ["wrong", "", "sch\u00f6n", "with\nbreak"])
async def test_wrong_keys_of_a_plain_feed(tmp_path: Path, secret: str) -> None:
    async with plain() as fake:
        for kind in ("auto", "torznab", "newznab"):
            told = await set_up_fails(tmp_path, secret, address=fake.url, kind=kind)
            assert told.key == "errors.indexer_key_refused"


async def test_a_relative_of_prowlarr_is_not_taken_for_it(tmp_path: Path) -> None:
    async with web_server() as server:
        server.play("/api/v1/system/status", '{"appName": "Otherarr"}')
        told = await set_up_fails(tmp_path, address=server.url)
    assert (told.key, told.args_map) == ("errors.indexer_not_there", {"host": "127.0.0.1"})


async def test_an_indexer_at_its_limit_is_told_with_its_pause(tmp_path: Path) -> None:
    async with plain() as fake:

        async def full(_request: web.Request) -> web.StreamResponse:
            return trouble(500, "Request limit reached", Retry_After="900")

        fake.special = {"": full}
        told = await set_up_fails(tmp_path, address=fake.url)
    assert told.args_map == {"host": "127.0.0.1", "retry_after": 900.0}


# Bad days.


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_at_set_up(
    tmp_path: Path, day: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with web_server() as server:
        server.always = BAD_DAYS[day]
        began = time.monotonic()
        for kind in ("auto", "jackett", "prowlarr", "torznab"):
            await set_up_fails(tmp_path, address=server.url, kind=kind)
        assert time.monotonic() - began < 4 * 2.5
    unleaked(caplog.text)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_while_searching(
    tmp_path: Path, day: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        prowlarr() as fake,
        provider("indexers", tmp_path, seconds=1.0, secrets=SECRETS, address=fake.url) as made,
    ):
        await made.search("1", FILM)
        fake.server.always = BAD_DAYS[day]
        began = time.monotonic()
        for source in ("1", "4"):  # whose caps are known, and whose are not
            try:
                assert await made.search(source, FILM) == []
            except AppError as error:
                unleaked(error)
        with pytest.raises(AppError) as told:
            await made.resolve("t:7:/7/download?apikey={apikey}&link=x&file=y")
        unleaked(told.value)
        monkeypatch.setattr(made._discovery, "_until", 0.0)
        try:
            assert len(await made.sources()) == 4
        except AuthRequired as error:
            unleaked(error)
        assert time.monotonic() - began < SOON
    unleaked(caplog.text)


async def test_an_outage_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(prowlarr())
        async with provider("indexers", tmp_path, secrets=SECRETS, address=server.url) as made:
            await stack.aclose()  # it is switched off
            for _ in range(3):
                with pytest.raises(AppError):
                    await made.search("1", FILM)
    told = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(told) == 1
    assert "does not answer" in told[0]
    unleaked(caplog.text)
