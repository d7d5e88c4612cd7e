"""Sets money aside, books it and gives it back: each one step of the database, or none of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.budget import ALERTS, Limit, Limits, PaidCall, PaidKind, up
from app.domain.errors import NotFound, Refused
from app.domain.spending import EntryState, LimitState, PriceQuestion, Reservation
from app.infra.database.engine import Database
from app.services.budget import refusing
from app.services.budget.periods import Moment, beginning, renewal
from app.services.budget.tables import alert, counted, entry, question, question_of

DAY = 86_400.0
ANSWER_STANDS = DAY
"""Seconds a yes or a no of the owner counts for the same call."""
ASKED_STANDS = 7 * DAY
"""Seconds after which a question nobody answered is forgotten."""
RETURNED_STANDS = 62 * DAY
"""Seconds for which what cost nothing in the end is kept."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be set aside: `held` in the owner's currency, `dollars` the same in dollars."""

    call: PaidCall
    held: int
    dollars: int
    expires: float
    question: int | None = None  # whose yes is used up by it


@dataclass(frozen=True, slots=True)
class Reached:
    """A share of a limit that was reached just now."""

    limit: Limit
    percent: int
    spent: int


class BudgetStore:
    """Everything that changes the tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(
        self, wish: Wish, limits: Limits, moment: Moment, live: Collection[int]
    ) -> Reservation:
        """Check every limit and set the money aside, in one step. `Refused` when it is not there.

        `live` are those that are not to expire, whatever the clock says.
        """
        async with self._database.write() as connection:
            await _expire(connection, moment.now, live)
            await _check(connection, wish, limits, moment)
            if wish.question is not None:
                used = delete(question).where(question.c.id == wish.question)
                if (await connection.execute(used)).rowcount != 1:
                    raise Refused(refusing.PRICE_UNKNOWN, **refusing.names(wish.call))
            values = {
                "kind": wish.call.kind.value,
                "service": wish.call.service,
                "task": wish.call.task,
                "what": wish.call.what,
                "state": EntryState.RESERVED.value,
                "currency": limits.currency,
                "rate": limits.rate,
                "dollars": wish.dollars,
                "amount": wish.held,
                "held": wish.held,
                "at": moment.now,
                "day": moment.today,
                "expires": wish.expires,
            }
            done = await connection.execute(insert(entry).values(values))
            made = int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0
        return Reservation(made, wish.call, wish.held, limits.currency, wish.expires)

    async def settle(
        self, reservation: int, price: int | None, limits: Limits, moment: Moment
    ) -> list[Reached] | None:
        """Book what a call cost, in millionths of a dollar; None books what was set aside.

        The first price stands: None is returned for a call that was booked before. One that was
        given back or has expired is booked as well, for it did cost. Else what it reached.
        """
        async with self._database.write() as connection:
            chosen = select(entry).where(entry.c.id == reservation)
            row = (await connection.execute(chosen)).mappings().one_or_none()
            if row is None:
                raise NotFound("errors.budget_no_reservation")
            if row["state"] == EntryState.SPENT.value:
                return None
            values: dict[str, object] = {"state": EntryState.SPENT.value}
            if price is not None:
                own = Limits(currency=row["currency"], rate=row["rate"]).own(price)
                values |= {"dollars": price, "amount": own}
            await connection.execute(update(entry).where(entry.c.id == reservation).values(values))
            call = PaidCall(PaidKind(row["kind"]), row["service"], row["task"], None)
            return await _reached(connection, call, limits, moment)

    async def give_back(self, reservation: int) -> bool:
        """Free what was set aside; False when it was booked, given back or has expired before."""
        freed = (
            update(entry)
            .where(entry.c.id == reservation, entry.c.state == EntryState.RESERVED.value)
            .values(state=EntryState.RETURNED.value)
        )
        async with self._database.write() as connection:
            return (await connection.execute(freed)).rowcount == 1

    async def expire(self, now: float, live: Collection[int]) -> bool:
        """Give back what nobody ended in its time; whether there was any."""
        due = select(entry.c.id).where(
            entry.c.state == EntryState.RESERVED.value, entry.c.expires <= now
        )
        async with self._database.read() as connection:
            if not {row.id for row in await connection.execute(due)} - set(live):
                return False
        async with self._database.write() as connection:
            return await _expire(connection, now, live)

    async def tidy(self, now: float) -> None:
        """Forget old questions nobody answered, and calls of long ago that cost nothing."""
        ended = (EntryState.RETURNED.value, EntryState.EXPIRED.value)
        async with self._database.write() as connection:
            await connection.execute(
                delete(entry).where(
                    entry.c.state.in_(ended), entry.c.expires < now - RETURNED_STANDS
                )
            )
            await connection.execute(delete(question).where(question.c.at < now - ASKED_STANDS))

    async def ask(
        self, call: PaidCall, limits: Limits, now: float
    ) -> tuple[PriceQuestion, bool | None, bool]:
        """The question for a call, the owner's answer to it, and whether it is asked just now."""
        key = {
            "kind": call.kind.value, "service": call.service, "task": call.task, "what": call.what,
        }  # fmt: skip
        same = [question.c[name] == value for name, value in key.items()]
        async with self._database.write() as connection:
            chosen = select(question).where(*same)
            row = (await connection.execute(chosen)).mappings().one_or_none()
            old = row is not None and abs(now - row["at"]) > ANSWER_STANDS
            new = row is None or (row["answer"] is not None and old)
            if new:
                asked = insert_or(question).values(**key, at=now, answer=None)
                asked = asked.on_conflict_do_update(
                    index_elements=list(key), set_={"at": now, "answer": None}
                )
                await connection.execute(asked)
                row = (await connection.execute(chosen)).mappings().one()
            assert row is not None
            said = None if row["answer"] is None else bool(row["answer"])
            return question_of(row, limits), said, new

    async def answer(self, asked: int, yes: bool, now: float) -> None:
        """Keep the owner's answer; `NotFound` when the question is gone."""
        said = update(question).where(question.c.id == asked).values(answer=int(yes), at=now)
        async with self._database.write() as connection:
            if (await connection.execute(said)).rowcount != 1:
                raise NotFound("errors.budget_no_question")


