"""The cards at the right of a project: what it is made with, and what it cost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.project import Maker, Step, StepState
from app.domain.spending import LimitState, Spending
from app.domain.studio import ProjectView
from ui import budget_words
from ui import studio_words as said
from ui.languages import language_name
from ui.theme import Theme
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar
from ui.words import SEPARATOR


class MadeWith(QFrame):
    """Who does what, and the form of the video; names at the left, answers at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme = theme
        self._grid = QGridLayout(self)
        edge = theme.px(20)
        self._grid.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.lines: dict[str, tuple[Label, ElidedLabel]] = {}

    def show_view(self, view: ProjectView) -> None:
        """Show what a project is made with."""
        for place, (key, name, words) in enumerate(self._rows(view)):
            if key not in self.lines:
                self.lines[key] = self._make_line(place)
            label, answer = self.lines[key]
            label.setText(name)
            answer.setText(words)
            for part in (label, answer):
                part.setVisible(bool(words))
            self._grid.setRowMinimumHeight(place, self._theme.px(40) if words else 0)

    def _make_line(self, place: int) -> tuple[Label, ElidedLabel]:
        label = Label("", "secondary")
        answer = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        answer.setProperty("role", "")  # bright, as what one looks for
        answer.setFont(self._theme.font(15))
        answer.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(answer, place, 1)
        return label, answer

    def _rows(self, view: ProjectView) -> list[tuple[str, str, str]]:
        brief, here = view.brief, self.tr("this device")
        writer = view.written_by or self.tr("Rules")
        wide, high = brief.shape.size
        script = f"{writer}{SEPARATOR}{here}" if view.script is not None else ""
        music = said.tr(said.MUSIC[brief.music])
        return [
            ("script", said.step(Step.SCRIPT), script),
            ("voice", said.step(Step.VOICE), self._who(view, Step.VOICE, said.here())),
            ("pictures", said.step(Step.PICTURES),
             self._who(view, Step.PICTURES, said.tr(said.PICTURES[brief.pictures]))),
            ("clips", said.step(Step.CLIPS), self._who(view, Step.CLIPS, "")),
            ("avatar", said.step(Step.AVATAR), self._who(view, Step.AVATAR, "")),
            ("music", said.step(Step.MUSIC), self._who(view, Step.MUSIC, music)),
            ("look", self.tr("Style"), said.tr(said.LOOKS[brief.look])),
            ("language", self.tr("Language"), language_name(brief.language)),
            ("format", self.tr("Format"), f"{brief.shape.value}{SEPARATOR}{min(wide, high)}p"),
            ("loudness", self.tr("Loudness"), "−14 LUFS"),
        ]  # fmt: skip

    def _who(self, view: ProjectView, step: Step, usual: str) -> str:
        """Who does a step: as it was done, else as it is wished."""
        shown = next((one for one in view.steps if one.step is step), None)
        if shown is not None and shown.by and shown.state is not StepState.SKIPPED:
            return shown.by
        maker = view.brief.makers.get(step, Maker())
        name = budget_words.service(maker.plugin) if maker.plugin else ""
        return SEPARATOR.join(part for part in (name, maker.model) if part) or usual


class MoneyCard(QFrame):
    """What the project cost, and how the limit of the month stands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, theme.px(18), edge, theme.px(18))
        column.setSpacing(theme.px(12))
        row = QHBoxLayout()
        self.figure = Label("", "section")
        self.month = Label("", "caption")
        row.addWidget(self.figure)
        row.addStretch(1)
        row.addWidget(self.month)
        self.bar = ProgressBar(theme)
        self.note = Label("", "caption", wrap=True)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.note)

    def show_view(
        self, view: ProjectView, month: Spending | None, limit: LimitState | None
    ) -> None:
        """Show what was spent; the month's limit is in its own currency."""
        self.figure.setText(said.money(view.spent))
        paid = self.tr("Paid for this video.")
        self.note.setText(paid if view.spent else self.tr("Nothing was paid for this video."))
        known = month is not None and limit is not None
        self.bar.setVisible(known)
        self.month.setVisible(known)
        if month is not None and limit is not None:
            most = limit.limit.amount
            spent = budget_words.money(limit.spent, month.currency)
            allowed = budget_words.money(most, month.currency)
            self.month.setText(self.tr("{0} of {1} this month").format(spent, allowed))
            self.bar.set_value(limit.spent / most if most else 1.0)
