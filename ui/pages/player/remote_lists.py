"""The lists of the remote control: subtitles, sound, volume and forms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QSlider, QWidget

from app.domain.casting import LADDER, Casting, Method
from ui.casting import words
from ui.casting.viewmodel import CastViewModel
from ui.pages.player.panel import Panel
from ui.pages.player.rows import Row
from ui.theme import Theme

SETTLE_MS = 120  # a volume that is dragged is sent when it rests so long


class RemoteLists(QObject):
    """Fills the panel from what plays elsewhere, and does what is chosen."""

    def __init__(
        self, theme: Theme, model: CastViewModel, panel: Panel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._panel = theme, model, panel
        self._slider: QSlider | None = None
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rest.timeout.connect(self._send_volume)
        panel.closed.connect(self._forget_slider)

    def show(self, kind: str) -> None:
        """Open the panel with one of its lists."""
        now = self._model.now
        if now is None:
            return
        builders: dict[str, tuple[str, Callable[[Casting], list[QWidget]]]] = {
            "subtitles": (self.tr("Subtitles"), self._subtitles),
            "sound": (self.tr("Sound"), self._sounds),
            "volume": (self.tr("Volume"), self._volume),
            "forms": (self.tr("Play in this form"), self._forms),
        }
        title, build = builders[kind]
        self._forget_slider()
        self._panel.show_choices(kind, title, build(now))

    def refresh(self) -> None:
        """Show the open list anew; a volume that is being moved stays under the hand."""
        now = self._model.now
        if self._panel.kind == "volume" and self._slider is not None and now is not None:
            if not self._slider.isSliderDown() and not self._rest.isActive():
                with QSignalBlocker(self._slider):
                    self._slider.setValue(round(100 * (now.volume or 0.0)))
            self._mute.setChecked(now.muted)
        elif self._panel.kind:
            self.show(self._panel.kind)

    def _row(
        self, text: str, act: Callable[[], object], note: str = "", *, chosen: bool = False
    ) -> Row:
        row = Row(self._theme, text, note, chosen=chosen)
        row.clicked.connect(lambda: act())
        return row

    def _subtitles(self, now: Casting) -> list[QWidget]:
        model = self._model
        rows: list[QWidget] = [
            self._row(
                self.tr("Off"), lambda: model.choose_subtitle(None), chosen=now.subtitle is None
            )
        ]
        for place, track in enumerate(now.subtitles):
            rows.append(
                self._row(
                    words.subtitle(track, place + 1),
                    lambda place=place: model.choose_subtitle(place),  # type: ignore[misc]  # bound now
                    words.subtitle_note(track),
                    chosen=now.subtitle == place,
                )
            )
        return rows

    def _sounds(self, now: Casting) -> list[QWidget]:
        return [
            self._row(
                words.sound(track, place + 1),
                lambda number=track.number: self._model.choose_sound(number),  # type: ignore[misc]  # bound now
                words.sound_note(track),
                chosen=now.sound == track.number,
            )
            for place, track in enumerate(now.sounds)
        ]

    def _volume(self, now: Casting) -> list[QWidget]:
        slider = self._slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setSingleStep(5)
        slider.setValue(round(100 * (now.volume or 0.0)))
        slider.setAccessibleName(self.tr("Volume"))
        slider.valueChanged.connect(lambda _value: self._rest.start())
        self._mute = self._row(self.tr("Sound off"), self._toggle_mute, chosen=now.muted)
        return [slider, self._mute]

    def _forms(self, now: Casting) -> list[QWidget]:
        device = now.device
        choices: tuple[Method | None, ...] = (None, *LADDER)

        def choose(choice: Method | None) -> None:
            self._panel.close_panel()
            self._model.set_form(device.id, choice, self._model.again)

        return [
            self._row(
                words.form(choice),
                lambda choice=choice: choose(choice),  # type: ignore[misc]  # bound now
                chosen=device.form is choice,
            )
            for choice in choices
        ]

    def _toggle_mute(self) -> None:
        now = self._model.now
        if now is not None:
            self._model.mute(not now.muted)

    def _send_volume(self) -> None:
        if self._slider is not None:
            self._model.set_volume(self._slider.value() / 100)

    def _forget_slider(self) -> None:
        self._rest.stop()
        self._slider = None
