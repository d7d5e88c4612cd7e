"""What the System page asks of the services, and how often things are looked at again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from app.domain.alerts import Alert
from app.domain.health import Health
from app.domain.monitoring import Doing, Machine, Observation, Snapshot, Track

Say = Callable[[str, Mapping[str, object]], str]
"""Says a phrase of the services in the owner's language."""


class MonitoringPort(Protocol):
    """What is asked of the monitoring service."""

    @property
    def machine(self) -> Machine:
        """What does not change."""

    @property
    def now(self) -> Snapshot | None:
        """The newest second; None before there is one."""

    def names(self) -> Coroutine[Any, Any, tuple[str, ...]]:
        """Return the names of the figures that are kept."""

    def track(
        self, name: str, start: float, end: float, points: int = 600
    ) -> Coroutine[Any, Any, Track]:
        """Return a figure over time."""

    def doings(self, start: float, end: float) -> Coroutine[Any, Any, tuple[Doing, ...]]:
        """Return what the station did in a time."""

    def why(self, at: float) -> Coroutine[Any, Any, Sequence[Observation]]:
        """Return what stood out at a moment, the likeliest reason first."""


class HealthPort(Protocol):
    """What is asked of the health service."""

    def checks(self) -> tuple[Health, ...]:
        """The last known state of every part."""

    def run(self, part: str = "") -> Coroutine[Any, Any, tuple[Health, ...]]:
        """Look now, at one part or at all."""


class AlertsPort(Protocol):
    """What is asked of the alert service."""

    def active(self) -> tuple[Alert, ...]:
        """What is not over yet."""
