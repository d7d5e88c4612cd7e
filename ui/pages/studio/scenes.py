"""The scenes of a project, one below the other: picture, words, and when each is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.studio import SceneView
from ui import studio_words as said
from ui.messages import told
from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache

HIGH = 118
EDGE = 14
PICTURE = (160, 90)
TOP = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class SceneRow(PaintedButton):
    """One scene; a press opens its editor."""

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget) -> None:
        super().__init__(theme, 16, parent)
        self._number, self.scene = 0, SceneView("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picture = Picture(theme, posters, 10, parent=self)
        self._title_font, self._font = theme.font(16, 600), theme.font(14)

    def show_scene(self, number: int, scene: SceneView) -> None:
        """Show a scene; `number` begins with 1."""
        if (number, scene) == (self._number, self.scene):
            return
        self._number, self.scene = number, scene
        self.picture.show_path(scene.picture, scene.title or scene.narration[:40])
        self.picture.set_waiting(scene.busy and not scene.picture)
        self.picture.set_mark("triangle-alert" if scene.message else "")
        self.setAccessibleName(f"{self.heading}. {scene.narration}")
        self.setAccessibleDescription(self._note()[0])
        self.update()

    @property
    def heading(self) -> str:
        """Number and title."""
        title = self.scene.title or self.scene.on_screen_text
        return f"{self._number}. {title}" if title else self.tr("Scene {0}").format(self._number)

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(self._theme.px(420), self._theme.px(HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture at the left."""
        px = self._theme.px
        self.picture.setGeometry(px(EDGE), px(EDGE), px(PICTURE[0]), px(PICTURE[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its words."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface2" if self.underMouse() else "surface1"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(16), px(16))
        left, right = px(EDGE + PICTURE[0] + 16), self.width() - px(EDGE)
        when = said.span(self.scene.start, self.scene.end)
        wide = QFontMetrics(self._font).horizontalAdvance(when)
        painter.setFont(self._font)
        painter.setPen(theme.color("dim"))
        painter.drawText(QRectF(right - wide - 2, px(EDGE), wide + 2, px(24)), 0, when)
        painter.setFont(self._title_font)
        painter.setPen(theme.color("text"))
        room = right - wide - px(12) - left
        heading = painter.fontMetrics().elidedText(self.heading, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, px(EDGE - 1), room, px(24)), 0, heading)
        self._words(painter, left, right)

    def _words(self, painter: QPainter, left: int, right: int) -> None:
        px, theme = self._theme.px, self._theme
        note, tone = self._note()
        lines = 2 if note else 3
        painter.setFont(self._font)
        painter.setPen(theme.color("dim"))
        box = QRectF(left, px(EDGE + 27), right - left, px(20) * lines)
        painter.drawText(box, int(TOP), _fitted(self.scene.narration, box, self._font))
        if note:
            painter.setPen(theme.color(tone))
            line = QRectF(left, self.height() - px(EDGE + 20), right - left, px(20))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, round(line.width()))
            painter.drawText(line, 0, shown)

    def _note(self) -> tuple[str, str]:
        if self.scene.message:
            return told(self.scene.message, self.scene.message_args), "bad"
        if self.scene.busy:
            return self.tr("Being made…"), "accent"
        return "", "dim"


class SceneList(QWidget):
    """All scenes; rows that are there stay, and keep the focus."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._posters = theme, posters
        self.rows: list[SceneRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))

    def show_scenes(self, scenes: Sequence[SceneView]) -> None:
        """Show these."""
        while len(self.rows) > len(scenes):
            row = self.rows.pop()
            row.hide()
            row.deleteLater()
        for place, scene in enumerate(scenes):
            if place == len(self.rows):
                self.rows.append(self._make_row())
            self.rows[place].show_scene(place + 1, scene)

    def row(self, scene: str) -> SceneRow | None:
        """The row of a scene."""
        return next((row for row in self.rows if row.scene.id == scene), None)

    def _make_row(self) -> SceneRow:
        row = SceneRow(self._theme, self._posters, self)
        row.clicked.connect(lambda _on=False: self.pressed.emit(row.scene.id))
        self._column.addWidget(row)
        return row


def _fitted(text: str, box: QRectF, font: QFont) -> str:
    """As much of a text as its box takes, ended by … between words."""
    metrics = QFontMetrics(font)
    words, most = text.split(), round(box.height()) + 2
    bounds = box.toRect()

    def fits(some: str) -> bool:
        return bool(metrics.boundingRect(bounds, int(TOP), some).height() <= most)

    if fits(text):
        return text
    low, high = 0, len(words)
    while low < high:  # the most words that still fit
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(" ".join(words[:middle]) + " …") else (low, middle - 1)
    return " ".join(words[:low]) + " …"
