"""Amounts of bytes, shares and lengths of time as people write them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

UNITS: Final = ("B", "kB", "MB", "GB", "TB")
STEP: Final = 1000


def size(amount: float | None, units: Sequence[str] = UNITS) -> str:
    """Bytes with a unit, such as ``4.2 GB``; nothing when unknown."""
    if not amount:
        return ""
    value, step = float(amount), 0
    while value >= STEP and step < len(units) - 1:
        value, step = value / STEP, step + 1
    return f"{value:.1f} {units[step]}" if value < 10 else f"{value:.0f} {units[step]}"


def bar(fraction: float, width: int = 10) -> str:
    """A share from 0 to 1 as so many signs, such as ``▓▓▓░░░░░░░``; it is full only at 1."""
    share = min(1.0, max(0.0, fraction))
    filled = width if share >= 1 else min(width - 1, int(share * width + 0.5))
    return "▓" * filled + "░" * (width - filled)


def percent(fraction: float) -> int:
    """A share in per cent; 100 only when it is whole."""
    return 100 if fraction >= 1 else min(99, max(0, int(fraction * 100)))


def clock(seconds: float) -> str:
    """A point in time of a film, such as ``4:12`` or ``1:04:12``."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
