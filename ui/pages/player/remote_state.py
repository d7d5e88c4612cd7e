"""What the remote control says while nothing moves on the TV: on its way, failed, not answering."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.casting import Casting, CastStage
from ui.casting.viewmodel import reason_of
from ui.messages import sentence
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar

WAITING = (CastStage.PREPARING, CastStage.LOADING)
SHOWN = (*WAITING, CastStage.FAILED, CastStage.GONE)


class RemoteState(QWidget):
    """Emits `did` with ``stop``, ``again``, ``forms`` or ``here``."""

    did = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(14))
        self.text = Label("", "strong")
        self.more = Label("", "body", wrap=True)
        self.more.setMaximumWidth(px(680))
        self._bar = ProgressBar(theme)
        self._bar.setFixedWidth(px(280))
        self._bar.set_value(None)
        for widget in (self.text, self.more, self._bar):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.again = Button(theme, self.tr("Try again"), "main", "refresh-cw")
        self.forms = Button(theme, self.tr("Another form"), "plain", "layers")
        self.here = Button(theme, self.tr("Play here"), "plain", "monitor")
        self.stop = Button(theme, self.tr("Cancel"), "ghost")
        for button, name in (
            (self.again, "again"),
            (self.forms, "forms"),
            (self.here, "here"),
            (self.stop, "stop"),
        ):
            button.clicked.connect(lambda _on=False, name=name: self.did.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def show_casting(self, casting: Casting) -> None:
        """Say how it stands; hidden while the film plays or rests."""
        stage = casting.stage
        self.setVisible(stage in SHOWN)
        waiting, failed = stage in WAITING, stage is CastStage.FAILED
        self._bar.setVisible(waiting)
        self.again.setVisible(failed)
        self.forms.setVisible(failed)
        self.here.setVisible(not waiting)
        self.stop.setText(self._stop_words(stage))
        name = casting.device.name
        more = ""
        if stage is CastStage.PREPARING:
            text = self.tr("Getting it ready for the TV…")
        elif stage is CastStage.LOADING:
            text = self.tr("{0} is loading it…").format(name)
        elif failed:
            text = self.tr("{0} does not play it").format(name)
            kept = self.tr("The place where you were is kept.")
            more = f"{sentence(reason_of(casting))} {kept}"
        else:
            text = self.tr("{0} does not answer").format(name)
            more = self.tr("It goes on here by itself when the TV is back.")
        self.text.setText(text)
        self.text.set_tone("bad" if failed else "warn" if stage is CastStage.GONE else "")
        self.more.setText(more)
        self.more.setVisible(bool(more))

    def focus_first(self) -> None:
        """The button one most likely wants."""
        for button in (self.again, self.here, self.stop):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _stop_words(self, stage: CastStage) -> str:
        if stage is CastStage.FAILED:
            return self.tr("Close")
        return self.tr("Stop") if stage is CastStage.GONE else self.tr("Cancel")
