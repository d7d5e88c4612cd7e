"""Tells subscribers what changed, as GENA wants it: in order, not too often, never elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from app.runtime.supervisor import Supervisor
from app.services.media_server.callbacks import Callback
from app.services.media_server.describing import XML

log = logging.getLogger(__name__)

MOST: Final = 64
MOST_OF_ONE: Final = 12
"""So many subscriptions one device may have."""
LONGEST: Final = 1800
SHORTEST: Final = 60
PACE: Final = 0.2
"""Seconds between two events of changes."""
PATIENCE: Final = 5.0
FIRST: Final = 0.05
"""Seconds until the first event: who subscribes must have read its name before."""
_LAST: Final = 2**32 - 1
_TIMEOUT: Final = re.compile(r"Second-(\d{1,9}|infinite)\Z", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Subscription:
    """Somebody who wants to be told of one service."""

    sid: str
    service: str
    peer: str
    way: str  # our address by which it came: events go out there too
    callbacks: tuple[Callback, ...]
    ends: float
    seq: int = 0
    waiting: dict[str, str] = field(default_factory=dict)
    sending: bool = False


def seconds_of(header: str) -> int:
    """How long a subscription lasts, from its TIMEOUT."""
    found = _TIMEOUT.match(header.strip())
    if found is None or not found[1].isdigit():
        return LONGEST
    return max(SHORTEST, min(int(found[1]), LONGEST))


class Events:
    """All subscriptions. Lives on the service loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._subscribed: dict[str, Subscription] = {}
        self._tasks = Supervisor("media server events")

    def __len__(self) -> int:
        self._sweep()
        return len(self._subscribed)

    def subscribe(
        self, service: str, peer: str, way: str, callbacks: tuple[Callback, ...], seconds: int
    ) -> Subscription | None:
        """Take somebody in; None when there are too many. Nothing is sent before `begin`."""
        self._sweep()
        of_one = sum(1 for each in self._subscribed.values() if each.peer == peer)
        if len(self._subscribed) >= MOST or of_one >= MOST_OF_ONE:
            return None
        made = Subscription(
            f"uuid:{uuid.uuid4()}", service, peer, way, callbacks, self._clock() + seconds
        )
        self._subscribed[made.sid] = made
        return made

    def begin(self, subscription: Subscription, values: Mapping[str, str]) -> None:
        """Send the first event, once the answer to the subscription is out."""
        self._send(subscription, values)

    def renew(self, sid: str, service: str, peer: str, seconds: int) -> bool:
        """Let a subscription last; False when there is none of that name and device."""
        found = self._own(sid, service, peer)
        if found is not None:
            found.ends = self._clock() + seconds
        return found is not None

    def end(self, sid: str, service: str, peer: str) -> bool:
        """Send nothing more; False when there is no such subscription."""
        found = self._own(sid, service, peer)
        if found is not None:
            del self._subscribed[sid]
        return found is not None

    def tell(self, service: str, values: Callable[[Subscription], Mapping[str, str]]) -> None:
        """Send changed values to all subscribers of a service."""
        self._sweep()
        for each in self._subscribed.values():
            if each.service == service:
                self._send(each, values(each))

    async def close(self) -> None:
        """Send nothing more to anybody."""
        self._subscribed.clear()
        await self._tasks.close()

    def _own(self, sid: str, service: str, peer: str) -> Subscription | None:
        self._sweep()
        found = self._subscribed.get(sid)
        if found is None or found.service != service or found.peer != peer:
            return None
        return found

    def _sweep(self) -> None:
        now = self._clock()
        for sid in [sid for sid, each in self._subscribed.items() if each.ends <= now]:
            del self._subscribed[sid]

    def _send(self, subscription: Subscription, values: Mapping[str, str]) -> None:
        """One after the other, so that they come in order; what comes meanwhile is put together."""
        subscription.waiting.update(values)
        if not subscription.sending and subscription.waiting:
            subscription.sending = True
            self._tasks.spawn(self._deliver(subscription), subscription.sid)

    async def _deliver(self, subscription: Subscription) -> None:
        try:
            if subscription.seq == 0:
                await asyncio.sleep(FIRST)
            while subscription.waiting and subscription.sid in self._subscribed:
                values, subscription.waiting = subscription.waiting, {}
                message = _message(subscription, values)
                subscription.seq = 1 if subscription.seq == _LAST else subscription.seq + 1
                if not await _to_one_of(subscription, message):
                    log.info("%s does not take events: it gets none any more", subscription.peer)
                    self._subscribed.pop(subscription.sid, None)
        finally:
            subscription.sending = False


class Pace:
    """Calls `tell` soon after something changed, but not more often than every `PACE` seconds."""

    def __init__(self, tell: Callable[[], None], pace: float = PACE) -> None:
        self._tell = tell
        self._pace = pace
        self._last = -pace
        self._timer: asyncio.TimerHandle | None = None

    def changed(self) -> None:
        """Something did; on the service loop."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        rest = max(0.0, self._last + self._pace - loop.time())
        self._timer = loop.call_later(rest, self._now)

    def stop(self) -> None:
        """Tell nothing more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _now(self) -> None:
        self._timer = None
        self._last = asyncio.get_running_loop().time()
        self._tell()


def _message(subscription: Subscription, values: Mapping[str, str]) -> tuple[str, bytes]:
    told = "".join(
        f"<e:property><{name}>{escape(value)}</{name}></e:property>"
        for name, value in values.items()
    )
    body = (
        f'{XML}<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">{told}</e:propertyset>'
    ).encode()
    head = (
        'Content-Type: text/xml; charset="utf-8"\r\nNT: upnp:event\r\nNTS: upnp:propchange\r\n'
        f"SID: {subscription.sid}\r\nSEQ: {subscription.seq}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head, body


async def _to_one_of(subscription: Subscription, message: tuple[str, bytes]) -> bool:
    for callback in subscription.callbacks:
        try:
            async with asyncio.timeout(PATIENCE):
                if await _notify(callback, subscription.way, message):
                    return True
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            log.debug("An event did not reach %s:%s", callback.host, callback.port)
    return False


async def _notify(callback: Callback, way: str, message: tuple[str, bytes]) -> bool:
    """Send it there, and there only: no name is looked up, no redirect followed."""
    reader, writer = await asyncio.open_connection(
        callback.host, callback.port, local_addr=(way, 0), limit=4096
    )
    try:
        head, body = message
        first = f"NOTIFY {callback.path} HTTP/1.1\r\nHost: {callback.host}:{callback.port}\r\n"
        writer.write(f"{first}{head}".encode("ascii") + body)
        await writer.drain()
        answer = await reader.readuntil(b"\n")
        words = answer.split(maxsplit=2)
        return len(words) > 1 and words[0].startswith(b"HTTP/1.") and words[1].startswith(b"2")
    finally:
        writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            await writer.wait_closed()
