"""The one bridge between the window's thread and the service thread: calls down, events up."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import sys
import types
import weakref
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import AppError
from app.runtime.bus import EventBus, Subscription
from app.runtime.loop import ServiceLoop

log = logging.getLogger(__name__)
TURN_SECONDS = 0.001
T = TypeVar("T")
E = TypeVar("E")


class Call:
    """A call on its way. After `cancel()` neither of its callbacks runs.

    It alone holds the callbacks, and lets go of them in the window's thread: with the last hold
    on them, their widgets and view-models would end in the service thread.
    """

    def __init__(
        self,
        owner: QObject | None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        self.future: concurrent.futures.Future[Any] | None = None
        self._done, self._failed = done, failed
        self._owner = None if owner is None else weakref.ref(owner)
        self._cancelled = False

    def cancel(self) -> None:
        """Stop the work if it still runs, and forget its answer; twice is harmless."""
        self._cancelled = True
        self.take()
        if self.future is not None:
            self.future.cancel()

    def take(
        self,
    ) -> tuple[Callable[[Any], None] | None, Callable[[BaseException], None] | None]:
        """The callbacks for success and failure, which are forgotten here."""
        held = self._done, self._failed
        self._done = self._failed = None
        return held

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits for the answer."""
        if self._cancelled:
            return False
        if self._owner is None:
            return True
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)


class Bridge(QObject):
    """Runs service coroutines and brings answers and events back to the window's thread.

    Everything handed in is called on the thread this object was made in. `errored` carries
    each `AppError` for which a caller gave no `failed`.
    """

    errored = Signal(object)
    _arrived = Signal(object)

    def __init__(self, loop: ServiceLoop, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python lets a busy thread run on for 5 ms by default: the window would feel each of them.
        sys.setswitchinterval(TURN_SECONDS)
        self._loop = loop
        self._bus = bus
        self._closed = False
        self._subscriptions: weakref.WeakSet[Subscription] = weakref.WeakSet()
        self._calls: set[Call] = set()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def call(
        self,
        coro: Coroutine[Any, Any, T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
    ) -> Call:
        """Run `coro` on the service loop; `done` or `failed` is called once, unless dropped.

        They are dropped when the call was cancelled or `owner` was destroyed.
        """
        call = Call(owner, done, failed)
        if self._closed or self._loop.loop.is_closed():
            coro.close()
            call.cancel()
            return call
        future = self._loop.submit(coro)
        call.future = future
        self._calls.add(call)
        future.add_done_callback(lambda ended: self._post(lambda: self._finish(call, ended)))
        return call

    def on(self, event: type[E], handler: Callable[[E], None], owner: QObject) -> Subscription:
        """Call `handler` with every later event of that class, for as long as `owner` lives."""
        reference = weakref.ref(owner)
        find = _finder(handler, owner)

        def deliver(fact: E) -> None:
            held, told = reference(), find()
            if held is not None and told is not None and shiboken6.isValid(held) and not left:
                told(fact)

        left: list[bool] = []
        inner = self._bus.on(event, lambda fact: self._post(lambda: deliver(fact)))

        def leave() -> None:
            left.append(True)
            inner.close()

        subscription = Subscription(leave)
        weakref.finalize(owner, subscription.close).atexit = False
        owner.destroyed.connect(leave)
        self._subscriptions.add(subscription)
        return subscription

    def close(self) -> None:
        """End every subscription and drop every answer still on its way."""
        self._closed = True
        for subscription in list(self._subscriptions):
            subscription.close()
        for call in list(self._calls):
            call.cancel()
        self._calls.clear()

    def _post(self, work: Callable[[], None]) -> None:
        """Hand work to the window's thread; called in any thread."""
        if self._closed:
            return
        try:
            self._arrived.emit(work)
        except RuntimeError:  # the window went while the answer was on its way
            log.debug("An answer came after the window had gone")

    @Slot(object)
    def _on_arrived(self, work: Callable[[], None]) -> None:
        if self._closed:
            return
        try:
            work()
        except Exception:  # noqa: BLE001 - the border: a bug in one page must not stop the loop
            log.exception("A callback of the window failed")

    def _finish(self, call: Call, ended: concurrent.futures.Future[Any]) -> None:
        self._calls.discard(call)
        wanted = call.wanted
        done, failed = call.take()
        if ended.cancelled():
            return
        error = ended.exception()
        if error is None:
            if done is not None and wanted:
                done(ended.result())
        elif isinstance(error, asyncio.CancelledError) or not wanted:
            return
        elif failed is not None:
            failed(error)
        elif isinstance(error, AppError):
            self.errored.emit(error)
        else:
            log.error("A call of the window failed", exc_info=error)


def _finder(
    handler: Callable[[E], None], owner: QObject
) -> Callable[[], Callable[[E], None] | None]:
    """Hold a method of the owner weakly, so that a subscription never keeps its owner alive."""
    if isinstance(handler, types.MethodType) and handler.__self__ is owner:
        return weakref.WeakMethod(handler)
    return lambda: handler
