"""The program round the window: it paints first, then brings up the services and joins the two."""

from __future__ import annotations

import locale
import logging
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.events import PlayRequested, SettingsChanged, WindowRequested
from app.runtime.bus import EventBus
from ui import i18n
from ui.collector import Collector
from ui.theme import Theme
from ui.window import MainWindow, WindowChoices

if TYPE_CHECKING:
    import asyncio

    from app.runtime.loop import ServiceLoop
    from app.services.settings.service import SettingsService
    from app.services.station import Services
    from ui.desktop import Desktop

log = logging.getLogger(__name__)

STATION_STOP_SECONDS = 3.5
PAINT_MS = 500


class Backstage(Protocol):
    """What stands behind the window: the services on their own thread."""

    state: Path
    bus: EventBus
    settings: SettingsService

    @property
    def loop(self) -> ServiceLoop:
        """The thread of the services."""

    def start(self, leave: Callable[[], None]) -> Coroutine[Any, Any, Services]:
        """Start everything; `leave` is called when a command asks the station to end."""

    def stop(self) -> Coroutine[Any, Any, None]:
        """Stop everything."""

    def cut_short(self, *, now: bool) -> None:
        """End the process: soon, should the stop hang, or now."""


class Shell:
    """One run of the program with a window; `run()` returns its exit code."""

    def __init__(
        self,
        backstage: Backstage,
        page: str = "",
        asked: Mapping[str, object] | None = None,
        *,
        kiosk: bool = False,
    ) -> None:
        self._backstage = backstage
        self._kiosk = kiosk
        self._page = page
        self._asked = asked
        self._gone: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._desktop: Desktop | None = None
        self.services: Services | None = None
        """The services, once they have started."""

    def run(self) -> int:
        """Open the window and stay until it is closed or a signal ends the program."""
        self.application = self._make_application()
        collector = Collector(self.application)
        settings = self._backstage.settings.current
        self.theme = Theme(settings.look.scale, settings.look.motion)
        self.theme.apply(self.application)
        choices = self._choices(self._page or settings.look.start_page)
        self.window = MainWindow(self.theme, choices, self._backstage.state / "window.json")
        self._show_window()
        self._paint_first()
        import asyncio  # it brings the TLS library with it: not before the window is seen

        import qasync

        loop = self._loop = qasync.QEventLoop(self.application)
        asyncio.set_event_loop(loop)
        try:
            return int(loop.run_until_complete(self._live()))
        finally:
            loop.close()
            collector.stop()

    async def visit(self) -> int:
        """What happens while the window is open; the tour does its round here instead."""
        if self._gone is not None:
            await self._gone.wait()
        return 0

    def leave(self) -> None:
        """Ask the program to end; safe from every thread, and the second time it ends at once."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._on_leave)

    def _make_application(self) -> QApplication:
        application = QApplication(sys.argv[:1])
        locale.setlocale(locale.LC_NUMERIC, "C")  # for mpv, which reads numbers; Qt changes it
        application.setQuitOnLastWindowClosed(False)
        application.setApplicationName("Sokoul")
        application.setDesktopFileName("sokoul")
        language = self._backstage.settings.current.look.language
        i18n.install(application, language)
        return application

    def _choices(self, page: str) -> WindowChoices:
        settings = self._backstage.settings.current
        return WindowChoices(page, settings.notifications.keep_in_tray, self._kiosk)

    def _show_window(self) -> None:
        if not self._kiosk:
            self.window.show()
            return
        from ui.kiosk import Kiosk

        Kiosk(self.window).show()

    def _paint_first(self) -> None:
        """Let the window appear before anything else is imported or started."""
        painting = QEventLoop()
        self.window.first_painted.connect(painting.quit)
        QTimer.singleShot(PAINT_MS, painting.quit)  # a window nobody shows must not wait
        painting.exec()

    async def _live(self) -> int:
        import asyncio
        import signal

        from ui.bridge import Bridge

        self._gone = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_leave)
        self.window.closed.connect(self._on_leave)
        backstage = self._backstage
        backstage.loop.start()
        self.bridge = Bridge(backstage.loop, backstage.bus, self.window)
        self._listen()
        self._start_station()
        try:
            return await self.visit()
        finally:
            await self._stop()

    def _listen(self) -> None:
        from ui.notices import Notices

        bridge, window = self.bridge, self.window
        bridge.errored.connect(self._on_errored)
        bridge.on(WindowRequested, lambda event: window.raise_window(event.page), window)
        bridge.on(PlayRequested, self._on_play_requested, window)
        bridge.on(SettingsChanged, self._on_settings_changed, window)
        Notices(bridge, window.toasts, window, self._notify, window)

    def _start_station(self) -> None:
        self.bridge.call(
            self._backstage.start(self.leave), self._on_started, self._on_start_failed, self.window
        )

    def _on_started(self, services: Services) -> None:
        self.services = services
        self.window.attach(self.window.context(self.bridge, services))
        QTimer.singleShot(0, self._meet_desktop)
        if self._asked:
            from app.services.control_downloads import get

            asked, bus = self._asked, self._backstage.bus
            self.bridge.call(get(services.downloads, bus, asked, _nobody), None, None, self.window)

    def _on_start_failed(self, error: BaseException) -> None:
        from ui.messages import sentence
        from ui.widgets.empty_state import EmptyState

        log.error("The station did not start", exc_info=error)
        state = EmptyState(
            self.theme,
            QCoreApplication.translate("Shell", "The station could not start"),
            sentence(error),
            QCoreApplication.translate("Shell", "Nothing of yours was changed."),
            icon="triangle-alert",
        )
        state.add_button(QCoreApplication.translate("Shell", "Close"), self.leave, "main", "power")
        self.window.stack.addWidget(state)
        self.window.stack.setCurrentWidget(state)
        state.focus_first()

    def _meet_desktop(self) -> None:
        from ui.desktop import Desktop

        if self.services is not None:
            self._desktop = Desktop(self.window, self.bridge, self.services, self.leave)

    def _on_leave(self) -> None:
        if self._gone is None or self._gone.is_set():
            self._backstage.cut_short(now=True)
        self._backstage.cut_short(now=False)
        if self._gone is not None:
            self._gone.set()

    async def _stop(self) -> None:
        """The window goes at once; the services then end in order."""
        import asyncio

        from ui.page import Page

        if self._desktop is not None:
            await self._desktop.close()
        page = self.window.page()
        if page is not None:
            page.left()  # the player writes down where it is
        for place in range(self.window.stack.count()):
            built = self.window.stack.widget(place)
            if isinstance(built, Page):
                built.shut()
        self.window.closed.disconnect(self._on_leave)
        self.window.leave()  # it keeps its place
        stopping = self._backstage.loop.submit(self._backstage.stop())
        try:
            async with asyncio.timeout(STATION_STOP_SECONDS):
                await asyncio.wrap_future(stopping)
        except TimeoutError:
            log.warning("The services did not stop within %s s", STATION_STOP_SECONDS)
        self.bridge.close()
        self._backstage.loop.stop(0.5)

    def _on_errored(self, error: Exception) -> None:
        from app.domain.events import NoticeLevel
        from ui.messages import sentence

        self.window.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8)

    def _notify(self, text: str) -> None:
        if self._desktop is not None:
            self._desktop.notify(text)

    def _on_play_requested(self, event: PlayRequested) -> None:
        self.window.raise_window("")
        self.window.open("player", ticket=event.ticket)

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        settings = self._backstage.settings.current
        if event.section == "notifications":
            self.window.choices = self._choices(settings.look.start_page)
        if event.section != "look":
            return
        self.theme.set_motion(settings.look.motion)
        spoken = i18n.install(self.application, settings.look.language)
        if spoken or settings.look.scale != self.theme.scale:
            self.theme.set_scale(settings.look.scale)
            self.window.rebuild()


async def _nobody(_progress: object) -> None:
    """Nobody waits for how far it is."""
