"""Sums over snapshots: the first seven days, days with gaps, videos over platforms."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.post import AccountId, BundleId, Post, PostId, PostState, Words
from app.domain.results import WEEK, Counts, PostResult, Snapshot
from app.services.results import comparing

DAY = 86_400.0
START = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
POST = PostId("a" * 32)


def snapshot(day: float, views: int | None, post: PostId = POST, **more: int | None) -> Snapshot:
    at = START + day * DAY
    return Snapshot(post, comparing.day_of(at, UTC), at, Counts(views, **more))


def posted(number: int, days: float, account: str = "one", platform: str = "youtube") -> Post:
    return Post(
        PostId(f"{number:032x}"), BundleId(f"b{number}"), AccountId(account), platform,
        Words(f"Video {number}"), state=PostState.DONE, ended=START + days * DAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([(6.5, 600), (7.5, 800)], 700.0),  # within a day: between the two
        ([(7.0, 650)], 650.0),  # nobody looked before, but just then
        ([(5.0, 500), (8.0, 800)], None),  # three days apart say nothing of the seventh
        ([(6.5, 600)], None),  # nobody has looked since
        ([(6.5, 600), (7.0, None), (7.5, 800)], 700.0),  # one that was not told is no zero
        ([(6.5, 600), (7.5, 500)], 600.0),  # views that were taken back
        ([], None),
    ],
)
def test_the_first_seven_days(seen: list[tuple[float, int | None]], expected: float | None) -> None:
    snapshots = [snapshot(day, views) for day, views in seen]
    assert comparing.views_at(snapshots, START, START + WEEK) == pytest.approx(expected)


def test_a_young_post_has_no_first_week_yet() -> None:
    post = posted(1, 0)
    result = comparing.result_of(post, [snapshot(2, 40, post.id)], START + 3 * DAY)
    assert (result.first_week, result.young, result.counts.views) == (None, True, 40)


def test_a_figure_that_is_not_told_today_was_told_before() -> None:
    seen = [snapshot(1, 10, likes=3), snapshot(2, None, likes=4)]
    assert comparing.result_of(posted(1, 0), seen, START + 9 * DAY).counts == Counts(10, 4)


def result(number: int, week: float | None, account: str = "one") -> PostResult:
    return PostResult(
        PostId(f"{number}"), BundleId("b"), AccountId(account), "", "", "", "", 0.0,
        first_week=week,
    )  # fmt: skip


def test_a_post_is_set_beside_the_usual_of_its_own_account() -> None:
    results = [result(1, 100), result(2, 200), result(3, 400), result(4, None), result(5, 9, "two")]
    lifts = [one.lift for one in comparing.with_lifts(results)]
    assert lifts == [0.5, 1.0, 2.0, None, None]


def test_a_day_counts_what_came_and_a_gap_is_no_nothing() -> None:
    one, two = posted(1, 0), posted(2, 0, platform="tiktok")
    seen = {
        one.id: [snapshot(0.2, 10, one.id), snapshot(1, 30, one.id), snapshot(3, 90, one.id)],
        two.id: [snapshot(0.2, 5, two.id), snapshot(1, 4, two.id), snapshot(2, 9, two.id)],
    }
    days = comparing.days([one, two], seen, date(2026, 3, 1), date(2026, 3, 5), UTC)
    assert [day.views for day in days] == [None, 15, 20, 5, None]
    assert [day.posts for day in days] == [0, 2, 2, 1, 0]
    assert [day.gaps for day in days] == [0, 0, 0, 1, 2]
    assert days[2].platforms == {"youtube": 20, "tiktok": 0}
    assert all(day.likes is None for day in days[2:])


def test_a_video_over_its_platforms() -> None:
    posts = [
        PostResult(PostId("1"), BundleId("b"), AccountId("y"), "", "youtube", "Long", "", 50.0,
                   Counts(100, 5), first_week=80.0),
        PostResult(PostId("2"), BundleId("b"), AccountId("t"), "", "tiktok", "Short", "", 40.0,
                   Counts(900, None), first_week=700.0),
        PostResult(PostId("3"), BundleId("b"), AccountId("m"), "", "email", "", "", 60.0),
        PostResult(PostId("4"), BundleId("c"), AccountId("m"), "", "email", "Other", "", 70.0),
    ]  # fmt: skip
    other, video = comparing.videos(posts)
    assert (video.title, video.posted, video.silent) == ("Short", 40.0, 1)
    assert video.counts == Counts(1000, 5)
    assert video.first_week == 780.0
    assert other.counts == Counts()
    assert other.first_week is None
