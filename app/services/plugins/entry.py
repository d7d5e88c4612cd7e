"""One plugin as the service holds it: what was found of it, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.plugins.host import PluginError, PluginHost
from app.services.plugins.loader import Found


@dataclass(slots=True)
class Entry:
    """A plugin and what became of it."""

    found: Found
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    host: PluginHost | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    crashes: int = 0
    failure: PluginError | None = None  # switched off by this

    @property
    def name(self) -> str:
        """What it is called."""
        manifest = self.found.manifest
        return self.found.folder.name if manifest is None else manifest.name
