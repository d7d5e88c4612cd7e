"""Who does each step of a new video, and which services are imported by hand and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.project import MusicSource, PictureSource, Step
from ui import studio_words as said
from ui.messages import sentence, told
from ui.pages.studio.form_model import BriefModel
from ui.pages.studio.form_outlets import Outlets
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import Label
from ui.widgets.switch import Switch

STEPS = (Step.SCRIPT, Step.VOICE, Step.PICTURES, Step.CLIPS, Step.AVATAR, Step.MUSIC)


class MakersCard(QFrame):
    """One line for each step with the list of who can do it."""

    def __init__(self, theme: Theme, model: BriefModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme, self._model = theme, model
        self.chips: dict[Step, ChoiceChip] = {}
        self.listen = Button(theme, self.tr("Listen"), "link", "volume-2", parent=self)
        self.listen.clicked.connect(lambda _on=False: model.sample())
        model.sampling.connect(self.listen.set_busy)
        self._column = QVBoxLayout(self)
        edge = theme.px(20)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(Label(self.tr("Made with"), "section"))
        for step in STEPS:
            chip = self.chips[step] = ChoiceChip(theme, said.step(step), lit=False)
            chip.chosen.connect(lambda value, wanted=step: model.choose(wanted, value))
            tail = (self.listen,) if step is Step.VOICE else ()
            self._add(said.step(step), *tail, chip)
        self.captions = Switch(theme, on=True, label=self.tr("Captions, word by word"))
        self.captions.switched.connect(lambda on: model.set(captions=on))
        self._add(self.tr("Captions, word by word"), self.captions)
        self.outlets = Outlets(theme, model, self)
        self._column.addWidget(self.outlets)
        self.problem = Label("", "secondary", "warn", wrap=True)
        self._column.addWidget(self.problem)
        self.hand_title = Label(self.tr("Imported by hand"), "strong")
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(self.hand_title)
        self.hand = Label("", "caption", wrap=True)
        self._column.addWidget(self.hand)
        self._column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    def _add(self, name: str, *controls: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        row.addWidget(Label(name, "body"), 1)
        for control in controls:
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignRight)
        self._column.addLayout(row)

    def _show(self) -> None:
        model = self._model
        for step, chip in self.chips.items():
            chip.set_choices([*self._usual(step), *self._others(step)])
            chip.set_value(model.chosen(step))
        self.captions.set_on(model.brief.captions)
        self.problem.setText(sentence(model.error) if model.error is not None else "")
        self.problem.setVisible(model.error is not None)
        lines = [f"{one.name} ({said.step(one.step)}): {told(one.reason)}" for one in model.by_hand]
        self.hand.setText("\n".join(lines))
        for part in (self.hand, self.hand_title):
            part.setVisible(bool(lines))

    def _usual(self, step: Step) -> list[tuple[str, object]]:
        if step is Step.PICTURES:
            return [(said.tr(said.PICTURES[one]), one) for one in PictureSource]
        if step is Step.MUSIC:
            return [(said.tr(said.MUSIC[one]), one) for one in MusicSource]
        if step is Step.CLIPS:
            return [(self.tr("No clips"), None)]
        if step is Step.AVATAR:
            return [(self.tr("No avatar"), None)]
        if step is Step.VOICE:
            return [(self.tr("The best voice here"), None)]
        return [(self.tr("The best writer here"), None)]

    def _others(self, step: Step) -> list[tuple[str, object]]:
        return [(said.maker(one), one) for one in self._model.offered(step)]
