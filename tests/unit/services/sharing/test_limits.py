"""Who may use a link, how often and until when: counted once, refused at once, closed in doubt."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from app.domain.access import Giving, LinkState, PassId
from app.services.sharing import service as service_module
from app.services.sharing.clockwork import Clockwork
from app.services.sharing.going import Going
from app.services.sharing.guessing import EACH, FREE, MOST, Guessing
from app.services.sharing.store import USE_SECONDS, SharingStore
from tests.unit.services.sharing.workshop import START, Visitor, World, video

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


async def test_of_fifty_claims_at_once_three_have_the_three_uses(world: World, film: Path) -> None:
    link = await world.link(film, uses=3)
    address = link.recipients[0].address
    async with AsyncExitStack() as stack:
        crowd = [
            await stack.enter_async_context(Visitor(address, f"127.0.1.{number + 1}"))
            for number in range(50)
        ]
        for one in crowd:
            assert (await one.open()).status == 200
        seen = await asyncio.gather(*(one.play(Range="bytes=0-9") for one in crowd))
        statuses = sorted(one.status for one in seen)
        assert statuses == [206] * 3 + [410] * 47
        lucky = [one for one, answer in zip(crowd, seen, strict=True) if answer.status == 206]
        for one in lucky:  # a seek costs them nothing
            assert (await one.play(Range="bytes=50-59")).status == 206
    (told,) = await world.sharing.links()
    assert (told.used, told.state) == (3, LinkState.USED_UP)


async def test_of_many_requests_of_one_device_at_once_one_counts(world: World, film: Path) -> None:
    link = await world.link(film, uses=3)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        seen = await asyncio.gather(*(visitor.play(Range=f"bytes={n}-{n}") for n in range(30)))
        assert {one.status for one in seen} == {206}
    assert (await world.sharing.links())[0].used == 1


@pytest.mark.parametrize("most", [{"uses": 3}, {"devices": 3}])
async def test_fifty_claims_straight_at_the_database(
    world: World, film: Path, most: dict[str, Any]
) -> None:
    link = await world.link(film, **most)
    store = SharingStore(world.database)
    who = link.recipients[0].id
    claims = (store.claim(who, f"{number:028x}", START, "2026-11-26") for number in range(50))
    assert sum(await asyncio.gather(*claims)) == 3


async def test_what_was_let_in_just_before_it_was_taken_back_does_not_go_on() -> None:
    going = Going(None, lambda: None)  # type: ignore[arg-type]  # nothing is written down
    who = PassId("0123456789abcdef")
    going.bar((who,))
    with pytest.raises(ConnectionResetError), going.sending(who):
        raise AssertionError
    going.unbar((who,))
    with going.sending(who):
        assert going.people == {who}
    assert going.people == frozenset()


async def test_five_hundred_altered_addresses_open_nothing(world: World, film: Path) -> None:
    link = await world.link(film)
    base, _, token = link.recipients[0].address.rpartition("/")
    chance = random.Random(8)
    altered = set()
    for place in range(len(token)):  # each letter, each bit of it in one of them
        bit = LETTERS[LETTERS.index(token[place]) ^ 1]
        altered.add(token[:place] + bit + token[place + 1 :])
    while len(altered) < 500:
        place = chance.randrange(len(token))
        altered.add(token[:place] + chance.choice(LETTERS) + token[place + 1 :])
        altered.discard(token)
    opened = []
    async with AsyncExitStack() as stack:
        for number, one in enumerate(sorted(altered)):
            by = f"127.0.2.{number % 100 + 1}"  # so that none of them is only too quick
            visitor = await stack.enter_async_context(Visitor(f"{base}/{one}", by))
            seen = await visitor.get(visitor.address)
            assert seen.status == 404
            opened += [one] if seen.status == 200 else []
        good = await stack.enter_async_context(Visitor(f"{base}/{token}", "127.0.3.1"))
        assert (await good.open()).status == 200
    assert opened == []


@pytest.mark.parametrize("made", ["", "A", "A" * 35, "A" * 37, "A" * 36, "é" * 36, "A" * 35 + "="])
async def test_what_is_no_token_opens_nothing(world: World, film: Path, made: str) -> None:
    link = await world.link(film)
    async with Visitor(link.recipients[0].address.rpartition("/")[0] + f"/{made}") as visitor:
        assert (await visitor.get(visitor.address)).status == 404


async def test_a_device_beyond_the_limit_is_told_so(world: World, film: Path) -> None:
    link = await world.link(film, devices=1)
    address = link.recipients[0].address
    async with Visitor(address, "127.0.0.7") as first, Visitor(address, "127.0.0.8") as second:
        await first.open()
        await second.open()
        assert (await first.play(Range="bytes=0-9")).status == 206
        refused = await second.play(Range="bytes=0-9")
        assert (refused.status, "one device" in refused.text) == (403, True)
        world.clock.at += USE_SECONDS + 1
        assert (await first.play(Range="bytes=0-9")).status == 206  # a second use, the same device
        again = await second.open()
        assert (again.status, "that is another one" in again.text) == (403, True)
    (told,) = await world.sharing.links()
    assert (told.used, told.recipients[0].devices) == (2, 1)


async def test_without_its_cookie_nothing_is_given_or_counted(world: World, film: Path) -> None:
    link = await world.link(film, uses=1)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        async with Visitor(visitor.address, "127.0.0.9") as bare:
            bare.film = visitor.film
            assert (await bare.play()).status == 403
            forged = await bare.play(Cookie="sokoul_device=" + "A" * 40)
            assert forged.status == 403
        (cookie,) = visitor.cookies
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
            True, "Strict", visitor.address[visitor.address.index("/w/") :],
        )  # fmt: skip
        assert not cookie["secure"]
    assert (await world.sharing.links())[0].used == 0


async def test_a_cookie_of_one_recipient_is_none_of_another(world: World, film: Path) -> None:
    link = await world.link(film, recipients=("Ann", "Ben"))
    ann, ben = link.recipients
    async with Visitor(ann.address) as first, Visitor(ben.address) as second:
        await first.open()
        page = await second.get(ben.address)
        second.film = page.text.split('<source src="')[1].split("/play")[0]
        (cookie,) = first.cookies
        seen = await second.play(Cookie=f"sokoul_device={cookie.value}")
        assert seen.status == 403


async def test_who_has_used_up_his_link_is_known_again_by_a_second_look(
    world: World, film: Path
) -> None:
    link = await world.link(film, uses=1)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        await visitor.play(Range="bytes=0-9")
        # From a page elsewhere a browser sends no cookie with this name.
        bounced = await visitor.get(visitor.address, Cookie="other=1")
        assert bounced.status == 200
        async with Visitor(visitor.address, "127.0.0.9") as other:
            hop = await other.get(other.address)
            assert 'http-equiv="refresh" content="0; url=/w/' in hop.text
            ended = await other.get(f"{other.address}?here")
            assert (ended.status, "good for one viewing" in ended.text) == (410, True)
        assert "<video" in (await visitor.get(f"{visitor.address}?here")).text


async def test_taking_a_link_back_hangs_up_at_once(world: World, tmp_path: Path) -> None:
    big = video(tmp_path / "big.webm", 40_000_000)
    link = await world.link(big, giving=Giving.BOTH)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        reader, writer = await _slow(visitor, f"{visitor.film}/whole")
        head = await reader.readuntil(b"\r\n\r\n")
        assert b"200 OK" in head
        await reader.readexactly(100_000)
        await world.sharing.revoke(link.id)
        left = await _rest(reader)
        assert left < 39_000_000
        writer.close()
        seen = await visitor.open()
        assert (seen.status, "taken back" in seen.text) == (410, True)
        await world.sharing.restore(link.id)
        assert (await visitor.open()).status == 200


async def test_a_link_that_ends_hangs_up_too(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = video(tmp_path / "big.webm", 40_000_000)
    await world.link(big, until=START + 60, giving=Giving.BOTH)
    monkeypatch.setattr(service_module, "TICK", 0.02)
    await world.restart()
    address = (await world.sharing.links())[0].recipients[0].address
    async with Visitor(address) as visitor:
        await visitor.open()
        reader, writer = await _slow(visitor, f"{visitor.film}/whole")
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(100_000)
        world.clock.at += 61
        assert await _rest(reader) < 39_000_000
        writer.close()


async def test_while_nobody_is_sent_anything_the_station_sleeps(
    world: World, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "TICK", 0.0)
    looks = 0
    real = Clockwork.keep

    async def counted(self: Clockwork, *, surely: bool = False) -> None:
        nonlocal looks
        looks += 1
        await real(self, surely=surely)

    monkeypatch.setattr(Clockwork, "keep", counted)
    await world.restart()
    begun = looks
    link = await world.link(film)
    assert looks <= begun + 1
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        await visitor.play(Range="bytes=0-9")
    async with asyncio.timeout(10):
        while looks < begun + 2:  # noqa: ASYNC110 - who comes rings no bell of the test
            await asyncio.sleep(0.01)


async def test_one_recipient_is_taken_back_the_other_not(world: World, film: Path) -> None:
    link = await world.link(film, recipients=("Ann <ann@example.org>", "Ben", "Ben"))
    ann, ben = link.recipients
    assert (ann.name, ann.contact, ben.name) == ("Ann", "ann@example.org", "Ben")
    await world.sharing.revoke_recipient(ann.id)
    async with Visitor(ann.address) as first, Visitor(ben.address) as second:
        assert ((await first.open()).status, (await second.open()).status) == (410, 200)
        await second.play(Range="bytes=0-9")
        await world.sharing.restore_recipient(ann.id)
        assert (await first.open()).status == 200
    (told,) = await world.sharing.links()
    assert [one.used for one in told.recipients] == [0, 1]
    more = await world.sharing.add_recipients(link.id, ["Cleo"])
    assert [one.name for one in more.recipients] == ["Ann", "Ben", "Cleo"]


async def test_guessing_is_slowed_for_who_guesses(world: World, film: Path) -> None:
    link = await world.link(film)
    base, _, token = link.recipients[0].address.rpartition("/")
    async with (
        Visitor(f"{base}/{token}", "127.0.0.11") as known,
        Visitor(f"{base}/{'A' * 36}", "127.0.0.11") as thief,
        Visitor(f"{base}/{token}", "127.0.0.12") as other,
    ):
        await known.open()
        statuses = [(await thief.get(thief.address)).status for _ in range(12)]
        assert statuses == [404] * 8 + [429] * 4
        slowed = await thief.get(f"{base}/{token}")  # even what is right is not told any more
        assert (slowed.status, int(slowed.headers["retry-after"]) > 0) == (429, True)
        assert (await other.open()).status == 200
        assert (await known.open()).status == 200  # a device that has its cookie is no guesser


def test_who_guesses_is_remembered_in_bounded_memory() -> None:
    now = [0.0]
    guessing = Guessing(lambda: now[0])
    for number in range(3 * MOST):
        guessing.wrong(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    assert guessing.remembered == MOST
    for _ in range(int(FREE)):
        guessing.wrong("2001:db8:1:2:3:4:5:6")
    assert guessing.wait("2001:db8:1:2::99") > 0  # the same house
    assert guessing.wait("2001:db8:1:3::99") == 0
    now[0] += EACH
    assert guessing.wait("2001:db8:1:2:3:4:5:6") == 0


async def _slow(visitor: Visitor, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask by a bare connection, which takes only what is read."""
    host = visitor.address.split("/")[2]
    (cookie,) = visitor.cookies
    reader, writer = await asyncio.open_connection(*host.split(":"), limit=2**16)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\n"
        f"Cookie: sokoul_device={cookie.value}\r\n\r\n".encode()
    )
    return reader, writer


async def _rest(reader: asyncio.StreamReader) -> int:
    """How much still comes before the other side hangs up."""
    count = 0
    try:
        while part := await reader.read(2**16):
            count += len(part)
    except ConnectionError:
        pass
    return count
