"""Those who watch over the station, in memory: calm, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.alerts import Alert, AlertId
from app.domain.errors import AppError
from app.domain.health import Health
from app.domain.monitoring import Core, CoreKind, Doing, Machine, Snapshot


class Calm:
    """Implements `Watches`, `Checks` and `Alerts`."""

    def __init__(self) -> None:
        cores = tuple(Core(at, CoreKind.ALIKE) for at in range(4))
        self.machine = Machine("Orange Pi 6 Plus", cores, 32_000_000_000, 1_000_000.0)
        self.now: Snapshot | None = None
        self.done: list[Doing] = []
        self.known: list[Health] = []
        self.fresh: list[Health] = []
        self.raised: list[Alert] = []
        self.error: AppError | None = None
        self.runs = 0

    async def doings(self, start: float, end: float) -> Sequence[Doing]:
        if self.error is not None:
            raise self.error
        return [one for one in self.done if one.start <= end]

    def checks(self) -> Sequence[Health]:
        return self.known

    async def run(self, part: str = "") -> Sequence[Health]:
        self.runs += 1
        if self.error is not None:
            raise self.error
        self.known = self.fresh
        return self.known

    def active(self) -> Sequence[Alert]:
        return [one for one in self.raised if one.ended is None]

    def text(self, alert: Alert) -> tuple[str, str]:
        return f"{alert.rule}: {alert.subject}", "Look at it."

    async def close(self, alert: AlertId) -> None:
        self.raised = [replace(one, seen=True) if one.id == alert else one for one in self.raised]
