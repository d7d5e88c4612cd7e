"""How soon a year of the calendar opens, and how soon what is due goes out after a start."""

from __future__ import annotations

import secrets
import statistics
import time
from pathlib import Path

import pytest

from app.domain.post import (
    AccountId,
    Attached,
    BundleId,
    Manner,
    Post,
    PostId,
    PostState,
    Words,
)
from app.infra.paths import Paths
from app.services.publishing.store import PostStore
from app.services.publishing.tables import Kept
from tests.bench.report import write
from tests.fakes.posting import TOKEN, newsroom

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

POSTS = 5_000
YEAR = 365 * 86_400.0
ROUNDS = 20
TARGET_MS = 100.0
TARGET_S = 5.0


def _post(number: int, start: float) -> Kept:
    at = start + number * YEAR / POSTS
    past = number <= POSTS // 2 + 50
    post = Post(
        PostId(secrets.token_hex(16)), BundleId(f"{number // 5:032x}"),
        AccountId(f"youtube_{number % 7}"), "youtube",
        Words(f"A lighthouse, part {number}", "How it was built. " * 40, ("sea", f"n{number}")),
        Attached(b"/videos/film %d.mp4" % number, b"/videos/film.jpg"),
        Manner(choices={"category": str(number % 9)}), at=at,
        state=PostState.DONE if past else PostState.PLANNED, created=start,
        ended=at if past else 0.0, url=f"https://video.example/{number}",
    )  # fmt: skip
    return Kept(post, None if past else at)


async def test_a_year_of_posts_and_the_first_after_a_start(paths: Paths, tmp_path: Path) -> None:
    async with newsroom(paths, tmp_path) as (station, board):
        store = PostStore(station.database)
        start = time.time() - YEAR / 2
        await store.add([_post(number, start) for number in range(POSTS)])
        year, month = [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = await station.service.posts(start, start + YEAR)
            year.append(1000 * (time.perf_counter() - began))
            assert len(found) == POSTS
            began = time.perf_counter()
            await station.service.posts(start, start + YEAR / 12)
            month.append(1000 * (time.perf_counter() - began))
        account = await station.add("blackboard", key=TOKEN, finish=False)
        await station.service.pause(paused=True)
        missed = await station.plan(account, at=time.time() - 60)
        await station.service.pause(paused=True)
        await station.stop()
        board.seen.clear()
        await station.begin()
        await station.service.channels.set_paused(AccountId(""), paused=False)
        began = time.perf_counter()
        await station.service.start()
        while not board.seen:
            await station.until(missed.id, *PostState, where=lambda _one: True)
        first = time.perf_counter() - began
        await station.until(missed.id, PostState.DONE)
        out = time.perf_counter() - began
    figures: dict[str, object] = {
        "posts": POSTS,
        "a year ms": round(statistics.median(year), 1),
        "a month ms": round(statistics.median(month), 1),
        "first request after a start s": round(first, 2),
        "out after a start s": round(out, 2),
    }
    write("publishing", figures)
    assert statistics.median(year) <= TARGET_MS
    assert out <= TARGET_S
