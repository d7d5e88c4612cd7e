"""What lasts: keys, figures and links over months, restarts and a clock that is wrong."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.access import LinkState, LinkWish, PassId, Shared, SharedKind
from app.domain.errors import AuthRequired, InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import NoticeLevel
from app.services.sharing.clockwork import SLACK
from tests.unit.services.sharing.workshop import START, Visitor, World, video

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


async def test_a_clock_set_back_closes_links_until_it_is_right(world: World, film: Path) -> None:
    link = await world.link(film, until=START + 3600)
    async with Visitor(link.recipients[0].address) as visitor:
        assert (await visitor.open()).status == 200
        world.clock.at += 3601
        assert (await visitor.open()).status == 410
        world.clock.at = START  # somebody wants an hour more
        seen = await visitor.open()
        assert (seen.status, "cannot open links just now" in seen.text) == (503, True)
        assert (await visitor.play(Range="bytes=0-9")).status == 503
        with pytest.raises(Unavailable, match="link_clock"):
            await world.link(film)
        told = [(one.level, one.key) for one in world.notices]
        assert told == [(NoticeLevel.BAD, "notices.links_clock")]  # once
        await world.restart()
        address = (await world.sharing.links())[0].recipients[0].address
        async with Visitor(address) as later:
            assert (await later.open()).status == 503  # a new start does not forget it
            world.clock.at = START + 3601 - SLACK  # a little behind is right enough
            assert (await later.open()).status == 200
    assert world.notices[-1].key == "notices.links_clock_right"


async def test_the_owner_may_trust_his_clock(world: World, film: Path) -> None:
    link = await world.link(film)
    world.clock.at += 10 * 365 * 86_400  # it was ten years ahead
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        world.clock.at = START + 60
        assert (await visitor.open()).status == 503
        assert world.sharing.held
        await world.sharing.trust_clock()
        assert (await visitor.open()).status == 200


async def test_new_keys_end_every_link(world: World, film: Path) -> None:
    first = await world.link(film)
    await world.sharing.new_keys()
    second = await world.link(film)
    async with Visitor(first.recipients[0].address) as old:
        assert (await old.open()).status == 404
    async with Visitor(second.recipients[0].address) as new:
        assert (await new.open()).status == 200
    known = {one.id: one for one in await world.sharing.links()}
    states = {one.id: one.state for one in known.values()}
    assert states == {first.id: LinkState.REVOKED, second.id: LinkState.OPEN}
    assert (known[first.id].gone, known[second.id].gone) == (True, False)
    with pytest.raises(Unsupported, match="link_gone_for_good"):
        await world.sharing.restore(first.id)
    await world.sharing.revoke(second.id)
    await world.sharing.restore(second.id)
    assert (await world.sharing.link(second.id)).state is LinkState.OPEN
    await world.restart()
    assert (await world.sharing.link(first.id)).gone, "a new start does not forget it"


async def test_a_key_of_each_month_is_kept_until_its_links_end(world: World, film: Path) -> None:
    first = await world.link(film, until=START + 90 * 86_400)
    held = []
    for _month in range(3):
        world.clock.at += 31 * 86_400
        await world.link(film, until=world.clock.at + 90 * 86_400)
        held.append(sorted(world.sharing._ring.keys or {}))
    assert held == [[1, 2], [1, 2, 3], [2, 3, 4]]  # the first link has ended by the third month
    async with Visitor(first.recipients[0].address) as visitor:
        assert (await visitor.open()).status in (404, 410)


async def test_keys_and_uses_outlive_a_restart(world: World, film: Path) -> None:
    link = await world.link(film, uses=1)
    async with Visitor(link.recipients[0].address) as visitor:
        await visitor.open()
        await visitor.play(Range="bytes=0-9")
        token = visitor.address.rpartition("/")[2]
        await world.restart()
        (told,) = await world.sharing.links()
        assert told.recipients[0].address.rpartition("/")[2] == token
        assert (told.used, told.plays, told.bytes) == (1, 1, 10)
        visitor.address = told.recipients[0].address
        assert (await visitor.play(Range="bytes=5-9")).status == 206  # the same use goes on
    secret = await world.secrets.get("links", "keys")
    assert secret is not None
    assert secret.encode() not in world.paths.database.read_bytes()


async def test_locked_keys_close_every_link(world: World, film: Path) -> None:
    link = await world.link(film)
    await world.secrets.set("links", "keys", "not keys at all")
    await world.restart()
    (told,) = await world.sharing.links()
    assert told.recipients[0].address == ""
    assert not told.gone, "nobody can say so while the keys cannot be read"
    base = world.server.address_of("127.0.0.1")
    token = link.recipients[0].address.rpartition("/")[2]
    async with Visitor(f"{base}/w/{token}") as visitor:
        assert (await visitor.open()).status == 503
        with pytest.raises(AuthRequired, match="link_keys"):
            await world.link(film)
        await world.sharing.new_keys()
        assert (await visitor.open()).status == 404
    async with Visitor((await world.link(film)).recipients[0].address) as visitor:
        assert (await visitor.open()).status == 200


async def test_a_link_opens_when_its_time_comes(world: World, film: Path) -> None:
    link = await world.link(film, start=START + 3600)
    async with Visitor(link.recipients[0].address) as visitor:
        seen = await visitor.open()
        assert (seen.status, "It opens soon" in seen.text) == (403, True)
        world.clock.at += 3600
        assert (await visitor.open()).status == 200


async def test_what_cannot_be_is_refused(world: World, film: Path, tmp_path: Path) -> None:
    for more, key in (
        ({"until": START - 1}, "link_past"),
        ({"start": START + 9, "until": START + 8}, "link_times"),
        ({"uses": -1}, "link_count"),
        ({"pay": "javascript:alert(1)"}, "link_pay"),
        ({"pay": "https://"}, "link_pay"),
        ({"recipients": tuple(map(str, range(201)))}, "link_recipients"),
    ):
        with pytest.raises(InvalidInput, match=key):
            await world.link(film, **more)
    with pytest.raises(NotFound, match="link_file_gone"):
        await world.link(tmp_path / "none.mp4")
    with pytest.raises(InvalidInput, match="link_no_film"):
        await world.link(video(tmp_path / "notes.txt"))
    with pytest.raises(InvalidInput, match="link_no_folder"):
        await world.link(film, kind=SharedKind.FOLDER)
    with pytest.raises(InvalidInput, match="not_absolute"):
        await world.sharing.make(LinkWish(what=Shared(SharedKind.FILE, path=b"a.mp4")))
    with pytest.raises(NotFound, match="link_gone"):
        await world.sharing.text(PassId("0" * 16))
    assert await world.sharing.links() == ()


async def test_figures_day_by_day_and_changes_are_told(world: World, film: Path) -> None:
    link = await world.link(film)
    for by in ("127.0.0.21", "127.0.0.22"):
        async with Visitor(link.recipients[0].address, by) as visitor:
            await visitor.open()
            before = world.changes
            await visitor.play(Range="bytes=0-99")
            assert world.changes > before  # a use is told at once
    world.clock.at += 86_400
    async with Visitor(link.recipients[0].address, "127.0.0.21") as visitor:
        await visitor.open()
    first, second = await world.sharing.days(link.id)
    assert (first.opens, first.plays, first.bytes, first.devices) == (2, 2, 200, 2)
    assert (second.opens, second.plays) == (1, 0)
    assert await world.sharing.days(link.id, 1) == (second,)


async def test_links_that_are_long_over_are_forgotten(world: World, film: Path) -> None:
    world.wishes = replace(world.wishes, keep_days=10)
    old = await world.link(film, until=START + 60)
    gone = await world.link(film)
    await world.sharing.revoke(gone.id)
    kept = await world.link(film)
    world.clock.at += 10 * 86_400 + 61
    changed = world.changes
    await world.restart()
    async with asyncio.timeout(10):
        while world.changes == changed:  # noqa: ASYNC110 - what is waited for has no event here
            await asyncio.sleep(0.01)
    assert [one.id for one in await world.sharing.links()] == [kept.id]
    assert old.id != kept.id


async def test_a_link_is_changed_and_forgotten(world: World, film: Path) -> None:
    link = await world.link(film, uses=1)
    wish = LinkWish(what=link.what, name="For Ann", uses=2, note="Enjoy", price="5 €")
    changed = await world.sharing.change(link.id, wish)
    assert (changed.name, changed.uses, changed.price) == ("For Ann", 2, "5 €")
    assert changed.recipients[0].address == link.recipients[0].address
    async with Visitor(link.recipients[0].address) as visitor:
        page = await visitor.open()
        assert "Enjoy" in page.text
        await world.sharing.forget(link.id)
        assert (await visitor.open()).status == 404
    with pytest.raises(NotFound):
        await world.sharing.link(link.id)
    kinds = [kind for kind, _about, _facts in world.diary.notes]
    assert kinds == ["link.made", "link.changed", "link.forgotten"]
