"""Takes messages to the plugins that tell the owner elsewhere: each has a queue of its own.

A message leaves the queue when its plugin has taken it, and not before: it is tried again for a
day, in its order, and what one target does holds up no other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from sqlalchemy.exc import DBAPIError

from app.api.capabilities import Capability, Notice
from app.domain.errors import AppError, AuthRequired, Unavailable
from app.runtime.supervisor import Supervisor
from app.services.monitoring.alerts.quiet import QuietHours
from app.services.monitoring.alerts.store import AlertStore, Told, Waiting

log = logging.getLogger(__name__)

PAUSES: Final = (15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0)
"""Seconds until the next try, after so many."""
LONGEST_PAUSE: Final = 6 * 3_600.0
"""Seconds a target may ask for."""
TOO_OLD: Final = 24 * 3_600.0
"""Seconds after which a message says nothing any more."""
SANE: Final = 1_577_836_800.0
"""What was written down before 2020 was written by a clock that had not been set."""
AFTER_FAILURE: Final = 60.0
STOP_SECONDS: Final = 2.0


class Clock(Protocol):
    """The clock on the wall."""

    def now(self) -> float:
        """Seconds since 1970."""

    async def wait(self, until: float | None, rung: asyncio.Event) -> None:
        """Wait for a time, for the clock being set, or for the bell."""


class Tells(Protocol):
    """The plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """Return the ids of the plugins that are on and have a capability."""

    def name_of(self, plugin: str) -> str:
        """What a plugin is called."""

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        """Call a capability's method."""


@dataclass(slots=True)
class _Queue:
    """What is known of a target while the station runs."""

    bell: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: int = 0
    busy: bool = False
    arrived: int = 0  # the number of the last message that was taken
    problem: AppError | None = None


class Sender:
    """One task for each target; it sleeps until there is something to send. On the service loop."""

    def __init__(
        self,
        store: AlertStore,
        plugins: Tells,
        clock: Clock,
        quiet: Callable[[], QuietHours | None] = lambda: None,
    ) -> None:
        self._store, self._plugins, self._clock = store, plugins, clock
        self._quiet = quiet
        self._scope = Supervisor("alerts")
        self._queues: dict[str, _Queue] = {}
        self._idle = asyncio.Event()
        self._stopping = False

    async def start(self) -> None:
        """Go on with what was not sent before."""
        for target, count in (await self._store.waiting()).items():
            self._queue(target).waiting = count

    async def stop(self) -> None:
        """End; what is under way gets a moment to arrive."""
        self._stopping = True
        if any(one.busy for one in self._queues.values()):
            self._idle.clear()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._idle.wait()
            except TimeoutError:
                log.info("Messages that are under way are sent when the station starts again")
        await self._scope.close()

    async def added(self) -> None:
        """Messages were put into the queues."""
        # How many wait is counted by who sends them alone: a number that was read here could be
        # older than what was sent meanwhile.
        for target in await self._store.waiting():
            self._queue(target).bell.set()

    def look(self) -> None:
        """The quiet hours may be others now."""
        for queue in self._queues.values():
            queue.bell.set()

    async def hurry(self) -> None:
        """Something was changed that may mend what kept messages back."""
        if any(one.waiting for one in self._queues.values()):
            await self._store.hurry(self._clock.now())
            for queue in self._queues.values():
                queue.bell.set()

    async def forget(self, target: str) -> None:
        """The owner wants nothing sent there any more."""
        await self._store.forget(target)
        if target in self._queues:
            self._queues[target].waiting = 0
            self._queues[target].problem = None
            self._queues[target].bell.set()

    async def send(self, target: str, told: Told) -> None:
        """Send something now, past the queue; what goes wrong is raised."""
        await self._deliver(target, told)
        self._queue(target).problem = None
        self._queue(target).bell.set()

    def waiting(self, target: str) -> int:
        """How many messages wait for a target."""
        queue = self._queues.get(target)
        return 0 if queue is None else queue.waiting

    def problem(self, target: str) -> tuple[str, Mapping[str, object]]:
        """Why the last message was not taken, as a key with arguments; "" when it was."""
        queue = self._queues.get(target)
        if queue is None or queue.problem is None:
            return "", {}
        return queue.problem.key, queue.problem.args_map

    def _queue(self, target: str) -> _Queue:
        if target not in self._queues:
            self._queues[target] = _Queue()
            self._scope.spawn(self._work(target, self._queues[target]), f"messages to {target}")
        return self._queues[target]

    async def _work(self, target: str, queue: _Queue) -> None:
        while not self._stopping:
            queue.bell.clear()
            try:
                until = await self._next(target, queue)
            except DBAPIError as error:
                log.warning("Messages to %s wait for the database: %s", target, error)
                until = self._clock.now() + AFTER_FAILURE
            if until is None or until > self._clock.now():
                await self._clock.wait(until, queue.bell)

    async def _next(self, target: str, queue: _Queue) -> float | None:
        """Try what is due; when to look again, None: when the bell rings."""
        queue.waiting = (await self._store.waiting()).get(target, 0)
        message = await self._store.next(target)
        if message is None or target not in self._plugins.offering(Capability.NOTIFIES):
            return None
        if message.id == queue.arrived:  # it could not be noted then
            await self._gone(queue, message)
            return self._clock.now()
        now = self._clock.now()
        # A try further away than any pause was planned by a clock that was wrong.
        if now < message.due <= now + LONGEST_PAUSE:
            return message.due
        quiet = self._quiet()
        if quiet is not None and quiet.now(now):  # what was late for the evening waits too
            return quiet.change(now)
        await self._try(queue, message, now)
        return now

    async def _try(self, queue: _Queue, message: Waiting, now: float) -> None:
        if now - message.told.at > TOO_OLD and message.told.at > SANE:
            log.warning("A message to %s is too old now and was dropped", message.target)
            await self._gone(queue, message)
            return
        queue.busy = True
        try:
            await self._deliver(message.target, message.told)
        except (Unavailable, AuthRequired) as error:
            await self._later(queue, message, error)
        except AppError as error:
            log.warning("A message to %s cannot be sent: %s", message.target, error)
            queue.problem = error
            await self._gone(queue, message)
        else:
            if queue.problem is not None:
                log.warning("Messages to %s arrive again", message.target)
            queue.problem, queue.arrived = None, message.id
            await self._gone(queue, message)
        finally:
            queue.busy = False
            if not any(one.busy for one in self._queues.values()):
                self._idle.set()

    async def _deliver(self, target: str, told: Told) -> None:
        notice = Notice(told.title, told.body, told.kind)
        await self._plugins.call(target, Capability.NOTIFIES, "notify", notice)

    async def _later(self, queue: _Queue, message: Waiting, error: AppError) -> None:
        if queue.problem is None:
            log.warning("A message to %s waits: %s", message.target, error)
        queue.problem = error
        pause = PAUSES[min(message.tries, len(PAUSES) - 1)]
        asked = error.args_map.get("retry_after")
        if isinstance(asked, int | float) and not isinstance(asked, bool):
            pause = min(max(float(asked), 1.0), LONGEST_PAUSE)
        await self._store.later(message.id, self._clock.now() + pause)

    async def _gone(self, queue: _Queue, message: Waiting) -> None:
        await self._store.sent(message.id)
        queue.waiting = max(0, queue.waiting - 1)
