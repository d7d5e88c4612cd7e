"""One project in the list, and the tile that begins another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.project import ProjectState
from app.domain.studio import ProjectCard
from ui import studio_words as said
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.painted_button import PaintedButton
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.progress_bar import ProgressBar

FOOT = 78  # pixels at 100 % below the picture of a tile
GOING = (ProjectState.RUNNING, ProjectState.PAUSED)


def tile_height(theme: Theme, wide: int) -> int:
    """How high a tile so wide is: a wide picture and its words."""
    return round(wide * 9 / 16) + theme.px(FOOT)


class ProjectTile(QWidget):
    """Picture, title, how it stands, how far it is; what can be done with it behind “…”."""

    opened = Signal()
    duplicate_wished = Signal()
    away_wished = Signal()
    remove_wished = Signal()

    def __init__(
        self, theme: Theme, posters: PosterCache, card: ProjectCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self.card = theme, card
        self.picture = Picture(theme, posters, 16, pressable=True, parent=self)
        self.picture.clicked.connect(lambda _on=False: self.opened.emit())
        self.title = ElidedLabel("", "strong", parent=self, elide=Qt.TextElideMode.ElideRight)
        self.state = Label("", "secondary", parent=self)
        self.length = Label("", "secondary", parent=self)
        self.length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = ProgressBar(theme, parent=self)
        self.more = Button(theme, "", "icon", "ellipsis", self.tr("More"), parent=self)
        self.more.clicked.connect(lambda _on=False: self.open_menu())
        self.show_card(card)

    def show_card(self, card: ProjectCard) -> None:
        """Show how it stands now."""
        self.card = card
        self.picture.show_path(card.picture, card.title)
        self.title.setText(card.title)
        words, tone = said.card_state(card)
        self.state.setText(words)
        if self.state.property("tone") != tone:
            self.state.set_tone(tone)
        self.length.setText(said.length(card.seconds) if card.seconds else "")
        self.bar.setVisible(card.state in GOING)
        self.bar.set_value(card.progress)
        self.bar.set_tone("accent" if card.state is ProjectState.RUNNING else "warn")
        self.picture.setAccessibleName(card.title)
        self.picture.setAccessibleDescription(words)
        self.more.setAccessibleName(self.tr("More: {0}").format(card.title))

    def open_menu(self) -> QMenu:
        """Offer what can be done with it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        away = self.tr("Take out again") if self.card.archived else self.tr("Put away")
        for text, icon, signal in (
            (self.tr("Open"), "clapperboard", self.opened),
            (self.tr("Duplicate"), "copy", self.duplicate_wished),
            (away, "inbox", self.away_wished),
            (self.tr("Remove"), "trash-2", self.remove_wished),
        ):
            action = menu.addAction(self._theme.icon(icon, "dim"), text)
            action.triggered.connect(lambda _on=False, wished=signal: wished.emit())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture on top, the words below it."""
        px, wide = self._theme.px, self.width()
        high = round(wide * 9 / 16)
        self.picture.setGeometry(0, 0, wide, high)
        words = wide - px(56)
        self.title.setGeometry(0, high + px(10), words, px(24))
        self.state.setGeometry(0, high + px(36), words - px(80), px(20))
        self.length.setGeometry(words - px(80), high + px(36), px(80), px(20))
        self.bar.setGeometry(0, high + px(66), wide, px(6))
        self.more.setGeometry(wide - px(44), high + px(12), px(44), px(44))


class NewTile(PaintedButton):
    """The way to another video: the first tile of the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 16, parent)
        self.setText(self.tr("New video"))
        self.setAccessibleName(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dashed box with a plus, as high as the pictures beside it."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self.width(), self.width() * 9 / 16).adjusted(1, 1, -1, -1)
        pen = QPen(theme.color("accent" if self.underMouse() else "line"), px(2))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("surface1"))
        painter.drawRoundedRect(box, px(16), px(16))
        centre = box.center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        disc = QPointF(centre.x(), centre.y() - px(14))
        painter.drawEllipse(disc, px(24), px(24))
        icon = theme.pixmap("plus", "on_accent", 24, self.devicePixelRatioF())
        painter.drawPixmap(disc - QPointF(px(12), px(12)), icon)
        painter.setFont(theme.font(16, 600))
        painter.setPen(theme.color("text"))
        words = QRectF(0, centre.y() + px(22), self.width(), px(28))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
