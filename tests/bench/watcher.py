"""A process of the bench that watches the machine as the station does, and nothing else."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from app.infra.database import driver


async def watch(path: Path) -> None:
    """Until it is ended."""
    from app.infra.machine.disks import Place
    from app.infra.machine.reader import MachineReader
    from app.runtime.bus import EventBus
    from app.services.monitoring.history import History
    from app.services.monitoring.service import MonitoringService

    places = [Place(os.fsencode(path.parent), media=True, system=True)]
    service = MonitoringService(EventBus(), MachineReader(), History(path), lambda: places)
    # As many of the station's own figures as it has.
    service.add(lambda: {f"figure.{number}": number * 1.5 for number in range(20)})
    await service.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    driver.install()  # before anything imports sqlite3
    asyncio.run(watch(Path(sys.argv[1])))
