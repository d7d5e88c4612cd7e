"""The main window: the rail, the stack of pages, and what all pages share."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.domain.events import NoticeLevel
from ui import window_state
from ui.catalogue import CATALOGUE, Entry
from ui.page import Page, PageContext
from ui.page_stack import PageStack
from ui.rail import Rail
from ui.theme import Theme

if TYPE_CHECKING:
    from app.services.station import Services
    from ui.bridge import Bridge
    from ui.casting.desk import CastDesk
    from ui.equipment import Equipment

SMALLEST = QSize(1024, 600)
USUAL = QSize(1440, 860)
NARROW_BELOW = 1180
CLOCK = "SOKOUL_START_CLOCK"
BACK_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Back)


@dataclass(frozen=True, slots=True)
class WindowChoices:
    """What the settings say about the window."""

    start_page: str = "home"  # "last" opens the page shown last time
    keep_in_tray: bool = False
    kiosk: bool = False  # nothing else is on this screen: always whole, and never hidden


def fills(room: QSize) -> bool:
    """Whether a first window takes all of a screen: it has less room than is usual, but enough."""
    fits = SMALLEST.width() <= room.width() and SMALLEST.height() <= room.height()
    return fits and (USUAL.width() > room.width() or USUAL.height() > room.height())


class WindowToasts:
    """The window's messages; what shows them is built at the first one."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def show(
        self,
        text: str,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> None:
        """Show `text` for some seconds, with a button when `action` names one."""
        self._window.equipment.show_toast(text, level, action, on_action, seconds)


