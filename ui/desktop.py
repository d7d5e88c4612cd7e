"""What the station does on the desktop around its window: tray icon and notifications."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.domain.events import (
    AlertChanged,
    FolderStateChanged,
    NoticeLevel,
    PositionChanged,
    ScanPhase,
    ScanProgressed,
)
from app.domain.media import Card, FolderId, FolderState
from app.services.station import Services
from ui import words
from ui.bridge import Bridge
from ui.desktop_motion import desktop_moves
from ui.notify import Notification, Notifier
from ui.tray import Tray, TrayActions
from ui.window import MainWindow

LONG_SCAN_SECONDS = 10.0
"""A scan that was this long is worth a notification when it ends; a quick one is not."""


class Desktop(QObject):
    """Tray and notifications of one window; made when the services are there."""

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        services: Services,
        leave: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._services = window, bridge, services
        self._tasks: set[asyncio.Task[Any]] = set()
        self._begun: dict[FolderId, float] = {}
        self._last: Card | None = None
        self._notifier = Notifier()
        actions = TrayActions(window.raise_window, self._play, self._scan, leave)
        self.tray = Tray(window.theme, actions, self)
        window.can_hide = lambda: self.tray.available
        bridge.on(ScanProgressed, self._on_scan_progressed, self)
        bridge.on(FolderStateChanged, self._on_folder_state_changed, self)
        bridge.on(PositionChanged, lambda _event: self._find_last(), self)
        bridge.on(AlertChanged, lambda _event: self._find_alerts(), self)
        self._find_last()
        self._find_alerts()
        self._spawn(self._ask_motion())

    def notify(self, text: str, topic: str = "") -> None:
        """Show a desktop notification, unless the owner looks at the window or wants none."""
        wanted = self._services.settings.current.notifications.desktop
        if wanted and not self._window.isActiveWindow():
            opens = {"default": (self.tr("Open"), self._window.raise_window)}
            self._spawn(self._speak(Notification("Sokoul", text, topic, actions=opens)))

    async def close(self) -> None:
        """Take the icon away and leave the bus."""
        self._window.can_hide = lambda: False
        self.tray.close()
        for task in list(self._tasks):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._notifier.close()

    async def _speak(self, notification: Notification) -> None:
        """Where the desktop shows no notifications, the icon in the tray speaks up."""
        if await self._notifier.show(notification) is None:
            self.tray.balloon(notification.title, notification.text)

    def _find_alerts(self) -> None:
        """What goes on that is not well and that the owner has not closed."""
        service = self._services.alerts

        async def titles() -> list[str]:
            return [service.text(one)[0] for one in service.active() if not one.seen]

        self._bridge.call(titles(), self.tray.set_alerts, owner=self)

    async def _ask_motion(self) -> None:
        moves = await desktop_moves()
        if moves is not None:
            self._window.theme.set_desktop_motion(moves)

    def _play(self) -> None:
        if self._last is not None:
            self._window.raise_window()
            self._window.open("player", item=self._last.id)

    def _scan(self) -> None:
        self._bridge.call(self._services.library.rescan(None), owner=self)

    def _find_last(self) -> None:
        self._bridge.call(
            self._services.playback.continue_watching(1), self._on_last_found, owner=self
        )

    def _on_last_found(self, cards: list[Card]) -> None:
        self._last = next(iter(cards), None)
        self.tray.set_playing(None, words.headline(self._last) if self._last else "")

    def _on_scan_progressed(self, event: ScanProgressed) -> None:
        now = time.monotonic()
        began = self._begun.setdefault(event.folder, now)
        if event.phase in (ScanPhase.DONE, ScanPhase.CANCELLED, ScanPhase.FAILED):
            del self._begun[event.folder]
            if event.phase is ScanPhase.DONE and now - began >= LONG_SCAN_SECONDS:
                said = self.tr("{folder} has been read: {count} files")
                text = said.format(folder=event.display, count=words.count(event.done))
                self.notify(text, f"scan {event.folder}")

    def _on_folder_state_changed(self, event: FolderStateChanged) -> None:
        """A disk that goes must be told at once; one that comes back, quietly."""
        if event.state is FolderState.AWAY:
            said = self.tr("{folder} is away. Its items are kept and come back with it.")
            level = NoticeLevel.WARN
        else:
            said = self.tr("{folder} is back.")
            level = NoticeLevel.GOOD
        text = said.format(folder=event.display)
        self._window.toasts.show(text, level=level, seconds=8)
        self.notify(text, f"folder {event.folder}")

    def _spawn(self, coro: Coroutine[Any, Any, object]) -> None:
        task = asyncio.get_running_loop().create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
