"""Writes events down, tells of them, and holds back what comes in the quiet hours."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.api.capabilities import NoticeKind
from app.domain.alerts import Alert, AlertId, AlertLevel
from app.domain.errors import NotFound
from app.domain.events import AlertChanged, NoticeRaised
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.monitoring.alerts.engine import Turn
from app.services.monitoring.alerts.quiet import QuietHours
from app.services.monitoring.alerts.sending import Clock, Sender
from app.services.monitoring.alerts.store import AlertStore, Told
from app.services.monitoring.alerts.telling import KINDS, LEVELS, Telling
from app.services.monitoring.alerts.watch import Key, Turned

log = logging.getLogger(__name__)

KEY: Final = "notices.alert"
TRY_AGAIN: Final = 30.0
"""Seconds until what could not be written down is tried again."""
STOP_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Event:
    """What is to be written down: an alert that began or ended, or another message."""

    alert: Alert | None = None
    silent: bool = False
    away: Told | None = None


class Recorder:
    """One task writes, in the order things happened. Lives on the service loop."""

    def __init__(
        self,
        bus: EventBus,
        store: AlertStore,
        sender: Sender,
        telling: Telling,
        clock: Clock,
        targets: Callable[[], tuple[str, ...]],
        quiet: Callable[[], QuietHours | None],
    ) -> None:
        self._bus, self._store, self._sender = bus, store, sender
        self._telling, self._clock = telling, clock
        self._targets, self._quiet = targets, quiet
        self._active: dict[Key, Alert] = {}
        self._events: asyncio.Queue[_Event | None] = asyncio.Queue()
        self._unsaved: list[_Event] = []
        self._bell = asyncio.Event()
        self._scope = Supervisor("alerts")
        self._writing: asyncio.Task[None] | None = None

    async def start(self) -> tuple[Alert, ...]:
        """Read what goes on since a run before, and begin."""
        found = await self._store.active()
        self._active = {(one.rule, one.subject): one for one in found}
        self._writing = self._scope.spawn(self._work(), "writing")
        self._scope.spawn(self._nights(), "quiet hours")
        return found

    async def stop(self) -> None:
        """End, when what happened is written down."""
        if self._writing is not None:
            self._events.put_nowait(None)
            await asyncio.wait([self._writing], timeout=STOP_SECONDS)
        await self._scope.close()

    def active(self) -> tuple[Alert, ...]:
        """What goes on, oldest first."""
        return tuple(sorted(self._active.values(), key=lambda one: one.since))

    def take(self, turned: Turned, level: AlertLevel) -> None:
        """An event began or ended just now."""
        reading, now = turned.reading, self._clock.now()
        key = (reading.rule, reading.subject)
        if turned.turn is Turn.BEGAN:
            made = AlertId(uuid.uuid4().hex)
            alert = Alert(made, *key, level, now, args=dict(reading.args))
            self._active[key] = alert
        elif key in self._active:
            alert = self._active.pop(key)
            alert = replace(alert, ended=max(now, alert.since))  # the clock may be set back
        else:
            return
        self._events.put_nowait(_Event(alert, turned.silent))

    def tell(self, told: Told) -> None:
        """Tell something that is no alert at the targets."""
        self._events.put_nowait(_Event(away=told))

    def look(self) -> None:
        """The quiet hours may be others now."""
        self._bell.set()

    async def close(self, alert: AlertId) -> None:
        """The owner has seen one."""
        for key, one in self._active.items():
            if one.id == alert:
                self._active[key] = seen = replace(one, seen=True)
                await self._store.see(alert)
                self._bus.publish(AlertChanged(seen))
                return
        raise NotFound("errors.alert_over")

    async def _work(self) -> None:
        while (event := await self._following()) is not None:
            try:
                await self._save_again()
                if not await self._save(event):
                    continue
            except DBAPIError as error:  # a full disk must be told although it cannot be noted
                log.error("An alert cannot be written down for now: %s", error)  # noqa: TRY400 - an outage, no bug
                self._unsaved.append(event)
            self._publish(event)
            await self._ring()

    async def _following(self) -> _Event | None:
        """The next event; what could not be written down is tried again in between."""
        while self._unsaved:
            try:
                async with asyncio.timeout(TRY_AGAIN):
                    return await self._events.get()
            except TimeoutError:
                try:
                    await self._save_again()
                except DBAPIError:
                    continue
                await self._ring()
        return await self._events.get()

    async def _save_again(self) -> None:
        while self._unsaved:
            await self._save(self._unsaved[0])
            del self._unsaved[0]

    async def _save(self, event: _Event) -> bool:
        quiet, targets = self._quiet_now(), self._targets()
        if event.away is not None:
            if quiet:
                await self._store.hold(event.away)
            else:
                await self._store.tell(event.away, targets)
            return True
        alert = event.alert
        assert alert is not None
        if alert.ended is None:
            told = None if quiet else self._telling.began(alert)
            return await self._store.begin(alert, told, targets)
        told = None if quiet or event.silent else self._telling.ended(alert)
        return await self._store.end(alert, told, targets, silent=event.silent)

    def _publish(self, event: _Event) -> None:
        alert = event.alert
        if alert is None:
            return
        self._bus.publish(AlertChanged(alert))
        quiet = self._quiet_now()
        # What is bad stands in the window at night too, without a sound; all else waits.
        shown = not quiet or (alert.ended is None and alert.level is AlertLevel.BAD)
        if event.silent or not shown:
            return
        kind = KINDS[alert.level] if alert.ended is None else NoticeKind.GOOD
        self._notice(Told(*self._telling.text(alert), kind, self._clock.now()), desktop=not quiet)

    def _notice(self, told: Told, *, desktop: bool) -> None:
        args: dict[str, object] = {"title": told.title, "text": told.body, "view": "alerts"}
        self._bus.publish(NoticeRaised(LEVELS[told.kind], KEY, args, desktop))

    async def _ring(self) -> None:
        self._bell.set()  # the quiet hours may have ended while it was written down
        try:
            await self._sender.added()
        except DBAPIError as error:
            log.warning("Messages wait for the database: %s", error)

    def _quiet_now(self) -> bool:
        quiet = self._quiet()
        return quiet is not None and quiet.now(self._clock.now())

    async def _nights(self) -> None:
        """Tell what was held back as soon as it is not quiet any more."""
        while True:
            self._bell.clear()
            quiet, now = self._quiet(), self._clock.now()
            until = None if quiet is None else quiet.change(now)
            if quiet is None or not quiet.now(now):
                try:
                    await self._release()
                except DBAPIError as error:
                    log.warning("What was held back waits for the database: %s", error)
                    until = min(until or now + TRY_AGAIN, now + TRY_AGAIN)
            await self._clock.wait(until, self._bell)

    async def _release(self) -> None:
        quietly, others = await self._store.held()
        if not quietly and not others:
            return
        messages = [told for _number, told in others]
        told = self._telling.summary(quietly, messages, self._clock.now())
        numbers = [number for number, _told in others]
        await self._store.release(quietly, numbers, told, self._targets())
        if quietly:
            self._notice(told, desktop=True)
        await self._ring()
