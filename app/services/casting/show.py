"""A film that is on at a device: what was opened, in which form it is sent, what lies ready."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from app.api.casting import CastMedia
from app.domain.casting import Device, MediaFacts, Plan
from app.services.casting.choice import Chooser, Wish
from app.services.casting.opening import Opened, Opener
from app.services.casting.store import CastStore


@dataclass(frozen=True, slots=True)
class Presented:
    """Something that lies ready for a device to fetch."""

    media: CastMedia
    offset: float  # second of the film its stream begins at
    close: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Show:
    """What is on: a film, and how it is sent."""

    opened: Opened
    facts: MediaFacts
    plan: Plan
    wish: Wish
    presented: Presented | None = None
    moved: bool = False  # it really plays: its position moved
    loaded_at: float = 0.0
    kept: float = 0.0

    @property
    def switches(self) -> bool:
        """Whether the device has every subtitle already and only shows another."""
        if self.presented is None or self.plan.burn is not None:
            return False
        if self.wish.sound != self.plan.sound:
            return False
        return len(self.presented.media.subtitles) > 1 or self.wish.subtitle is None


class Presents(Protocol):
    """Makes what a device fetches."""

    async def present(
        self, device: Device, show: Show, start: float, *, again: str = ""
    ) -> Presented:
        """Lay a film ready, from a second on; `again`: under the address it has already."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What every session works with."""

    opener: Opener
    chooser: Chooser
    presenter: Presents
    store: CastStore
    plays_on: Callable[[], bool]  # whether the next episode follows by itself
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time  # unix time
