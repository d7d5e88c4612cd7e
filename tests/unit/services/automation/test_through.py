"""From a file in a folder to a post on a platform, through the real Publishing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.domain.post import AccountId, PostState
from app.domain.results import WatchedState
from app.infra.paths import Paths
from app.services.automation import reading
from app.services.automation.curator import Curator, Wishes
from app.services.automation.store import WatchStore
from tests.fakes.posting import TOKEN, Newsroom, newsroom
from tests.unit.services.automation.house import Narrator, Snapper


def curator(room: Newsroom, store: WatchStore, account: AccountId, *, go: bool) -> Curator:
    return Curator(
        store, Narrator(), room.service, Snapper(), room.bus, room.paths.data / "curator",
        lambda: Wishes((account,), go),
    )  # fmt: skip


@pytest.mark.parametrize("go", [True, False])
async def test_a_film_goes_out_once(paths: Paths, tmp_path: Path, clip: bytes, go: bool) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    place = inbox / "A walk by the sea.mp4"
    place.write_bytes(clip)
    found = reading.look(bytes(place))
    assert found is not None
    digest = await asyncio.to_thread(reading.digest_of, bytes(inbox), bytes(place), found)
    async with newsroom(paths, tmp_path / "board") as (room, board):
        account = await room.add("blackboard", key=TOKEN)
        store = WatchStore(room.database)
        assert await store.take(bytes(place), found, digest)
        assert await curator(room, store, account, go=go).step()
        (post,) = (await store.get(digest)).view.posts
        if not go:
            assert (await room.service.post(post)).state is PostState.DRAFT
            await room.service.send([post])  # the owner's press
        await room.until(post, PostState.DONE)
        # As if it had been killed before it knew of its posts: they are the same.
        await store.change(digest, posts=(), state=WatchedState.DESCRIBING)
        assert await curator(room, store, account, go=True).step()
        assert (await store.get(digest)).view.posts == (post,)
        await room.until(post, PostState.DONE)
        assert [one["content"] for one in board.posts] == [clip]
        assert board.posts[0]["title"] == "A walk by the sea"
