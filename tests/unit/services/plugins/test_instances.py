"""Plugins the owner has several of: each tried before it is kept, and each on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from app.api.capabilities import Capability
from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
    Unsupported,
)
from app.domain.events import PluginStateChanged
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.services.plugins import host as host_module
from app.services.plugins import instances
from app.services.plugins.service import BUILT_IN
from tests.fakes.web import WebServer, says
from tests.plugins.indexers.servers import KEY, prowlarr
from tests.unit.services.plugins.shelf import SECRET, Station, server, station

__all__ = ["server", "station"]


# Adding.


async def test_a_good_one_works_at_once_and_after_a_restart(
    station: Station, server: WebServer
) -> None:
    made = await station.add(server.url, "  My \n shelf ")
    assert made == "shelf_1"
    for _ in range(2):
        assert station.plugins.offering(Capability.SEARCHES) == (made,)
        assert (await station.search(made)).title == f"for {SECRET}"
        (info,) = await station.held()
        assert (info.name, info.of, info.many, info.enabled) == ("My shelf", "shelf", False, True)
        assert await station.plugins.options(made) == {
            "address": server.url, "pages": 1, "key": True,
        }  # fmt: skip
        assert station.plugins.own_hosts(made) == {"127.0.0.1"}
        await station.again()
    assert station.states[0] == PluginStateChanged(made, enabled=True)


async def test_its_secret_is_kept_among_secrets_alone(station: Station, server: WebServer) -> None:
    made = await station.add(server.url)
    await station.search(made)
    assert await station.secrets.get(made, "key") == SECRET
    files = [path for path in station.paths.settings.parent.rglob("*") if path.is_file()]
    files += [path for path in station.paths.cache.rglob("*") if path.is_file()]
    assert station.paths.settings in files
    for path in (*files, station.paths.vault):
        assert SECRET.encode() not in path.read_bytes(), path


WRONG: Mapping[str, tuple[dict[str, Any], type[AppError]]] = {
    "a wrong key": ({"key": "wrong"}, AuthRequired),
    "no key": ({"key": ""}, AuthRequired),
    "nobody there": ({"url": "http://127.0.0.1:9"}, Unavailable),
    "no address": ({"url": ""}, Refused),
    "no web address": ({"url": "file:///etc/passwd"}, Refused),
    "a number beyond its range": ({"pages": 99}, InvalidInput),
    "no number": ({"pages": "many"}, InvalidInput),
    "an address that is no text": ({"url": 7}, InvalidInput),
}


@pytest.mark.parametrize(("told", "error"), WRONG.values(), ids=WRONG)
async def test_a_wrong_one_is_told_and_nothing_is_kept(
    station: Station, server: WebServer, told: dict[str, Any], error: type[AppError]
) -> None:
    with pytest.raises(error) as failure:
        await station.add(**{"url": server.url, **told})
    assert SECRET not in str(failure.value)
    await station.nothing_is_kept()
    assert station.states == []
    await station.again()
    await station.nothing_is_kept()
    assert await station.add(server.url) == "shelf_1"


BROKEN = {
    "raises": "raise RuntimeError('x')",
    "ends the program": "raise SystemExit(3)",
    "hangs": "import asyncio; await asyncio.sleep(60)",
    "blocks": "time.sleep(1.2)",
}


@pytest.mark.parametrize("before", BROKEN.values(), ids=BROKEN)
async def test_one_that_breaks_is_told_and_nothing_is_kept(
    station: Station, server: WebServer, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setattr(host_module.PluginHost.load, "__defaults__", (0.4,))
    monkeypatch.setattr(host_module, "PING_SECONDS", 0.2)
    station.write(before)
    with pytest.raises(Unavailable) as failure:
        await station.add(server.url)
    assert failure.value.key == "errors.plugin_failed"
    await station.nothing_is_kept()


async def test_one_that_breaks_its_promise_is_not_kept(station: Station, server: WebServer) -> None:
    station.write(made="object()")
    with pytest.raises(Unavailable):
        await station.add(server.url)
    await station.nothing_is_kept()


async def test_what_there_may_be_one_of_is_not_added(station: Station, server: WebServer) -> None:
    with pytest.raises(Unsupported) as one:
        await station.plugins.enable("shelf")
    assert one.value.key == "errors.plugin_add_one"
    made = await station.add(server.url)
    with pytest.raises(Unsupported) as two:
        await station.plugins.instances.add(made, "x", {})
    assert two.value.key == "errors.plugin_only_one"
    with pytest.raises(NotFound):
        await station.plugins.instances.add("nothing", "x", {})


async def test_there_are_not_too_many(
    station: Station, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instances, "MOST", 2)
    assert [await station.add(server.url) for _ in range(2)] == ["shelf_1", "shelf_2"]
    with pytest.raises(InvalidInput) as told:
        await station.add(server.url)
    assert told.value.key == "errors.plugin_too_many"


async def test_two_added_at_once_are_two(station: Station, server: WebServer) -> None:
    made = await asyncio.gather(
        station.add(server.url, "A"), station.add(server.url, "B", "other", pages=2)
    )
    assert sorted(made) == ["shelf_1", "shelf_2"]
    await station.again()
    assert {one.name for one in await station.held()} == {"A", "B"}
    assert {(await station.search(one)).title for one in made} == {f"for {SECRET}", "for other"}


async def test_a_real_plugin_survives_a_restart(paths: Paths) -> None:
    station = Station(paths, BUILT_IN)
    await station.start()
    async with prowlarr() as fake:
        values = {"address": fake.url, "api_key": KEY}
        made = await station.plugins.instances.add("indexers", "Prowlarr", values)
        await station.again()
        sources = await station.plugins.call(made, Capability.SEARCHES, "sources")
        assert isinstance(sources, list)
        assert [one.id for one in sources] == ["1", "4", "7", "9"]
        await station.plugins.instances.remove(made)
        assert await station.secrets.get(made, "api_key") is None
    assert KEY not in paths.settings.read_text()
    assert made not in paths.settings.read_text()
    await station.plugins.stop()


# Removing.


async def test_a_removed_one_leaves_nothing(station: Station, server: WebServer) -> None:
    made = await station.add(server.url)
    await station.search(made)
    await station.plugins.instances.remove(made)
    await station.nothing_is_kept()
    assert station.states[-1] == PluginStateChanged(made, enabled=False)
    assert station.plugins.own_hosts(made) == frozenset()
    with pytest.raises(NotFound):
        await station.search(made)
    with pytest.raises(NotFound):
        await station.plugins.instances.remove(made)
    with pytest.raises(Unsupported):
        await station.plugins.instances.remove("shelf")
    await station.again()
    await station.nothing_is_kept()
    assert SECRET.encode() not in station.paths.vault.read_bytes()


async def test_a_removal_is_taken_back_with_all_that_belongs_to_it(
    station: Station, server: WebServer
) -> None:
    made = await station.add(server.url, "Mine", pages=2)
    await station.plugins.instances.remove(made)
    other = await station.add(server.url, "Other", "other")
    await station.plugins.instances.restore(made)
    await station.again()
    assert (await station.search(made)).title == f"for {SECRET}"
    assert (await station.search(other)).title == "for other"
    assert (await station.plugins.options(made))["pages"] == 2
    for unknown in (made, "shelf_9"):
        with pytest.raises(NotFound):
            await station.plugins.instances.restore(unknown)


class Locked:
    """A place for secrets that is locked in the middle of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, secrets: Secrets, method: str) -> None:
        self._patch = monkeypatch
        self._patch.setattr(secrets, method, self._refuse)

    async def _refuse(self, *_args: str) -> None:
        raise AuthRequired("errors.secrets_locked")

    def unlock(self) -> None:
        self._patch.undo()


async def test_one_whose_secret_cannot_be_kept_is_not_added(
    station: Station, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Locked(monkeypatch, station.secrets, "set")
    with pytest.raises(AuthRequired):
        await station.add(server.url)
    lock.unlock()
    await station.nothing_is_kept()


async def test_a_secret_that_cannot_be_forgotten_never_reaches_another(
    station: Station, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await station.add(server.url)
    lock = Locked(monkeypatch, station.secrets, "delete")
    with pytest.raises(AuthRequired):
        await station.plugins.instances.remove(made)
    lock.unlock()
    server.answers["/check"] = server.answers["/find"] = says("open to all")
    assert [one.id for one in await station.held()] == [made]  # it can be tried again
    await station.settings.forget_plugin(made)
    await station.again()  # somebody took it out of the file: its secret is still there
    later = await station.add(server.url, "Other", key="")
    await station.search(later)
    assert later == made
    assert await station.secrets.get(later, "key") is None
    assert {one.headers["X-Key"] for one in server.seen[1:]} == {""}
