"""Looks at what the home meets: the server, the screens, the shared library."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from app.domain.health import Health, HealthState
from app.domain.media_server import Sharing
from app.domain.networks import NetworkKind
from app.domain.sharing import NOTHING
from app.services.casting.service import CastingService
from app.services.lan.service import LanService
from app.services.media_server.service import MediaServerService

LAN: Final = "lan"
MEDIA_SERVER: Final = "media_server"
LATELY: Final = 900.0
"""A device that asked for the library within so many seconds is connected."""


class LanCheck:
    """The server for the home; `networks` is what the owner wrote of them in the settings."""

    def __init__(
        self, lan: LanService, casting: CastingService, networks: Callable[[], str]
    ) -> None:
        self._lan = lan
        self._casting = casting
        self._networks = networks

    async def look(self) -> Health:
        """Where it listens, and how many screens are here."""
        if self._networks().strip() == NOTHING:
            return Health(LAN, HealthState.OFF, "health.lan.off", page="settings")
        here = self._lan.interfaces
        if self._lan.port and here:
            screens = sum(one.here for one in await self._casting.devices())
            args = {"address": here[0].address, "port": self._lan.port, "count": screens}
            return Health(LAN, HealthState.GOOD, "health.lan.good", args)
        names = set(self._networks().replace(",", " ").split())
        wanted = [
            one.name
            for one in await self._lan.networks()
            if (one.name in names if names else one.kind is NetworkKind.HOME)
        ]
        if wanted:
            told, mend = "health.lan.closed", "health.lan.closed.mend"
            args = {"network": wanted[0]}
            return Health(LAN, HealthState.BAD, told, args, mend, page="settings")
        told, mend = "health.lan.alone", "health.lan.alone.mend"
        return Health(LAN, HealthState.WARN, told, {}, mend, page="settings")


class MediaServerCheck:
    """The library for other devices; `wishes` is what the owner wants of it."""

    def __init__(
        self,
        server: MediaServerService,
        lan: LanService,
        wishes: Callable[[], Sharing],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._server = server
        self._lan = lan
        self._wishes = wishes
        self._clock = clock

    async def look(self) -> Health:
        """Who looks into it, and who waits for the owner's word."""
        if not self._wishes().on:
            return Health(MEDIA_SERVER, HealthState.OFF, "health.media_server.off", page="settings")
        if not (self._lan.port and self._lan.interfaces):
            told, mend = "health.media_server.alone", "health.lan.alone.mend"
            return Health(MEDIA_SERVER, HealthState.WARN, told, {}, mend, page="settings")
        now, guests = self._clock(), self._server.guests()
        connected = sum(one.allowed is not False and now - one.seen_at < LATELY for one in guests)
        waiting = [one for one in guests if one.allowed is None]
        if waiting and self._wishes().ask:
            args: dict[str, object] = {"count": len(waiting), "device": waiting[0].name}
            told, mend = "health.media_server.asks", "health.media_server.asks.mend"
            return Health(MEDIA_SERVER, HealthState.GOOD, told, args, mend, page="settings")
        return Health(
            MEDIA_SERVER, HealthState.GOOD, "health.media_server.good", {"count": connected}
        )
