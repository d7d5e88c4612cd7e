"""Posts YouTube's daily quota has no room for: put off whole, told plainly, out the next day."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.post import AccountId, Post
from app.domain.post import PostState as S
from app.infra.paths import Paths
from app.services.publishing.accounts import AccountDesk
from app.services.publishing.channels import ChannelStore
from app.services.publishing.sending import MOST_TRIES
from tests.fakes.oauth import CLIENT, CLIENT_SECRET, kept
from tests.fakes.platforms import captions_file, installed, picture_file
from tests.fakes.posting import HandClock, Newsroom
from tests.plugins.youtube.platform import Platform

AHEAD = "errors.youtube_quota_ahead"
UPLOADS = "errors.youtube_uploads_ahead"
ALL = 50 + 400 + 12
NOON = datetime.datetime.fromisoformat("2026-10-31T12:00:00-07:00").timestamp()
"""The day before summer time ends in California."""
HOUR = 3600.0


class BothClocks(HandClock):
    """The queue's clock, and the plugin's in a file."""

    def __init__(self, file: Path) -> None:
        super().__init__(NOON)
        self.file = file
        self.file.write_text(str(NOON))

    def move(self, seconds: float) -> None:
        self.file.write_text(str(self.time + seconds))
        super().move(seconds)


Room = tuple[Newsroom, Platform]


@pytest.fixture
async def room(paths: Paths, tmp_path: Path) -> AsyncIterator[Room]:
    """A station beside YouTube, where time stands still until it is moved."""
    place = tmp_path / "youtube"
    there = Platform(place)
    await there.open()
    installed(place / "plugins", "youtube", there.address)
    clock = BothClocks(place / "now")
    provider = place / "plugins" / "youtube" / "provider.py"
    source, usual = provider.read_text(), "clock: Callable[[], float] = time.time"
    assert usual in source
    moved = f"clock: Callable[[], float] = lambda: float(Path({str(clock.file)!r}).read_text())"
    provider.write_text(source.replace(usual, moved))
    station = Newsroom(paths, place / "plugins", clock)
    await station.start()
    try:
        yield station, there
    finally:
        await station.stop()
        await there.close()


async def ends(station: Newsroom, *posts: Post) -> list[Post]:
    """Let the seconds of looking pass until each is out, or waits with a reason."""
    async with asyncio.timeout(60):
        while True:
            found = [await station.service.post(one.id) for one in posts]
            if all(one.reason or one.state is S.DONE for one in found):
                return found
            station.clock.move(5.0)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await asyncio.Event().wait()


async def due(station: Newsroom) -> float:
    """Seconds until the next post is due."""
    found = await station.service._queue._store.next_due(station.clock.now())
    assert found is not None
    return float(found) - float(station.clock.now())


async def account(station: Newsroom, **options: Any) -> AccountId:
    made = await station.add("youtube", client_id=CLIENT, client_secret=CLIENT_SECRET, **options)
    for name, secret in kept().items():
        await station.secrets.set(made, name, secret)
    return made


async def whole(station: Newsroom, *accounts: AccountId) -> list[Post]:
    """A post with all that costs units, for each account."""
    place = station.paths.cache
    post = await station.plan(
        *accounts, thumbnail=picture_file(place).path, captions=captions_file(place).path
    )
    return [one for one in await station.service.queue() if one.bundle == post.bundle]


async def test_what_does_not_fit_is_put_off_to_the_next_day(room: Room) -> None:
    station, there = room
    one = await account(station, daily_uploads=1)
    first, second = await station.plan(one), await station.plan(one)
    out, off = await ends(station, first, second)
    assert (out.state, off.state, off.reason) == (S.DONE, S.PLANNED, UPLOADS)
    assert off.tries == 0
    assert len(there.sessions) == 1
    wait = await due(station)
    assert station.clock.now() + wait == pytest.approx(NOON + 12 * HOUR, abs=1)
    await station.again()
    station.clock.move(wait - 2)
    await station.clock.settled()
    assert (await station.service.post(second.id)).reason == UPLOADS
    assert len(there.sessions) == 1
    station.clock.move(3)
    await station.until(second.id, S.SENDING, S.WORKING, S.DONE)
    third = await station.plan(one)
    out, off = await ends(station, second, third)
    assert (out.state, off.state, off.reason) == (S.DONE, S.PLANNED, UPLOADS)
    wait = await due(station)  # the day in which summer time ends has 25 hours
    assert station.clock.now() + wait == pytest.approx(NOON + 37 * HOUR, abs=1)
    station.clock.move(wait + 1)
    await station.until(third.id, S.WORKING, S.DONE)
    await ends(station, third)
    assert len(there.posts) == 3


async def test_to_be_put_off_is_no_failure(room: Room) -> None:
    station, there = room
    one = await account(station, daily_uploads=1)
    first, second = await station.plan(one), await station.plan(one)
    await ends(station, first, second)
    for _ in range(MOST_TRIES + 2):
        HandClock.move(station.clock, await due(station))  # the plugin's day does not end
        before = len(station.told)
        while not any(post.reason == UPLOADS for post in station.told[before:]):
            await station.until(second.id, S.PLANNED)
            await station.clock.settled()
        off = await station.service.post(second.id)
        assert (off.state, off.tries) == (S.PLANNED, 0)
    assert len(there.sessions) == 1


async def test_accounts_of_one_app_at_once_never_overrun(room: Room) -> None:
    station, there = room
    there.quota["units"] = 2 * ALL + 100
    accounts = [await account(station, daily_units=2 * ALL + 100) for _ in range(4)]
    found = await ends(station, *await whole(station, *accounts))
    assert sorted(one.state for one in found) == sorted([S.DONE, S.DONE, S.PLANNED, S.PLANNED])
    assert {one.reason for one in found if one.state is S.PLANNED} == {AHEAD}
    assert len(there.sessions) == len(there.posts) == len(there.captions) == 2


async def test_a_day_waited_is_no_day_worked(room: Room) -> None:
    """YouTube says in the middle that nothing is left: the rest follows when something is."""
    station, there = room
    one = await account(station)
    there.quota["units"] = 60
    [waits] = await ends(station, *await whole(station, one))
    assert (waits.state, waits.reason) == (S.WORKING, "errors.youtube_quota")
    assert (len(there.posts), len(there.captions)) == (1, 0)
    there.quota["units"] = 10_000
    there.states = ["uploaded"]
    station.clock.move(await due(station))
    await station.until(
        waits.id, S.WORKING, S.UNCONFIRMED, where=lambda it: it.reason != waits.reason
    )
    [done] = await ends(station, waits)
    assert done.state is S.DONE
    assert (len(there.posts), len(there.captions)) == (1, 1)


async def test_what_is_left_stands_beside_the_account(room: Room) -> None:
    station, _there = room
    one = await account(station)
    await ends(station, await station.plan(one))
    desk = AccountDesk(station.plugins, ChannelStore(station.database), station.bus)
    [view] = await desk.accounts()
    assert (view.note, view.reason) == ("notes.youtube_left", "")
    assert dict(view.note_args) == {"units": 9_999, "uploads": 99}
    await station.plugins.instances.remove(one)
    two = await account(station)  # the app is the same
    [view] = await desk.accounts()
    assert (view.id, dict(view.note_args)) == (two, {"units": 9_999, "uploads": 99})
