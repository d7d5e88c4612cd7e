"""A/B tests and their windows in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from app.domain.errors import NotFound
from app.domain.post import PostId
from app.domain.results import Counts, TestId, TestState, TestWay, Variant
from app.infra.database.engine import Database
from app.services.results import tables as t

MOST: Final = 200
UNKNOWN: Final = -1
"""The variant that is set, while a change of it may have happened or not."""


@dataclass(frozen=True, slots=True)
class Record:
    """A test as it is kept. `final`: the variant that stays, with the state that follows."""

    id: TestId
    post: PostId
    way: TestWay
    state: TestState
    variants: tuple[Variant, ...]
    shares: tuple[float | None, ...] = ()
    window_hours: float = 6.0
    showing: int = UNKNOWN
    winner: int | None = None
    final: int | None = None
    outcome: str = ""
    title: str = ""
    platform: str = ""
    message: str = ""
    args: Mapping[str, object] = field(default_factory=dict)
    started: float = 0.0
    ended: float = 0.0


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a test; `begun` and `ended` are 0 until then, counts None when not told."""

    number: int
    block: int
    variant: int
    at: float
    begun: float = 0.0
    ended: float = 0.0
    before: Counts | None = None
    after: Counts | None = None


class ABStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, record: Record, windows: Sequence[Window] = ()) -> None:
        """Keep a new test with all its windows."""
        rows = [
            {"test": record.id, "number": one.number, "block": one.block, "variant": one.variant,
             "at": one.at, "begun": 0.0, "ended": 0.0, "before": "", "after": ""}
            for one in windows
        ]  # fmt: skip
        async with self._database.write() as connection:
            names = Record.__dataclass_fields__
            values = {name: _plain(getattr(record, name)) for name in names}
            await connection.execute(insert(t.test).values(values))
            if rows:
                await connection.execute(insert(t.window), rows)

    async def get(self, test: TestId) -> Record:
        """One test; `NotFound` (``errors.test_gone``)."""
        async with self._database.read() as connection:
            asked = select(t.test).where(t.test.c.id == test)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            raise NotFound("errors.test_gone")
        return _record(row)

    async def all(self, *, running: bool = False, post: PostId | str = "") -> list[Record]:
        """Tests, the latest first; only those that run, or of one post."""
        asked = select(t.test).order_by(t.test.c.started.desc(), t.test.c.id).limit(MOST)
        if running:
            asked = asked.where(t.test.c.state == TestState.RUNNING.value)
        if post:
            asked = asked.where(t.test.c.post == post)
        async with self._database.read() as connection:
            return [_record(row) for row in (await connection.execute(asked)).mappings()]

    async def windows(self, test: TestId) -> list[Window]:
        """All windows of a test, in order."""
        asked = select(t.window).where(t.window.c.test == test).order_by(t.window.c.number)
        async with self._database.read() as connection:
            return [_window(row) for row in (await connection.execute(asked)).mappings()]

    async def change(self, test: TestId, **changes: object) -> None:
        """Change columns of a test: a `Record`'s fields by their names."""
        values = {name: _plain(value) for name, value in changes.items()}
        async with self._database.write() as connection:
            await connection.execute(update(t.test).where(t.test.c.id == test).values(values))

    async def begin(self, test: TestId, number: int, at: float, before: Counts | None) -> None:
        """A window has begun."""
        await self._put(test, number, begun=at, before=t.counts_text(before))

    async def end(self, test: TestId, number: int, at: float, after: Counts | None) -> None:
        """A window is over."""
        await self._put(test, number, ended=at, after=t.counts_text(after))

    async def remove(self, test: TestId) -> None:
        """Forget a test."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.test).where(t.test.c.id == test))

    async def _put(self, test: TestId, number: int, **values: object) -> None:
        async with self._database.write() as connection:
            await connection.execute(
                update(t.window)
                .where(t.window.c.test == test, t.window.c.number == number)
                .values(values)
            )


def _plain(value: object) -> object:
    if isinstance(value, (TestState, TestWay)):
        return value.value
    if isinstance(value, tuple) and all(isinstance(one, Variant) for one in value) and value:
        return t.variants_text(value)
    if isinstance(value, (tuple, Mapping)):
        return json.dumps(value, default=str)
    return value


def _record(row: Any) -> Record:  # noqa: ANN401 - a row of whichever result
    return Record(
        TestId(row["id"]), PostId(row["post"]), TestWay(row["way"]), TestState(row["state"]),
        t.variants_in(row["variants"]), tuple(json.loads(row["shares"])), row["window_hours"],
        row["showing"], row["winner"], row["final"], row["outcome"], row["title"],
        row["platform"], row["message"], json.loads(row["args"]), row["started"], row["ended"],
    )  # fmt: skip


def _window(row: Any) -> Window:  # noqa: ANN401 - as above
    return Window(
        row["number"], row["block"], row["variant"], row["at"], row["begun"], row["ended"],
        t.counts_in(row["before"]), t.counts_in(row["after"]),
    )  # fmt: skip
