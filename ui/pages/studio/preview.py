"""The preview of a project: its first picture in the shape of the video, and the way to play it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.project import Shape
from app.domain.studio import ProjectView
from ui.theme import Theme
from ui.widgets.label import Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache

HIGHEST = 590  # pixels at 100 %


class PreviewPanel(QWidget):
    """A poster frame that is pressed to play, and a line that says what will be seen."""

    play_pressed = Signal()

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._busy = False
        self._size = Shape.PORTRAIT.size
        self.frame = QWidget(self)
        self.frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.poster = Picture(theme, posters, 16, pressable=True, mark="play", parent=self.frame)
        self.poster.clicked.connect(lambda _on=False: self._on_clicked())
        self.note = Label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.frame)
        column.addWidget(self.note)

    def show_view(self, view: ProjectView) -> None:
        """Show the poster frame of a project."""
        self._size = view.brief.shape.size
        first = next((scene.picture for scene in view.scenes if scene.picture), "")
        self.poster.show_path(first or view.card.picture, view.card.title)
        ready = any(scene.picture and scene.voice for scene in view.scenes) or bool(first)
        self.poster.setEnabled(bool(view.video) or ready)
        self.poster.set_mark("play" if self.poster.isEnabled() else "")
        if view.video:
            name, note = self.tr("Play the video"), ""
        elif ready:
            name = self.tr("Play a preview")
            note = self.tr("Shows what is there so far, in small. It takes a moment.")
        else:
            name = self.tr("Preview")
            note = self.tr("The first picture and the first voice make a preview possible.")
        self.poster.setAccessibleName(name)
        self.poster.setToolTip(name)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._fit()

    def set_busy(self, busy: bool) -> None:
        """Show that the preview is being rendered."""
        self._busy = busy
        self.poster.set_waiting(busy)
        if busy:
            self.note.setText(self.tr("Preparing the preview…"))
            self.note.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shape of the video."""
        self._fit()

    def _fit(self) -> None:
        wide, high = self._size
        room, most = self.width(), self._theme.px(HIGHEST)
        size = QSize(wide, high).scaled(room, most, Qt.AspectRatioMode.KeepAspectRatio)
        if self.frame.height() != size.height():
            self.frame.setFixedHeight(size.height())
        left = QPointF((room - size.width()) / 2, 0).toPoint()
        self.poster.setGeometry(left.x(), 0, size.width(), size.height())

    def _on_clicked(self) -> None:
        if not self._busy:
            self.play_pressed.emit()
