"""The card of the model on this machine: its engine, the files there are, how one does."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.domain.intelligence import EnginePhase, ModelFile, ModelPhase, ModelState
from ui.messages import told
from ui.pages.settings.home_cards import KeepsFocus
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.tags import Tag
from ui.words import SEPARATOR

ENGINE, TRIAL = "engine", "trial"
BILLION = 1_000_000_000


class ModelCard(KeepsFocus):
    """Rows: the engine, each file, and where a good model is found."""

    build_pressed = Signal()
    cancel_pressed = Signal()
    try_pressed = Signal()
    look_pressed = Signal()
    chosen = Signal(str)
    """The path of a file; empty: none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.add(Row(theme, self.tr("Looking for models…")))

    def show_state(self, state: ModelState) -> None:
        """Show it, whole."""
        self.refill(lambda: self._fill(state))

    def _fill(self, state: ModelState) -> None:
        self.add(self._engine_row(state))
        for file in state.files:
            self.add(self._file_row(file, state))
        self.add(self._hint_row(state))

    def _engine_row(self, state: ModelState) -> Row:
        title = self.tr("Engine")
        if state.engine is EnginePhase.HERE:
            row = Row(self._theme, title, self.tr("Ready: llama.cpp, on this device"))
            return self._with_failure(row, state) if not state.chosen else row
        if state.engine is EnginePhase.BUILDING:
            text = self._stage(state)
            stop = self._button(ENGINE, self.tr("Stop"), "x")
            stop.clicked.connect(lambda _on=False: self.cancel_pressed.emit())
            return Row(self._theme, title, text, [stop])
        text = self.tr(
            "Models need llama.cpp. It is built on this device, in the background: ten minutes or "
            "so, and the network for its source."
        )
        build = self._button(ENGINE, self.tr("Build it"), "download")
        build.clicked.connect(lambda _on=False: self.build_pressed.emit())
        return self._with_failure(Row(self._theme, title, text, [build]), state)

    def _stage(self, state: ModelState) -> str:
        told = {
            "fetch": self.tr("Fetching its source"),
            "compile": self.tr("Being built"),
            "install": self.tr("Being installed"),
        }.get(state.stage, self.tr("Beginning"))
        share = self.tr("{0} %").format(round(state.progress * 100))
        return SEPARATOR.join((told, share, self.tr("the station goes on meanwhile")))

    def _file_row(self, file: ModelFile, state: ModelState) -> Row:
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
        return self._with_failure(row, state) if used else row

    def _try_button(self, state: ModelState) -> Button:
        label = self.tr("Stop") if state.trying else self.tr("Try it")
        button = self._button(TRIAL, label, "x" if state.trying else "play")
        button.setEnabled(state.engine is EnginePhase.HERE)
        pressed = self.cancel_pressed if state.trying else self.try_pressed
        button.clicked.connect(lambda _on=False: pressed.emit())
        return button

    def _hint_row(self, state: ModelState) -> Row:
        text = self.tr(
            "A good one for this device: Qwen2.5-3B-Instruct, file Q4_K_M (2.1 GB), published by "
            "Qwen on Hugging Face under the Qwen Research License, for use that earns nothing. Put "
            "it into {folder}."
        ).format(folder=state.folder)
        title = self.tr("Where to get a model")
        look = self._button("", self.tr("Look again"), "refresh-cw")
        look.clicked.connect(lambda _on=False: self.look_pressed.emit())
        return Row(self._theme, title, text, [look])

    def _button(self, thing: str, label: str, icon: str) -> Button:
        button = Button(self._theme, label, "plain", icon)
        self.controls[thing, "press"] = button
        return button

    def _about(self, file: ModelFile, used: ModelState | None) -> str:
        locale = QLocale()
        parts = [locale.formattedDataSize(file.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)]
        if file.parameters:
            figure = locale.toString(file.parameters / BILLION, "f", 1)
            parts.append(self.tr("{0} billion parameters").format(figure))
        parts += [part for part in (file.quantisation, file.licence) if part]
        if used is not None and used.trial is not None:
            parts.append(self._trial(used))
        return SEPARATOR.join(parts)

    def _trial(self, state: ModelState) -> str:
        trial, locale = state.trial, QLocale()
        assert trial is not None
        return self.tr("{rate} tokens a second, first word after {first} s, {memory}").format(
            rate=locale.toString(trial.rate, "f", 1),
            first=locale.toString(trial.first_token, "f", 1),
            memory=locale.formattedDataSize(
                trial.memory, 1, QLocale.DataSizeFormat.DataSizeSIFormat
            ),
        )

    def _phase(self, state: ModelState) -> str:
        if state.trying:
            return self.tr("Being tried")
        return {
            ModelPhase.LOADING: self.tr("Loading"),
            ModelPhase.READY: self.tr("Ready"),
            ModelPhase.BUSY: self.tr("Thinking"),
        }.get(state.phase, self.tr("In use"))

    def _with_failure(self, row: Row, state: ModelState) -> Row:
        if state.failure:
            row.set_text(told(state.failure, state.failure_args))
            row.text.set_tone("bad")
        return row
