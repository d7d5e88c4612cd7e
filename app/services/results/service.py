"""How posts do: looked at by a schedule and when asked, summed up for the window and commands."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

from app.domain.events import FiguresChanged, PublishingChanged
from app.domain.post import AccountId, Post, PostId
from app.domain.results import WEEK, DayTotal, Overview, PostResult, Snapshot, VideoResult
from app.runtime.bus import EventBus, Subscription
from app.runtime.jobs import JobContext, JobEngine, JobKind
from app.runtime.jobs.clock import zone
from app.services.results import comparing, export
from app.services.results.abtests import ABTests
from app.services.results.fetching import DAY, Fetcher
from app.services.results.repurposing import Repurposing
from app.services.results.store import ResultsStore

KIND: Final = "results.fetch"
CRON: Final = "17 0,6,12,18 * * *"
LONGEST_DAYS: Final = 400
"""So many days are summed up at once."""


@dataclass(frozen=True, slots=True)
class Desks:
    """The parts the service stands on."""

    store: ResultsStore
    fetcher: Fetcher
    tests: ABTests
    repurposing: Repurposing


class ResultsService:
    """Lives on the service loop; made before the job engine starts.

    `tests` are the A/B tests, `repurposing` the rules and what they found.
    """

    def __init__(
        self,
        desks: Desks,
        jobs: JobEngine,
        bus: EventBus,
        clock: Callable[[], float] = time.time,
        tz: tzinfo | None = None,
    ) -> None:
        self._store, self._fetcher = desks.store, desks.fetcher
        self.tests, self.repurposing = desks.tests, desks.repurposing
        self._jobs, self._bus, self._clock = jobs, bus, clock
        self._tz = tz or zone("")
        self._turn = asyncio.Lock()
        self._subscriptions: list[Subscription] = []
        jobs.register(JobKind(KIND, self._job, timeout=3_600.0))

    async def start(self) -> None:
        """Begin; after the job engine has started. Tests and rules go on where they were."""
        await self._jobs.schedule("results", CRON, KIND)
        await self.tests.open()
        await self.repurposing.open()
        self._subscriptions.append(
            self._bus.on(PublishingChanged, lambda _event: self.tests.nudge())
        )

    async def stop(self) -> None:
        """End; what is under way goes on at the next start."""
        while self._subscriptions:
            self._subscriptions.pop().close()
        await self.tests.close()
        await self.repurposing.close()

    async def fetch(self, posts: Sequence[PostId] = ()) -> int:
        """Look at these posts now, or at all that are out; returns how many figures are new.

        Never raises for an account that cannot be asked: `Overview.troubles` tells.
        """
        return await self._fetch(posts, whole=not posts)

    async def overview(self, start: float, end: float, account: AccountId | str = "") -> Overview:
        """The videos posted between two moments, what each day of them brought, and troubles.

        Days count all posts, of any age. Of one account, or of all.
        """
        first, last = self._day(start), self._day(end)
        posts = await self._fetcher.out(account)
        looked, troubles = await self._store.looks()
        return Overview(
            await self._videos(posts, start, end), await self._days(posts, first, last), looked,
            self._turn.locked(), tuple(one for one in troubles if account in ("", one.account)),
        )  # fmt: skip

    async def videos(
        self, start: float = 0.0, end: float = math.inf, account: AccountId | str = ""
    ) -> tuple[VideoResult, ...]:
        """The videos that were posted between two moments, the latest first."""
        return await self._videos(await self._fetcher.out(account), start, end)

    async def days(
        self, first: date, last: date, account: AccountId | str = ""
    ) -> tuple[DayTotal, ...]:
        """What each day from one to another brought; 400 days at most."""
        return await self._days(await self._fetcher.out(account), first, last)

    async def curve(self, post: PostId) -> tuple[Snapshot, ...]:
        """All looks at a post, in order."""
        return tuple((await self._store.snapshots([post])).get(post, ()))

    async def export(self, out: Path, account: AccountId | str = "") -> Path:
        """Write all looks at all posts into a new CSV file.

        `InvalidInput` (``errors.file_there``): a file is never replaced.
        """
        posts = await self._fetcher.out(account)
        results = await self._results(posts)
        seen = await self._store.snapshots([post.id for post in posts])
        text = await asyncio.to_thread(export.table, results, seen)
        return await asyncio.to_thread(export.write, text, out)

    async def history(self, account: AccountId | str = "") -> tuple[tuple[float, int], ...]:
        """When posts went out and how many views their first seven days brought, oldest first.

        Only those of which that is known: what the best time to post is told from.
        """
        results = await self._results(await self._fetcher.out(account))
        weeks = [(one.posted, one.first_week) for one in results]
        return tuple(sorted((posted, round(week)) for posted, week in weeks if week is not None))

    async def forget(self, account: AccountId) -> int:
        """Forget the figures of an account; returns how many looks there were."""
        gone = await self._store.forget(account)
        self._bus.publish(FiguresChanged())
        return gone

    async def _videos(
        self, posts: Sequence[Post], start: float, end: float
    ) -> tuple[VideoResult, ...]:
        results = await self._results(posts)
        wanted = [one for one in results if start <= one.posted < end]
        return await asyncio.to_thread(comparing.videos, wanted)

    async def _days(self, posts: Sequence[Post], first: date, last: date) -> tuple[DayTotal, ...]:
        last = max(first, min(last, first + timedelta(days=LONGEST_DAYS)))
        before = first - timedelta(days=1)
        seen = await self._store.snapshots(
            [post.id for post in posts], before.isoformat(), last.isoformat()
        )
        return await asyncio.to_thread(comparing.days, posts, seen, first, last, self._tz)

    async def _results(self, posts: Sequence[Post]) -> tuple[PostResult, ...]:
        """How each of them does: all of an account, or what is usual there is not known."""
        around = await asyncio.to_thread(
            lambda: [(post.id, *self._week_end(post)) for post in posts]
        )
        seen = await self._store.digest(around)
        return await asyncio.to_thread(_summed, posts, seen, self._clock())

    async def _job(self, job: JobContext) -> int:
        async def once() -> int:
            return await self._fetch((), whole=False)

        return await job.step("fetch", once, retries=2, interval=60.0, timeout=1_800.0)

    async def _fetch(self, posts: Sequence[PostId], *, whole: bool) -> int:
        async with self._turn:
            looks = await self._fetcher.fetch(posts, whole=whole)
        await self.repurposing.judge(looks)
        self._bus.publish(FiguresChanged())
        return len(looks)

    def _week_end(self, post: Post) -> tuple[str, str]:
        """The days around the end of a post's first seven."""
        end = post.ended + WEEK
        return self._day(end - 2 * DAY).isoformat(), self._day(end + 2 * DAY).isoformat()

    def _day(self, moment: float) -> date:
        return datetime.fromtimestamp(min(moment, 4e9), self._tz).date()


def _summed(
    posts: Sequence[Post], seen: dict[PostId, list[Snapshot]], now: float
) -> tuple[PostResult, ...]:
    return comparing.with_lifts(
        [comparing.result_of(post, seen.get(post.id, ()), now) for post in posts]
    )
