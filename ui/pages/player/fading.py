"""When the controls come and when they fade."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.pages.player.chrome import pointed_at
from ui.pages.player.controls import BottomBar, TopBar
from ui.pages.player.stage import Stage
from ui.pages.player.viewmodel import PlayerViewModel, State

FADE_MS = 3000
SUBTITLE_ROOM = 6.0  # per cent of the height: the shade above the bar leaves it for subtitles


class Fading(QObject):
    """Shows the bars at `wake()`; hides them and the pointer when three quiet seconds went by.

    Never while the film rests, the pointer is on a control, or `held()` says so. Subtitles make
    room for the bars. When the bars go, the focus goes to the picture, so that arrows seek.
    """

    def __init__(
        self, page: QWidget, model: PlayerViewModel, stage: Stage, top: TopBar, bottom: BottomBar,
        held: Callable[[], bool],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._page, self._model, self._stage = page, model, stage
        self._top, self._bottom, self._held = top, bottom, held
        self._floor = 100.0
        self._timer = QTimer(self, singleShot=True, interval=FADE_MS)
        self._timer.timeout.connect(self.sleep)

    def wake(self) -> None:
        """Show the controls, and let them fade when nothing more happens."""
        self._page.unsetCursor()
        self._stage.listens = self._model.active
        if self._model.state is State.PLAYING:
            self._show(True)
        self._timer.start()

    def sleep(self) -> None:
        """Hide the controls now, unless something speaks against it."""
        if self._resting():
            return  # whatever ends the rest wakes the controls again
        if pointed_at(self._top, self._bottom):
            self._timer.start()
            return
        focused = self._page.window().focusWidget()  # also while the window is not the active one
        if focused is not None and (
            self._top.isAncestorOf(focused) or self._bottom.isAncestorOf(focused)
        ):
            self._stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.stop()
        self._bottom.hide_bubble()
        self._show(False)
        if self._page.isVisible():
            self._page.setCursor(Qt.CursorShape.BlankCursor)

    def stop(self) -> None:
        """Leave things as they are."""
        self._timer.stop()

    def _resting(self) -> bool:
        engine = self._model.engine
        return not self._model.active or engine is None or engine.paused or self._held()

    def _show(self, shown: bool) -> None:
        self._top.appear(shown)
        self._bottom.appear(shown)
        floor, height = 100.0, self._page.height()
        if shown and height:
            floor = 100.0 * (1 - self._bottom.height() / height) + SUBTITLE_ROOM
        engine = self._model.engine
        if engine is not None and abs(floor - self._floor) >= 1:
            self._floor = floor
            engine.set_subtitle_floor(floor)
