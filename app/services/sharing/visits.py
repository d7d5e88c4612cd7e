"""Judges each request for a link: whose address it is, which device asks, and whether it may."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.domain.access import LinkState
from app.domain.errors import AppError
from app.infra.lan.routes import PUBLIC_PREFIX
from app.services.sharing import tokens
from app.services.sharing.clockwork import Clockwork
from app.services.sharing.going import Going
from app.services.sharing.guessing import Guessing
from app.services.sharing.page_words import date, language_of
from app.services.sharing.states import for_device
from app.services.sharing.store import Found, SharingStore
from app.services.sharing.tokens import Key, KeyRing

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

COOKIE: Final = "sokoul_device"
COOKIE_SECONDS: Final = 400 * 86_400
"""The longest a browser keeps one."""
ASK_KEYS_EACH: Final = 5.0
"""Seconds between two tries to read keys that are locked: each may wait for a keyring."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for an address that is one. `device` is empty for one that has no cookie yet."""

    token: str
    found: Found
    key: Key
    device: str
    asker: str
    secure: bool
    language: str
    now: float | None

    @property
    def base(self) -> str:
        """Where all of the link lies."""
        return PUBLIC_PREFIX + self.token


class ClosedError(Exception):
    """There is nothing to see: `key` names the words that say why."""

    def __init__(
        self, status: int, key: str, visit: Visit | None = None, /, **args: object
    ) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.visit = visit
        self.words = args


@dataclass(slots=True)
class Doorkeeper:
    """Judges. Lives on the service loop; `used` is called when a use began."""

    store: SharingStore
    ring: KeyRing
    clock: Clockwork
    going: Going
    used: Callable[[Visit], None]
    guessing: Guessing = field(default_factory=Guessing)
    asked_keys: float = field(default=float("-inf"), init=False)

    async def look(self, request: web.Request) -> Visit:
        """Whose address it is. Raises `ClosedError` for none, and while nobody can say."""
        from app.infra.lan import gate

        asker = request.get(gate.ASKER, "")
        keys = await self._keys()
        told = request.match_info["token"]
        cookie = request.cookies.get(COOKIE, "")
        read = tokens.read(keys, told)
        device = tokens.read_device(read[1], read[0], cookie) if read else None
        wait = 0 if device else self.guessing.wait(asker)
        if wait:  # whatever it asks for now: else every guess would be answered
            raise ClosedError(429, "slow", seconds=wait)
        found = await self.store.found(read[0], device or "") if read else None
        if read is None or found is None:
            self.guessing.wrong(asker)
            raise ClosedError(404, "unknown")
        language = language_of(request.headers.get("Accept-Language", ""))
        secure = bool(request.get(gate.SECURE))
        return Visit(told, found, read[1], device or "", asker, secure, language, self.clock.now())

    def check(self, visit: Visit) -> None:
        """Raise `ClosedError` when the link does not open for this device."""
        state, full = for_device(visit.found, visit.now)
        if state is not LinkState.OPEN:
            raise _closed(visit, state)
        if full:
            most = visit.found.link.wish.devices
            key = "devices_full_one" if most == 1 else "devices_full"
            raise ClosedError(403, key, visit, count=most)

    async def admit(self, visit: Visit) -> Visit:
        """Let a device begin, or go on with its use; raises `ClosedError` when it may not."""
        self.check(visit)
        if not visit.device:
            raise ClosedError(403, "cookies", visit)
        now = visit.now
        if now is None or visit.found.session > now:  # `check` lets nobody in without a time
            return visit
        who = visit.found.who.id
        begun = await self.store.claim(who, visit.device, now, self.going.day())
        after = await self.store.found(who, visit.device)
        if after is None:
            raise ClosedError(404, "unknown")
        visit = replace(visit, found=after)
        if begun:
            self.used(visit)
            return visit
        self.check(visit)
        if after.session <= now:
            raise _closed(visit, LinkState.USED_UP)
        return visit  # another request of the same device was quicker

    async def _keys(self) -> Mapping[int, Key]:
        keys = self.ring.keys
        if keys is not None:
            return keys
        now = time.monotonic()
        if now - self.asked_keys < ASK_KEYS_EACH:
            raise ClosedError(503, "held")
        self.asked_keys = now
        try:
            return await self.ring.load()
        except AppError as error:
            log.warning("The keys of the links cannot be read: %s", error)
            raise ClosedError(503, "held") from error


def _closed(visit: Visit, state: LinkState) -> ClosedError:
    wish, language = visit.found.link.wish, visit.language
    if state is LinkState.LATER:
        return ClosedError(403, "later", visit, date=date(language, wish.start))
    if state is LinkState.ENDED:
        return ClosedError(410, "ended", visit, date=date(language, wish.until or 0.0))
    if state is LinkState.USED_UP:
        key = "used_up_one" if wish.uses == 1 else "used_up"
        return ClosedError(410, key, visit, all=wish.uses)
    if state is LinkState.REVOKED:
        return ClosedError(410, "revoked", visit)
    return ClosedError(503, "held", visit)
