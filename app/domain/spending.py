"""What was spent and what is set aside, as the page and the commands see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.budget import Limit, PaidCall, PaidKind


class EntryState(StrEnum):
    """Where the money of a call is."""

    RESERVED = "reserved"  # set aside: the call is on its way
    SPENT = "spent"
    RETURNED = "returned"  # it did not cost anything
    EXPIRED = "expired"  # nobody said how it ended within its time


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money set aside for a call: `held` is in millionths of `currency`."""

    id: int
    call: PaidCall
    held: int
    currency: str
    expires: float  # unix time


@dataclass(frozen=True, slots=True)
class Entry:
    """A call of the past, or on its way. `amount` is what it cost, or is held for it now.

    `at` is unix time, `day` the owner's day it counts for.
    """

    id: int
    kind: PaidKind
    service: str
    task: str
    what: str
    state: EntryState
    currency: str
    amount: int
    held: int
    dollars: int
    at: float
    day: str

    @property
    def excess(self) -> int:
        """What it cost beyond what was set aside for it."""
        return max(0, self.amount - self.held) if self.state is EntryState.SPENT else 0


@dataclass(frozen=True, slots=True)
class Share:
    """What one service, kind, task or day has its part in."""

    name: str
    spent: int = 0
    reserved: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class LimitState:
    """A limit now. `renews` is the day it begins anew, such as ``2026-12-01``."""

    limit: Limit
    spent: int
    reserved: int
    renews: str

    @property
    def left(self) -> int:
        """What may still be set aside."""
        return max(0, self.limit.amount - self.spent - self.reserved)


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """A call of unknown price waits for the owner's word; `most` is what is held after a yes."""

    id: int
    kind: PaidKind
    service: str
    task: str
    what: str
    at: float
    most: int = 0
    currency: str = "USD"
    called: str = ""  # the service, for people


@dataclass(frozen=True, slots=True)
class Spending:
    """What a period cost. Amounts are millionths of `currency`; `period` is a month or a day.

    `excess` is how much real prices went beyond what was set aside. `limits` are as they stand
    now, whatever the period. `problem` is the key of what cannot be read in the settings. `names`
    are what services are called, by their ids; one that is gone is not among them.
    """

    period: str
    currency: str
    spent: int = 0
    reserved: int = 0
    excess: int = 0
    calls: int = 0
    services: tuple[Share, ...] = ()
    kinds: tuple[Share, ...] = ()
    tasks: tuple[Share, ...] = ()
    days: tuple[Share, ...] = ()
    limits: tuple[LimitState, ...] = ()
    today: str = ""
    problem: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Calls, newest first; `following` asks for those before, None when there are no more."""

    entries: tuple[Entry, ...]
    following: int | None = None
