"""What is followed is looked for by a job, and what is new of it is told once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.events import NoticeRaised
from app.domain.release import parse
from app.domain.search import (
    Fit,
    HitKind,
    Judged,
    Offer,
    Result,
    ResultId,
    Score,
    StartGuess,
    StartKind,
    Verdict,
)
from app.domain.wishes import WishKind
from app.services.search.following import KIND, marks_of, named
from tests.fakes.sources import FakeSource, torrent
from tests.unit.services.search.conftest import Desk

Make = Callable[..., Any]


async def test_new_episodes_are_told_once_and_old_ones_never(desk_of: Make) -> None:
    hits = [torrent("Severance.S02E03.1080p.WEB.h264-A")]
    desk: Desk = await desk_of(a=FakeSource(hits))
    told: list[NoticeRaised] = []
    desk.bus.on(NoticeRaised, told.append)
    await desk.jobs.start()

    async def round_of_looking(name: str) -> int:
        job = await desk.jobs.submit(KIND, key=name)
        return int(await desk.jobs.wait(job))

    try:
        await desk.service.kept.add(WishKind.FOLLOW, "severance")
        await desk.until(lambda: KIND in desk.jobs.schedules())
        assert await round_of_looking("first") == 0  # what is there counts as known
        hits.append(torrent("Severance.S02E04.1080p.WEB.h264-A"))
        hits.append(torrent("Severance.S01E02.720p.WEB.h264-B"))  # old, found again
        hits.append(torrent("Perseverance.S02E09.720p.WEB.h264-B"))  # something else
        assert await round_of_looking("second") == 1
        assert await round_of_looking("third") == 0
        assert [(one.key, one.args) for one in told] == [
            ("notices.followed_news", {"title": "severance", "what": "S2 E4"})
        ]
        (wish,) = (await desk.service.kept.everything()).followed
        assert wish.news == 1
        await desk.search("Severance")
        kept = await desk.service.kept.everything()
        assert kept.news == 0
        assert [one.typed for one in kept.recent] == ["Severance"]  # not what the job searched
        await desk.service.kept.remove(wish)
        await desk.until(lambda: KIND not in desk.jobs.schedules())
    finally:
        await desk.jobs.stop()


def row(name: str, fit: Fit = Fit.EXACT, source: str = "a") -> Result:
    offer = Offer(source, "A", HitKind.TORRENT, name)
    judged = Judged(offer, parse(name), Verdict(fit, "x"), Score(80), StartGuess(StartKind.AT_ONCE))
    return Result(ResultId(1), (judged,))


@pytest.mark.parametrize(
    ("found", "mark", "words"),
    [
        ("Show.S02E04.1080p.WEB.x264-A", "e0002000004", "S2 E4"),
        ("Show.S02.1080p.WEB.x264-A", "p0002", "S2"),
        ("Show.2026.03.01.720p.WEB.x264-A", "d2026-03-01", "2026-03-01"),
        ("Film.2021.1080p.BluRay.x264-A", "h01080", "1080p"),
        ("Film 2021", "h00000", ""),
    ],
)
def test_marks_sort_by_what_is_later_or_better(found: str, mark: str, words: str) -> None:
    assert marks_of([row(found)]) == {mark}
    assert named(mark) == words


def test_doubtful_rows_and_the_own_library_are_no_news() -> None:
    name = "Film.2021.1080p.BluRay.x264-A"
    assert marks_of([row(name, Fit.UNSURE), row(name, Fit.WRONG), row(name, source="library")]) == (
        set()
    )
