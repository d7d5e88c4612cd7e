"""Finds DLNA renderers and lets them play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.api import CastProvider, Changes, ProviderContext
from plugins.dlna.discovery import Discovery

if TYPE_CHECKING:
    from plugins.dlna.events import Listeners
    from plugins.dlna.renderer import Renderer


class Dlna(CastProvider):
    """Implements `CastsTo`."""

    def __init__(self, context: ProviderContext) -> None:
        self._log = context.log
        self._listeners: Listeners | None = None
        changes = Changes()
        self._discovery = Discovery(changes, context.log)
        super().__init__(self._discovery, changes)

    async def close(self) -> None:
        """Let go of everything."""
        await super().close()
        if self._listeners is not None:
            await self._listeners.close()

    def _player(self, device: str) -> Renderer | None:
        from plugins.dlna.events import Listeners
        from plugins.dlna.renderer import Renderer

        found = self._discovery.get(device)
        if found is None:
            return None
        if self._listeners is None:
            self._listeners = Listeners()
        return Renderer(self._discovery, found, self._listeners, self._log)


async def setup(context: ProviderContext) -> Dlna:
    """Build the provider; nothing is looked for until devices are asked for."""
    return Dlna(context)
