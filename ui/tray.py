"""The tray icon: there when the desktop has a place for it, with the few things one does unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ui.theme import Theme

LOOK_AGAIN_MS = 60_000
"""Trays come late: panels start after programs, and shells are restarted. A look asks the desktop
and costs milliseconds, so it is not done often."""
LINES = 5
"""Alerts that are named in the tool tip."""
BALLOON_MS = 10_000


@dataclass(frozen=True)
class TrayActions:
    """What the entries of the menu do."""

    open_window: Callable[[], object]
    play: Callable[[], object]
    scan: Callable[[], object]
    leave: Callable[[], object]


class Tray(QObject):
    """Shows the icon as soon as there is a tray, and again when the tray comes back.

    Qt says that an icon is visible even when there is no tray, so `available` asks the system.
    """

    appeared = Signal()

    def __init__(self, theme: Theme, actions: TrayActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._actions = theme, actions
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._play: QAction | None = None
        self._playing: bool | None = None
        self._last = ""
        self._alerts: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    @property
    def available(self) -> bool:
        """Whether the icon really is somewhere to be seen."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def look(self) -> None:
        """Look whether there is a tray now."""
        here = QSystemTrayIcon.isSystemTrayAvailable()
        if here and self._icon is None:
            self._show()
            self.appeared.emit()
        elif not here and self._icon is not None:
            self._drop()

    def set_playing(self, playing: bool | None, last: str = "") -> None:
        """Say what the play entry does: True pauses, False goes on, None continues `last`."""
        self._playing, self._last = playing, last
        self._name_play()

    def set_alerts(self, titles: Sequence[str]) -> None:
        """Say what goes on that is not well: the icon gets a mark, the tool tip their names."""
        if tuple(titles) != self._alerts:
            self._alerts = tuple(titles)
            self._mark()

    def balloon(self, title: str, text: str, *, urgent: bool = False) -> bool:
        """Speak up beside the icon, where a desktop shows no notifications; False without one."""
        if self._icon is None or not self.available:
            return False
        kinds = QSystemTrayIcon.MessageIcon
        self._icon.showMessage(title, text, kinds.Warning if urgent else kinds.Information,
                               BALLOON_MS)  # fmt: skip
        return True

    def renew(self) -> None:
        """Build the menu anew, in another language."""
        if self._icon is not None:
            self._drop()
            self._show()

    def menu(self) -> QMenu | None:
        """The menu, while there is a tray."""
        return self._menu

    def close(self) -> None:
        """Take the icon away."""
        self._timer.stop()
        self._drop()

    def _show(self) -> None:
        menu = QMenu()
        self._entry(menu, self.tr("Open Sokoul"), "house", self._actions.open_window)
        self._play = self._entry(menu, "", "play", self._actions.play)
        self._entry(menu, self.tr("Scan the library"), "refresh-cw", self._actions.scan)
        menu.addSeparator()
        self._entry(menu, self.tr("Quit"), "power", self._actions.leave)
        self._menu = menu
        self._name_play()
        icon = QSystemTrayIcon(QIcon(self._theme.logo(48, 1.0)), self)
        icon.setContextMenu(menu)
        icon.activated.connect(self._on_activated)
        self._icon = icon
        self._mark()
        icon.show()

    def _mark(self) -> None:
        """Show by a dot, and in words, whether something is wrong."""
        if self._icon is None:
            return
        picture = self._theme.logo(48, 1.0)
        if self._alerts:
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = picture.width() * 0.46
            dot = QRectF(picture.width() - side, picture.height() - side, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("background"))
            painter.drawEllipse(dot)
            painter.setBrush(self._theme.color("bad"))
            rim = side * 0.14
            painter.drawEllipse(dot.adjusted(rim, rim, -rim, -rim))
            painter.end()
        self._icon.setIcon(QIcon(picture))
        lines = ["Sokoul", *self._alerts[:LINES]]
        if len(self._alerts) > LINES:
            lines.append(self.tr("and %n more", "", len(self._alerts) - LINES))
        self._icon.setToolTip("\n".join(lines))

    def _drop(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = self._play = None

    def _entry(self, menu: QMenu, text: str, icon: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(self._theme.icon(icon), text)
        action.triggered.connect(lambda: act())
        return action

    def _name_play(self) -> None:
        if self._play is None:
            return
        if self._playing is None:
            text = self.tr("Continue {title}").format(title=self._last)
            self._play.setText(text if self._last else self.tr("Continue the last film"))
            self._play.setEnabled(bool(self._last))
        else:
            self._play.setText(self.tr("Pause") if self._playing else self.tr("Play"))
            self._play.setEnabled(True)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._actions.open_window()
