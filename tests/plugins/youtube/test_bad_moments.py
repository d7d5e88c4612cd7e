"""One post whatever happens: the line is cut at each request, before it is done and after."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import Unavailable
from app.api.publishing import PostWanted, Stage, Trace
from tests.fakes.platforms import Fault, captions_file, picture_file, publishing, wanted
from tests.plugins.youtube.platform import UNIT

SIZE = 400_000  # two pieces


@contextlib.asynccontextmanager
async def small(place: Path) -> AsyncIterator[tuple[Any, Any]]:
    """A plugin which sends the smallest pieces there may be."""
    async with publishing("youtube", place) as (provider, there):
        provider._places.limits["piece"] = UNIT
        yield provider, there


async def station(provider: Any, want: PostWanted, *, forgets: bool) -> None:
    """What the station does: what it knows is written down, and a commit is asked after.

    `forgets`: after each failure the plugin is as it is when it has just been started.
    """
    session, committing, out = "", False, False
    for _ in range(40):
        try:
            if committing:
                found = await provider.find(want, session)
                assert found.trace is not Trace.UNKNOWN
                committing = False
                if found.trace is Trace.THERE:
                    session, out = found.step.session, True
                continue
            step = await provider.advance(want, session)
            session = step.session
            if step.stage is Stage.DONE:
                return
            if step.stage is Stage.READY:
                assert not out
                committing = True
                session = (await provider.commit(want, session)).session
                committing, out = False, True
        except Unavailable:
            if forgets:
                provider._sure.clear()
    raise AssertionError("it does not end")


async def undisturbed(place: Path) -> int:
    async with small(place) as (provider, there):
        await station(provider, everything(place), forgets=False)
        return len(there.seen)


def everything(place: Path) -> PostWanted:
    return wanted(place, size=SIZE, thumbnail=picture_file(place), captions=captions_file(place))


@pytest.mark.parametrize("kind", ["cut", "late"])
@pytest.mark.parametrize("forgets", [False, True], ids=["", "started anew"])
async def test_there_is_one_post(tmp_path: Path, kind: str, *, forgets: bool) -> None:
    requests = await undisturbed(tmp_path)
    assert requests == 6
    for number in range(1, requests + 1):
        async with small(tmp_path) as (provider, there):

            async def watch(moment: str, at: int, there: Any = there, number: int = number) -> None:
                if moment == "asked" and at in (number, number + 1):  # two in a row
                    there.trouble.append(Fault(kind))

            there.watch = watch
            await station(provider, everything(tmp_path), forgets=forgets)
            assert len(there.seen) > requests
            assert [len(one["content"]) for one in there.posts] == [SIZE], number
            assert there.posts[0]["content"] == (tmp_path / "film.mp4").read_bytes()
            assert list(there.thumbnails) == [there.posts[0]["id"]]
            assert [len(one) for one in there.captions.values()] == [1]
