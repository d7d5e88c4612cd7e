"""A connection is lost, and the station restarted, at every request of a post: it appears once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.api import Unavailable
from app.api.publishing import PostStep, PostWanted, Publishes, Stage, Trace
from tests.fakes.platforms import (
    FakePlatform,
    Fault,
    picture_file,
    platform_of,
    provided,
    wanted,
    whole,
)

KINDS = ["tiktok", "instagram", "linkedin", "reddit", "x_com"]
SIZE = 10_600_000
"""Bytes that go in several pieces."""
MOST_ROUNDS = 60


def want_of(kind: str, place: Path, *, size: int, **changes: Any) -> PostWanted:
    """A post as its platform takes it: Reddit wants a picture too."""
    if kind == "reddit":
        changes["thumbnail"] = picture_file(place)
    return wanted(place, size=size, **changes)


class Station:
    """What the station keeps of a post, and does with it; it forgets all else at each trouble."""

    def __init__(self, kind: str, place: Path, platform: FakePlatform, want: PostWanted) -> None:
        self.kind, self.place, self.platform, self.want = kind, place, platform, want
        self.session = ""
        self.attempting = self.out = False

    async def publish(self) -> PostStep:
        """Take the post to its end, however often it has to begin again."""
        for _ in range(MOST_ROUNDS):
            try:
                async with provided(
                    self.kind,
                    self.place,
                    self.platform.address,
                    seconds=5.0,
                    secrets=self.platform.secrets(),
                    options=self.platform.options(),
                ) as provider:
                    return await self._go(provider)
            except Unavailable:
                continue
        raise AssertionError("it does not end")

    async def _go(self, provider: Publishes) -> PostStep:
        while True:
            if self.attempting:
                found = await provider.find(self.want, self.session)
                assert found.trace is not Trace.UNKNOWN, "nobody needs to be asked here"
                self.attempting, self.out = False, found.trace is Trace.THERE
                step = found.step
                if not self.out or step is None:
                    continue
            else:
                step = await provider.advance(self.want, self.session)
            if step.stage is Stage.READY:
                assert not self.out, "what is out is not sent again"
                self.session, self.attempting = step.session, True
                step = await provider.commit(self.want, self.session)
                self.attempting, self.out = False, True
            self.session = step.session
            if step.stage is Stage.DONE:
                return step


async def requests_of(kind: str, place: Path, want: PostWanted) -> int:
    """How many requests a post takes when all goes well."""
    platform = platform_of(kind)(place)
    await platform.open()
    try:
        await Station(kind, place, platform, want).publish()
        return len(platform.seen)
    finally:
        await platform.close()


@pytest.mark.parametrize("fault", ["cut", "late"])
@pytest.mark.parametrize("kind", KINDS)
async def test_one_post_whenever_a_connection_is_lost(
    kind: str, fault: str, tmp_path: Path
) -> None:
    want = want_of(kind, tmp_path, size=SIZE)
    assert want.video is not None
    number = await requests_of(kind, tmp_path, want)
    assert number >= 5
    for moment in range(1, number + 1):
        platform = platform_of(kind)(tmp_path)

        async def watch(
            what: str, met: int, one: FakePlatform = platform, at: int = moment
        ) -> None:
            if (what, met) == ("asked", at):
                one.trouble.append(Fault(fault))

        platform.watch = watch
        await platform.open()
        try:
            last = await Station(kind, tmp_path, platform, want).publish()
        finally:
            await platform.close()
        assert last.stage is Stage.DONE
        assert [one["digest"] for one in platform.posts] == [want.video.digest], moment


@pytest.mark.parametrize("kind", KINDS)
async def test_two_posts_at_once_are_each_their_own(kind: str, tmp_path: Path) -> None:
    """Two posts at once through one plugin do not disturb one another."""
    platform = platform_of(kind)(tmp_path)
    await platform.open()
    (tmp_path / "other").mkdir()
    first = want_of(kind, tmp_path, size=60_000)
    second = want_of(kind, tmp_path / "other", size=50_000, title="Another fog")
    try:
        async with provided(
            kind, tmp_path, platform.address, seconds=5.0,
            secrets=platform.secrets(), options=platform.options(),
        ) as provider:  # fmt: skip
            await asyncio.gather(whole(provider, first), whole(provider, second))
    finally:
        await platform.close()
    arrived = {one["digest"] for one in platform.posts}
    assert arrived == {one.video.digest for one in (first, second) if one.video is not None}
    assert len(platform.posts) == 2
