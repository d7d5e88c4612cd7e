"""How a fetch stands: what is here, how quick it is, what has to be told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.downloads import DownloadState


@dataclass(frozen=True, slots=True)
class FetchStatus:
    """A fetch as it is now. Sizes in bytes, `down` in bytes a second, smoothed."""

    state: DownloadState = DownloadState.QUEUED
    size: int | None = None  # of a stream: as far as can be said
    done: int = 0
    down: float = 0.0
    connections: int = 0
    note: str = ""  # message key of something the owner should know
    note_args: Mapping[str, object] = field(default_factory=dict)
    fraction: float = 0.0  # 0 to 1


class Speed:
    """Smooths a count of bytes into a speed."""

    SECONDS = 3.0

    def __init__(self) -> None:
        self._at: float | None = None
        self._count = 0
        self.rate = 0.0

    def seen(self, count: int, now: float) -> None:
        """Take note of how much is here now."""
        if self._at is None or count < self._count:
            self._at, self._count = now, count
            return
        span = now - self._at
        if span <= 0:
            return
        part = 1 - math.exp(-span / self.SECONDS)
        self.rate += part * ((count - self._count) / span - self.rate)
        self._at, self._count = now, count

    def stop(self) -> None:
        """Nothing comes any more."""
        self._at, self.rate = None, 0.0
