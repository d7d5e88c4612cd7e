"""The watch folder: new films of the owner's folders are described and go out, or wait for him."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.domain.errors import InvalidInput
from app.domain.events import SettingsChanged
from app.domain.results import WatchedFile, WatchedState
from app.domain.settings_sections import Publishing
from app.domain.targets import read_targets
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.automation.curator import Curator, Wishes
from app.services.automation.store import WatchStore
from app.services.automation.watching import MOST_FOLDERS, FolderWatch

SECTION: Final = "publishing"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service stands on."""

    store: WatchStore
    watch: FolderWatch
    curator: Curator


class WatchService:
    """Lives on the service loop. `folders` tells which folders are watched, by the settings."""

    def __init__(
        self, parts: Parts, folders: Callable[[], tuple[bytes, ...]], bus: EventBus
    ) -> None:
        self._store, self._watch, self._curator = parts.store, parts.watch, parts.curator
        self._folders, self._bus = folders, bus
        self._scope = Supervisor("watch settings")
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        """Begin to watch, and go on with what was being worked on."""
        await self._watch.start()
        await self._curator.start()
        self._subscription = self._bus.on(SettingsChanged, self._on_settings)
        self._scope.spawn(self._watch.watch(self._folders()), "folders")

    async def stop(self) -> None:
        """End; everything goes on at the next start."""
        if self._subscription is not None:
            self._subscription.close()
        await self._scope.close()
        await self._watch.stop()
        await self._curator.stop()

    async def files(self) -> tuple[WatchedFile, ...]:
        """The films that were taken, the latest first."""
        return await self._store.files()

    async def scan(self) -> None:
        """Look through all folders now; what is new settles first."""
        await self._watch.scan()

    async def again(self, digest: str) -> None:
        """Try a film again that is held, or was broken. `InvalidInput` for any other."""
        one = await self._store.get(digest)
        if one.view.state not in (WatchedState.HELD, WatchedState.BROKEN, WatchedState.GONE):
            raise InvalidInput("errors.watch_done")
        await self._store.change(digest, state=WatchedState.FOUND, tries=0, due=0.0)
        await self._curator.nudge()

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == SECTION:
            self._scope.spawn(self._changed(), "changed")

    async def _changed(self) -> None:
        await self._watch.watch(self._folders())
        await self._curator.wake()


def folders_of(section: Publishing) -> tuple[bytes, ...]:
    """The folders of the settings; what is no whole path is none."""
    named = [section.watch_folder.strip(), *_listed(section.watch_folders)]
    return tuple(os.fsencode(path) for path in named if path.startswith("/"))[:MOST_FOLDERS]


def wishes_of(section: Publishing, language: str) -> Wishes:
    """What the settings want of new films; `language` is the owner's, ISO 639-1."""
    accounts = read_targets(section.watch_accounts)
    return Wishes(accounts, section.watch_publish == "go", language)


def _listed(text: str) -> list[str]:
    try:
        told = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    if not isinstance(told, list):
        return []
    return [one for one in told if isinstance(one, str) and one and "\0" not in one]
