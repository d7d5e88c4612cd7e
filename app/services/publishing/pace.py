"""How soon a post may go out: so many an hour in all, a day on a platform, a day for a channel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.domain.post import Channel, Post
from app.services.publishing.store import Slot

FILE: Final = Path(__file__).with_name("limits.json")
HOUR: Final = 3600.0
DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed: in all an hour; by platform, each account in 24 hours (0: as many)."""

    per_hour: int = 10
    per_day: Mapping[str, int] = field(default_factory=dict)


@cache
def platform_limits() -> Mapping[str, int]:
    """How many posts a day each platform takes of an account."""
    return MappingProxyType(json.loads(FILE.read_text("utf-8"))["per_day"])


def free_at(
    post: Post, slots: Sequence[Slot], channel: Channel | None, limits: Limits, now: float
) -> float:
    """When the post may begin to be sent; `now` when nothing holds it up.

    `slots` are those of the last day, oldest first. A channel's day is the owner's, from midnight
    to midnight; a platform counts the last 24 hours.
    """
    moment = _window([one.at for one in slots], limits.per_hour, HOUR, now)
    own = [one.at for one in slots if one.account == post.account]
    moment = max(moment, _window(own, limits.per_day.get(post.platform, 0), DAY, now))
    if channel is not None and channel.per_day:
        today, tomorrow = day_of(now)
        begun = sum(1 for one in slots if one.channel == channel.id and one.at >= today)
        if begun >= channel.per_day:
            moment = max(moment, tomorrow)
    return moment


def day_of(now: float) -> tuple[float, float]:
    """The midnights before and after a time, where the owner is."""
    here = datetime.fromtimestamp(now).astimezone().replace(tzinfo=None)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()


def _window(times: Sequence[float], most: int, length: float, now: float) -> float:
    """When fewer than `most` of the times lie in the `length` before."""
    recent = [one for one in times if one > now - length]
    if most <= 0 or len(recent) < most:
        return now
    return recent[-most] + length
