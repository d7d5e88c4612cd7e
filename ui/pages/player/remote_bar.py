"""The buttons of the remote control: the seek bar, playing at the left, choices at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.casting import Casting, CastStage
from ui import words
from ui.pages.player.controls import RoundButton
from ui.pages.player.seekbar import SeekBar
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label


class RemoteBar(QWidget):
    """Emits `did` with the name of what was pressed, `panel_asked` with the name of a list."""

    did = Signal(str)
    panel_asked = Signal(str)

    def __init__(self, theme: Theme, skip: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # what is above must not jump when it goes
        self.setSizePolicy(kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.seek = SeekBar(theme)
        self.seek.setAccessibleName(self.tr("Position in the film"))
        self.seek.step = float(skip)
        column.addWidget(self.seek)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        column.addLayout(row)
        self.play = RoundButton(theme, self.tr("Play"))
        self.rewind = self._icon("rewind", self.tr("Back {0} seconds").format(skip))
        self.forward = self._icon("fast-forward", self.tr("Forward {0} seconds").format(skip))
        self.next = self._icon("skip-forward", self.tr("Next"))
        self.stop = self._icon("square", self.tr("Stop"))
        for button, name in (
            (self.play, "toggle"),
            (self.rewind, "back"),
            (self.forward, "forward"),
            (self.next, "next"),
            (self.stop, "stop"),
        ):
            button.clicked.connect(lambda _on=False, name=name: self.did.emit(name))
            row.addWidget(button)
        self.time = Label("", "strong")
        self.total = Label("", "secondary")
        row.addSpacing(px(4))
        row.addWidget(self.time)
        row.addWidget(self.total)
        row.addStretch(1)
        self._add_choices(row)

    def _add_choices(self, row: QHBoxLayout) -> None:
        theme = self._theme
        self.here = Button(theme, self.tr("Play here"), "ghost", "monitor")
        self.here.clicked.connect(lambda _on=False: self.did.emit("here"))
        row.addWidget(self.here)
        self.panels: dict[str, Button] = {}
        for name, icon, label in (
            ("subtitles", "captions", self.tr("Subtitles")),
            ("sound", "audio-lines", self.tr("Sound tracks")),
            ("volume", "volume-2", self.tr("Volume")),
        ):
            panel = self.panels[name] = self._icon(icon, label)
            panel.setCheckable(True)
            panel.clicked.connect(lambda _on=False, name=name: self.panel_asked.emit(name))
            row.addWidget(panel)

    def show_casting(self, casting: Casting) -> None:
        """Show what can be done now."""
        playing = casting.stage is CastStage.PLAYING
        self.play.set_sign("pause" if playing else "play",
                           self.tr("Pause") if playing else self.tr("Play"))  # fmt: skip
        self.next.setVisible(casting.has_next)
        duration = casting.duration or 0.0
        self.seek.set_duration(duration)
        self.total.setText(f"/ {words.clock(duration)}" if duration else "")
        self.panels["subtitles"].setVisible(bool(casting.subtitles))
        self.panels["sound"].setVisible(len(casting.sounds) > 1)
        self.panels["volume"].setVisible(casting.volume is not None)
        volume = casting.volume or 0.0
        silent = casting.muted or volume < 0.005
        icon = "volume-x" if silent else "volume-1" if volume < 0.5 else "volume-2"
        self.panels["volume"].set_icon(icon)

    def set_position(self, seconds: float) -> None:
        """Tell the time."""
        self.seek.set_position(seconds)
        text = words.clock(seconds)
        if text != self.time.text():
            self.time.setText(text)

    def _icon(self, icon: str, label: str) -> Button:
        return Button(self._theme, variant="icon", icon=icon, label=label)
