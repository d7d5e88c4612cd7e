"""What searching remembers of releases and sources: choices, opinions, groups, who rests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.score import History
from app.domain.search import Args
from app.infra.database.engine import Database
from app.services.search.tables import choice, opinion, release_group, source_rest


@dataclass(frozen=True, slots=True)
class Rest:
    """A source that failed. `until` is in unix seconds; in the past it may be asked again."""

    failures: int = 0
    until: float = 0.0
    reason: str = ""
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge said of a release: whether it is the wanted title, how sure, and why."""

    fits: bool
    confidence: float  # 0 to 1
    reason: str


class SearchStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def choices(self, identity: str) -> dict[str, bool]:
        """What the owner said of releases of this wish: right, or not this."""
        rows = select(choice.c.release, choice.c.right).where(choice.c.identity == identity)
        async with self._database.read() as connection:
            return {row.release: bool(row.right) for row in await connection.execute(rows)}

    async def choose(self, identity: str, release: str, right: bool | None, at: float) -> None:
        """Keep what the owner says of a release; None takes it back."""
        async with self._database.write() as connection:
            await connection.execute(
                delete(choice).where(choice.c.identity == identity, choice.c.release == release)
            )
            if right is not None:
                await connection.execute(
                    insert(choice).values(
                        identity=identity, release=release, right=int(right), at=at
                    )
                )

    async def opinions(self, identity: str, since: float) -> dict[str, Opinion]:
        """What a judge said of releases of this wish since then."""
        rows = select(opinion).where(opinion.c.identity == identity, opinion.c.at >= since)
        async with self._database.read() as connection:
            return {
                row.release: Opinion(bool(row.fits), row.confidence, row.reason)
                for row in await connection.execute(rows)
            }

    async def put_opinions(self, identity: str, told: Mapping[str, Opinion], at: float) -> None:
        """Keep what a judge said."""
        values = [
            {
                "identity": identity, "release": release, "fits": int(one.fits),
                "confidence": one.confidence, "reason": one.reason, "at": at,
            }
            for release, one in told.items()
        ]  # fmt: skip
        if not values:
            return
        statement = insert(opinion)
        statement = statement.on_conflict_do_update(
            index_elements=["identity", "release"],
            set_={
                name: statement.excluded[name] for name in ("fits", "confidence", "reason", "at")
            },
        )
        async with self._database.write() as connection:
            await connection.execute(statement, values)

    async def forget_opinions(self, before: float) -> None:
        """Drop what a judge said longer ago."""
        async with self._database.write() as connection:
            await connection.execute(delete(opinion).where(opinion.c.at < before))

    async def rests(self) -> dict[str, Rest]:
        """The sources that failed lately."""
        async with self._database.read() as connection:
            return {
                row.source: Rest(row.failures, row.until, row.reason, _args(row.args))
                for row in await connection.execute(select(source_rest))
            }

    async def put_rest(self, source: str, rest: Rest | None) -> None:
        """Keep how a source fares; None when it is well."""
        async with self._database.write() as connection:
            await connection.execute(delete(source_rest).where(source_rest.c.source == source))
            if rest is not None:
                values = {
                    "source": source, "failures": rest.failures, "until": rest.until,
                    "reason": rest.reason, "args": json.dumps(dict(rest.args), default=str),
                }  # fmt: skip
                await connection.execute(insert(source_rest).values(values))

    async def groups(self) -> dict[str, History]:
        """How releases of each group turned out, by the group's name in lower case."""
        async with self._database.read() as connection:
            return {
                row.name: History(row.good, row.bad)
                for row in await connection.execute(select(release_group))
            }

    async def note_group(self, name: str, *, good: bool) -> None:
        """Note how a release of a group turned out."""
        statement = insert(release_group).values(
            name=name.casefold()[:80], good=int(good), bad=int(not good)
        )
        column = release_group.c.good if good else release_group.c.bad
        statement = statement.on_conflict_do_update(
            index_elements=["name"], set_={column.name: column + 1}
        )
        async with self._database.write() as connection:
            await connection.execute(statement)


def _args(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
