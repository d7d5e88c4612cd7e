"""Notices when watched folders go away and come back."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.domain.events import FolderStateChanged
from app.domain.media import FolderId, FolderState
from app.runtime.bus import EventBus
from app.services.library import roots
from app.services.library.store import LibraryStore

EVERY = 10.0
"""Seconds between looks; one look is two system calls for a folder."""
CALM_LOOKS = 6
"""So often a folder that looks as before is left alone before the database is asked again."""


@dataclass(frozen=True, slots=True)
class Calm:
    """How a folder looked when all was well."""

    path: bytes
    held: bool
    look: roots.Look


class Presence:
    """Keeps the state of each folder true. `changed` hears of any that went or came."""

    def __init__(
        self,
        store: LibraryStore,
        bus: EventBus,
        changed: Callable[[], None],
        every: float = EVERY,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._bus = bus
        self._changed = changed
        self._every = every
        self._pause = pause
        self._places: dict[FolderId, tuple[int, int] | None] = {}
        self._vanished: dict[FolderId, list[bytes]] = {}
        self._calm: dict[FolderId, Calm] = {}
        self._asked: dict[FolderId, asyncio.Task[roots.Look]] = {}

    async def check(self, folder: FolderId) -> roots.Look:
        """Look at a folder now and store and tell what changed."""
        path, _display, device, reason, held = await self._store.health(folder)
        look = await self._look(folder, path, held)
        self._calm.pop(folder, None)
        if look.reason is None and reason is None:
            self._calm[folder] = Calm(path, held, look)
        if look.reason is not None:
            await self.set_away(folder, look.reason)
        elif reason is not None and reason != roots.VANISHED:
            await self.set_away(folder, None, look.device)
        elif look.device != device:
            await self._store.set_away(folder, reason, look.device)
        return look

    async def set_away(
        self, folder: FolderId, reason: str | None, device: int | None = None
    ) -> None:
        """Store and tell that a folder is away for this reason, or here again."""
        _path, display, _device, before, _held = await self._store.health(folder)
        await self._store.set_away(folder, reason, device)
        if (before is None) == (reason is None):
            return
        state = FolderState.HERE if reason is None else FolderState.AWAY
        self._bus.publish(FolderStateChanged(folder, display, state))
        self._changed()

    def vanished(self, folder: FolderId, paths: list[bytes]) -> None:
        """Remember some files that vanished with many others: their return is a sign."""
        self._vanished[folder] = paths

    async def run(self, back: Callable[[FolderId], Awaitable[None]]) -> None:
        """Look at all folders again and again; `back` hears those to be scanned and watched."""
        places: list[tuple[FolderId, bytes]] = []
        rest = self._every
        for turn in itertools.count():
            await self._pause(rest)
            if turn % CALM_LOOKS == 0 or not places:
                self._calm.clear()
                places = await self._store.places()
                # Without a folder there is only that to ask, and it is asked no sooner so.
                rest = self._every if places else self._every * CALM_LOOKS
            for folder, _path in places:
                if not await self._is_calm(folder):
                    await self._again(folder, back)

    async def _is_calm(self, folder: FolderId) -> bool:
        """Whether a folder looks as it did when all was well; asks the disk, not the database."""
        calm = self._calm.get(folder)
        return calm is not None and await self._look(folder, calm.path, calm.held) == calm.look

    async def _again(self, folder: FolderId, back: Callable[[FolderId], Awaitable[None]]) -> None:
        path, _display, _device, before, _held = await self._store.health(folder)
        look = await self.check(folder)
        if look.reason is not None:
            self._places[folder] = None
            return
        known = self._places.get(folder, look.watch)
        self._places[folder] = look.watch
        returned = before is not None and before != roots.VANISHED
        if before == roots.VANISHED:
            signs = self._vanished.get(folder, [])
            returned = await asyncio.to_thread(_any_there, path, signs)
        if returned or known != look.watch:
            await back(folder)

    async def _look(self, folder: FolderId, path: bytes, held: bool) -> roots.Look:
        """One look at a time: a disk that does not answer gets no second thread."""
        task = self._asked.get(folder)
        if task is None or task.done():
            task = asyncio.create_task(roots.look(path, held))
            self._asked[folder] = task
        return await asyncio.shield(task)


def _any_there(root: bytes, paths: list[bytes]) -> bool:
    return any(os.path.lexists(os.path.join(root, path)) for path in paths)
