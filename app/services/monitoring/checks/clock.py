"""Looks at the clock: whether it can be believed, whether it jumped, whether a network sets it."""

from __future__ import annotations

import ctypes
import logging
import time
from collections.abc import Callable
from typing import Final

from app.domain.health import Health, HealthState

log = logging.getLogger(__name__)

PART: Final = "clock"
BIRTH: Final = 1_767_225_600.0
"""The start of 2026: before that no clock of this program was ever right."""
JUMP: Final = 5.0
"""Seconds by which the clock may be set without a word."""
TOLD_FOR: Final = 3600.0
"""Seconds a jump is told."""
_UNSYNCHRONISED: Final = 0x40
_ERROR: Final = 5


class _Timex(ctypes.Structure):
    """The head of ``struct timex``; with room for the rest, which nobody reads here."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("frequency", ctypes.c_long),
        ("most_error", ctypes.c_long),
        ("error", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def synchronised() -> bool | None:
    """Whether the kernel's clock is kept right from outside; None when it does not say."""
    told = _Timex()
    try:
        state = int(ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(told)))
    except (OSError, AttributeError) as error:
        log.info("The kernel says nothing of its clock: %s", error)
        return None
    if state < 0:
        return None
    return state != _ERROR and not told.status & _UNSYNCHRONISED


def since_boot() -> float:
    """Seconds since the machine started, those it slept too: no hand sets this one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockCheck:
    """`held` says that links are closed for the clock went back; the rest are clocks."""

    def __init__(
        self,
        held: Callable[[], bool] = lambda: False,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = since_boot,
        kept_right: Callable[[], bool | None] = synchronised,
    ) -> None:
        self._held = held
        self._wall = wall
        self._steady = steady
        self._kept_right = kept_right
        self._apart = wall() - steady()
        self._jump = 0.0
        self._jumped = 0.0

    async def look(self) -> Health:
        """Compare the clock on the wall with the one that cannot be set."""
        wall, steady = self._wall(), self._steady()
        moved, self._apart = wall - steady - self._apart, wall - steady
        if abs(moved) > JUMP:
            self._jump, self._jumped = moved, steady
        if wall < BIRTH:
            year = time.localtime(wall).tm_year
            return _ill(HealthState.BAD, "wrong", year=str(year))
        if self._held():
            return _ill(HealthState.BAD, "held")
        if self._jump and steady - self._jumped < TOLD_FOR:
            told = "forward" if self._jump > 0 else "back"
            return _ill(HealthState.WARN, told, seconds=round(abs(self._jump)))
        kept = self._kept_right()
        if kept is False:
            return _ill(HealthState.WARN, "alone")
        told = "health.clock.good" if kept else "health.clock.unknown"
        return Health(PART, HealthState.GOOD, told)


def _ill(state: HealthState, told: str, **args: object) -> Health:
    key = f"health.clock.{told}"
    mend = "health.clock.held.mend" if told == "held" else "health.clock.mend"
    return Health(PART, state, key, args, mend, page="publishing" if told == "held" else "")
