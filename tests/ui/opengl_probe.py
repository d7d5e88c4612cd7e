"""Run by a test on a virtual display: plays a film through OpenGL until its input closes."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from ui.widgets.mpv_core import MpvCore
from ui.widgets.mpv_options import PlayerOptions
from ui.widgets.mpv_view import Backend, MpvView, choose_backend, gl_renderer


def main() -> int:
    application = QApplication(sys.argv)
    backend = choose_backend()
    core = MpvCore(PlayerOptions(hardware_decoding=False), software=backend is Backend.SOFTWARE)
    window, other = QMainWindow(), QMainWindow()
    view = MpvView(backend)
    window.setCentralWidget(view)
    window.setGeometry(0, 0, 640, 360)
    window.show()
    view.attach(core)
    core.load(os.fsencode(sys.argv[1]), demuxer="mkv")
    _say(f"{backend} {gl_renderer()}")

    def move_house() -> None:
        other.setGeometry(0, 0, 640, 360)
        other.setCentralWidget(view)
        other.show()
        window.hide()

    core.ended.connect(lambda: core.seek(0.0))
    core.ended.connect(lambda: core.set_paused(False))
    if "move" in sys.argv:
        QTimer.singleShot(2000, move_house)
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: application.quit())
    application.exec()
    view.release()
    core.close()
    _say("closed")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
