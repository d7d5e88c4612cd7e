"""Once a night: variants of files that no post needs any more are removed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Final, Protocol

from app.domain.post import Post
from app.runtime.jobs import JobContext, JobEngine, JobKind

KIND: Final = "publishing.tidy"
WHEN: Final = "23 4 * * *"
KEPT: Final = 30 * 86_400.0
"""So many seconds what went out keeps its files: it may be sent again."""
AHEAD: Final = 10 * 366 * 86_400.0


class Posts(Protocol):
    """Publishing, as far as this needs it."""

    async def queue(self) -> tuple[Post, ...]:
        """Those that have not ended."""

    async def posts(self, start: float, end: float) -> tuple[Post, ...]:
        """Those of a time."""


class Variants(Protocol):
    """Who makes variants."""

    async def tidy(self, used: Collection[bytes]) -> int:
        """Remove what is not in `used`; return how many."""


class Tidying:
    """Lives on the service loop; made before the job engine starts."""

    def __init__(
        self,
        jobs: JobEngine,
        posts: Posts,
        variants: Variants,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._jobs, self._posts, self._variants, self._clock = jobs, posts, variants, clock
        jobs.register(JobKind(KIND, self._job, timeout=3_600.0))

    async def start(self) -> None:
        """Have it done each night; after the job engine has started."""
        await self._jobs.schedule(KIND, WHEN, KIND)

    async def tidy(self) -> int:
        """Remove what nobody needs; return how many files that were."""
        now = self._clock()
        posts = [*await self._posts.queue(), *await self._posts.posts(now - KEPT, now + AHEAD)]
        return await self._variants.tidy(
            {
                path
                for one in posts
                for path in (one.attached.video, one.attached.thumbnail, one.attached.captions)
                if path
            }
        )

    async def _job(self, job: JobContext) -> int:
        removed: int = await job.step("tidy", self.tidy)
        return removed
