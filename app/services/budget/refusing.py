"""Says why money may not be spent: which limit, how much of it is left, and when it renews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.budget import Limit, Limits, PaidCall, Scope, Span, money
from app.domain.errors import Refused
from app.domain.spending import LimitState

PRICE_UNKNOWN: Final = "errors.price_unknown"
_NAMES: Final = {
    (Span.MONTH, True): "notes.budget_month",
    (Span.DAY, True): "notes.budget_day",
    (Span.MONTH, False): "notes.budget_month_of",
    (Span.DAY, False): "notes.budget_day_of",
}


def names(call: PaidCall) -> dict[str, object]:
    """What a message says of a call."""
    return {"service": call.service, "task": call.task, "what": call.what or call.task}


def with_names(error: Refused, called: Callable[[str], str]) -> Refused:
    """The same, with services by the names people know; `called` names a plugin."""
    args = dict(error.args_map)
    if "service" in args:
        args["service"] = called(str(args["service"]))
    if args.get("scope") == Scope.SERVICE.value:
        args["subject"] = called(str(args["subject"]))
    return Refused(error.key, **args)


def subject_of(limit: Limit, called: Callable[[str], str]) -> str:
    """What a limit is for, by the name people know."""
    return called(limit.subject) if limit.scope is Scope.SERVICE else limit.subject


def name_of(limit: Limit) -> str:
    """The key of the words for a limit; `subject` goes with it."""
    return _NAMES[limit.span, limit.scope is Scope.TOTAL]


def spent(state: LimitState, price: int, limits: Limits) -> Refused:
    """A limit has not enough left for a call that may cost `price`."""
    return Refused(
        "errors.budget_spent",
        which=name_of(state.limit),
        subject=state.limit.subject,
        scope=state.limit.scope.value,
        span=state.limit.span.value,
        left=money(state.left, limits.currency, down=True),
        price=money(price, limits.currency),
        renews=state.renews,
    )
