"""Posts in the database: how each stands, the tries to make it exist, its session."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.publishing import Stage
from app.domain.errors import NotFound, Refused
from app.domain.post import (
    ENDED,
    UNDER_WAY,
    BundleId,
    Post,
    PostId,
    PostState,
)
from app.infra.database.engine import Database
from app.services.publishing import tables as t
from app.services.publishing.tables import Intent, IntentState, Kept, Session

RUNS: Final = (
    PostState.PLANNED, PostState.SENDING, PostState.WORKING, PostState.HELD, PostState.UNCONFIRMED,
)  # fmt: skip
"""States in which the station may do something by itself."""
FURTHEST: Final = 90_000.0
"""Seconds (25 h): no next try is later than that, unless somebody moved the clock."""
_COLUMNS: Final = tuple(t.post.c[name] for name in t.NAMES)


class Overtaken(Refused):
    """A post is in another state by now."""


@dataclass(frozen=True, slots=True)
class Slot:
    """That a post began to be sent: what limits count."""

    at: float
    account: str
    platform: str
    channel: str


class PostStore:
    """Reads and writes posts. `NotFound` (``errors.post_gone``) for one that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, posts: Sequence[Kept]) -> None:
        """Keep new posts, all or none."""
        async with self._database.write() as connection:
            await connection.execute(insert(t.post), [t.values(one) for one in posts])

    async def get(self, post: PostId) -> Kept:
        """One post."""
        async with self._database.read() as connection:
            return await _get(connection, post)

    async def bundle(self, bundle: BundleId) -> tuple[Kept, ...]:
        """All posts of one bundle."""
        return await self._kept("bundle = ? ORDER BY account", (bundle,))

    async def put(
        self,
        post: PostId,
        changes: Mapping[str, object],
        *,
        when: Collection[PostState] = frozenset(PostState),
        seen: Kept | None = None,
        intent: tuple[int, IntentState, float] | None = None,
        session: Session | None = None,
        also: Sequence[Kept] = (),
    ) -> Kept:
        """Change a post in one go with what belongs to it.

        `changes` are a `Post`'s fields and columns by name; `intent` ends a try (its number, how,
        when), `session` is kept, `also` are new posts. `Overtaken` when it is in none of these
        states by now, or another than it was `seen`: nothing is changed then.
        """
        async with self._database.write() as connection:
            before = await _get(connection, post)
            if before.post.state not in when or seen not in (None, before):
                raise Overtaken("errors.post_not_now", state=before.post.state.value)
            after = await self._change(connection, before, changes)
            if intent is not None:
                number, state, ended = intent
                await connection.execute(
                    update(t.intent)
                    .where(t.intent.c.post == post, t.intent.c.number == number)
                    .values(state=state.value, ended=ended)
                )
            if session is not None:
                await _put_session(connection, post, session)
            if also:
                await connection.execute(insert(t.post), [t.values(one) for one in also])
            return after

    async def begin_intent(self, post: PostId, now: float) -> int:
        """Write down, for good, that a post is about to be made to exist; returns the try's number.

        `Overtaken` when it is not under way any more, and when an earlier try has not ended, or
        has made it exist.
        """
        async with self._database.write() as connection:
            kept = await _get(connection, post)
            last = await _intent(connection, post)
            if kept.post.state not in UNDER_WAY or last.open or last.out:
                raise Overtaken("errors.post_not_now", state=kept.post.state.value)
            await connection.execute(
                insert(t.intent).values(
                    post=post, number=last.number + 1, at=now, ended=0.0,
                    state=IntentState.ATTEMPTING.value,
                )
            )  # fmt: skip
            return last.number + 1

    async def cancel(self, post: PostId, now: float) -> Kept:
        """Call a post off; `Refused` (``errors.post_too_late``) when it may be out already."""
        async with self._database.write() as connection:
            kept = await _get(connection, post)
            state = kept.post.state
            if state in (PostState.DONE, PostState.CANCELLED):
                raise Overtaken("errors.post_not_now", state=state.value)
            last = await _intent(connection, post)
            if (last.open or last.out) and state is not PostState.FAILED:
                raise Refused("errors.post_too_late")
            if state in UNDER_WAY:
                state = PostState.PLANNED
            changes: dict[str, object] = {
                "state": PostState.CANCELLED, "before": state.value, "due": None, "ended": now,
            }  # fmt: skip
            return await self._change(connection, kept, changes)

    async def intent(self, post: PostId) -> Intent:
        """The last try to make a post exist."""
        async with self._database.read() as connection:
            return await _intent(connection, post)

    async def session(self, post: PostId) -> Session:
        """Its session, empty at the beginning."""
        async with self._database.read() as connection:
            asked = select(t.session).where(t.session.c.post == post)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            return Session()
        return Session(row["session"], Stage(row["stage"]), row["since"], row["best"], row["finds"])

    async def due(self, now: float) -> tuple[Kept, ...]:
        """What is to be done now: what is under way first, then what waited longest."""
        states = ", ".join("?" * len(RUNS))
        # A next try that is further away than any was planned by a clock that was wrong.
        return await self._kept(
            f"state IN ({states}) AND (due <= ? OR (due > ? AND due > at))"
            " ORDER BY state IN ('planned', 'held'), max(at, created), id",
            (*(one.value for one in RUNS), now, now + FURTHEST),
        )

    async def next_due(self, now: float) -> float | None:
        """When something is to be done next, after now."""
        asked = (
            select(t.post.c.due)
            .where(t.post.c.state.in_([one.value for one in RUNS]), t.post.c.due > now)
            .order_by(t.post.c.due)
            .limit(1)
        )
        async with self._database.read() as connection:
            return (await connection.execute(asked)).scalar_one_or_none()

    async def held(self) -> tuple[Kept, ...]:
        """What waits until the owner has done something."""
        return await self._kept("state = 'held' OR state = 'unconfirmed' AND due IS NULL", ())

    async def wake(self, posts: Collection[PostId], now: float) -> None:
        """Let held posts, and those the platform is to be asked for, be looked at again now."""
        async with self._database.write() as connection:
            await connection.execute(
                update(t.post)
                .where(t.post.c.id.in_(list(posts)), t.post.c.state.in_(["held", "unconfirmed"]))
                .values(due=now)
            )

    async def calendar(self, start: float, end: float) -> tuple[Post, ...]:
        """All posts that stand in the calendar between two times (the end not in it), by time."""
        return await self._posts("shown >= ? AND shown < ? ORDER BY shown, id", (start, end))

    async def unended(self) -> tuple[Post, ...]:
        """All that have not ended, by time; drafts are none of them."""
        states = [one.value for one in PostState if one not in ENDED and one != PostState.DRAFT]
        marks = ", ".join("?" * len(states))
        return await self._posts(f"state IN ({marks}) ORDER BY shown, id", states)

    async def slots(self, since: float, until: float) -> tuple[Slot, ...]:
        """What began to be sent in a time, oldest first."""
        asked = (
            select(t.post.c.slot, t.post.c.account, t.post.c.platform, t.post.c.channel)
            .where(t.post.c.slot > since, t.post.c.slot <= until)
            .order_by(t.post.c.slot)
        )
        async with self._database.read() as connection:
            return tuple(Slot(*row) for row in await connection.execute(asked))

    async def _posts(self, where: str, values: Sequence[object]) -> tuple[Post, ...]:
        def read(connection: sqlite3.Connection) -> tuple[Post, ...]:
            asked = f"SELECT CAST(post AS BLOB) FROM publish_post WHERE {where}"
            return tuple(t.post_of(text) for (text,) in connection.execute(asked, values))

        return await self._database.run_read(read)

    async def _kept(self, where: str, values: Sequence[object]) -> tuple[Kept, ...]:
        def read(connection: sqlite3.Connection) -> tuple[Kept, ...]:
            asked = f"SELECT {', '.join(t.NAMES)} FROM publish_post WHERE {where}"
            return tuple(map(t.kept_of, connection.execute(asked, values)))

        return await self._database.run_read(read)

    @staticmethod
    async def _change(
        connection: AsyncConnection, before: Kept, changes: Mapping[str, object]
    ) -> Kept:
        values = t.values(t.changed(before, changes))
        post = values.pop("id")
        await connection.execute(update(t.post).where(t.post.c.id == post).values(values))
        return await _get(connection, post)


async def _get(connection: AsyncConnection, post: PostId) -> Kept:
    row = (await connection.execute(select(*_COLUMNS).where(t.post.c.id == post))).first()
    if row is None:
        raise NotFound("errors.post_gone", id=post)
    return t.kept_of(tuple(row))


async def _intent(connection: AsyncConnection, post: PostId) -> Intent:
    asked = (
        select(t.intent.c.number, t.intent.c.state)
        .where(t.intent.c.post == post)
        .order_by(t.intent.c.number.desc())
        .limit(1)
    )
    row = (await connection.execute(asked)).first()
    return Intent() if row is None else Intent(row.number, IntentState(row.state))


async def _put_session(connection: AsyncConnection, post: PostId, session: Session) -> None:
    values = {
        "session": session.text, "stage": session.stage.value, "since": session.since,
        "best": session.best, "finds": session.finds,
    }  # fmt: skip
    await connection.execute(
        upsert(t.session).values(post=post, **values).on_conflict_do_update(["post"], set_=values)
    )
