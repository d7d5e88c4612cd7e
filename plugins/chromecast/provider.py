"""Finds Chromecasts and lets them play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.api import CastProvider, Changes, ProviderContext
from plugins.chromecast.discovery import Discovery

if TYPE_CHECKING:
    from plugins.chromecast.receiver import Receiver


class Chromecast(CastProvider):
    """Implements `CastsTo`."""

    def __init__(self, context: ProviderContext) -> None:
        self._log = context.log
        changes = Changes()
        self._discovery = Discovery(changes, context.log)
        super().__init__(self._discovery, changes)

    def _player(self, device: str) -> Receiver | None:
        from plugins.chromecast.receiver import Receiver

        found = self._discovery.get(device)
        return None if found is None else Receiver(self._discovery, found, self._log)


async def setup(context: ProviderContext) -> Chromecast:
    """Build the provider; nothing is looked for until devices are asked for."""
    return Chromecast(context)
