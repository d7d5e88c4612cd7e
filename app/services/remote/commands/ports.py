"""What commands ask of those who watch over the station."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.domain.alerts import Alert, AlertId
from app.domain.health import Health
from app.domain.monitoring import Doing, Machine, Snapshot


class Watches(Protocol):
    """Watches the machine."""

    @property
    def machine(self) -> Machine:
        """What does not change while it is up."""

    @property
    def now(self) -> Snapshot | None:
        """The newest second; None before the first."""

    async def doings(self, start: float, end: float) -> Sequence[Doing]:
        """What the station did between two times."""


class Checks(Protocol):
    """Knows how the parts of the station are."""

    def checks(self) -> Sequence[Health]:
        """The last known, in a fixed order."""

    async def run(self, part: str = "") -> Sequence[Health]:
        """Look now, at one part or at all."""


class Alerts(Protocol):
    """Knows what the owner is told without asking."""

    def active(self) -> Sequence[Alert]:
        """Those that are not over."""

    def text(self, alert: Alert) -> tuple[str, str]:
        """Title and body in the owner's language."""

    async def close(self, alert: AlertId) -> None:
        """The owner has seen it."""
