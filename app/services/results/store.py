"""Snapshots of posts, rules, and what the rules found, in the database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.errors import AppError, NotFound
from app.domain.post import AccountId, PostId
from app.domain.results import Counts, Proposal, ProposalState, Rule, RuleId, Snapshot, Trouble
from app.infra.database.engine import Database
from app.services.results import tables as t

MOST_PROPOSALS: Final = 500
LATEST: Final = 8
"""So many last looks tell what a post's figures are: one that was not told then is not known."""
_SELECT: Final = f"SELECT post, day, at, {', '.join(t.COUNTS)} FROM results_snapshot WHERE post = ?"


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal with the rule as it was."""

    proposal: Proposal
    rule: Rule


class ResultsStore:
    """Reads and writes them."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def put(self, account: AccountId, snapshots: Sequence[Snapshot]) -> None:
        """Keep these looks; one of the same post and day gives way, unless it is younger."""
        if not snapshots:
            return
        rows = [
            {"post": one.post, "day": one.day, "account": account, "at": one.at,
             **t.count_values(one.counts)}
            for one in snapshots
        ]  # fmt: skip
        made = insert(t.snapshot)
        changed = {name: made.excluded[name] for name in ("account", "at", *t.COUNTS)}
        asked = made.on_conflict_do_update(
            ["post", "day"], set_=changed, where=t.snapshot.c.at <= made.excluded.at
        )
        async with self._database.write() as connection:
            await connection.execute(asked, rows)

    async def looked(self, account: AccountId, error: AppError | None) -> None:
        """Keep how a look at an account went."""
        values = {
            "at": self._clock(), "message": error.key if error else "",
            "args": json.dumps(dict(error.args_map) if error else {}, default=str),
        }  # fmt: skip
        async with self._database.write() as connection:
            await connection.execute(
                insert(t.look)
                .values(account=account, **values)
                .on_conflict_do_update(["account"], set_=values)
            )

    async def looks(self) -> tuple[float, tuple[Trouble, ...]]:
        """When was looked last, 0 for never, and which accounts could not be."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(t.look))).mappings().all()
        troubles = tuple(
            Trouble(AccountId(row["account"]), row["message"], json.loads(row["args"]))
            for row in rows
            if row["message"]
        )
        return max((row["at"] for row in rows), default=0.0), troubles

    async def last_looks(self) -> dict[PostId, float]:
        """When each post was looked at last."""
        asked = select(t.snapshot.c.post, func.max(t.snapshot.c.at)).group_by(t.snapshot.c.post)
        async with self._database.read() as connection:
            return {PostId(post): at for post, at in await connection.execute(asked)}

    async def snapshots(
        self, posts: Sequence[PostId], first: str = "", last: str = "9999"
    ) -> dict[PostId, list[Snapshot]]:
        """The looks at these posts from one day to another, in order."""
        asked = f"{_SELECT} AND day BETWEEN ? AND ? ORDER BY day"

        def read(connection: sqlite3.Connection) -> dict[PostId, list[Snapshot]]:
            rows = ((post, connection.execute(asked, (post, first, last))) for post in posts)
            found = {post: [_snapshot(row) for row in told] for post, told in rows}
            return {post: seen for post, seen in found.items() if seen}

        return await self._database.run_read(read)

    async def digest(
        self, posts: Sequence[tuple[PostId, str, str]]
    ) -> dict[PostId, list[Snapshot]]:
        """The looks at posts between two days of each, and its last ones, in order.

        What it takes to say how thousands of posts do, without years of them.
        """
        around = f"{_SELECT} AND day BETWEEN ? AND ?"
        latest = f"{_SELECT} ORDER BY day DESC LIMIT {LATEST}"

        def read(connection: sqlite3.Connection) -> dict[PostId, list[Snapshot]]:
            found: dict[PostId, list[Snapshot]] = {}
            for post, first, last in posts:
                rows = {row[1]: row for row in connection.execute(latest, (post,))}
                if rows and min(rows) > first:  # else the last ones are all there are by then
                    rows |= {row[1]: row for row in connection.execute(around, (post, first, last))}
                if rows:
                    found[post] = [_snapshot(rows[day]) for day in sorted(rows)]
            return found

        return await self._database.run_read(read)

    async def forget(self, account: AccountId) -> int:
        """Forget the figures of an account; returns how many looks there were."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.look).where(t.look.c.account == account))
            done = await connection.execute(
                delete(t.snapshot).where(t.snapshot.c.account == account)
            )
            return done.rowcount

    async def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order they were made."""
        asked = select(t.rule.c.body).order_by(t.rule.c.created, t.rule.c.id)
        async with self._database.read() as connection:
            return tuple(t.rule_in(body) for (body,) in await connection.execute(asked))

    async def put_rule(self, rule: Rule) -> None:
        """Keep a rule, new or changed."""
        body = t.rule_text(rule)
        async with self._database.write() as connection:
            await connection.execute(
                insert(t.rule)
                .values(id=rule.id, body=body, created=self._clock())
                .on_conflict_do_update(["id"], set_={"body": body})
            )

    async def remove_rule(self, rule: RuleId) -> None:
        """Forget a rule; what it found stays."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.rule).where(t.rule.c.id == rule))

    async def propose(self, rule: Rule, post: PostId, title: str, seen: int) -> bool:
        """Note that a rule found a post; False when it had before."""
        asked = (
            insert(t.proposal)
            .values(
                rule=rule.id, post=post, body=t.rule_text(rule), title=title,
                state=ProposalState.MAKING.value, at=self._clock(), seen=seen, project="",
                video=b"", posts="[]", message="", args="{}",
            )
            .on_conflict_do_nothing()
        )  # fmt: skip
        async with self._database.write() as connection:
            return bool((await connection.execute(asked)).rowcount)

    async def proposals(self, *states: ProposalState) -> tuple[Found, ...]:
        """What rules found, the latest first; only in these states when some are named."""
        asked = select(t.proposal).order_by(t.proposal.c.at.desc()).limit(MOST_PROPOSALS)
        if states:
            asked = asked.where(t.proposal.c.state.in_([state.value for state in states]))
        async with self._database.read() as connection:
            return tuple(_found(row) for row in (await connection.execute(asked)).mappings())

    async def proposal(self, rule: RuleId, post: PostId) -> Found:
        """One of them; `NotFound` (``errors.proposal_gone``)."""
        asked = select(t.proposal).where(t.proposal.c.rule == rule, t.proposal.c.post == post)
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            raise NotFound("errors.proposal_gone")
        return _found(row)

    async def change_proposal(self, rule: RuleId, post: PostId, **changes: object) -> None:
        """Change columns of a proposal."""
        values: dict[str, Any] = {}
        for name, value in changes.items():
            if isinstance(value, ProposalState):
                values[name] = value.value
            else:
                plain = isinstance(value, (tuple, list, Mapping))
                values[name] = json.dumps(value, default=str) if plain else value
        async with self._database.write() as connection:
            await connection.execute(
                update(t.proposal)
                .where(t.proposal.c.rule == rule, t.proposal.c.post == post)
                .values(values)
            )


def _snapshot(row: Sequence[Any]) -> Snapshot:
    return Snapshot(PostId(row[0]), row[1], row[2], Counts(*row[3:]))


def _found(row: Any) -> Found:  # noqa: ANN401 - a row of whichever result
    return Found(t.proposal_of(row), t.rule_in(row["body"]))
