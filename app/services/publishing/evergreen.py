"""Plans what goes out again: the next round of a post that is out."""

from __future__ import annotations

import calendar
import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.post import BundleId, PostId, PostState, Repeat
from app.services.publishing.tables import Kept

_MONTHS: Final = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3}
_MOST_ROUNDS: Final = 10_000


def following(kept: Kept, now: float, state: PostState) -> tuple[Kept, ...]:
    """The next round of a post that is out, in this state; none of one that does not repeat.

    Posts of one bundle stay together. Rounds that were missed are left out.
    """
    one = kept.post
    if one.repeat is Repeat.NEVER:
        return ()
    at = next_time(one.at or one.created, one.repeat, now)
    copy = replace(
        one, id=PostId(secrets.token_hex(16)), bundle=_next_bundle(one.bundle), at=at, state=state,
        reason="", reason_args={}, fraction=None, remote="", url="", tries=0, created=now,
        ended=0.0, source="evergreen",
    )  # fmt: skip
    due = at if state is PostState.PLANNED else None
    return (Kept(copy, due, prints=kept.prints),)


def next_time(at: float, repeat: Repeat, now: float) -> float:
    """The first time after now that is whole periods after `at`, at the same time of day."""
    first = datetime.fromtimestamp(at).astimezone()
    for number in range(1, _MOST_ROUNDS):
        moment = _later(first, repeat, number).timestamp()
        if moment > now:
            return moment
    return now + timedelta(days=7).total_seconds()


def _later(first: datetime, repeat: Repeat, number: int) -> datetime:
    """Some periods later by the clock on the wall, whatever summer time does to it."""
    naive = first.replace(tzinfo=None)
    if repeat is Repeat.WEEKLY:
        return (naive + timedelta(weeks=number)).astimezone()
    month = naive.month - 1 + number * _MONTHS[repeat]
    year, month = naive.year + month // 12, month % 12 + 1
    day = min(naive.day, calendar.monthrange(year, month)[1])
    return naive.replace(year=year, month=month, day=day).astimezone()


def _next_bundle(bundle: BundleId) -> BundleId:
    return BundleId(hashlib.sha256(bundle.encode()).hexdigest()[:32])
