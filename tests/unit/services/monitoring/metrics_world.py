"""The door to the figures as it stands in a home: its server, settings and place of secrets."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from app.infra.lan.server import LanServer
from app.infra.paths import Paths
from app.infra.secrets import ScopedSecrets, Secrets
from app.runtime.bus import EventBus
from app.services.monitoring.meters import Meters
from app.services.monitoring.metrics_route import SCOPE, MetricsDoor
from app.services.settings.service import SettingsService
from tests.unit.infra.lan.siege import LO, US, Answer, ask


@dataclass
class House:
    """Everything the door stands on."""

    bus: EventBus
    settings: SettingsService
    secrets: ScopedSecrets
    server: LanServer
    meters: Meters
    door: MetricsDoor

    async def switch(self, *, on: bool) -> None:
        """As the owner does in Settings."""
        await self.settings.set("monitoring", "metrics", on)

    async def ask(self, token: str = "", **headers: str) -> Answer:
        """Ask for the figures; with a token as Prometheus sends it."""
        if token:
            headers = {"Authorization": f"Bearer {token}", **headers}
        return await ask(self.server, "GET", "/metrics", b"", **headers)


@contextlib.asynccontextmanager
async def house(paths: Paths, clock: Callable[[], float] = time.monotonic) -> AsyncIterator[House]:
    """A house whose server listens on loopback; its token lies in the vault."""
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    secrets = Secrets(paths.vault, paths.vault_key, {})
    secrets._keyring_works, secrets._probed_at = False, time.monotonic()  # noqa: SLF001,RUF100 - no keyring here
    scoped, server, meters = secrets.scoped(SCOPE), LanServer(lambda: (LO,)), Meters(bus)
    door = MetricsDoor(scoped, settings, server, meters, clock)
    await meters.start()
    await door.start()
    await server.start([US], 0)
    try:
        yield House(bus, settings, scoped, server, meters, door)
    finally:
        await server.stop()
        await door.stop()
        meters.stop()
