"""The budget: money is set aside before a call, booked after it, and cannot be overrun."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy.exc import DBAPIError

from app.domain.budget import Limits, PaidCall, Scope, Unknown, money
from app.domain.errors import InvalidInput, Refused, Unavailable
from app.domain.events import (
    BudgetAlert,
    BudgetChanged,
    NoticeLevel,
    NoticeRaised,
    PriceAsked,
)
from app.domain.spending import HistoryPage, PriceQuestion, Reservation, Spending
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.budget import export as exporting
from app.services.budget import refusing, views
from app.services.budget.periods import Moment, days_of, moment
from app.services.budget.store import BudgetStore, Reached, Wish

log = logging.getLogger(__name__)
T = TypeVar("T")

HOLD: Final = 3_600.0
"""Seconds a reservation stands unless the call says otherwise."""
MOST_MONEY: Final = 10**12
"""Millionths beyond which no price is believed."""
UNSURE: Final[tuple[type[BaseException], ...]] = (TimeoutError, asyncio.CancelledError)


class Bill:
    """What a call in `BudgetService.paying` says of its price."""

    def __init__(self, reservation: Reservation, sent: bool) -> None:
        self.reservation = reservation
        self.is_sent = sent
        self.price: int | None = None
        self.settled = False

    def sent(self) -> None:
        """From now on the call may have cost money."""
        self.is_sent = True

    def settle(self, price: int | None) -> None:
        """Say the real price, in millionths of a dollar; None: the estimate is the price."""
        if price is not None and not 0 <= price <= MOST_MONEY:
            raise InvalidInput("errors.budget_amount", text=str(price))
        self.price, self.settled = price, True


class BudgetService:
    """Sets aside, books and gives back; tells what was spent. Lives on the service loop.

    `limits` is asked anew for each call. `clock` gives unix time, `zone` is the owner's calendar
    (None: this machine's), `called` what a service is called by its id.
    """

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        limits: Callable[[], Limits],
        clock: Callable[[], float] = time.time,
        zone: tzinfo | None = None,
        called: Callable[[str], str] = str,
    ) -> None:
        self._database, self._bus = database, bus
        self._limits, self._clock, self._zone = limits, clock, zone
        self._called = called
        self._store = BudgetStore(database)
        self._live: set[int] = set()  # in `paying` now: these do not expire
        self._owed: dict[int, int | None] = {}  # prices the database could not take
        self._tasks: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Give back what has expired since the last run, and tidy up."""
        moment = self._moment()
        await self._store.tidy(moment.now)
        await self._expire()

    async def close(self) -> None:
        """Let every booking that is under way end, and try once more what is owed."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        for reservation, price in list(self._owed.items()):
            try:
                await self._settle(reservation, price)
            except Unavailable:
                log.exception("What a call cost was never booked")

    async def reserve(self, call: PaidCall, hold: float = HOLD) -> Reservation:
        """Set the money for a call aside for `hold` seconds.

        `Refused` when a limit has not enough left (``errors.budget_spent``), when the price is
        unknown and the owner did not allow it (``errors.price_unknown``; he is asked, and the
        same call may go after his yes), or when the settings cannot be read. `Unavailable` when
        the database cannot be written. Nothing is set aside then.
        """
        work = self._spawn(self._reserve(call, hold))
        try:
            return await asyncio.shield(work)
        except Refused as error:
            raise refusing.with_names(error, self._called) from error
        except asyncio.CancelledError:
            # Nobody is left who would end it, should it have been made.
            self._spawn(self._undo(work))
            raise

    async def settle(self, reservation: Reservation, price: int | None = None) -> None:
        """Book the real price, in millionths of a dollar; None: what was set aside is the price.

        Twice is harmless: the first price stands. What was given back or has expired is booked
        all the same, for it did cost. `Unavailable` when the database cannot be written.
        """
        if price is not None and not 0 <= price <= MOST_MONEY:
            raise InvalidInput("errors.budget_amount", text=str(price))
        await asyncio.shield(self._spawn(self._settle(reservation.id, price)))

    async def give_back(self, reservation: Reservation) -> None:
        """Free what was set aside; harmless when it was booked, or given back before."""
        await asyncio.shield(self._spawn(self._give_back(reservation.id)))

    @contextlib.asynccontextmanager
    async def paying(
        self,
        call: PaidCall,
        *,
        hold: float = HOLD,
        sent: bool = True,
        unsure: tuple[type[BaseException], ...] = UNSURE,
    ) -> AsyncIterator[Bill]:
        """Set aside, let the body call, and end it by how that went.

        Settled (``bill.settle(price)``): that price, whatever comes after. Ended without a word:
        the estimate. An exception of `unsure` once it was sent: the estimate is kept, for it may
        have cost. Any other exception: the money is given back. `sent=False` when the body does
        something else first, and says ``bill.sent()`` just before it sends.
        """
        reservation = await self.reserve(call, hold)
        self._live.add(reservation.id)
        bill, costs = Bill(reservation, sent), True
        try:
            yield bill
        except BaseException as error:
            costs = bill.settled or (bill.is_sent and isinstance(error, unsure))
            raise
        finally:
            await asyncio.shield(self._spawn(self._end(bill, costs)))

    async def answer(self, asked: int, yes: bool) -> None:
        """Keep the owner's answer to `PriceAsked`; it counts for the same call, for a day.

        `NotFound` when the question is gone.
        """
        await self._store.answer(asked, yes, self._moment().now)
        self._bus.publish(BudgetChanged())

    async def questions(self) -> tuple[PriceQuestion, ...]:
        """Calls of unknown price that wait for the owner's word."""
        found = await views.questions(self._database, self._limits())
        return tuple(replace(one, called=self._called(one.service)) for one in found)

    async def spending(self, period: str = "") -> Spending:
        """What a month (``2026-11``) or day (``2026-11-26``) cost; empty: this month.

        `InvalidInput` for anything else.
        """
        await self._expire()
        told = await views.spending(self._database, period, self._limits(), self._moment())
        services = {one.name for one in told.services}
        services |= {one.limit.subject for one in told.limits if one.limit.scope is Scope.SERVICE}
        names = {one: self._called(one) for one in sorted(services)}
        return replace(told, names={one: name for one, name in names.items() if name != one})

    async def history(
        self, period: str = "", before: int | None = None, most: int = 50
    ) -> HistoryPage:
        """Calls of a period, newest first; `before` is `following` of the page before."""
        await self._expire()
        return await views.history(self._database, period, before, most, self._moment())

    async def export(self, period: str = "", path: Path | None = None) -> str:
        """Every call of a period as CSV; with a `path` it is written there.

        Returns the text, or where it was written: a folder gets a file named by the period, and
        a file that is there is never replaced. `Unavailable` when it cannot be written.
        """
        await self._expire()
        entries = await views.every(self._database, period, self._moment())
        content = await asyncio.to_thread(exporting.text, entries, self._zone)
        if path is None:
            return content
        name = f"sokoul-budget-{days_of(period, self._moment().day)[0]}.csv"
        return str(await asyncio.to_thread(exporting.save, path, content, name))

    def _moment(self) -> Moment:
        return moment(self._clock(), self._zone)

    async def _reserve(self, call: PaidCall, hold: float) -> Reservation:
        limits, moment = self._limits(), self._moment()
        if call.estimate is not None and not 0 <= call.estimate <= MOST_MONEY:
            raise InvalidInput("errors.budget_amount", text=str(call.estimate))
        if limits.problem and call.estimate != 0:
            raise Refused(limits.problem)
        with _writing():
            for owed, price in list(self._owed.items()):
                await self._settle(owed, price)
            asked = await self._permission(call, limits, moment)
            if call.estimate is not None:
                dollars, held = call.estimate, limits.own(call.estimate)
            else:
                dollars, held = limits.dollars(limits.unknown_most), limits.unknown_most
            wish = Wish(call, held, dollars, moment.now + hold, asked)
            made = await self._store.reserve(wish, limits, moment, self._live | set(self._owed))
        self._bus.publish(BudgetChanged())
        return made

    async def _permission(self, call: PaidCall, limits: Limits, moment: Moment) -> int | None:
        """The question whose yes allows a call of unknown price; `Refused` without one."""
        if call.estimate is not None:
            return None
        if limits.unknown is Unknown.UP_TO and limits.unknown_most > 0:
            return None
        if limits.unknown is not Unknown.ASK:
            raise Refused("errors.price_never", **refusing.names(call))
        question, said, new = await self._store.ask(call, limits, moment.now)
        if new:
            name = self._called(call.service)
            self._bus.publish(PriceAsked(replace(question, called=name)))
            told = {**refusing.names(call), "service": name}
            self._bus.publish(
                NoticeRaised(NoticeLevel.INFO, "notices.budget_price_asked", told, desktop=True)
            )
        if said:
            return question.id
        key = refusing.PRICE_UNKNOWN if said is None else "errors.price_declined"
        raise Refused(key, **refusing.names(call), question=question.id)

    async def _settle(self, reservation: int, price: int | None) -> None:
        limits = self._limits()
        with _writing():
            told = await self._store.settle(reservation, price, limits, self._moment())
        self._owed.pop(reservation, None)
        if told is None:
            return
        self._bus.publish(BudgetChanged())
        for reached in told:
            self._alert(reached, limits)

    async def _give_back(self, reservation: int) -> None:
        with _writing():
            freed = await self._store.give_back(reservation)
        if freed:
            self._bus.publish(BudgetChanged())

    async def _end(self, bill: Bill, costs: bool) -> None:
        """Book or give back a call of `paying`; what the database cannot take never raises.

        The answer that was paid for must not be lost over it: the price is owed and booked
        later, and until then what was set aside stays counted. What was to be given back expires.
        """
        reservation = bill.reservation.id
        try:
            if costs:
                await self._settle(reservation, bill.price)
            else:
                await self._give_back(reservation)
        except Unavailable:
            log.exception("How a paid call ended could not be written down yet")
            if costs:
                self._owed[reservation] = bill.price
        finally:
            self._live.discard(reservation)

    async def _undo(self, work: asyncio.Task[Reservation]) -> None:
        await asyncio.wait([work])
        if work.exception() is None:
            await self._give_back(work.result().id)

    async def _expire(self) -> None:
        if await self._store.expire(self._moment().now, self._live | set(self._owed)):
            self._bus.publish(BudgetChanged())

    def _alert(self, reached: Reached, limits: Limits) -> None:
        limit = reached.limit
        self._bus.publish(BudgetAlert(limit, reached.percent, reached.spent, limits.currency))
        told: dict[str, object] = {
            "which": refusing.name_of(limit),
            "subject": refusing.subject_of(limit, self._called),
            "percent": reached.percent,
            "spent": money(reached.spent, limits.currency),
            "amount": money(limit.amount, limits.currency),
        }
        level = NoticeLevel.WARN if reached.percent >= 80 else NoticeLevel.INFO
        self._bus.publish(NoticeRaised(level, "notices.budget_alert", told, desktop=True))

    def _spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run what must end even if the one who asked is cancelled; `close` waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        return task


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Money is only spent when it can be written down: what SQLite says becomes `Unavailable`."""
    try:
        yield
    except DBAPIError as error:
        raise Unavailable("errors.budget_not_kept") from error
