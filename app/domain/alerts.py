"""What the owner is told without asking: rules, and the alerts they raise. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

AlertId = NewType("AlertId", str)


class AlertLevel(StrEnum):
    """How much it matters."""

    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When to raise an alert: above `limit` for `seconds`; over when at `clear` for `settle`.

    The measure of a rule is in its own unit: per cent, °C, seconds, a count, or 1 for "it is so".
    """

    name: str  # "disk_full"
    level: AlertLevel
    limit: float
    clear: float
    seconds: float = 0.0
    settle: float = 0.0  # how long it must be well again, so that flapping is one event
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Alert:
    """One event: told once when it begins and once when it is over. Times are since 1970."""

    id: AlertId
    rule: str
    subject: str  # what it is about: a mount point, a provider, a job; "" when there is but one
    level: AlertLevel
    since: float
    ended: float | None = None
    seen: bool = False  # the owner has closed it
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """A plugin that tells the owner elsewhere. `on`: alerts are sent there.

    `waiting` messages were not taken yet; `problem` is why, as a message key, "" while all is
    well.
    """

    plugin: str
    name: str
    on: bool = True
    waiting: int = 0
    problem: str = ""
    problem_args: Mapping[str, object] = field(default_factory=dict)
