"""Counts what is asked of YouTube, so that nothing is begun that today's quota would not end.

Google gives each project (each developer app) its quota by the day, from midnight to midnight in
California: units for most questions, and uploads apart. Whoever shares an app shares its count,
so it lies where all accounts of the plugin keep theirs.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import re
import threading
import time
import zoneinfo
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.api import Cache, PutOff, Refused

FILE = Path(__file__).with_name("costs.json")
MIDNIGHT = "America/Los_Angeles"
"""Where it is midnight when a project's quota begins anew."""
UNITS, UPLOADS = "units", "uploads"
_AHEAD = {UNITS: "errors.youtube_quota_ahead", UPLOADS: "errors.youtube_uploads_ahead"}
KEPT = 3 * 86_400.0
RENEWED = 600.0
"""Seconds after which it is written again that something is still set aside."""
_TURN = threading.Lock()  # accounts run in threads of their own: one at a time counts
_TURN_SECONDS = 0.005
_PROJECT = re.compile(r"(\d{5,20})-")


@dataclass(frozen=True, slots=True)
class Costs:
    """What YouTube's methods cost, by what it is counted in; `limits` are the usual ones a day.

    `looks`: so often a post is looked after, as a rule; `posts_kept`: for so many whole posts
    figures leave something over; `hold_seconds`: what is set aside and not asked for is free then.
    """

    source: str
    limits: Mapping[str, int]
    costs: Mapping[str, Mapping[str, int]]
    looks: int
    posts_kept: int
    hold_seconds: float

    def needed(self, *methods: str, looks: bool = True) -> dict[str, int]:
        """Return what so many questions cost in all, with the looks that follow them."""
        asked = [*methods, *(["videos.list"] * self.looks if looks else [])]
        found: dict[str, int] = {}
        for method in asked:
            for kind, count in self.costs[method].items():
                found[kind] = found.get(kind, 0) + count
        return found


@dataclass(frozen=True, slots=True)
class Spend:
    """What a question is asked for: a post, and then from what is set aside for it.

    `spares`: it leaves what posts may need; `must`: it is asked whatever is left.
    """

    post: str = ""
    spares: bool = False
    must: bool = False


@dataclass(slots=True)
class Day:
    """A day in California: what was used of it, and what is set aside for which post."""

    name: str
    used: dict[str, int] = field(default_factory=dict)
    held: dict[str, dict[str, float]] = field(default_factory=dict)

    def promised(self, kind: str, but: str) -> int:
        """What is set aside for others than one post."""
        return sum(int(one.get(kind, 0)) for post, one in self.held.items() if post != but)

    def take(self, kind: str, count: int, post: str) -> None:
        """Use some, of what is set aside for a post when it is one's."""
        self.used[kind] = self.used.get(kind, 0) + count
        if post in self.held:
            self.held[post][kind] = max(0, self.held[post].get(kind, 0) - count)

    def text(self) -> bytes:
        """Return it as it is kept."""
        return json.dumps({"day": self.name, "used": self.used, "held": self.held}).encode()


