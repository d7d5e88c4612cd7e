"""A picture by its path, cropped to its place with round corners; a coloured card stands in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.card_painter import stand_in
from ui.widgets.painted_button import PaintedButton
from ui.widgets.posters import PosterCache

DISC = 44


class Picture(PaintedButton):
    """Shows a picture file; with `pressable` it is a button too.

    `mark` is an icon in a dark disc at the centre, such as ``play``; `set_chosen` draws an edge
    and a tick; `set_waiting` shows that the picture is on its way.
    """

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        radius: int = 14,
        *,
        pressable: bool = False,
        mark: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, radius, parent)
        self._posters, self._radius = posters, theme.px(radius)
        self._path, self._title, self._mark = "", "", mark
        self._waiting = self._chosen = False
        self._card: QPixmap | None = None
        if not pressable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        posters.ready.connect(self._on_ready)

    @property
    def path(self) -> str:
        """The file shown; empty while there is none."""
        return self._path

    @property
    def waiting(self) -> bool:
        """Whether the picture is on its way."""
        return self._waiting

    @property
    def chosen(self) -> bool:
        """Whether it is the one that is used."""
        return self._chosen

    def show_path(self, path: str, title: str = "") -> None:
        """Show a file; `title` gives the colours of the card that stands in."""
        if (path, title) != (self._path, self._title):
            self._path, self._title = path, title
            self._card = None
            self.update()

    def set_waiting(self, on: bool) -> None:
        """Show that a picture is being made."""
        if on != self._waiting:
            self._waiting = on
            self.update()

    def set_chosen(self, on: bool) -> None:
        """Show that it is the one that is used."""
        if on != self._chosen:
            self._chosen = on
            self.update()

    def set_mark(self, icon: str) -> None:
        """Show another icon at the centre; empty: none."""
        if icon != self._mark:
            self._mark = icon
            self.update()

    def sizeHint(self) -> QSize:
        """As large as it was fixed, else a small wide card."""
        return QSize(self._theme.px(160), self._theme.px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what is said of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect, ratio = self.rect(), self.devicePixelRatioF()
        pixmap = None
        if self._path:
            path = Path(self._path)
            pixmap = self._posters.request(self._path, path, self.size(), self._radius, ratio)
        if pixmap is None and (self._waiting or not (self._title or self._path)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("surface3"))
            painter.drawRoundedRect(QRectF(rect), self._radius, self._radius)
        else:
            painter.drawPixmap(rect, pixmap or self._stand_in(ratio))
        self._signs(painter, rect, ratio)

    def _signs(self, painter: QPainter, rect: QRect, ratio: float) -> None:
        icon = "loader" if self._waiting else self._mark
        if icon:
            self._disc(painter, QPointF(rect.center()), icon, ratio, bare=self._waiting)
        if self._chosen:
            wide = self._theme.px(3)
            painter.setPen(QPen(self._theme.color("accent"), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = QRectF(rect).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
            painter.drawRoundedRect(edge, self._radius, self._radius)
            corner = QPointF(rect.right() - self._theme.px(24), rect.top() + self._theme.px(24))
            self._disc(painter, corner, "check", ratio, side=30)

    def _disc(
        self,
        painter: QPainter,
        centre: QPointF,
        icon: str,
        ratio: float,
        *,
        side: int = DISC,
        bare: bool = False,
    ) -> None:
        px = self._theme.px
        if not bare:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("shade"))
            painter.drawEllipse(centre, px(side) / 2, px(side) / 2)
        lit = self.underMouse() and self.focusPolicy() != Qt.FocusPolicy.NoFocus
        state = "accent" if icon == "check" or lit else "dim" if bare else "text"
        drawn = self._theme.pixmap(icon, state, 20, ratio)
        painter.drawPixmap(centre - QPointF(px(20) / 2, px(20) / 2), drawn)

    def _stand_in(self, ratio: float) -> QPixmap:
        size = self.size() * ratio
        if self._card is None or self._card.size() != size:
            upper, lower = self._theme.card_colors(self._title or self._path)
            self._card = stand_in(upper, lower, self.size(), self._radius, ratio)
        return self._card

    def _on_ready(self, key: str) -> None:
        if key == self._path:
            self.update()
