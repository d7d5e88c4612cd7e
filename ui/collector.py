"""Collects Python's cyclic garbage on the window's thread alone, where Qt's objects must end."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer

REST_MS = 5000
BUSY_MS = 500
MANY = 50_000  # objects made since the last look: something works hard


class Collector(QObject):
    """Stands in for Python's own collection from its making until `stop()`.

    Python collects in whichever thread happens to allocate. A Qt object that ends in another
    thread than its own leaves its timers there, and the next one that fires ends the program.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=REST_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what Python would have collected by now."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = -1
        while due < 2 and counts[due + 1] > limits[due + 1]:
            due += 1
        if due >= 0:
            gc.collect(due)
        wanted = BUSY_MS if counts[0] > MANY else REST_MS
        if self._timer.interval() != wanted:
            self._timer.setInterval(wanted)

    def stop(self) -> None:
        """Give the work back to Python; the other threads must have ended."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
