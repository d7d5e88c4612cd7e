"""A process that watches a folder and sends what is in it, so that a test may kill it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from app.api.capabilities import Capability
from app.domain.errors import Unavailable
from app.domain.post import AccountId
from app.domain.results import WatchedState
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.automation.curator import Curator, Wishes
from app.services.automation.service import Parts, WatchService
from app.services.automation.store import WatchStore
from app.services.automation.watching import FolderWatch, Rhythm
from app.services.plugins.model import PluginInfo
from app.services.publishing.service import PublishingService
from tests.fakes.settings import FakeSettings
from tests.unit.services.automation.house import Narrator, Snapper

ACCOUNTS = ("one", "two")


class Accounts:
    """Two that publish; nothing is sent here: what is planned stays planned."""

    async def list(self) -> tuple[PluginInfo, ...]:
        can = (Capability.PUBLISHES.value,)
        return tuple(
            PluginInfo(one, one.title(), enabled=True, capabilities=can) for one in ACCOUNTS
        )

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        raise Unavailable("errors.away")


def main(place: str, count: str) -> None:
    """Watch `inbox` in a place until so many films are sent; says when it began and is done."""
    asyncio.run(_watch(Path(place), int(count)))


async def _watch(folder: Path, count: int) -> None:
    database, bus = Database(folder / "station.db"), EventBus()
    await database.open()
    publishing = PublishingService(database, bus, Accounts(), FakeSettings(bus))
    store = WatchStore(database)
    wishes = Wishes(tuple(AccountId(one) for one in ACCOUNTS), go=True)
    curator = Curator(
        store, Narrator(), publishing, Snapper(), bus, folder / "pictures", lambda: wishes
    )
    watch = FolderWatch(store, curator.nudge, Rhythm(0.2, 0.01))
    inbox = bytes(folder / "inbox")
    service = WatchService(Parts(store, watch, curator), lambda: (inbox,), bus)
    await service.start()
    sys.stdout.write("began\n")
    sys.stdout.flush()
    while sum(one.state is WatchedState.SENT for one in await store.files()) < count:  # noqa: ASYNC110 - it is in the database
        await asyncio.sleep(0.02)
    await service.stop()
    await database.close()
    sys.stdout.write("done\n")
