"""Waits for a time of the clock on the wall: wakes after the machine slept, and when it is set."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import time
from typing import Final

log = logging.getLogger(__name__)

LONGEST_NAP: Final = 10.0
"""Seconds slept at once where the kernel has no such timer."""
_REALTIME: Final = 0
_FLAGS: Final = os.O_NONBLOCK | os.O_CLOEXEC  # TFD_NONBLOCK, TFD_CLOEXEC
_ABSOLUTE, _CANCEL_ON_SET = 1, 2


class _Times(ctypes.Structure):
    """``struct itimerspec``."""

    _fields_ = (
        ("interval_s", ctypes.c_long),
        ("interval_ns", ctypes.c_long),
        ("value_s", ctypes.c_long),
        ("value_ns", ctypes.c_long),
    )


class WallClock:
    """Seconds since 1970."""

    def now(self) -> float:
        """What time it is."""
        return time.time()

    async def wait(self, until: float | None, rung: asyncio.Event) -> None:
        """Wait until it is that time, until the clock is set, or until the bell is rung.

        Without a time, only the bell ends it. It may end too early, never too late.
        """
        if until is None:
            await rung.wait()
            return
        if until <= time.time():
            return
        timer = _timer(until)
        if timer is None:
            nap = min(max(until - time.time(), 0.0), LONGEST_NAP)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(nap):
                    await rung.wait()
            return
        loop = asyncio.get_running_loop()
        loop.add_reader(timer, rung.set)
        try:
            await rung.wait()
        finally:
            loop.remove_reader(timer)
            os.close(timer)


def _timer(until: float) -> int | None:
    """A descriptor that can be read at that time, or when the clock is set before."""
    whole = int(until)
    times = _Times(0, 0, whole, min(int((until - whole) * 1e9) + 1, 999_999_999))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        made = int(libc.timerfd_create(_REALTIME, _FLAGS))
        flags = _ABSOLUTE | _CANCEL_ON_SET
        if made >= 0 and libc.timerfd_settime(made, flags, ctypes.byref(times), None) == 0:
            return made
    except (OSError, AttributeError, ValueError) as error:
        log.info("No timer of the wall clock here: %s", error)
        return None
    log.info("No timer of the wall clock here: %s", os.strerror(ctypes.get_errno()))
    if made >= 0:
        os.close(made)
    return None
