"""Fetches the figures of posts from their platforms: as often as their age makes worth it."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.api.capabilities import Capability
from app.api.publishing import Figures
from app.domain.errors import AppError
from app.domain.post import AccountId, Post, PostId, PostState
from app.domain.results import Counts, Snapshot
from app.services.results.ports import Publishing, Services
from app.services.results.store import ResultsStore

log = logging.getLogger(__name__)

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
AT_ONCE: Final = 50
LARGEST: Final = 2**53
FOREVER: Final = 1e11
"""Seconds since 1970, after all posts."""
RHYTHM: Final = ((3 * DAY, 0.0), (60 * DAY, 20 * HOUR), (math.inf, 6.5 * DAY))
"""Up to an age of a post: so many seconds between two looks at it."""


@dataclass(frozen=True, slots=True)
class Look:
    """A post and what was seen of it just now."""

    post: Post
    snapshot: Snapshot


@dataclass(slots=True)
class _Account:
    id: AccountId
    posts: dict[str, Post] = field(default_factory=dict)  # by their name there


class Fetcher:
    """Lives on the service loop."""

    def __init__(
        self,
        services: Services,
        publishing: Publishing,
        store: ResultsStore,
        day: Callable[[float], str],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._services, self._publishing, self._store = services, publishing, store
        self._day, self._clock = day, clock

    async def out(self, account: AccountId | str = "") -> tuple[Post, ...]:
        """The posts that are out, of one account or of all."""
        posts = await self._publishing.posts(0.0, FOREVER)
        return tuple(
            one
            for one in posts
            if one.state is PostState.DONE and account in ("", one.account) and one.ended > 0
        )

    async def fetch(self, only: Collection[PostId] = (), *, whole: bool = False) -> list[Look]:
        """Look at the posts whose turn it is, at `only` these, or at the `whole` of them.

        An account that cannot be asked keeps its trouble in the store; the others go on.
        """
        able = self._services.offering(Capability.REPORTS_FIGURES)
        last = await self._store.last_looks()
        accounts: dict[AccountId, _Account] = {}
        for post in await self.out():
            wanted = post.id in only if only else whole or self._due(post, last.get(post.id, 0.0))
            if wanted and post.remote and post.account in able:
                account = accounts.setdefault(post.account, _Account(post.account))
                account.posts[post.remote] = post
        found: list[Look] = []
        for account in accounts.values():
            found += await self._look(account)
        return found

    async def counts(self, post: Post) -> Counts | None:
        """What is counted of one post now; None when its platform does not know it any more."""
        told = await self._ask(post.account, [post.remote])
        return next((counts_of(one) for one in told if one.remote == post.remote), None)

    async def _look(self, account: _Account) -> list[Look]:
        found: list[Look] = []
        trouble: AppError | None = None
        remotes = list(account.posts)
        for start in range(0, len(remotes), AT_ONCE):
            try:
                told = await self._ask(account.id, remotes[start : start + AT_ONCE])
            except AppError as error:
                log.info("The figures of %s cannot be fetched: %s", account.id, error)
                trouble = error
                break
            at = self._clock()
            for one in told:
                post = account.posts.get(one.remote)
                if post is not None:
                    seen = Snapshot(post.id, self._day(at), at, counts_of(one))
                    found.append(Look(post, seen))
        await self._store.put(account.id, [look.snapshot for look in found])
        await self._store.looked(account.id, trouble)
        return found

    async def _ask(self, account: AccountId, remotes: Sequence[str]) -> list[Figures]:
        told = await self._services.call(
            account, Capability.REPORTS_FIGURES, "figures", tuple(remotes)
        )
        assert isinstance(told, (list, tuple))  # the service of plugins has looked
        return [one for one in told[: len(remotes) * 2] if isinstance(one, Figures)]

    def _due(self, post: Post, last: float) -> bool:
        now = self._clock()
        pause = next(pause for age, pause in RHYTHM if now - post.ended < age)
        return now - last >= pause


def counts_of(figures: Figures) -> Counts:
    """Figures of a platform as counts; what cannot be is not told."""
    watched = figures.watched
    good = isinstance(watched, (int, float)) and math.isfinite(watched) and 0 <= watched < LARGEST
    whole = [
        _whole(one)
        for one in (figures.views, figures.likes, figures.comments, figures.shares)
    ]  # fmt: skip
    return Counts(
        whole[0], whole[1], whole[2], whole[3], float(watched or 0.0) if good else None,
        _whole(figures.shown), _whole(figures.clicked),
    )  # fmt: skip


def _whole(value: object) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST
    return value if good and isinstance(value, int) else None
