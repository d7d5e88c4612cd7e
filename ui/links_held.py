"""Says why every link is closed while the clock cannot be believed, and offers the way out."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button

LOOK_MS = 5000


class HeldRow(Row):
    """What the clock shows now, so that the owner can say whether it is right."""

    right_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        clock: Callable[[], float] = time.time,
        parent: QWidget | None = None,
        inset: int = 24,
    ) -> None:
        self.right = Button(theme, self.tr("The clock is right"), "plain", "check")
        super().__init__(
            theme, self.tr("Links are closed"), " ", [self.right], parent=parent, inset=inset
        )
        self._clock = clock
        self.title.set_tone("warn")
        self.right.clicked.connect(lambda _on=False: self.right_pressed.emit())
        self._tick = QTimer(self, interval=LOOK_MS)
        self._tick.timeout.connect(self._tell)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the time that is told true."""
        super().showEvent(event)
        self._tell()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._tick.stop()

    def _tell(self) -> None:
        now = QDateTime.fromSecsSinceEpoch(int(self._clock()))
        day = QLocale().toString(now.date(), QLocale.FormatType.LongFormat)
        text = self.tr(
            "The clock of this device was set back: it shows {day}, {hour}. If that is wrong, set "
            "it right, and links open by themselves. If it is right, say so: links open at once, "
            "and so may some that were over."
        )
        self.set_text(text.format(day=day, hour=now.toString("HH:mm")))
        self.right.setAccessibleDescription(self.text.text())