class Quota:
    """The count of one developer app. `limits` are the owner's; `clock` is seconds since 1970."""

    def __init__(
        self,
        notes: Cache,
        client: str,
        limits: Mapping[str, int],
        costs: Costs,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.costs, self.clock = costs, clock
        self._notes, self._limits = notes, limits
        self._key = f"quota {project_of(client)}"

    async def set_aside(self, post: str, needed: Mapping[str, int]) -> None:
        """Set aside what a post still needs; `PutOff` when today has too little for it.

        `Refused` (``errors.youtube_quota_small``) when no day has enough.
        """
        for kind, count in needed.items():
            if count > self._limits[kind]:
                most = self._limits[kind]
                raise Refused("errors.youtube_quota_small", needed=count, most=most)
        async with self._day() as day:
            for kind, count in needed.items():
                self._check(day, kind, count, post)
            now, held = self.clock(), day.held.get(post, {})
            same = all(held.get(kind, 0) == needed.get(kind, 0) for kind in (UNITS, UPLOADS))
            if not same or now - held.get("at", 0.0) > RENEWED:
                day.held[post] = {**needed, "at": now}

    async def release(self, post: str) -> None:
        """Let go of what was set aside for a post."""
        async with self._day() as day:
            day.held.pop(post, None)

    async def spend(self, method: str, way: Spend) -> None:
        """Count a question before it is asked; `PutOff` when it must not be asked today."""
        async with self._day() as day:
            for kind, count in self.costs.costs[method].items():
                if not way.must:
                    self._check(day, kind, count, way.post, self._kept(kind) if way.spares else 0)
                day.take(kind, count, way.post)

    async def afford(self, needed: Mapping[str, int]) -> None:
        """Raise `PutOff` when today has not that much."""
        async with self._day() as day:
            for kind, count in needed.items():
                self._check(day, kind, count, "")

    async def full(self, method: str) -> None:
        """YouTube says that nothing is left: then nothing is, whatever was counted."""
        async with self._day() as day:
            for kind in self.costs.costs[method]:
                day.used[kind] = max(day.used.get(kind, 0), self._limits[kind])

    async def left(self) -> dict[str, int]:
        """Return what is left of today."""
        async with self._day() as day:
            return {
                kind: max(0, most - day.used.get(kind, 0)) for kind, most in self._limits.items()
            }

    def _check(self, day: Day, kind: str, count: int, post: str, kept: int = 0) -> None:
        left = self._limits[kind] - day.used.get(kind, 0) - day.promised(kind, post)
        if count > left - kept:
            key = (
                "errors.youtube_uploads_ahead" if kind == UPLOADS else "errors.youtube_quota_ahead"
            )
            pause = until_midnight(self.clock())
            raise PutOff(key, retry_after=pause, needed=count, left=max(0, left - kept))

    def _kept(self, kind: str) -> int:
        """What figures leave for posts, half a day's at most."""
        whole = self.costs.needed("videos.insert", "thumbnails.set", "captions.insert")
        return min(whole[kind] * self.costs.posts_kept, self._limits[kind] // 2)

    @contextlib.asynccontextmanager
    async def _day(self) -> AsyncIterator[Day]:
        """Today, for one at a time; what is changed in it is kept."""
        while not _TURN.acquire(blocking=False):  # noqa: ASYNC110 - they wait on several loops
            await asyncio.sleep(_TURN_SECONDS)
        try:
            now = self.clock()
            kept = await self._notes.get(self._key)
            day = read_day(kept or b"", day_of(now), now - self.costs.hold_seconds)
            yield day
            if day.text() != kept:
                await self._notes.put(self._key, day.text(), KEPT)
        finally:
            _TURN.release()


def read_costs() -> Costs:
    """Return the table of what YouTube's methods cost."""
    told = json.loads(FILE.read_text())
    told.pop("as_of")
    return Costs(**told)


def project_of(client: str) -> str:
    """Return the project of a developer app: Google writes its number before the first dash."""
    found = _PROJECT.match(client.strip())
    return found[1] if found else client.strip()


def read_day(kept: bytes, today: str, since: float) -> Day:
    """Return today as it was kept, without what was set aside before `since`; else a new day."""
    try:
        told = json.loads(kept or b"null")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("day") != today:
        return Day(today)
    held = {post: _counts(one) for post, one in _named(told.get("held")).items()}
    used = {kind: int(count) for kind, count in _counts(told.get("used")).items()}
    return Day(today, used, {post: one for post, one in held.items() if one.get("at", 0) >= since})


def day_of(now: float) -> str:
    """Return the day it is in California."""
    return datetime.datetime.fromtimestamp(now, _zone()).date().isoformat()


def until_midnight(now: float) -> float:
    """Return the seconds until the quota begins anew: a day of 23 or 25 hours is as long."""
    zone = _zone()
    there = datetime.datetime.fromtimestamp(now, zone)
    day = there.date() + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(day, datetime.time(), zone)
    return max(60.0, midnight.timestamp() - now)


def _zone() -> datetime.tzinfo:
    try:
        return zoneinfo.ZoneInfo(MIDNIGHT)
    except zoneinfo.ZoneInfoNotFoundError:  # a system without time zones: winter time is near
        return datetime.timezone(datetime.timedelta(hours=-8))


def _named(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _counts(value: object) -> dict[str, float]:
    return {
        name: count
        for name, count in _named(value).items()
        if isinstance(count, int | float) and not isinstance(count, bool) and 0 <= count < 2**53
    }
