"""Waits for facts of the bus from within a coroutine."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from app.runtime.bus import EventBus, Subscription


@contextlib.contextmanager
def stirred_by(bus: EventBus, *kinds: type[object]) -> Iterator[asyncio.Event]:
    """An event of the running loop that is set by each fact of these kinds, from any thread."""
    stirred, loop = asyncio.Event(), asyncio.get_running_loop()

    def stir(_fact: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has just been closed
            loop.call_soon_threadsafe(stirred.set)

    subscriptions: list[Subscription] = [bus.on(kind, stir) for kind in kinds]
    try:
        yield stirred
    finally:
        for subscription in subscriptions:
            subscription.close()
