"""Sums over what was seen of posts: their first seven days, what a day brought, whole videos. Pure.

Nothing is made up: between two looks that lie further apart than a day nothing is interpolated,
and a day after a gap is a gap too.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from app.domain.post import BundleId, Post, PostId
from app.domain.results import WEEK, Counts, DayTotal, PostResult, Snapshot, VideoResult

WITHIN: Final = 26 * 3600.0
"""Two looks at most so far apart, a day and some room for a late one, speak for between."""
LEAST_USUAL: Final = 3
"""Fewer posts than this say nothing of what is usual."""
_NAMES: Final = tuple(Counts.__dataclass_fields__)
_SUMMED: Final = ("views", "likes", "comments", "shares")


def day_of(at: float, tz: tzinfo) -> str:
    """The day of the owner's calendar in which a moment lies."""
    return datetime.fromtimestamp(at, tz).date().isoformat()


def views_at(snapshots: Sequence[Snapshot], posted: float, moment: float) -> float | None:
    """How many views a post had at a moment; None when nobody looked around then.

    `snapshots` are in order. A post begins with none.
    """
    seen = [(posted, 0)]
    seen += [
        (one.at, one.counts.views)
        for one in snapshots
        if one.counts.views is not None and one.at > posted
    ]
    place = bisect_left(seen, (moment, -1))
    if place == len(seen):
        return None
    after_at, after = seen[place]
    if after_at == moment or place == 0:
        return float(after)
    before_at, before = seen[place - 1]
    if after_at - before_at > WITHIN:
        return None
    share = (moment - before_at) / (after_at - before_at)
    return before + max(after - before, 0) * share


def result_of(post: Post, snapshots: Sequence[Snapshot], now: float) -> PostResult:
    """How a post does, without `lift`."""
    last = snapshots[-1] if snapshots else None
    posted = post.ended
    return PostResult(
        post.id, post.bundle, post.account, post.account_name, post.platform, post.words.title,
        post.url, posted, _latest(snapshots), 0.0 if last is None else last.at,
        views_at(snapshots, posted, posted + WEEK), now < posted + WEEK,
    )  # fmt: skip


def with_lifts(results: Sequence[PostResult]) -> tuple[PostResult, ...]:
    """Each post beside the usual one of its account, by the first seven days."""
    weeks: dict[str, list[float]] = {}
    for one in results:
        if one.first_week is not None:
            weeks.setdefault(one.account, []).append(one.first_week)
    usual = {
        account: max(statistics.median(told), 1.0)
        for account, told in weeks.items()
        if len(told) >= LEAST_USUAL
    }
    return tuple(
        replace(one, lift=round(one.first_week / usual[one.account], 3))
        if one.first_week is not None and one.account in usual
        else one
        for one in results
    )


def videos(results: Iterable[PostResult]) -> tuple[VideoResult, ...]:
    """The posts by video, the latest first."""
    bundles: dict[BundleId, list[PostResult]] = {}
    for one in results:
        bundles.setdefault(one.bundle, []).append(one)
    made = [_video(bundle, posts) for bundle, posts in bundles.items()]
    return tuple(sorted(made, key=lambda video: (-video.posted, video.bundle)))


def days(
    posts: Sequence[Post],
    snapshots: Mapping[PostId, Sequence[Snapshot]],
    first: date,
    last: date,
    tz: tzinfo,
) -> tuple[DayTotal, ...]:
    """What each day from one to another brought, both included.

    `snapshots` must reach back to the day before `first`.
    """
    known = {post: {one.day: one.counts for one in seen} for post, seen in snapshots.items()}
    begun = {post.id: day_of(post.ended, tz) for post in posts}
    made = []
    day = first
    while day <= last:
        made.append(_day(posts, known, begun, day))
        day += timedelta(days=1)
    return tuple(made)


def _day(
    posts: Sequence[Post],
    known: Mapping[PostId, Mapping[str, Counts]],
    begun: Mapping[PostId, str],
    day: date,
) -> DayTotal:
    today, before = day.isoformat(), (day - timedelta(days=1)).isoformat()
    sums: dict[str, int] = {}
    platforms: dict[str, int] = {}
    counted = gaps = 0
    for post in posts:
        if begun[post.id] > today:
            continue
        seen = known.get(post.id, {})
        old = Counts(0, 0, 0, 0) if begun[post.id] == today else seen.get(before)
        gained = _gained(old, seen.get(today))
        for name, more in gained.items():
            sums[name] = sums.get(name, 0) + more
        if "views" in gained:
            platforms[post.platform] = platforms.get(post.platform, 0) + gained["views"]
            counted += 1
        else:
            gaps += 1
    told = [sums.get(name) for name in _SUMMED]
    return DayTotal(today, told[0], told[1], told[2], told[3], platforms, counted, gaps)


def _gained(old: Counts | None, new: Counts | None) -> dict[str, int]:
    """What came between two looks, of what both know. Platforms take views back: that is none."""
    if old is None or new is None:
        return {}
    both = {name: (getattr(old, name), getattr(new, name)) for name in _SUMMED}
    return {
        name: max(after - before, 0)
        for name, (before, after) in both.items()
        if before is not None and after is not None
    }


def _latest(snapshots: Sequence[Snapshot]) -> Counts:
    """The newest look at each figure: what is not told today was perhaps told yesterday."""
    told: dict[str, Any] = {}
    for name in _NAMES:
        for one in reversed(snapshots):
            value = getattr(one.counts, name)
            if value is not None:
                told[name] = value
                break
    return Counts(**told)


def _video(bundle: BundleId, posts: list[PostResult]) -> VideoResult:
    ordered = sorted(posts, key=lambda one: (-(one.counts.views or 0), one.posted, one.post))
    silent = sum(one.counts.views is None for one in ordered)
    telling = [one for one in ordered if one.counts.views is not None]
    weeks = [one.first_week for one in telling]
    whole = bool(weeks) and all(week is not None for week in weeks)
    return VideoResult(
        bundle,
        next((one.title for one in ordered if one.title), ""),
        min(one.posted for one in ordered),
        tuple(ordered),
        _sum(one.counts for one in ordered),
        silent,
        sum(week for week in weeks if week is not None) if whole else None,
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    all_of = list(counts)
    told: dict[str, Any] = {}
    for name in _NAMES:
        known = [value for one in all_of if (value := getattr(one, name)) is not None]
        if known:
            told[name] = sum(known)
    return Counts(**told)
