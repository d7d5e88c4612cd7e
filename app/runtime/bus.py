"""The event bus: services publish facts, whoever subscribed is called at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

log = logging.getLogger(__name__)
E = TypeVar("E")


class Subscription:
    """The way out of a subscription. After `close()` returns, no new call begins."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave

    def close(self) -> None:
        """Stop the delivery; closing twice is harmless."""
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()


class EventBus:
    """Delivers frozen events by their exact class, in the thread that publishes.

    Subscribers must be quick and must not raise; one that raises is logged and the others still
    get the event.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handlers: dict[type[Any], tuple[Callable[[Any], None], ...]] = {}

    def on(self, event: type[E], handler: Callable[[E], None]) -> Subscription:
        """Call `handler` with every later event of that class."""
        with self._lock:
            self._handlers[event] = (*self._handlers.get(event, ()), handler)
        return Subscription(lambda: self._leave(event, handler))

    def publish(self, event: object) -> None:
        """Hand the event to every subscriber of its class."""
        for handler in self._handlers.get(type(event), ()):
            try:
                handler(event)
            except Exception:  # noqa: BLE001 - a subscriber's bug must not stop the publisher
                log.exception("A subscriber of %s failed", type(event).__name__)

    def _leave(self, event: type[E], handler: Callable[[E], None]) -> None:
        with self._lock:
            left = list(self._handlers.get(event, ()))
            if handler in left:
                left.remove(handler)
            self._handlers[event] = tuple(left)
