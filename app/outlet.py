"""Lets the Studio publish what it made: hands it over once, and stays until it is out or waits.

A part of the composition root, for `app.main` alone: the Studio and Publishing each use the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.errors import AppError, Refused, Unavailable
from app.domain.events import PostChanged
from app.domain.post import ENDED, AccountId, BundleId, Manner, Post, PostState, Words
from app.domain.results import Variant
from app.services.studio.ports import Finished, Outgoing

if TYPE_CHECKING:
    from app.runtime.bus import EventBus
    from app.services.publishing.service import PublishingService
    from app.services.results.service import ResultsService

MOST_VARIANTS: Final = 3
WAITS: Final = frozenset({PostState.ASKING, PostState.HELD, PostState.UNCONFIRMED})


class Outlet:
    """Implements the Studio's `Publisher`; `open` comes before the first video."""

    def __init__(self, bus: EventBus, clock: Callable[[], float]) -> None:
        self._bus, self._clock = bus, clock
        self._publishing: PublishingService | None = None
        self._results: ResultsService | None = None

    def open(self, publishing: PublishingService, results: ResultsService) -> None:
        """Publishing is built."""
        self._publishing, self._results = publishing, results

    async def publish(self, finished: Finished, on_progress: Callable[[float], None]) -> Outgoing:
        """Hand a video over, once for each key, and follow its posts."""
        service = self._opened()
        bundle = BundleId(finished.key)
        posts = await service.compose(
            bytes(finished.video), [AccountId(one) for one in finished.accounts],
            Words(finished.details.title, finished.details.description, finished.details.tags),
            manner=Manner(synthetic=True), project=finished.project, source="studio",
            thumbnail=bytes(finished.thumbnail) if finished.thumbnail else b"",
            language=finished.language, bundle=bundle,
        )  # fmt: skip
        stirred = asyncio.Event()
        way_out = self._bus.on(
            PostChanged, lambda event: stirred.set() if event.post.bundle == bundle else None
        )
        try:
            drafts = [one.id for one in posts if one.state is PostState.DRAFT]
            for draft in drafts:
                if await service.check(draft):
                    await service.mend(draft)
            await service.send(drafts)
            while self._goes_on(posts := await service.bundle(bundle)):
                on_progress(sum(_share(one) for one in posts) / len(posts))
                await stirred.wait()
                stirred.clear()
        finally:
            way_out.close()
        return _told(posts)

    async def try_thumbnails(self, key: str, thumbnails: Sequence[Path]) -> int:
        """Begin an A/B test of the thumbnails with each post that is out and can be changed."""
        if self._results is None or len(thumbnails) < 2:
            return 0
        variants = [Variant(thumbnail=bytes(one)) for one in thumbnails[:MOST_VARIANTS]]
        begun = 0
        for post in await self._opened().bundle(BundleId(key)):
            if post.state is PostState.DONE:
                try:
                    await self._results.tests.begin(post.id, variants)
                except AppError:
                    continue  # a platform where posts cannot be changed, or one is tested already
                begun += 1
        return begun

    def _goes_on(self, posts: Sequence[Post]) -> bool:
        """Whether one is under way, or about to be."""
        now = self._clock()
        return any(
            one.state not in ENDED | WAITS
            and not (one.state is PostState.PLANNED and (one.at > now or one.reason))
            for one in posts
        )

    def _opened(self) -> PublishingService:
        if self._publishing is None:
            raise Unavailable("errors.publishing_not_ready")
        return self._publishing


def _share(post: Post) -> float:
    return 1.0 if post.state in ENDED else post.fraction or 0.0


def _told(posts: Sequence[Post]) -> Outgoing:
    out = sum(one.state is PostState.DONE for one in posts)
    failed = [one for one in posts if one.state is PostState.FAILED]
    if failed and len(failed) == len(posts):
        raise Refused(failed[0].reason or "errors.post_failed", **dict(failed[0].reason_args))
    message = "studio.posts_out" if out == len(posts) else "studio.posts_wait"
    return Outgoing(len(posts), out, message)
