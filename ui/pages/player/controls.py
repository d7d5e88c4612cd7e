"""The two bars of the player: title above; seek bar and buttons below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import words
from ui.pages.player.chrome import Veil, tint
from ui.pages.player.seekbar import SeekBar
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label


class RoundButton(Button):
    """The one large button: a light disc with a dark sign."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, variant="icon", icon="play", label=label, parent=parent)
        self._theme_, self._sign = theme, "play"
        side = theme.px(56)
        self.setMinimumSize(side, side)
        self.setMaximumSize(side, side)
        self.setStyleSheet(f"min-width:{side}px;max-width:{side}px;min-height:{side}px;"
                           f"max-height:{side}px;border:none;background:transparent")  # fmt: skip
        self.setProperty("radius", side // 2)

    def set_sign(self, name: str, label: str) -> None:
        """Show another sign and say what a press does."""
        self._sign = name
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint disc and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        disc = "dim" if self.isDown() else "text"
        painter.setBrush(tint(self._theme_, disc, 255 if self.underMouse() else 240))
        painter.drawEllipse(self.rect())
        size = 24
        sign = self._theme_.pixmap(self._sign, "background", size, self.devicePixelRatioF())
        at = (self.width() - self._theme_.px(size)) // 2
        shift = self._theme_.px(2) if self._sign == "play" else 0
        painter.drawPixmap(QPoint(at + shift, at), sign)


class TopBar(Veil):
    """Back, title and caption, picture in picture, and the way to other screens."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, top=True, parent=parent)
        px = theme.px
        row = QHBoxLayout(self)
        self.row = row
        row.setSpacing(px(12))
        self.back = Button(theme, variant="icon", icon="arrow-left", label=self.tr("Back"))
        self.title = ElidedLabel("", "section")
        self.caption = ElidedLabel("", "caption")
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self.title)
        names.addWidget(self.caption)
        self.small = Button(
            theme, variant="icon", icon="picture-in-picture-2", label=self.tr("Picture in picture")
        )
        self.cast = Button(
            theme, variant="icon", icon="cast", label=self.tr("Play on another screen")
        )
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(px(8))
        row.addLayout(names, 1)
        row.addWidget(self.small, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.cast, 0, Qt.AlignmentFlag.AlignTop)

    def set_names(self, title: str, caption: str) -> None:
        """Say what plays."""
        self.title.setText(title)
        self.caption.setText(caption)


class BottomBar(Veil):
    """Seek bar, then the buttons: playing on the left, choices on the right."""

    panel_asked = Signal(str)

    def __init__(self, theme: Theme, skip: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, top=False, parent=parent)
        px = theme.px
        self._theme = theme
        self._duration = self._position = 0.0
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(6))
        self.column.addStretch(1)
        self.seek = SeekBar(theme)
        self.seek.setAccessibleName(self.tr("Position in the film"))
        self.seek.step = float(skip)
        self.column.addWidget(self.seek)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.column.addLayout(row)
        self.play = RoundButton(theme, self.tr("Play"))
        self.rewind = self._icon("rewind", self.tr("Back {0} seconds").format(skip))
        self.forward = self._icon("fast-forward", self.tr("Forward {0} seconds").format(skip))
        self.next = self._icon("skip-forward", self.tr("Next episode"))
        for button in (self.play, self.rewind, self.forward, self.next):
            row.addWidget(button)
        self.time = Label("", "strong")
        self.total = Label("", "secondary")
        row.addSpacing(px(4))
        row.addWidget(self.time)
        row.addWidget(self.total)
        row.addStretch(1)
        self.panels: dict[str, Button] = {}
        self._add_choices(row)
        self.full = self._icon("maximize", self.tr("Full screen"))
        row.addWidget(self.full)
        self.bubble = QLabel(parent)
        self.bubble.setProperty("role", "strong")
        self.bubble.hide()
        self.seek.preview.connect(self._on_preview)

    def _add_choices(self, row: QHBoxLayout) -> None:
        for name, icon, label in (
            ("chapters", "list-video", self.tr("Chapters")),
            ("subtitles", "captions", self.tr("Subtitles")),
            ("audio", "audio-lines", self.tr("Sound tracks")),
            ("speed", "gauge", self.tr("Speed")),
            ("volume", "volume-2", self.tr("Volume")),
            ("more", "ellipsis", self.tr("More")),
        ):
            button = self.panels[name] = self._icon(icon, label)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, name=name: self.panel_asked.emit(name))
            row.addWidget(button)

    def set_playing(self, playing: bool) -> None:
        """Show what the round button does."""
        if playing:
            self.play.set_sign("pause", self.tr("Pause"))
        else:
            self.play.set_sign("play", self.tr("Play"))

    def set_full(self, full: bool) -> None:
        """Show what the last button does."""
        self.full.set_icon("minimize" if full else "maximize")
        label = self.tr("Leave full screen") if full else self.tr("Full screen")
        self.full.setAccessibleName(label)
        self.full.setToolTip(label)

    def set_position(self, seconds: float) -> None:
        """Tell the time."""
        self._position = seconds
        self.seek.set_position(seconds)
        text = words.clock(seconds)
        if text != self.time.text():
            self.time.setText(text)

    def set_duration(self, seconds: float) -> None:
        """Tell the length."""
        self._duration = seconds
        self.seek.set_duration(seconds)
        self.total.setText(f"/ {words.clock(seconds)}" if seconds else "")

    def set_volume(self, volume: float, muted: bool) -> None:
        """Show whether there is sound."""
        silent = muted or volume < 0.5
        icon = "volume-x" if silent else "volume-1" if volume < 50 else "volume-2"
        self.panels["volume"].set_icon(icon)

    def hide_bubble(self) -> None:
        """Take the preview time away."""
        self.bubble.hide()

    def _icon(self, icon: str, label: str) -> Button:
        return Button(self._theme, variant="icon", icon=icon, label=label)

    def _on_preview(self, second: float, point: QPoint) -> None:
        if second < 0:
            self.bubble.hide()
            return
        home = self.parentWidget()
        if home is None:
            return
        tokens = self._theme.tokens
        px = self._theme.px
        self.bubble.setStyleSheet(
            f"background:{tokens.surface2};border:1px solid {tokens.line};"
            f"border-radius:{px(8)}px;padding:{px(4)}px {px(10)}px"
        )
        self.bubble.setText(words.clock(second))
        self.bubble.adjustSize()
        place = self.seek.mapTo(home, point)
        left = max(px(8), min(place.x() - self.bubble.width() // 2,
                              home.width() - self.bubble.width() - px(8)))  # fmt: skip
        self.bubble.move(left, place.y() - self.bubble.height() - px(6))
        self.bubble.show()
        self.bubble.raise_()
