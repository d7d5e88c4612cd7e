"""Looks four times a day whether there is something new of what the owner follows."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from app.domain.errors import AppError
from app.domain.events import NoticeLevel, NoticeRaised, WishesChanged
from app.domain.score import height_of
from app.domain.search import Fit, Result, SearchView
from app.domain.wishes import Wish, WishKind
from app.runtime.bus import EventBus
from app.runtime.jobs import JobContext, JobEngine, JobKind
from app.services.search.offers import LIBRARY
from app.services.search.wishes import WishStore

log = logging.getLogger(__name__)

KIND: Final = "search.follow"
WHEN: Final = "23 */6 * * *"
MOST_TOLD: Final = 3


class Follower:
    """Keeps the timetable true to what is followed, and tells what is new."""

    def __init__(
        self,
        store: WishStore,
        look: Callable[[str], Awaitable[SearchView]],
        jobs: JobEngine,
        bus: EventBus,
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._look = look
        self._jobs = jobs
        self._bus = bus
        self._clock = clock
        self._scheduled = False
        jobs.register(JobKind(KIND, self._job, max_recoveries=20))

    async def start(self) -> None:
        """Read whether the timetable has it already."""
        self._scheduled = bool(await self._store.wishes(WishKind.FOLLOW))

    async def keep_timetable(self) -> None:
        """Call when what is followed changed: nobody is woken for an empty list."""
        wanted = bool(await self._store.wishes(WishKind.FOLLOW))
        if wanted == self._scheduled:
            return
        self._scheduled = wanted
        if wanted:
            await self._jobs.schedule(KIND, WHEN, KIND)
        else:
            await self._jobs.unschedule(KIND)

    async def look_for(self, wish: Wish) -> int:
        """Search for one title and tell what is new of it; returns how much.

        The first time everything there counts as known.
        """
        try:
            view = await self._look(wish.typed)
        except AppError as error:
            log.info("%r could not be looked for: %s", wish.title, error)
            return 0
        before = await self._store.seen(wish)
        unseen = await self._store.unseen(wish, sorted(marks_of(view.results)), self._clock())
        news = [] if wish.checked_at is None else [mark for mark in unseen if _beats(mark, before)]
        if news:
            await self._store.add_news(wish, len(news))
            self._tell(wish, news)
        return len(news)

    def _tell(self, wish: Wish, news: list[str]) -> None:
        what = ", ".join(filter(None, map(named, news[-MOST_TOLD:])))
        key = "notices.followed_news" if what else "notices.followed_here"
        told: dict[str, object] = {"title": wish.title, "what": what}
        self._bus.publish(WishesChanged())
        self._bus.publish(NoticeRaised(NoticeLevel.GOOD, key, told, desktop=True))

    async def _job(self, job: JobContext) -> int:
        async def listed() -> list[int]:
            return [wish.id for wish in await self._store.wishes(WishKind.FOLLOW)]

        async def look(number: int) -> int:
            wishes = await self._store.wishes(WishKind.FOLLOW)
            found = next((wish for wish in wishes if wish.id == number), None)
            return await self.look_for(found) if found is not None else 0

        found = 0
        numbers = await job.step("list", listed)
        for place, number in enumerate(numbers):
            job.progress(place / len(numbers), "notes.following")
            found += await job.step(f"look for {number}", look, number)
        return found


def marks_of(results: Iterable[Result]) -> set[str]:
    """What there is of a title: ``e0102`` an episode, ``p01`` a season, ``h1080`` a film's height.

    Of two marks with the same letter the later one sorts behind.
    """
    found = set()
    for row in results:
        best = row.best
        sure = best.verdict.fit in (Fit.EXACT, Fit.LIKELY) and row.hidden is None
        if sure and best.offer.source != LIBRARY:
            found.add(_mark(row))
    return found


def named(mark: str) -> str:
    """A mark as people write it: ``S1 E2``, ``S1``, ``1080p``; a date stays one."""
    kind, rest = mark[0], mark[1:]
    if kind == "e":
        season, episode = int(rest[:4]), int(rest[4:])
        return f"S{season} E{episode}" if season else f"E{episode}"
    if kind == "p":
        return f"S{int(rest)}"
    if kind == "h":
        return f"{int(rest)}p" if int(rest) else ""
    return rest


def _mark(row: Result) -> str:
    release = row.best.release
    if release.date is not None:
        return f"d{release.date}"
    number = release.episode or release.absolute_episode
    if number is not None:
        return f"e{release.season or 0:04}{number:06}"
    if release.season is not None:
        return f"p{release.season:04}"
    return f"h{height_of(release, row.best.offer) or 0:05}"


def _beats(mark: str, before: set[str]) -> bool:
    """Whether it is later, or better, than all that was known: an old one found again is not."""
    return mark > max((known for known in before if known[0] == mark[0]), default="")