async def states(
    connection: AsyncConnection, limits: Limits, moment: Moment
) -> tuple[LimitState, ...]:
    """Every limit as it stands."""
    found = []
    for limit in limits.limits:
        first = beginning(limit.span, moment.day)
        spent, reserved = await counted(connection, limit, limits, first)
        found.append(LimitState(limit, spent, reserved, renewal(limit.span, moment.day)))
    return tuple(found)


async def _check(connection: AsyncConnection, wish: Wish, limits: Limits, moment: Moment) -> None:
    """Raise `Refused` for the first limit that has not enough left."""
    if wish.held == 0 and wish.call.estimate is not None:
        return  # it costs nothing: no limit can forbid it
    for limit in limits.over(wish.call):
        first = beginning(limit.span, moment.day)
        spent, reserved = await counted(connection, limit, limits, first)
        left = limit.amount - spent - reserved
        if left < wish.held or left <= 0:
            state = LimitState(limit, spent, reserved, renewal(limit.span, moment.day))
            raise refusing.spent(state, wish.held, limits)


async def _expire(connection: AsyncConnection, now: float, live: Collection[int]) -> bool:
    freed = update(entry).where(
        entry.c.state == EntryState.RESERVED.value,
        entry.c.expires <= now,
        entry.c.id.not_in(list(live)),
    )
    done = await connection.execute(freed.values(state=EntryState.EXPIRED.value))
    return bool(done.rowcount > 0)


async def _reached(
    connection: AsyncConnection, call: PaidCall, limits: Limits, moment: Moment
) -> list[Reached]:
    """The shares of limits reached now that were not told before: the highest of each limit."""
    reached = []
    for limit in limits.over(call):
        first = beginning(limit.span, moment.day)
        spent, _reserved = await counted(connection, limit, limits, first)
        bound = f"{limit.scope}:{limit.subject}:{limit.span}:{limit.amount}:{limits.currency}"
        new = []
        for percent in ALERTS:
            if limit.amount > 0 and spent >= up(limit.amount * percent, 100):
                told = insert_or(alert).values(bound=bound, period=first, percent=percent)
                done = await connection.execute(told.on_conflict_do_nothing())
                new += [percent] if done.rowcount == 1 else []
        if new:
            reached.append(Reached(limit, max(new), spent))
    return reached
