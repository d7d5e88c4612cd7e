"""How each question to a plugin went is told on the bus."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.api.capabilities import Capability
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.events import ProviderAnswered
from app.infra.paths import Paths
from tests.unit.services.plugins.test_service import GOOD, MANIFEST, World, started

RAISES = """
from app.api import NotFound, Unavailable

class Provider:
    async def describe(self, question):
        raise {error}

async def setup(context):
    return Provider()
"""
SLOW = RAISES.replace("raise {error}", "await __import__('asyncio').sleep(60)")
NEVER_STARTS = GOOD.replace("return Provider(context)", "raise RuntimeError('no')")


@pytest.fixture
async def world(paths: Paths, tmp_path: Path) -> AsyncIterator[World]:
    made = World(paths, tmp_path)
    yield made
    await made.plugins.stop()


async def told(world: World, code: str, *, wait: float | None = None) -> ProviderAnswered:
    """Ask a plugin with this code once; what is announced."""
    heard: list[ProviderAnswered] = []
    world.bus.on(ProviderAnswered, heard.append)
    await started(world, code=code)
    with contextlib.suppress(AppError):
        await world.ask("good", wait)
    (event,) = heard
    assert (event.plugin, event.capability, event.method) == ("good", "describes_media", "describe")
    return event


async def test_an_answer_is_told(world: World) -> None:
    event = await told(world, GOOD)
    assert event.ok
    assert event.error == ""
    assert event.seconds > 0


@pytest.mark.parametrize(
    ("code", "ok", "error"),
    [
        (RAISES.format(error="NotFound('errors.not_there')"), True, "errors.not_there"),
        (RAISES.format(error="Unavailable('errors.server_away')"), False, "errors.server_away"),
        (RAISES.format(error="ValueError('a bug')"), False, "errors.plugin_failed"),
        (NEVER_STARTS, False, "errors.plugin_failed"),
    ],
)
async def test_a_failure_is_told_and_an_honest_no_is_none(
    world: World, code: str, ok: bool, error: str
) -> None:
    event = await told(world, code)
    assert (event.ok, event.error) == (ok, error)


async def test_one_that_takes_too_long_failed(world: World) -> None:
    event = await told(world, SLOW, wait=0.1)
    assert (event.ok, event.error) == (False, "errors.plugin_failed")
    assert event.seconds >= 0.1


async def test_who_breaks_off_heard_nothing(world: World) -> None:
    heard: list[ProviderAnswered] = []
    world.bus.on(ProviderAnswered, heard.append)
    await started(world, code=SLOW)
    asking = asyncio.ensure_future(world.ask("good"))
    await asyncio.wait([asking], timeout=0.5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert heard == []


async def test_what_is_not_asked_is_not_told(world: World) -> None:
    heard: list[ProviderAnswered] = []
    world.bus.on(ProviderAnswered, heard.append)
    await started(world)
    await world.plugins.disable("good")
    with pytest.raises(Unavailable):
        await world.ask("good")
    with pytest.raises(NotFound):
        await world.ask("nobody")
    assert heard == []


SHELF = """
from app.api import SearchSource, Unavailable

class Provider:
    def __init__(self):
        self.down = False
    async def sources(self):
        if self.down:
            raise Unavailable("errors.server_away")
        self.down = True
        return [SearchSource(id="1", name="One")]
    async def search(self, source, question):
        return []

async def setup(context):
    return Provider()
"""


async def test_what_a_plugin_tells_of_itself_says_nothing_unless_it_cannot(world: World) -> None:
    heard: list[ProviderAnswered] = []
    world.bus.on(ProviderAnswered, heard.append)
    manifest = MANIFEST.format(id="shelf", more="").replace("describes_media", "searches")
    world.write("shelf", SHELF, manifest=manifest)
    await world.settings.set_plugin("shelf", enabled=True)
    await world.plugins.start()
    await world.plugins.call("shelf", Capability.SEARCHES, "sources")
    assert heard == []
    with pytest.raises(Unavailable):
        await world.plugins.call("shelf", Capability.SEARCHES, "sources")
    assert [(event.method, event.ok) for event in heard] == [("sources", False)]
    await world.plugins.call("shelf", Capability.SEARCHES, "search", "1", None)
    assert [(event.method, event.ok) for event in heard[1:]] == [("search", True)]