class MainWindow(QWidget):
    """The station's window. It paints a skeleton at once; `attach()` brings it to life.

    `state` is the small file in which its place is kept. `first_painted` comes once, after the
    first frame; `closed` when the owner really leaves, `hidden_to_tray` when it only hides.
    """

    first_painted = Signal()
    page_changed = Signal(str)
    closed = Signal()
    hidden_to_tray = Signal()

    def __init__(
        self,
        theme: Theme,
        choices: WindowChoices | None = None,
        state: Path | None = None,
        entries: Sequence[Entry] = CATALOGUE,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.choices = choices or WindowChoices()
        self.toasts = WindowToasts(self)
        self.can_hide: Callable[[], bool] = lambda: False
        """Says whether a tray is there to come back from."""
        self._entries = list(entries)
        self._equipment: Equipment | None = None
        self._context: PageContext | None = None
        self._state_path = state
        self._state = window_state.load(state) if state is not None else window_state.WindowState()
        self._painted = False
        self.setWindowTitle("Sokoul")
        self.setMinimumSize(SMALLEST)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.stack = PageStack(theme, self._entries, self)
        self.rail = self._make_rail()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addWidget(self.stack, 1)
        self.stack.shown.connect(self._on_shown)
        self.stack.badge_changed.connect(lambda name, count: self.rail.set_count(name, count))
        self.stack.immersive_changed.connect(lambda on: self.rail.setVisible(not on))
        self._restore_place()
        self.stack.open(self._first_page(), {})

    # What the composition root uses.

    def context(self, bridge: Bridge, services: Services) -> PageContext:
        """What the pages of this window are given; made once and kept."""
        if self._context is None:
            from ui.widgets.posters import PosterCache

            posters, cast = PosterCache(self), self._make_cast(bridge, services)
            self._context = PageContext(
                bridge, services, self, self.toasts, self.theme, posters, cast
            )
        return self._context

    def attach(self, context: PageContext) -> None:
        """Take the services: the page shown is built now, the others at their first visit."""
        from ui.palette import LibrarySearch
        from ui.rail_alerts import OpenAlerts
        from ui.rail_counts import AskingPosts, OpenQuestions, RailCounts, RunningProjects

        self._context = context
        downloads = context.services.downloads
        RailCounts(context.bridge, downloads, self._count_downloads, self)
        budget = getattr(context.services, "budget", None)
        if budget is not None:
            OpenQuestions(context.bridge, budget, self._count_questions, self)
        studio = getattr(context.services, "studio", None)
        if studio is not None:
            RunningProjects(context.bridge, studio, self._count_projects, self)
        publishing = getattr(context.services, "publishing", None)
        if publishing is not None:
            AskingPosts(context.bridge, publishing, self._count_posts, self)
        alerts = getattr(context.services, "alerts", None)
        if alerts is not None:
            OpenAlerts(context.bridge, alerts, self._count_alerts, self)
        self.equipment.set_search(LibrarySearch(context.bridge, context.services.library, self))
        if context.cast is not None:
            context.cast.use_chip(self.rail.chip)
            self.equipment.set_cast(context.cast)
        self.stack.set_context(context)

    def rebuild(self) -> None:
        """Build everything anew for another scale or language; one stays where one is."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self.theme.apply(application)
        old, self.rail = self.rail, self._make_rail()
        for entry in self._entries:
            before = old.button(entry.name)
            self.rail.set_count(entry.name, before.count if before is not None else 0)
        if self._context is not None and self._context.cast is not None:
            self._context.cast.renew()
            self._context.cast.use_chip(self.rail.chip)
        self._row.replaceWidget(old, self.rail)
        old.hide()
        old.deleteLater()
        self._arrange()
        if self._equipment is not None:
            self._equipment.renew()
        self.stack.rebuild()

    def raise_window(self, page: str = "") -> None:
        """Come to the front, from the tray too; open a page when one is named."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if page:
            self.open(page)

    def leave(self) -> None:
        """Close for good, whatever the tray setting says."""
        self.can_hide = lambda: False
        if self.isVisible():
            self.close()
        else:
            self._keep_state()
            self.closed.emit()

    @property
    def equipment(self) -> Equipment:
        """Messages, commands, palette and focus; built after the first paint or when needed."""
        if self._equipment is None:
            from ui.equipment import Equipment

            self._equipment = Equipment(self, self, self._entries)
        return self._equipment

    # Moving about: the Navigator of the pages.

    def open(self, page: str, **args: object) -> None:
        """Show a page by its name in the catalogue."""
        self.stack.open(page, args)

    def back(self) -> None:
        """Close what lies over the page, or inside it, else return to the page before."""
        overlay = self.equipment.overlay()
        if overlay is not None:
            if not overlay.go_back():
                overlay.dismiss()
            return
        page = self.page()
        if page is not None and page.go_back():
            return
        if self.isFullScreen() and not self.choices.kiosk:
            self.set_full_screen(False)
        elif not self.stack.back():
            self.rail.focus_lit()

    def page(self) -> Page | None:
        """The page shown, or None while something else stands for it."""
        return self.stack.page()

    def set_full_screen(self, on: bool) -> None:
        """Fill the screen, or return to the window as it was."""
        if on != self.isFullScreen() and not self.choices.kiosk:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or return."""
        self.set_full_screen(not self.isFullScreen())

    # Qt.

    def sizeHint(self) -> QSize:
        """Nearly what the drawings were made for."""
        return USUAL

    def showEvent(self, event: QShowEvent) -> None:
        """Arrange before the first paint."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the rail's names when there is room for them."""
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the window, and note the first time."""
        QPainter(self).fillRect(event.rect(), self.theme.color("background"))
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back, when nothing in the page took the key."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in BACK_KEYS or (alt and event.key() == Qt.Key.Key_Left):
            self.back()
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The side button of a mouse goes back."""
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Take the focus up again when the window becomes active without any."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._equipment is not None:
            self._equipment.navigator.mend_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go to the tray when the owner wants it and there is one; else end."""
        self._keep_state()
        if self.choices.keep_in_tray and self.can_hide() and not self.choices.kiosk:
            event.ignore()
            self.hide()
            self.hidden_to_tray.emit()
            return
        event.accept()
        QThreadPool.globalInstance().waitForDone(1000)
        self.closed.emit()

    # Inside.

    def _make_rail(self) -> Rail:
        rail = Rail(self.theme, self._entries, self)
        rail.chosen.connect(self.open)
        rail.chip.pressed.connect(lambda: self.equipment.commands.run("cast.show"))
        rail.chip.toggled.connect(lambda: self.equipment.commands.run("cast.toggle"))
        rail.light(self.stack.lit())
        return rail

    def _make_cast(self, bridge: Bridge, services: Services) -> CastDesk | None:
        from ui.casting.making import make_desk

        desk = make_desk(self, self.theme, bridge, services, self.toasts, self)
        if desk is not None:
            self.closed.connect(desk.close)
        return desk

    def _count_downloads(self, count: int) -> None:
        self.rail.set_count("downloads", count)

    def _count_questions(self, count: int) -> None:
        self.rail.set_count("budget", count)

    def _count_projects(self, count: int) -> None:
        self.rail.set_count("studio", count)

    def _count_posts(self, count: int) -> None:
        self.rail.set_count("publishing", count)

    def _count_alerts(self, count: int) -> None:
        self.rail.set_count("system", count)

    def _on_shown(self, page: str) -> None:
        self.rail.light(self.stack.lit())
        self.page_changed.emit(page)

    def _arrange(self) -> None:
        self.rail.set_narrow(self.width() < self.theme.px(NARROW_BELOW))

    def _first_page(self) -> str:
        wanted = self.choices.start_page
        if wanted == "last":
            wanted = self._state.page
        names = [entry.name for entry in self._entries if entry.place != "none"]
        return wanted if wanted in names else names[0]

    def _restore_place(self) -> None:
        kept = self._state
        place = QRect(kept.x, kept.y, kept.width, kept.height)
        screens = QGuiApplication.screens()
        if kept.width and any(screen.geometry().intersects(place) for screen in screens):
            self.setGeometry(place)
        else:
            self.resize(USUAL)
        if kept.maximized or (not kept.width and fills(self.screen().availableSize())):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _keep_state(self) -> None:
        if self._state_path is None:
            return
        place = self.normalGeometry() if self.normalGeometry().isValid() else self.geometry()
        self._state = window_state.WindowState(
            place.x(), place.y(), place.width(), place.height(), self.isMaximized(),
            self.stack.lit(),
        )  # fmt: skip
        path, state = self._state_path, self._state
        QThreadPool.globalInstance().start(lambda: window_state.save(path, state))

    def _after_first_paint(self) -> None:
        began = os.environ.get(CLOCK)
        if began:
            sys.stderr.write(f"first-paint {time.time() - float(began):.3f}\n")
            sys.stderr.flush()
        self.setWindowIcon(QIcon(self.theme.logo(64, 1.0)))
        self.equipment.ring.watch_window()
        self.first_painted.emit()
