"""The owner's A/B tests of titles and thumbnails: begun, guided, looked at, ended."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.api.capabilities import Capability
from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import FiguresChanged
from app.domain.post import Post, PostId, PostState
from app.domain.results import ABTest, TestId, TestState, TestWay, Variant
from app.infra.atomic import replace_file
from app.infra.picture_intake import take_in
from app.runtime.bus import EventBus
from app.services.results import planning
from app.services.results.ports import Publishing, Services
from app.services.results.swapping import Swapper
from app.services.results.windows import ABStore, Record

MOST_VARIANTS: Final = 3
MOST_DAYS: Final = 60
LONGEST_TITLE: Final = 500
LARGEST_PICTURE: Final = 40_000_000
LONGEST_SIDE: Final = 1280
"""Pixels of a picture of ours: platforms take no large files as thumbnails."""
GUIDED_ON: Final = frozenset({"youtube"})
GUIDE: Final = (
    "results.guide_open",
    "results.guide_choose",
    "results.guide_enter",
    "results.guide_wait",
    "results.guide_result",
)
"""Message keys: what the owner does for a guided test, step by step."""


class ABTests:
    """Lives on the service loop. Pictures of variants are copied into `folder`."""

    def __init__(
        self,
        services: Services,
        publishing: Publishing,
        swapper: Swapper,
        store: ABStore,
        bus: EventBus,
        folder: Path,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._services, self._publishing, self._swapper = services, publishing, swapper
        self._store, self._bus, self._folder, self._clock = store, bus, folder, clock
        self._shuffle = secrets.SystemRandom().shuffle
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Go on with the tests that run."""
        await self._swapper.start()

    async def close(self) -> None:
        """End until the next start."""
        await self._swapper.stop()

    def nudge(self) -> None:
        """Accounts changed: tests that wait for one are tried again."""
        self._swapper.wake()

    async def list(self, post: PostId | str = "") -> tuple[ABTest, ...]:
        """All tests, or those of a post: those that run first, then the latest first."""
        records = await self._store.all(post=post)
        records.sort(key=lambda record: record.state is not TestState.RUNNING)
        return tuple([await self._view(record) for record in records])

    async def view(self, test: TestId) -> ABTest:
        """One test; `NotFound` (``errors.test_gone``)."""
        return await self._view(await self._store.get(test))

    async def able(self, post: PostId) -> tuple[TestWay, ...]:
        """In which ways a post can be tested; none while it is not out."""
        found = await self._publishing.post(post)
        if found.state is not PostState.DONE or not found.remote:
            return ()
        ways = []
        if self._swaps(found):
            ways.append(TestWay.SWAP)
        if found.platform in GUIDED_ON:
            ways.append(TestWay.GUIDED)
        return tuple(ways)

    async def begin(
        self, post: PostId, variants: Sequence[Variant], *, hours: int = 6, days: int = 14
    ) -> ABTest:
        """Begin a test of two or three variants; the first is what is kept without a winner.

        Each is set for windows of so many `hours` (4, 6, 8, 12, 24), in an order drawn by lot,
        for so many `days`, or until one is sure. `InvalidInput` when something of it cannot be,
        `Unsupported` when the platform cannot change its posts or tells no figures.
        """
        if hours not in planning.HOURS or not 1 <= days <= MOST_DAYS:
            raise InvalidInput("errors.test_plan", most=MOST_DAYS)
        found = await self._out(post)
        if not self._swaps(found):
            raise Unsupported("errors.test_cannot", platform=found.platform)
        async with self._turn:
            record = await self._new(found, variants, TestWay.SWAP, float(hours))
            windows = planning.plan(
                len(record.variants), record.started, hours, days, self._shuffle
            )
            await self._store.add(record, windows)
        self._swapper.nudge()
        self._bus.publish(FiguresChanged())
        return await self._view(record)

    async def guide(self, post: PostId, variants: Sequence[Variant]) -> ABTest:
        """Note a test the owner has the platform make; `GUIDE` says how. `enter` ends it."""
        found = await self._out(post)
        if found.platform not in GUIDED_ON:
            raise Unsupported("errors.test_cannot", platform=found.platform)
        async with self._turn:
            record = await self._new(found, variants, TestWay.GUIDED, 0.0)
            await self._store.add(record)
        self._bus.publish(FiguresChanged())
        return await self._view(record)

    async def enter(
        self, test: TestId, shares: Sequence[float | None], winner: int | None = None
    ) -> ABTest:
        """Enter what a guided test came to: the shares (0 to 1), and who won: None for nobody."""
        record = await self._store.get(test)
        number = len(record.variants)
        good = all(one is None or 0.0 <= one <= 1.0 for one in shares)
        fits = winner is None or 0 <= winner < number
        if record.way is not TestWay.GUIDED or not good or not fits or len(shares) > number:
            raise InvalidInput("errors.test_result")
        state = TestState.NO_DIFFERENCE if winner is None else TestState.WON
        await self._store.change(
            test, state=state, winner=winner, shares=tuple(shares), ended=self._clock()
        )
        self._bus.publish(FiguresChanged())
        return await self.view(test)

    async def stop(self, test: TestId, keep: int = 0) -> ABTest:
        """End a test now; the variant `keep` is set and stays. One that has ended stays so."""
        record = await self._store.get(test)
        if record.state is not TestState.RUNNING:
            return await self._view(record)
        if not 0 <= keep < len(record.variants):
            raise InvalidInput("errors.test_result")
        if record.way is TestWay.GUIDED:
            await self._store.change(test, state=TestState.STOPPED, ended=self._clock())
        else:
            await self._swapper.finish(test, keep, TestState.STOPPED)
        self._bus.publish(FiguresChanged())
        return await self.view(test)

    async def remove(self, test: TestId) -> None:
        """Forget a test that has ended; `InvalidInput` while it runs."""
        if (await self._store.get(test)).state is TestState.RUNNING:
            raise InvalidInput("errors.test_runs")
        await self._store.remove(test)
        self._bus.publish(FiguresChanged())

    async def _view(self, record: Record) -> ABTest:
        windows = await self._store.windows(record.id)
        return await asyncio.to_thread(planning.view, record, windows)

    async def _out(self, post: PostId) -> Post:
        found = await self._publishing.post(post)
        if found.state is not PostState.DONE or not found.remote:
            raise InvalidInput("errors.test_not_out")
        return found

    def _swaps(self, post: Post) -> bool:
        needed = (Capability.CHANGES_POSTS, Capability.REPORTS_FIGURES)
        return all(post.account in self._services.offering(one) for one in needed)

    async def _new(
        self, post: Post, variants: Sequence[Variant], way: TestWay, hours: float
    ) -> Record:
        if any(one.state is TestState.RUNNING for one in await self._store.all(post=post.id)):
            raise InvalidInput("errors.test_runs")
        own = post.attached.thumbnail
        whole = [
            Variant(
                " ".join(one.title.split()) or post.words.title,
                await self._kept(one.thumbnail or own),
            )
            for one in variants
        ]
        if not 2 <= len(whole) <= MOST_VARIANTS or len(set(whole)) < len(whole):
            raise InvalidInput("errors.test_variants", most=MOST_VARIANTS)
        if any(len(one.title) > LONGEST_TITLE for one in whole):
            raise InvalidInput("errors.test_variants", most=MOST_VARIANTS)
        pictures = {one.thumbnail for one in whole}
        if way is TestWay.SWAP and b"" in pictures and len(pictures) > 1:
            raise InvalidInput("errors.test_needs_pictures")  # none could be set back
        if len(pictures) == 1:  # only titles are tested: the picture is left alone
            whole = [replace(one, thumbnail=b"") for one in whole]
        return Record(
            TestId(secrets.token_hex(8)), post.id, way, TestState.RUNNING, tuple(whole),
            window_hours=hours, title=post.words.title, platform=post.platform,
            started=self._clock(),
        )  # fmt: skip

    async def _kept(self, path: bytes) -> bytes:
        """A picture in our own folder, written anew; `InvalidInput` when it is none."""
        if not path:
            return b""
        place = Path(os.fsdecode(path))
        try:
            content = await asyncio.to_thread(_read, place)
        except OSError as error:
            raise NotFound("errors.test_picture_gone", name=place.name) from error
        clean = await take_in(content, LONGEST_SIDE)
        name = f"{hashlib.sha256(clean.content).hexdigest()}.{clean.ending}"
        kept = self._folder / name
        if not await asyncio.to_thread(kept.exists):
            try:
                await asyncio.to_thread(replace_file, kept, clean.content)
            except OSError as error:
                raise Unavailable("errors.studio_disk", reason=error.strerror or "") from error
        return os.fsencode(kept)


def _read(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(LARGEST_PICTURE + 1)
