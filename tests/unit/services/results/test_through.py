"""A video published for real, its figures fetched and its titles tested, through a real plugin."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC
from pathlib import Path

from app.domain.post import AccountId, PostState, Words
from app.domain.results import TestState, TestWay, Variant
from app.infra.paths import Paths
from app.services.results.abtests import ABTests
from app.services.results.comparing import day_of
from app.services.results.fetching import Fetcher
from app.services.results.store import ResultsStore
from app.services.results.swapping import Swapper
from app.services.results.windows import ABStore
from tests.fakes.platforms import installed
from tests.fakes.posting import Newsroom
from tests.plugins.youtube.platform import Platform

TITLES = ("Your kitchen bends time", "Time is slower at home")


async def test_titles_of_a_video_are_tested_on_youtube(paths: Paths, tmp_path: Path) -> None:
    youtube = Platform(tmp_path)
    await youtube.open()
    installed(tmp_path / "plugins", "youtube", youtube.address)
    room = Newsroom(paths, tmp_path / "plugins")
    await room.start()
    try:
        account = await _signed_in(room, youtube)
        draft = await room.plan(account, words=Words(TITLES[0], "In the kitchen."))
        post = await room.until(draft.id, PostState.DONE)
        store, windows = ResultsStore(room.database), ABStore(room.database)
        fetcher = Fetcher(room.plugins, room.service, store, lambda at: day_of(at, UTC))
        (look,) = await fetcher.fetch()
        assert (look.post.id, look.snapshot.counts.views) == (post.id, 1234)
        swapper = Swapper(room.plugins, room.service, fetcher, windows, room.bus)
        tests = ABTests(room.plugins, room.service, swapper, windows, room.bus, tmp_path / "trials")
        tests._shuffle = random.Random(1).shuffle  # the same lot each time
        assert await tests.able(post.id) == (TestWay.SWAP, TestWay.GUIDED)
        test = await tests.begin(post.id, [Variant(one) for one in TITLES])
        await swapper.step()
        first = (await windows.windows(test.id))[0]
        assert first.begun
        assert first.before is not None
        assert youtube.posts[0]["title"] == TITLES[first.variant]
        await tests.stop(test.id, 1 - first.variant)
        await swapper.step()
        assert youtube.posts[0]["title"] == TITLES[1 - first.variant]
        assert youtube.posts[0]["description"] == "In the kitchen."
        assert (await tests.view(test.id)).state is TestState.STOPPED
    finally:
        await asyncio.gather(room.stop(), youtube.close())


async def _signed_in(room: Newsroom, youtube: Platform) -> AccountId:
    secrets = youtube.secrets()
    values = {**youtube.OPTIONS, "client_secret": secrets.pop("client_secret")}
    account = await room.plugins.instances.add("youtube", "Mine", values)
    for name, value in secrets.items():
        await room.secrets.set(account, name, value)
    return AccountId(account)
