"""Full screen and the small window: the two ways in which the player leaves its page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from ui.page import Navigator, Page
from ui.pages.player.pip import SmallWindow
from ui.pages.player.stage import Stage
from ui.pages.player.viewmodel import PlayerViewModel
from ui.theme import Theme


class WindowModes(QObject):
    """Moves the picture between the page and the small window, and the page to full screen."""

    full_changed = Signal(bool)

    def __init__(
        self, theme: Theme, page: Page, stage: Stage, model: PlayerViewModel, navigator: Navigator
    ) -> None:
        super().__init__(page)
        self._theme, self._page, self._stage = theme, page, stage
        self._model, self._navigator = model, navigator
        self._before = Qt.WindowState.WindowNoState
        self.small: SmallWindow | None = None
        """The small window, while the film plays there."""

    def set_full(self, full: bool) -> None:
        """Fill the screen, or give the window back the size it had."""
        if full == self._page.immersive:
            return
        window = self._page.window()
        self._page.immersive = full
        self.full_changed.emit(full)
        if full:
            self._before = window.windowState()
            window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            window.setWindowState(self._before)

    def enter_small(self) -> None:
        """Go on in the small window and show the page one came from."""
        video = self._stage.take()
        if video is None or self.small is not None:
            return
        small = self.small = SmallWindow(self._theme)
        small.returned.connect(lambda: self.leave_small(visit=True))
        small.closed.connect(self._on_closed)
        small.toggled.connect(self._model.toggle)
        small.stage.put(video)
        self.set_playing(self._model.engine is not None and not self._model.engine.paused)
        self.set_full(False)
        small.open_in_corner(self._page)
        self._navigator.back()
        if self._page.isVisible():
            self._navigator.open("home")

    def leave_small(self, *, visit: bool) -> None:
        """Bring the picture back into the page; with `visit` the page is shown, too."""
        small, self.small = self.small, None
        if small is None:
            return
        video = small.stage.take()
        if video is not None:
            self._stage.put(video)
        small.hide()
        small.deleteLater()
        if visit and not self._page.isVisible():
            window = self._page.window()
            window.show()
            window.activateWindow()
            self._navigator.open("player")

    def set_playing(self, playing: bool) -> None:
        """Tell the small window whether the film runs."""
        if self.small is not None:
            self.small.set_playing(playing)

    def _on_closed(self) -> None:
        self.leave_small(visit=False)
        if not self._page.isVisible():
            self._model.pause()
