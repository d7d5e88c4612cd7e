"""Behind the owner's own proxy: only links are seen through it, and it alone is believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web

from app.infra.lan import gate
from app.infra.lan.routes import Route
from app.services.sharing.ports import Wishes
from tests.unit.infra.lan import siege
from tests.unit.services.sharing.workshop import PROXY, Visitor, World

NAME = "films.example.org"


@pytest.fixture
async def behind(world: World) -> World:
    """The station behind a proxy, with something that is for the home alone."""

    async def at_home(request: web.Request) -> web.StreamResponse:
        return web.Response(text="for the home")

    async def who(request: web.Request) -> web.StreamResponse:
        return web.Response(text=f"{request[gate.ASKER]} {request[gate.SECURE]}")

    world.server.add(
        [Route("GET", "/dlna/device.xml", at_home), Route("GET", "/w/who/asks", who, public=True)]
    )
    world.wishes = Wishes(public=f"https://{NAME}", proxy=PROXY)
    return world


async def test_a_visitor_by_the_proxy(behind: World, film: Path) -> None:
    link = await behind.link(film)
    token = link.recipients[0].address.rpartition("/")[2]
    assert link.recipients[0].address.startswith(f"https://{NAME}/w/")
    here = behind.server.address_of("127.0.0.1")
    async with Visitor(f"{here}/w/{token}", PROXY) as proxy:
        told = {"Host": NAME, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
        page = await proxy.get(proxy.address, **told)
        assert page.status == 200
        style = await proxy.get(f"{proxy.address}/look", **told)
        assert "secure" in style.headers["set-cookie"].lower()


async def test_only_links_are_given_to_the_proxy(behind: World) -> None:
    here = behind.server.address_of("127.0.0.1")
    async with Visitor(here + "/w/x", PROXY) as proxy, Visitor(here + "/w/x") as home:
        for host in (here.partition("//")[2], NAME):  # whatever name it tells
            assert (await proxy.get("/dlna/device.xml", Host=host)).status == 403
        assert (await proxy.get("/nothing")).status == 403
        assert (await home.get("/dlna/device.xml")).text == "for the home"
        assert (await home.get("/dlna/device.xml", Host=NAME)).status == 403
        assert (await home.get("/w/who/asks", Host=NAME)).status == 200
        assert (await home.get("/w/who/asks", Host="evil.example")).status == 403
        assert (await home.get("/w/who/asks", Host=f"{NAME}:81")).status == 403


async def test_only_the_proxy_says_who_asks(behind: World) -> None:
    here = behind.server.address_of("127.0.0.1")
    claims = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    many = {"X-Forwarded-For": "10.9.9.9, 203.0.113.8", "X-Forwarded-Proto": "https, http"}
    async with Visitor(here + "/w/x", PROXY) as proxy, Visitor(here + "/w/x") as home:
        assert (await proxy.get("/w/who/asks", **claims)).text == "203.0.113.7 True"
        assert (await proxy.get("/w/who/asks", **many)).text == "203.0.113.8 False"
        bad = await proxy.get("/w/who/asks", **{"X-Forwarded-For": "nobody"})
        assert bad.text == f"{PROXY} False"
        assert (await home.get("/w/who/asks", **claims)).text == "127.0.0.5 False"


async def test_guesses_by_the_proxy_are_counted_by_who_makes_them(
    behind: World, film: Path
) -> None:
    link = await behind.link(film)
    token = link.recipients[0].address.rpartition("/")[2]
    here = behind.server.address_of("127.0.0.1")
    async with Visitor(f"{here}/w/{token}", PROXY) as proxy:
        for _ in range(9):
            seen = await proxy.get(f"/w/{'B' * 36}", **{"X-Forwarded-For": "203.0.113.66"})
        assert seen.status == 429
        other = await proxy.get(f"/w/{token}", **{"X-Forwarded-For": "203.0.113.67"})
        assert other.status == 200


async def test_who_follows_a_link_may_come_in_and_no_page_may_fetch(
    behind: World, film: Path
) -> None:
    link = await behind.link(film)
    here = behind.server.address_of("127.0.0.1")
    async with Visitor(f"{here}/w/{link.recipients[0].address.rpartition('/')[2]}") as visitor:
        followed = {
            "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        }  # fmt: skip
        assert (await visitor.open(**followed)).status == 200
        for headers in (
            {**followed, "Sec-Fetch-Dest": "iframe"},
            {**followed, "Sec-Fetch-Mode": "no-cors"},
            {**followed, "Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "video"},
            {"Origin": "https://evil.example"},
        ):
            assert (await visitor.get(visitor.address, **headers)).status == 403, headers


async def test_the_siege_of_every_route(world: World, film: Path) -> None:
    await world.link(film)
    server = world.server
    await siege.refuses_hosts(server)
    await siege.refuses_traversals(server)
    await siege.refuses_methods(server)
