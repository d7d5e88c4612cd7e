"""What commands may ask of backups: to make one now."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.upkeep.service import UpkeepService


async def backup(upkeep: UpkeepService) -> object:
    """Make a backup; tells its name, path, time and bytes."""
    return asdict(await upkeep.backup())
