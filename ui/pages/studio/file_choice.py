"""Asks for a file of the owner's for a step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.project import Step
from ui import studio_words as said

SOUNDS = "*.wav *.mp3 *.flac *.ogg *.opus *.m4a"
FILES = {
    Step.PICTURES: "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.avif",
    Step.CLIPS: "*.mp4 *.mov *.mkv *.webm *.avi *.m4v",
    Step.VOICE: SOUNDS,
    Step.MUSIC: SOUNDS,
}


def ask_file(over: QWidget, step: Step, chosen: Callable[[str], None]) -> QFileDialog:
    """Let the owner choose; `chosen` is called with the path, or not at all."""
    title = QCoreApplication.translate("Studio", "Choose a file")
    dialog = QFileDialog(over, title)
    dialog.setNameFilter(f"{said.step(step)} ({FILES[step]})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
