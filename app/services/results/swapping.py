"""Sets the variants of A/B tests, each in its window, over kills, restarts and outages."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.api.capabilities import Capability
from app.api.publishing import PostFile, PostWanted, Privacy
from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Refused,
    Unavailable,
    Unsupported,
)
from app.domain.events import FiguresChanged, NoticeLevel, NoticeRaised
from app.domain.post import Post
from app.domain.results import Counts, TestId, TestState, TestWay, Variant
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.results import planning
from app.services.results.fetching import Fetcher
from app.services.results.ports import Publishing, Services
from app.services.results.windows import UNKNOWN, ABStore, Record, Window

log = logging.getLogger(__name__)

LONGEST_SLEEP: Final = 20.0
"""Seconds; a machine that slept, or whose clock was set, swaps within so many."""
PAUSES: Final = (15.0, 60.0, 300.0, 900.0)
"""Seconds until a platform that could not be reached is asked again."""
_NEVER: Final = float("inf")
_FINAL: Final = (Refused, InvalidInput, NotFound, Unsupported)


@dataclass(frozen=True, slots=True)
class _Again:
    """A test that failed so often is tried again then, or when somebody signs in."""

    fails: int
    at: float
    signing_in: bool


class Swapper:
    """Lives on the service loop."""

    def __init__(
        self,
        services: Services,
        publishing: Publishing,
        fetcher: Fetcher,
        store: ABStore,
        bus: EventBus,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._services, self._publishing, self._fetcher = services, publishing, fetcher
        self._store, self._bus, self._clock = store, bus, clock
        self._scope = Supervisor("swapping")
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()
        self._again: dict[TestId, _Again] = {}

    async def start(self) -> None:
        """Begin: what should have been swapped meanwhile is swapped now."""
        self._scope.spawn(self._run(), "tests")

    async def stop(self) -> None:
        """End; a change under way is made again at the next start."""
        await self._scope.close()

    def nudge(self) -> None:
        """Look at once: a test came, or is to end."""
        self._news.set()

    def wake(self) -> None:
        """Accounts changed: what waits for somebody to sign in is tried again."""
        for test in [test for test, again in self._again.items() if again.signing_in]:
            del self._again[test]
            self._news.set()

    async def finish(self, test: TestId, final: int, outcome: TestState) -> None:
        """Let a test end with this variant, which is set as soon as it can be."""
        async with self._turn:
            await self._store.change(test, final=final, outcome=outcome.value)
            self._again.pop(test, None)
        self.nudge()

    async def step(self) -> float:
        """Do what is due; returns in how many seconds more will be, infinite when nothing runs."""
        async with self._turn:
            running = [
                one for one in await self._store.all(running=True) if one.way is TestWay.SWAP
            ]
            waits = await asyncio.gather(*(self._guarded(record) for record in running))
        return min(waits, default=_NEVER)

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                wait = await self.step()
            except DBAPIError:  # the disk is full, for example
                log.exception("The tests could not be written down")
                wait = LONGEST_SLEEP
            longest = None if wait == _NEVER else max(0.05, min(wait, LONGEST_SLEEP))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(longest):
                    await self._news.wait()

    async def _guarded(self, record: Record) -> float:
        """One test; what a platform says no to for good ends it."""
        again = self._again.get(record.id, _Again(0, 0.0, signing_in=False))
        if again.at > self._clock():
            return again.at - self._clock()
        try:
            wait = await self._advance(record)
        except AppError as error:
            log.info("The test %s waits: %s", record.id, error)
            if isinstance(error, _FINAL):
                await self._failed(record, error)
                return LONGEST_SLEEP
            return await self._later(record, again.fails, error)
        self._again.pop(record.id, None)
        if record.message:
            await self._store.change(record.id, message="", args={})
            self._bus.publish(FiguresChanged())
        return wait

    async def _later(self, record: Record, fails: int, error: AppError) -> float:
        pause = PAUSES[min(fails, len(PAUSES) - 1)]
        told = error.args_map.get("retry_after")
        if isinstance(told, (int, float)) and not isinstance(told, bool):
            pause = max(pause, min(float(told), 3_600.0))
        signing_in = isinstance(error, AuthRequired)
        self._again[record.id] = _Again(fails + 1, self._clock() + pause, signing_in)
        await self._store.change(record.id, message=error.key, args=dict(error.args_map))
        self._bus.publish(FiguresChanged())
        return pause

    async def _advance(self, record: Record) -> float:
        """End the window that is over, judge, and begin the one whose time it is."""
        windows = await self._store.windows(record.id)
        hours, now = record.window_hours, self._clock()
        number = planning.current(windows, hours, now)
        opened = next((one for one in windows if one.begun and not one.ended), None)
        over = record.final is not None
        if opened is not None and not over and opened.number == number:
            return windows[number].at + hours * 3600.0 - now
        post = await self._publishing.post(record.post)
        if opened is not None:
            late = now - opened.at > hours * 3600.0 * (1.0 + planning.WHOLE[1])
            counts = None if over or late else await self._counts(post)
            await self._store.end(record.id, opened.number, self._clock(), counts)
            windows = await self._store.windows(record.id)
        if not over:
            record = await self._judged(record, windows, number)
            over = record.final is not None
        if over:
            await self._end(record, post)
            return LONGEST_SLEEP
        one = windows[number]
        if not one.begun:
            await self._begin(record, post, one)
        self._bus.publish(FiguresChanged())
        return one.at + hours * 3600.0 - self._clock()

    async def _judged(self, record: Record, windows: list[Window], number: int) -> Record:
        """The test with its end written down, when it has come."""
        said = planning.judge(windows, len(record.variants), record.window_hours)
        if said.decided:
            await self._store.change(
                record.id, final=said.leader, winner=said.leader, outcome=TestState.WON.value
            )
        elif number >= len(windows):
            await self._store.change(record.id, final=0, outcome=TestState.NO_DIFFERENCE.value)
        else:
            return record
        return await self._store.get(record.id)

    async def _begin(self, record: Record, post: Post, window: Window) -> None:
        await self._set(record, post, window.variant)
        counts = await self._counts(post)
        await self._store.begin(record.id, window.number, self._clock(), counts)

    async def _end(self, record: Record, post: Post) -> None:
        assert record.final is not None
        await self._set(record, post, record.final)
        outcome = TestState(record.outcome)
        await self._store.change(record.id, state=outcome, ended=self._clock(), message="", args={})
        if outcome is not TestState.STOPPED:
            named = record.variants[record.final].title or record.title
            args: dict[str, object] = {"title": record.title, "winner": named}
            key = "notices.test_won" if outcome is TestState.WON else "notices.test_no_difference"
            self._bus.publish(NoticeRaised(NoticeLevel.GOOD, key, args, desktop=True))
        self._bus.publish(FiguresChanged())

    async def _set(self, record: Record, post: Post, variant: int) -> None:
        """Set a variant, unless it certainly is. Killed on the way, it is set once more."""
        fresh = await self._store.get(record.id)
        if fresh.showing == variant:
            return
        await self._store.change(record.id, showing=UNKNOWN)
        wanted = await asyncio.to_thread(wanted_of, post, record.variants[variant])
        await self._services.call(
            post.account, Capability.CHANGES_POSTS, "change", post.remote, wanted
        )
        await self._store.change(record.id, showing=variant)

    async def _counts(self, post: Post) -> Counts:
        counts = await self._fetcher.counts(post)
        if counts is None:
            raise Unavailable("errors.test_no_figures")
        return counts

    async def _failed(self, record: Record, error: AppError) -> None:
        await self._store.change(
            record.id, state=TestState.FAILED, ended=self._clock(), message=error.key,
            args=dict(error.args_map),
        )  # fmt: skip
        told = {**error.args_map, "title": record.title, "reason": error.key}
        self._bus.publish(NoticeRaised(NoticeLevel.BAD, "notices.test_failed", told))
        self._bus.publish(FiguresChanged())


def wanted_of(post: Post, variant: Variant) -> PostWanted:
    """Blocking. What a post is to be with a variant. `NotFound` when its picture is gone."""
    picture = variant.thumbnail
    words, manner = post.words, post.manner
    privacy = Privacy(manner.privacy) if manner.privacy in set(Privacy) else Privacy.PRIVATE
    return PostWanted(
        key=str(post.id), title=variant.title or words.title, description=words.description,
        tags=words.tags, language=post.language, privacy=privacy,
        thumbnail=_file(picture) if picture else None, for_children=manner.for_children,
        synthetic=manner.synthetic, notify=False, choices=manner.choices,
    )  # fmt: skip


def _file(path: bytes) -> PostFile:
    place = Path(path.decode("utf-8", "surrogateescape"))
    try:
        content = place.read_bytes()
    except OSError as error:
        raise NotFound("errors.test_picture_gone", name=place.name) from error
    ending = place.suffix.lstrip(".").lower() or "jpg"
    return PostFile(path, len(content), ending, hashlib.sha256(content).hexdigest())
