"""Files the player reads and writes beside the film: subtitles one adds, pictures one keeps."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.events import NoticeLevel
from app.services.playback.request import ItemRequest
from ui.page import Toasts
from ui.pages.player.screenshots import Screenshots
from ui.pages.player.tracks import beside
from ui.pages.player.viewmodel import PlayerViewModel

SUBTITLES = "*.srt *.ass *.ssa *.vtt *.sub *.sup *.smi *.mpl *.txt"


class PlayerFiles(QObject):
    """Asks for a subtitle file and saves screenshots; says how that went."""

    def __init__(self, model: PlayerViewModel, toasts: Toasts, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._toasts, self._page = model, toasts, page
        self._shots = Screenshots(self)
        self._shots.saved.connect(self._on_saved)

    def screenshot(self) -> None:
        """Keep the picture of this moment."""
        request, engine = self._model.request, self._model.engine
        if request is not None and engine is not None:
            self._shots.take(engine, request.title, engine.position)

    def ask_subtitle(self) -> None:
        """Let the owner choose a subtitle file."""
        dialog = QFileDialog(self._page, self.tr("Add a subtitle file"))
        dialog.setNameFilter(self.tr("Subtitles") + f" ({SUBTITLES})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.add_subtitle)
        dialog.open()

    def add_subtitle(self, name: str) -> None:
        """Show this file's subtitles."""
        request, engine = self._model.request, self._model.engine
        if request is None or engine is None or not name:
            return
        film = request.file.path if isinstance(request, ItemRequest) else b""
        path, title, language = beside(os.fsencode(name), film)
        if not engine.add_subtitle(path, title, language):
            self._toasts.show(self.tr("This subtitle file cannot be used"), level=NoticeLevel.WARN)

    def wait(self) -> None:
        """Let a picture that is being saved end."""
        self._shots.wait()

    def _on_saved(self, path: str) -> None:
        if path:
            self._toasts.show(self.tr("Picture saved: {0}").format(path))
        else:
            self._toasts.show(self.tr("The picture could not be saved"), level=NoticeLevel.BAD)
