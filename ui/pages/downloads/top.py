"""The head of the page: what goes on, whether the VPN holds, the limit, and the way to add."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.downloads import Traffic, Vpn, VpnState
from app.domain.settings_sections import Downloads
from ui import download_words as said
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.painted_button import PaintedButton

WIDEST = 16_777_215  # Qt's word for no limit
CHOICES = (0, 1, 2, 5, 10, 20)
"""Limits to choose from, in MB a second; others are in Settings."""


class VpnBadge(PaintedButton):
    """Says whether torrents go through a VPN; a press leads to where that is chosen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 18, parent)
        self._vpn = Vpn()
        self._narrow = False
        self._font = theme.font(14, 500)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_vpn(self._vpn)

    def show_vpn(self, vpn: Vpn) -> None:
        """Tell how it stands."""
        self._vpn = vpn
        self.setText(said.vpn(vpn)[0])
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(said.vpn_more(vpn))
        self.setToolTip(said.vpn_more(vpn))
        self.updateGeometry()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the shield alone."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The shield and its words."""
        px = self._theme.px
        if self._narrow:
            return QSize(px(44), px(36))
        wide = QFontMetrics(self._font).horizontalAdvance(self.text())
        return QSize(wide + px(54), px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it: quiet, unless torrents wait."""
        px, theme = self._theme.px, self._theme
        _, tone, icon = said.vpn(self._vpn)
        away = self._vpn.state is VpnState.AWAY
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("bad" if away else "line"), 1))
        painter.setBrush(theme.color("surface3" if self.underMouse() else "surface2"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        drawn = theme.pixmap(icon, tone, 18, self.devicePixelRatioF())
        left = px(13)
        painter.drawPixmap(QPointF(left, (self.height() - px(18)) / 2), drawn)
        if self._narrow:
            return
        painter.setFont(self._font)
        painter.setPen(theme.color("bad" if away else "text" if self.underMouse() else "dim"))
        words = QRectF(left + px(26), 0, self.width() - left - px(26), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())


class TopBar(QWidget):
    """Title, figures and the buttons that concern everything."""

    add_pressed = Signal()
    pause_pressed = Signal()
    limit_chosen = Signal(str, int)
    """``down_limit`` or ``up_limit``, and MB a second."""
    settings_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wishes = Downloads()
        self._traffic = Traffic()
        self._all_paused = False
        self._width = WIDEST
        self._compact = False
        self.title = Label(self.tr("Downloads"), "title")
        self.counts = Label("", "body")
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.title)
        words.addWidget(self.counts)
        self.vpn = VpnBadge(theme, self)
        self.vpn.clicked.connect(lambda _on=False: self.settings_wanted.emit())
        self.limit = Button(theme, "", "ghost", "gauge", parent=self)
        self.limit.clicked.connect(lambda _on=False: self.open_limits())
        self.pause = Button(theme, "", "ghost", "pause", parent=self)
        self.pause.clicked.connect(lambda _on=False: self.pause_pressed.emit())
        self.add = Button(theme, self.tr("Add link or file"), "main", "plus", parent=self)
        self.add.clicked.connect(lambda _on=False: self.add_pressed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(words)
        row.addStretch(1)
        for part in (self.vpn, self.limit, self.pause, self.add):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_traffic(self._traffic, self._wishes)

    def show_counts(self, text: str, *, all_paused: bool) -> None:
        """Say what goes on."""
        self.counts.setText(text)
        self.counts.setVisible(bool(text))
        self._all_paused = all_paused
        self.fit(self._width)

    def show_traffic(self, traffic: Traffic, wishes: Downloads) -> None:
        """Show the VPN and the limit that is in force."""
        if traffic.vpn != self._traffic.vpn or not self.vpn.text():
            self.vpn.show_vpn(traffic.vpn)
        self._traffic, self._wishes = traffic, wishes
        self.fit(self._width)

    def show_empty(self, empty: bool) -> None:
        """Without downloads there is nothing to pause, and the page's own button adds."""
        self.pause.setVisible(not empty)
        self.add.setVisible(not empty)

    def fit(self, width: int) -> None:
        """Leave words out where there is no room for them; `width` is in pixels."""
        self._width = width
        self._compact = False
        self.vpn.set_narrow(False)
        self._write()
        if self._needed() > width:
            self._compact = True
            self._write()
        self.vpn.set_narrow(self._needed() > width)

    def open_limits(self) -> None:
        """Offer the limits."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer(menu, "down_limit", self._wishes.down_limit)
        menu.addSeparator()
        given = menu.addMenu(self.tr("Give away at most"))
        self._offer(given, "up_limit", self._wishes.up_limit)
        timetable = menu.addAction(self.tr("By timetable\u2026"))
        timetable.setCheckable(True)
        timetable.setChecked(bool(self._wishes.timetable))
        timetable.triggered.connect(lambda _on=False: self.settings_wanted.emit())
        menu.popup(self.limit.mapToGlobal(self.limit.rect().bottomLeft()))

    def _offer(self, menu: QMenu, name: str, now: int) -> None:
        for amount in sorted({*CHOICES, now}):
            action = menu.addAction(said.limit_choice(amount))
            action.setCheckable(True)
            action.setChecked(amount == now)
            action.triggered.connect(
                lambda _on=False, chosen=amount: self.limit_chosen.emit(name, chosen)
            )
            if amount == now and name == "down_limit":
                menu.setActiveAction(action)

    def _write(self) -> None:
        """Write the words of the buttons, or only their names where there is no room."""
        limit = said.limit(self._traffic)
        pause = self.tr("Go on with all") if self._all_paused else self.tr("Pause all")
        self.pause.set_icon("play" if self._all_paused else "pause")
        limited = self.tr("Speed limit: {limit}").format(limit=limit)
        for button, text, name in ((self.limit, limit, limited), (self.pause, pause, pause)):
            shown = "" if self._compact else text
            if button.text() != shown:
                button.setText(shown)
            button.setAccessibleName(name)
            button.setToolTip(name if self._compact else "")

    def _needed(self) -> int:
        parts = [self.vpn, self.limit, self.pause, self.add]
        wide = sum(part.sizeHint().width() for part in parts if not part.isHidden())
        words = max(self.title.sizeHint().width(), self.counts.sizeHint().width())
        return wide + words + self._theme.px(12) * (len(parts) + 1)
