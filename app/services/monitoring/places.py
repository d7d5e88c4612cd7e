"""Which disks are watched: those of the films, of the downloads, and the station's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from app.domain.events import FolderStateChanged, LibraryChanged, SettingsChanged
from app.domain.media import Folder
from app.infra.machine.disks import Place
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor


class Places:
    """Knows them now, without asking anybody; kept true by what the bus tells.

    `folders` are the library's, `downloads` where downloads go, `own` where the station's own
    things are.
    """

    def __init__(
        self,
        bus: EventBus,
        folders: Callable[[], Awaitable[Sequence[Folder]]],
        downloads: Callable[[], Path],
        own: Path,
    ) -> None:
        self._bus, self._folders, self._downloads, self._own = bus, folders, downloads, own
        self._known: tuple[Place, ...] = (Place(bytes(own), system=True),)
        self._tasks = Supervisor("watched disks")
        self._looking = False
        self._subscriptions: list[Subscription] = []

    def __call__(self) -> tuple[Place, ...]:
        """The places there are now."""
        return self._known

    async def start(self) -> None:
        """Ask once, and again whenever folders come or go."""
        on = self._bus.on
        self._subscriptions += [
            on(LibraryChanged, lambda event: self._look() if event.structure else None),
            on(FolderStateChanged, lambda _event: self._look()),
            on(SettingsChanged, self._on_settings),
        ]
        await self._ask()

    async def stop(self) -> None:
        """Follow no more."""
        while self._subscriptions:
            self._subscriptions.pop().close()
        await self._tasks.close()

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == "downloads":
            self._look()

    def _look(self) -> None:
        """A scan tells of many changes: one look serves those that came while it was waiting."""
        if not self._looking:
            self._looking = True
            self._tasks.spawn(self._ask(), "look")

    async def _ask(self) -> None:
        self._looking = False
        films = [one.path for one in await self._folders()]
        loads = bytes(self._downloads())
        self._known = (
            *(Place(path, media=True) for path in dict.fromkeys((*films, loads))),
            Place(bytes(self._own), system=True),
        )
