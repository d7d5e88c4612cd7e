"""Looks at how warm the chip is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.health import Health, HealthState
from app.domain.monitoring import Snapshot

PART: Final = "temperature"


class HeatCheck:
    """`now` is the newest look at the machine, `limit` the degrees from which it is too warm."""

    def __init__(self, now: Callable[[], Snapshot | None], limit: Callable[[], float]) -> None:
        self._now = now
        self._limit = limit

    async def look(self) -> Health:
        """How warm it is, and whether it slows down for that."""
        snapshot = self._now()
        if snapshot is None or snapshot.temperature is None:
            return Health(PART, HealthState.OFF, "health.temperature.unknown")
        args = {"degrees": snapshot.temperature}
        told = "throttled" if snapshot.throttled else "good"
        if not snapshot.throttled and snapshot.temperature >= self._limit():
            told = "warm"
        if told == "good":
            return Health(PART, HealthState.GOOD, "health.temperature.good", args)
        mend = "health.temperature.mend"
        return Health(PART, HealthState.WARN, f"health.temperature.{told}", args, mend)
