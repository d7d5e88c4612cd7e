"""The card of what hears on this machine: the files there are, which is used, how it does."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.intelligence import HearingState, HearingTrial, ModelPhase, SpeechFile
from ui.messages import sentence, told
from ui.pages.settings.hearing_model import HearingModel
from ui.pages.settings.home_cards import KeepsFocus
from ui.pages.settings.sections import Panel
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.tags import Tag
from ui.words import SEPARATOR

TRIAL = "trial"
GIGABYTE = 1_000_000_000


class HearingCard(KeepsFocus):
    """Rows: each file, and where a good model is found."""

    cancel_pressed = Signal()
    try_pressed = Signal()
    look_pressed = Signal()
    chosen = Signal(str)
    """The path of a file; empty: none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.add(Row(theme, self.tr("Looking for models…")))

    def show_state(self, state: HearingState) -> None:
        """Show it, whole."""
        self.refill(lambda: self._fill(state))

    def _fill(self, state: HearingState) -> None:
        if not state.installed:
            self.add(Row(self._theme, self.tr("Engine"), told("errors.hearing_no_engine", {})))
        for file in state.files:
            self.add(self._file_row(file, state))
        self.add(self._hint_row(state))

    def _file_row(self, file: SpeechFile, state: HearingState) -> Row:
        if file.problem:
            row = Row(self._theme, file.name, told(file.problem, file.problem_args))
            row.text.set_tone("bad")
            return row
        used = file.path == state.chosen
        tail: list[QWidget] = []
        if used:
            tail.append(Tag(self._theme, self._phase(state), "accent"))
            tail.append(self._try_button(state))
        label = self.tr("Do not use") if used else self.tr("Use")
        press = self._button(file.path, label, "x" if used else "check")
        press.setAccessibleName(f"{label}: {file.name}")
        press.clicked.connect(lambda _on=False: self.chosen.emit("" if used else file.path))
        tail.append(press)
        row = Row(self._theme, file.name, self._about(file, state if used else None), tail)
        if used and state.failure:
            row.set_text(told(state.failure, state.failure_args))
            row.text.set_tone("bad")
        return row

    def _try_button(self, state: HearingState) -> Button:
        label = self.tr("Stop") if state.trying else self.tr("Try it")
        button = self._button(TRIAL, label, "x" if state.trying else "play")
        button.setEnabled(state.installed)
        pressed = self.cancel_pressed if state.trying else self.try_pressed
        button.clicked.connect(lambda _on=False: pressed.emit())
        return button

    def _hint_row(self, state: HearingState) -> Row:
        text = self.tr(
            "A good one for this device: Whisper base, file ggml-base.bin (148 MB). ggml-small.bin "
            "(488 MB) hears better and takes longer. Both are by OpenAI, know many languages, and "
            "are published by ggerganov on Hugging Face under the MIT License. Put one into "
            "{folder}."
        ).format(folder=state.folder)
        look = self._button("", self.tr("Look again"), "refresh-cw")
        look.clicked.connect(lambda _on=False: self.look_pressed.emit())
        return Row(self._theme, self.tr("Where to get a model that hears"), text, [look])

    def _button(self, thing: str, label: str, icon: str) -> Button:
        button = Button(self._theme, label, "plain", icon)
        self.controls[thing, "press"] = button
        return button

    def _about(self, file: SpeechFile, used: HearingState | None) -> str:
        parts = [_size(file.bytes)]
        if file.precision:
            parts.append(file.precision)
        parts.append(self.tr("English only") if file.english_only else self.tr("many languages"))
        if used is not None and used.trial is not None:
            parts.append(self._trial(used.trial))
        return SEPARATOR.join(parts)

    def _trial(self, trial: HearingTrial) -> str:
        figures = self.tr("{speed} times as fast as it is said, {memory}").format(
            speed=QLocale().toString(trial.speed, "f", 1), memory=_size(trial.memory)
        )
        if not trial.heard:
            return figures
        return SEPARATOR.join((figures, self.tr("heard: “{text}”").format(text=trial.heard[:160])))

    def _phase(self, state: HearingState) -> str:
        if state.trying:
            return self.tr("Being tried")
        return {
            ModelPhase.LOADING: self.tr("Loading"),
            ModelPhase.READY: self.tr("Ready"),
            ModelPhase.BUSY: self.tr("Listening"),
        }.get(state.phase, self.tr("In use"))


class Hearing(QObject):
    """Joins the card and what is known."""

    failed = Signal(object)
    filled = Signal()
    """Rows are others: a search looks again."""

    def __init__(self, theme: Theme, model: HearingModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.card = HearingCard(theme)
        self.card.cancel_pressed.connect(model.cancel)
        self.card.try_pressed.connect(model.try_out)
        self.card.look_pressed.connect(model.load)
        self.card.chosen.connect(model.choose)
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)

    def fill(self, panel: Panel) -> None:
        """Add the card to the panel, when anything can hear here."""
        if self._model.there:
            panel.add_card(self.tr("What hears on this device"), self.card)

    def load(self) -> None:
        """Look anew."""
        self._model.load()

    def _on_changed(self) -> None:
        if self._model.state is not None:
            self.card.show_state(self._model.state)
            self.filled.emit()

    def _on_failed(self, error: BaseException) -> None:
        if self._model.state is None:
            title = self.tr("The folder of models cannot be read now")
            self.card.fail(title, sentence(error), self._model.load)
        else:
            self.failed.emit(error)


def _size(count: int) -> str:
    """Bytes for people: whole megabytes, tenths of gigabytes."""
    digits = 1 if count >= GIGABYTE else 0
    return QLocale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
