"""Money that leaves the house: what a call costs, what may be spent, and what was."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from app.domain.errors import InvalidInput

MICROS = 1_000_000
"""All amounts are whole millionths of a unit of their currency: tokens cost less than a cent."""
ALERTS: Final = (50, 80, 100)
"""Shares of a limit, in per cent, at which the owner is told."""
_RATES: Final = (MICROS // 1000, MICROS * 1_000_000)
_AMOUNT: Final = re.compile(r"\d{1,9}(\.\d{0,6})?|\.\d{1,6}", re.ASCII)


class PaidKind(StrEnum):
    """What is bought."""

    TEXT = "text"
    HEARING = "hearing"
    PICTURE = "picture"
    VOICE = "voice"
    CLIP = "clip"
    AVATAR = "avatar"
    MUSIC = "music"
    POST = "post"


@dataclass(frozen=True, slots=True)
class PaidCall:
    """A call that may cost money, before it is made.

    `estimate` is the most it should cost, in millionths of a US dollar (the currency all price
    lists are in); None when nobody knows. `service` is the plugin's id.
    """

    kind: PaidKind
    service: str
    task: str
    estimate: int | None
    what: str = ""  # a few words for the page: the model, the project


class Span(StrEnum):
    """How long a limit counts before it begins anew."""

    DAY = "day"
    MONTH = "month"


class Scope(StrEnum):
    """What falls under a limit."""

    TOTAL = "total"
    SERVICE = "service"
    TASK = "task"


class Unknown(StrEnum):
    """What happens with a call whose price nobody knows."""

    ASK = "ask"
    UP_TO = "up_to"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be spent: `amount` is in millionths of the owner's currency.

    `subject` is the plugin's id or the task; it is empty for the limit of everything.
    """

    span: Span
    amount: int
    scope: Scope = Scope.TOTAL
    subject: str = ""

    def covers(self, call: PaidCall) -> bool:
        """Whether a call falls under it."""
        if self.scope is Scope.SERVICE:
            return call.service == self.subject
        if self.scope is Scope.TASK:
            return call.task == self.subject
        return True


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits, and how the owner counts money.

    `rate` is how many millionths of `currency` one US dollar is. A call of unknown price holds
    `unknown_most`. `problem` is the key of what cannot be read in the settings: nothing may be
    spent then.
    """

    limits: tuple[Limit, ...] = ()
    currency: str = "USD"
    rate: int = MICROS
    unknown: Unknown = Unknown.ASK
    unknown_most: int = 0
    problem: str = ""

    def over(self, call: PaidCall) -> tuple[Limit, ...]:
        """The limits a call falls under."""
        return tuple(limit for limit in self.limits if limit.covers(call))

    def own(self, dollars: int) -> int:
        """Millionths of a dollar in millionths of the owner's currency, rounded up."""
        return up(dollars * self.rate, MICROS)

    def dollars(self, own: int) -> int:
        """Millionths of the owner's currency in millionths of a dollar, rounded up."""
        return up(own * MICROS, self.rate)


class BudgetChoices(Protocol):
    """What the settings hold of it, as the owner wrote it."""

    @property
    def currency(self) -> str:
        """Three letters, such as EUR."""

    @property
    def dollar_rate(self) -> str:
        """What one US dollar is in it; empty where it is the dollar."""

    @property
    def month(self) -> str:
        """The most for a month; empty: no limit."""

    @property
    def day(self) -> str:
        """The most for a day; empty: no limit."""

    @property
    def more(self) -> str:
        """Limits of services and tasks, as `written` writes them."""

    @property
    def unknown(self) -> str:
        """What happens with an unknown price."""

    @property
    def unknown_most(self) -> str:
        """What is held for one."""


def up(value: int, by: int) -> int:
    """Divide and round up: a fraction of a millionth is paid as a whole one."""
    return -(-value // by)


def parse_amount(text: str) -> int | None:
    """Money as people write it (``12.50`` or ``12,50``) in millionths; None for nothing.

    Raises `InvalidInput` for anything else, for less than nothing, and for a fortune.
    """
    plain = text.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
    if not plain:
        return None
    if not _AMOUNT.fullmatch(plain):
        raise InvalidInput("errors.budget_amount", text=text[:40])
    whole, _, part = plain.partition(".")
    return int(whole or "0") * MICROS + int(part.ljust(6, "0") or "0")


def amount_text(amount: int) -> str:
    """Millionths as a plain figure: whole cents, or as many digits as it takes (``0.004``)."""
    whole, part = divmod(abs(amount), MICROS)
    digits = f"{part:06}".rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}{whole}.{digits}"


def money(amount: int, currency: str, *, down: bool = False) -> str:
    """An amount with its currency, such as ``12.50 EUR``; less than a cent is told exactly.

    Cents are rounded up, as for what was spent, or `down`, as for what is left.
    """
    cent = MICROS // 100
    if 0 < amount < cent:
        return f"{amount_text(amount)} {currency}"
    cents = amount // cent if down else up(amount, cent)
    return f"{cents // 100}.{cents % 100:02} {currency}"


def written(limits: tuple[Limit, ...]) -> str:
    """Limits of services and tasks as the settings hold them; those of everything are left out."""
    rows = [
        [one.scope.value, one.subject, one.span.value, amount_text(one.amount)]
        for one in limits
        if one.scope is not Scope.TOTAL
    ]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def limits_of(choices: BudgetChoices) -> Limits:
    """The limits in the settings. What cannot be read forbids spending rather than allowing it."""
    try:
        return _read(choices)
    except (InvalidInput, ValueError, TypeError, RecursionError):
        return Limits(currency=choices.currency, problem="errors.budget_unreadable")


def _read(choices: BudgetChoices) -> Limits:
    rate = _rate(choices)
    if not rate:
        return Limits(currency=choices.currency, problem="errors.budget_rate")
    found = [
        Limit(span, amount)
        for span, text in ((Span.MONTH, choices.month), (Span.DAY, choices.day))
        if (amount := parse_amount(text)) is not None
    ]
    for scope, subject, span, text in json.loads(choices.more or "[]"):
        amount = parse_amount(text) if isinstance(text, str) else None
        if amount is None or not isinstance(subject, str) or Scope(scope) is Scope.TOTAL:
            raise ValueError(choices.more)
        found.append(Limit(Span(span), amount, Scope(scope), subject))
    return Limits(
        tuple(found),
        choices.currency,
        rate,
        Unknown(choices.unknown),
        parse_amount(choices.unknown_most) or 0,
    )


def _rate(choices: BudgetChoices) -> int:
    """Millionths of the owner's currency for a dollar; 0 when the owner gave none to count with."""
    if choices.currency == "USD":
        return MICROS
    try:
        rate = parse_amount(choices.dollar_rate) or 0
    except InvalidInput:
        return 0
    return rate if _RATES[0] <= rate <= _RATES[1] else 0
