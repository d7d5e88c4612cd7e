"""Several of one plugin: limits, pauses, memory, failures and code of one are not the other's."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api.capabilities import Capability
from app.domain.errors import Refused, Unavailable
from app.services.plugins import service as service_module
from tests.fakes.web import WebServer, says
from tests.unit.services.plugins.shelf import SECRET, Station, server, station

__all__ = ["server", "station"]

BREAKS = "a: b"
"""The plugin of these tests raises something of its own when it is asked for this."""
WAITS = """if context.settings["pages"] == 2:
        import asyncio, pathlib
        pathlib.Path({begun!r}).touch()
        while not pathlib.Path({gate!r}).exists():
            await asyncio.sleep(0.01)
    from plugins.shelf import words as again
    again.NAME"""


async def test_each_has_its_own_options_secret_and_memory(
    station: Station, server: WebServer
) -> None:
    one = await station.add(server.url, "A")
    two = await station.add(server.url.replace("127.0.0.1", "localhost"), "B", "other")
    assert (await station.search(one, "first")).title == f"for {SECRET}"
    assert (await station.search(two, "second")).title == "for other"
    assert (await station.search(two, "third")).description == "second"
    await station.plugins.set_option(one, "pages", 3)
    await station.plugins.set_option(one, "key", "other")
    assert (await station.search(one, "fourth")).title == "for other"
    assert (await station.plugins.options(two))["pages"] == 1
    assert station.plugins.own_hosts(one) == {"127.0.0.1"}
    assert station.plugins.own_hosts(two) == {"localhost"}
    await station.plugins.instances.remove(one)
    assert (await station.search(two, "fifth")).description == "third"


async def test_the_home_of_one_is_closed_to_the_other(station: Station, server: WebServer) -> None:
    one = await station.add(server.url)
    two = await station.add(server.url.replace("127.0.0.1", "localhost"))
    with pytest.raises(Refused) as told:
        await station.search(two, typed=server.url)
    assert told.value.key == "errors.address_at_home"
    assert "/find" not in [seen.path for seen in server.seen]
    await station.search(one, typed=server.url)


async def two(station: Station, server: WebServer, **more: Any) -> tuple[str, str]:
    return await station.add(server.url, "A", **more), await station.add(server.url, "B", "other")


async def test_the_pace_of_one_holds_up_nobody_else(station: Station, server: WebServer) -> None:
    slow, quick = await two(station, server, pages=4)
    await asyncio.gather(station.search(slow, "slow"), station.search(quick, "quick"))
    asked = [one.query["q"] for one in server.seen if one.path == "/find"]
    assert sorted(asked) == ["quick"] + ["slow"] * 4
    assert asked.index("quick") < len(asked) - 2


async def test_a_pause_asked_of_one_is_not_the_others(station: Station, server: WebServer) -> None:
    busy, free = await two(station, server)

    async def answer(request: web.Request) -> web.StreamResponse:
        full = request.headers["X-Key"] == SECRET
        return web.Response(status=429 if full else 200, headers={"Retry-After": "900"})

    server.answers["/find"] = answer
    for _ in range(2):
        with pytest.raises(Unavailable) as told:
            await station.search(busy)
        assert told.value.key == "errors.server_busy"
        await station.search(free)
    keys = [one.headers["X-Key"] for one in server.seen if one.path == "/find"]
    assert keys == [SECRET, "other", "other"]  # the busy one is left alone meanwhile


async def test_one_that_is_switched_off_leaves_the_other(
    station: Station, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "MOST_CRASHES", 1)
    broken, good = await two(station, server)
    await station.search(good)
    with pytest.raises(Unavailable):
        await station.search(broken, typed=BREAKS)
    assert station.plugins.offering(Capability.SEARCHES) == (good,)
    assert (await station.search(good)).title == "for other"
    await station.plugins.enable(broken)
    assert (await station.search(broken)).title == f"for {SECRET}"


async def test_the_code_stays_while_one_of_them_runs(station: Station, server: WebServer) -> None:
    one, other = await two(station, server)
    await station.search(one)
    await station.search(other)
    await station.plugins.instances.remove(one)
    assert "plugins.shelf.words" in sys.modules
    assert (await station.search(other)).title == "for other"
    await station.plugins.instances.remove(other)
    assert not [name for name in sys.modules if name.startswith("plugins.shelf")]


async def test_one_may_go_while_another_begins(
    station: Station, server: WebServer, tmp_path: Path
) -> None:
    gate, begun = tmp_path / "gate", tmp_path / "begun"
    station.write(WAITS.format(begun=str(begun), gate=str(gate)))
    gate.touch()
    one = await station.add(server.url, pages=2)
    begun.unlink()
    gate.unlink()
    starting = asyncio.create_task(station.search(one))
    await _until_there(begun)
    await station.add(server.url, "tried and let go meanwhile")
    gate.touch()
    assert (await starting).title == f"for {SECRET}"


async def _until_there(path: Path) -> None:
    async with asyncio.timeout(5):
        while not path.exists():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)


async def test_a_server_that_is_away_is_not_anothers_fault(
    station: Station, server: WebServer
) -> None:
    one, other = await two(station, server)
    server.answers["/find"] = says("", 503)
    for _ in range(5):
        with pytest.raises(Unavailable):
            await station.search(one)
    assert set(station.plugins.offering(Capability.SEARCHES)) == {one, other}
