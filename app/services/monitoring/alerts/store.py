"""Alerts in the database: what goes on, what was, what waits to be told and where."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.capabilities import NoticeKind
from app.domain.alerts import Alert, AlertId
from app.infra.database.engine import Database
from app.services.monitoring.alerts import tables as t

KEPT: Final = 2_000
"""Alerts that are over and still listed."""
MOST_WAITING: Final = 200
"""Messages that wait for one target; the oldest give way."""
MOST_HELD: Final = 200
"""Messages that wait for the end of the quiet hours."""
_COLUMNS: Final = tuple(t.alert.c[name] for name in t.COLUMNS)


@dataclass(frozen=True, slots=True)
class Told:
    """Something in words."""

    title: str
    body: str
    kind: NoticeKind
    at: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message on its way to a target."""

    id: int
    target: str
    told: Told
    due: float
    tries: int


@dataclass(frozen=True, slots=True)
class Quietly:
    """What the quiet hours held back: of an alert its beginning, its end, or both."""

    alert: Alert
    began: bool
    ended: bool


class AlertStore:
    """All in `station.db`; each change with the messages it means is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def active(self) -> tuple[Alert, ...]:
        """What goes on, oldest first."""
        asked = select(*_COLUMNS).where(t.alert.c.ended.is_(None)).order_by(t.alert.c.since)
        async with self._database.read() as connection:
            return tuple(t.alert_of(tuple(row)) for row in await connection.execute(asked))

    async def recent(self, most: int) -> tuple[Alert, ...]:
        """What is over, the latest first."""
        asked = (
            select(*_COLUMNS)
            .where(t.alert.c.ended.is_not(None))
            .order_by(t.alert.c.ended.desc(), t.alert.c.id)
            .limit(most)
        )
        async with self._database.read() as connection:
            return tuple(t.alert_of(tuple(row)) for row in await connection.execute(asked))

    async def begin(self, alert: Alert, told: Told | None, targets: Collection[str]) -> bool:
        """Keep that an event began; False when it goes on already and nothing is to be told.

        `told` None: it waits for the end of the quiet hours.
        """
        async with self._database.write() as connection:
            going = select(func.count()).where(
                t.alert.c.rule == alert.rule, t.alert.c.subject == alert.subject,
                t.alert.c.ended.is_(None),
            )  # fmt: skip
            if (await connection.execute(going)).scalar_one():
                return False
            await connection.execute(
                insert(t.alert).values(
                    id=alert.id, rule=alert.rule, subject=alert.subject, level=alert.level.value,
                    since=alert.since, ended=alert.ended, seen=int(alert.seen),
                    args=json.dumps(dict(alert.args)), told_began=int(told is not None),
                    told_ended=0,
                )
            )  # fmt: skip
            if told is not None:
                await _enqueue(connection, told, targets)
            return True

    async def end(
        self, alert: Alert, told: Told | None, targets: Collection[str], *, silent: bool = False
    ) -> bool:
        """Keep that an event is over; False when it was already.

        `told` None: it waits for the end of the quiet hours; with `silent` nobody is told.
        """
        async with self._database.write() as connection:
            values: dict[str, object] = {"ended": alert.ended}
            if told is not None or silent:
                values["told_ended"] = 1
            if silent:
                values["told_began"] = 1
            changed = await connection.execute(
                update(t.alert)
                .where(t.alert.c.id == alert.id, t.alert.c.ended.is_(None))
                .values(values)
            )
            if not changed.rowcount:
                return False
            if told is not None:
                await _enqueue(connection, told, targets)
            old = (
                select(t.alert.c.id)
                .where(t.alert.c.ended.is_not(None))
                .order_by(t.alert.c.ended.desc())
                .offset(KEPT)
            )
            await connection.execute(delete(t.alert).where(t.alert.c.id.in_(old)))
            return True

    async def see(self, alert: AlertId) -> None:
        """Keep that the owner has closed one."""
        async with self._database.write() as connection:
            await connection.execute(update(t.alert).where(t.alert.c.id == alert).values(seen=1))

    async def tell(self, told: Told, targets: Collection[str]) -> None:
        """Send a message that is no alert."""
        async with self._database.write() as connection:
            await _enqueue(connection, told, targets)

    async def hold(self, told: Told) -> None:
        """Keep a message that is no alert for the end of the quiet hours."""
        async with self._database.write() as connection:
            await connection.execute(insert(t.held).values(_values(told)))
            old = select(t.held.c.id).order_by(t.held.c.id.desc()).offset(MOST_HELD)
            await connection.execute(delete(t.held).where(t.held.c.id.in_(old)))

    async def held(self) -> tuple[tuple[Quietly, ...], tuple[tuple[int, Told], ...]]:
        """What was held back: alerts, and other messages with their numbers; oldest first."""
        untold = (t.alert.c.told_began == 0) | (
            t.alert.c.ended.is_not(None) & (t.alert.c.told_ended == 0)
        )
        asked = (
            select(*_COLUMNS, t.alert.c.told_began, t.alert.c.told_ended)
            .where(untold)
            .order_by(t.alert.c.since)
        )
        async with self._database.read() as connection:
            found = [tuple(row) for row in await connection.execute(asked)]
            rows = await connection.execute(select(t.held).order_by(t.held.c.id))
            others = tuple((row.id, _told(row._mapping)) for row in rows)
        quietly = tuple(
            Quietly(t.alert_of(row[:-2]), not row[-2], row[5] is not None and not row[-1])
            for row in found
        )
        return quietly, others

    async def release(
        self,
        quietly: Sequence[Quietly],
        others: Sequence[int],
        told: Told | None,
        targets: Collection[str],
    ) -> None:
        """Keep that what was held back is told, with the message that tells it."""
        async with self._database.write() as connection:
            for one in quietly:
                values = {"told_began": 1}
                if one.ended:
                    values["told_ended"] = 1
                await connection.execute(
                    update(t.alert).where(t.alert.c.id == one.alert.id).values(values)
                )
            await connection.execute(delete(t.held).where(t.held.c.id.in_(list(others))))
            if told is not None:
                await _enqueue(connection, told, targets)

    async def next(self, target: str) -> Waiting | None:
        """The oldest message that waits for a target."""
        asked = (
            select(t.message).where(t.message.c.target == target).order_by(t.message.c.id).limit(1)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            return None
        return Waiting(row["id"], target, _told(row), row["due"], row["tries"])

    async def waiting(self) -> dict[str, int]:
        """How many messages wait, by target."""
        asked = select(t.message.c.target, func.count()).group_by(t.message.c.target)
        async with self._database.read() as connection:
            return {row[0]: row[1] for row in await connection.execute(asked)}

    async def sent(self, message: int) -> None:
        """A message arrived, or never will: it is not tried again."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.message).where(t.message.c.id == message))

    async def later(self, message: int, due: float) -> None:
        """A message was not taken: it is tried again then."""
        async with self._database.write() as connection:
            await connection.execute(
                update(t.message)
                .where(t.message.c.id == message)
                .values(due=due, tries=t.message.c.tries + 1)
            )

    async def hurry(self, now: float) -> None:
        """What waits may be tried again now."""
        async with self._database.write() as connection:
            await connection.execute(update(t.message).where(t.message.c.due > now).values(due=now))

    async def forget(self, target: str) -> None:
        """Nothing is sent to a target any more."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.message).where(t.message.c.target == target))


async def _enqueue(connection: AsyncConnection, told: Told, targets: Collection[str]) -> None:
    for target in targets:
        await connection.execute(
            insert(t.message).values(target=target, due=told.at, tries=0, **_values(told))
        )
        old = (
            select(t.message.c.id)
            .where(t.message.c.target == target)
            .order_by(t.message.c.id.desc())
            .offset(MOST_WAITING)
        )
        await connection.execute(delete(t.message).where(t.message.c.id.in_(old)))


def _values(told: Told) -> dict[str, object]:
    return {"title": told.title, "body": told.body, "kind": told.kind.value, "at": told.at}


def _told(row: RowMapping) -> Told:
    return Told(
        str(row["title"]), str(row["body"]), NoticeKind(str(row["kind"])), float(str(row["at"]))
    )
