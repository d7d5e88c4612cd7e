"""A wide picture that fades into the window: behind the hero of Home and the details."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.domain.media import Card, PosterKey
from ui.theme import Theme
from ui.widgets.posters import PosterCache

DECODED = QSize(960, 540)
"""Pictures are kept at this size and stretched softly: a fade hides what is missing."""


class Backdrop(QWidget):
    """Paints the picture of a card at the right, fading to the left and, if wanted, downwards.

    `radius` rounds the corners (in pixels at 100 %); `sink` fades the lower edge as well.
    """

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        radius: int = 0,
        sink: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._posters, self._picture = theme, posters, picture
        self._radius, self._sink = theme.px(radius), sink
        self._card: Card | None = None
        posters.ready.connect(self._on_ready)

    def show_card(self, card: Card | None) -> None:
        """Show the picture of this card."""
        self._card = card
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, then the fades over it."""
        if self._card is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._radius:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), self._radius, self._radius)
            painter.setClipPath(shape)
        area = self._area()
        pixmap = self._pixmap(self._card)
        if pixmap is None:
            self._stand_in(painter, self._card)
        else:
            painter.drawPixmap(QRectF(area), pixmap, _cover(pixmap, area.size()))
        self._fade(painter, area)

    def _area(self) -> QRect:
        left = self.width() * (4 if self._sink else 3) // 10
        return QRect(left, 0, self.width() - left, self.height())

    def _pixmap(self, card: Card) -> QPixmap | None:
        key = card.backdrop or card.poster
        if key is None:
            return None
        return self._posters.request(key, self._picture(key), DECODED)

    def _stand_in(self, painter: QPainter, card: Card) -> None:
        upper, lower = self._theme.card_colors(card.series or card.title)
        wash = QLinearGradient(0, 0, self.width(), self.height())
        wash.setColorAt(0.2, self._theme.color("background"))
        wash.setColorAt(0.75, upper)
        wash.setColorAt(1, lower)
        painter.fillRect(self.rect(), wash)

    def _fade(self, painter: QPainter, area: QRect) -> None:
        ground = self._theme.color("surface1" if self._radius else "background")
        side = QLinearGradient(area.left() - 1, 0, area.left() + area.width() * 0.75, 0)
        side.setColorAt(0, ground)
        side.setColorAt(1, _clear(ground))
        painter.fillRect(QRect(0, 0, area.left(), self.height()), ground)
        painter.fillRect(area, side)
        low = QLinearGradient(0, self.height() * (0.25 if self._sink else 0.5), 0, self.height())
        low.setColorAt(0, _clear(ground))
        low.setColorAt(1, ground if self._sink else _clear(ground, 150))
        painter.fillRect(self.rect(), low)
        if self._sink:
            veil = _clear(ground, 110)
            painter.fillRect(self.rect(), veil)

    def _on_ready(self, key: str) -> None:
        if self._card is not None and key in (self._card.backdrop, self._card.poster):
            self.update()


def _clear(colour: QColor, alpha: int = 0) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(alpha)
    return faded


def _cover(pixmap: QPixmap, size: QSize) -> QRectF:
    """The part of the picture, in its own pixels, that fills `size` without distortion."""
    whole = QSize(pixmap.width(), pixmap.height())
    scaled = size.scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
    left = (whole.width() - scaled.width()) / 2
    top = (whole.height() - scaled.height()) * 0.35
    return QRectF(left, top, scaled.width(), scaled.height())
