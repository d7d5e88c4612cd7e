"""The door to the figures: shut until the owner opens it, and then only for who has the token."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from app.domain.errors import AuthRequired
from app.infra.paths import Paths
from app.services.monitoring.metrics_route import BURST, MOST_ASKERS, MetricsDoor, Pace
from tests.unit.infra.lan import siege
from tests.unit.infra.lan.siege import OTHER, TV, US, Clock, ask
from tests.unit.services.monitoring.metrics_world import House, house


@pytest.fixture
async def home(paths: Paths) -> AsyncIterator[House]:
    async with house(paths) as made:
        yield made


async def test_off_it_is_as_if_there_were_nothing(home: House) -> None:
    token = await home.door.token()
    shut, nothing = await home.ask(token), await ask(home.server, "GET", "/nothing")
    assert shut.status == 404
    assert shut.body == nothing.body
    assert await home.door.address() == ""
    await home.switch(on=True)
    assert (await home.ask(token)).status == 200
    assert await home.door.address() == f"http://{US}:{home.server.port}/metrics"
    await home.switch(on=False)
    assert (await home.ask(token)).status == 404


async def test_only_the_token_opens_it(home: House) -> None:
    await home.switch(on=True)
    assert (await home.ask("anything")).status == 401  # while there is none at all
    token = await home.door.token()
    wrong: tuple[dict[str, str], ...] = (
        {}, {"Authorization": token}, {"Authorization": f"Basic {token}"},
        {"Authorization": "Bearer"}, {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {token}x"}, {"Authorization": f"Bearer {token[:-1]}"},
        {"Authorization": "Bearer \xe9\xff"}, {"X_Token": token},
    )  # fmt: skip
    for headers in wrong:
        answer = await home.ask(**headers)
        assert (answer.status, answer.body) == (401, b""), headers
        assert answer.headers["www-authenticate"].startswith("Bearer")
    in_address = await ask(home.server, "GET", f"/metrics?token={token}&access_token={token}")
    assert in_address.status == 401
    twice = f"GET /metrics HTTP/1.1\r\nHost: {US}:{home.server.port}\r\nConnection: close\r\n"
    twice += f"Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n\r\n"
    assert b" 401 " in (await siege.knock(home.server.port, twice.encode())).split(b"\r\n")[0]
    assert (await home.ask(token)).status == 200
    assert (
        await ask(home.server, "HEAD", "/metrics", Authorization=f"bearer {token}")
    ).status == 200


async def test_a_new_token_ends_the_old_one(home: House, paths: Paths) -> None:
    await home.switch(on=True)
    old = await home.door.token()
    assert await home.door.token() == old
    assert (await home.ask(old)).status == 200
    new = await home.door.new_token()
    assert new != old
    assert len(new) >= 43
    assert (await home.ask(old)).status == 401
    assert (await home.ask(new)).status == 200
    # It lasts: another door over the same secrets takes it, without making one.
    again = MetricsDoor(home.secrets, home.settings, home.server, home.meters)
    assert await again.token() == new
    assert new not in paths.vault.read_bytes().decode("latin-1")
    assert new not in paths.settings.read_text()


async def test_the_gate_holds_for_it_too(home: House) -> None:
    await home.switch(on=True)
    token = await home.door.token()
    page = {"Origin": "http://site.example"}
    assert (await home.ask(token, **page)).status == 403
    assert (await home.ask(token, Host="station.example")).status == 403
    assert (await home.ask(token, Sec_Fetch_Site="cross-site")).status == 403
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await ask(home.server, method, "/metrics")).status in (403, 405, 415)
    for check in (siege.refuses_hosts, siege.refuses_traversals, siege.refuses_pages):
        await check(home.server)
    assert (await home.ask(token)).status == 200


async def test_the_format_is_the_one_asked_for(home: House) -> None:
    await home.switch(on=True)
    token = await home.door.token()
    plain = await home.ask(token)
    assert plain.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert plain.headers["cache-control"] == "no-store"
    opened = await home.ask(token, Accept="application/openmetrics-text;version=1.0.0")
    assert opened.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert opened.body.endswith(b"# EOF\n")


async def test_the_token_is_in_no_log(home: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await home.switch(on=True)
    tokens = [await home.door.token()]
    await home.ask(tokens[0])
    tokens.append(await home.door.new_token())
    for token in tokens:
        await home.ask(token)
        await ask(home.server, "GET", f"/metrics?token={token}")
    assert any("/metrics" in record.getMessage() for record in caplog.records)
    assert not any(token in caplog.text for token in tokens)


async def test_nobody_asks_without_end(paths: Paths) -> None:
    clock = Clock()
    async with house(paths, clock) as home:
        await home.switch(on=True)
        token = await home.door.token()
        for _ in range(BURST):
            assert (await home.ask("wrong")).status == 401
        late = await home.ask(token)
        assert late.status == 429
        assert int(late.headers["retry-after"]) > 0
        other = await ask(home.server, "GET", "/metrics", by=OTHER, Authorization=f"Bearer {token}")
        assert other.status == 200
        clock.now += 5
        assert (await home.ask(token)).status == 200


def test_pace_remembers_only_so_many() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [pace.allows(TV) for _ in range(BURST + 1)] == [True] * BURST + [False]
    clock.now += 1
    assert [pace.allows(TV), pace.allows(TV)] == [True, False]
    for number in range(MOST_ASKERS):
        assert pace.allows(f"10.0.0.{number}")
    assert pace.allows(TV)  # forgotten meanwhile, which costs more addresses than a home has


async def test_locked_secrets_open_nothing_and_are_told_once(
    home: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await home.switch(on=True)
    token = await home.door.token()
    again = MetricsDoor(home.secrets, home.settings, home.server, home.meters)
    locked = True
    real = home.secrets.get

    async def get(name: str) -> str | None:
        if locked:
            raise AuthRequired("errors.secrets_locked")
        return await real(name)

    monkeypatch.setattr(home.secrets, "get", get)
    bearer = [f"Bearer {token}"]
    assert [await again._good(bearer), await again._good(bearer)] == [False, False]
    assert sum("cannot be read" in record.getMessage() for record in caplog.records) == 1
    with pytest.raises(AuthRequired):
        await again.token()
    locked = False
    assert await again._good(bearer)


async def test_after_the_stop_it_is_shut(home: House) -> None:
    await home.switch(on=True)
    token = await home.door.token()
    await home.door.stop()
    assert (await home.ask(token)).status == 404
