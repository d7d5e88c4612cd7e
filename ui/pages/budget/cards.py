"""The cards at the top of the page: what a limit has left, and prices that are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.spending import LimitState, PriceQuestion
from ui import budget_words as said
from ui.pages.budget.bars import SplitBar, tone_of
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.tags import Tag


class Card(QFrame):
    """A surface with a head: a title at the left, something small at the right."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.column = QVBoxLayout(self)
        edge = theme.px(20)
        self.column.setContentsMargins(edge, theme.px(16), edge, theme.px(18))
        self.column.setSpacing(theme.px(12))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(10))
        name = Label(title, "strong")
        name.setMinimumHeight(theme.px(26))  # heads with a tag are no higher than those without
        self.head.addWidget(name)
        self.head.addStretch(1)
        self.column.addLayout(self.head)


class AmountCard(Card):
    """One large figure, the bar of its limit, and what is left."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent)
        self._title = title
        self.tag = Tag(theme, "", "warn", self)
        self.head.addWidget(self.tag)
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        self.figure = Label("", "title")
        self.aside = Label("", "secondary")
        line.addWidget(self.figure)
        line.addWidget(self.aside, 1)
        self.column.addLayout(line)
        self.bar = SplitBar(theme, 10, self)
        self.column.addWidget(self.bar)
        self.left = Label("", "secondary", wrap=True)
        self.column.addWidget(self.left)
        self.column.addStretch(1)

    def show_amounts(
        self, spent: int, reserved: int, currency: str, state: LimitState | None, note: str = ""
    ) -> None:
        """Show what is spent and set aside, and what a limit leaves; `note` is said behind it."""
        self.figure.setText(said.money(spent, currency))
        aside = self.tr("and {0} set aside").format(said.money(reserved, currency))
        self.aside.setText(aside if reserved else "")
        most = state.limit.amount if state is not None else None
        tone = tone_of(spent, most)
        self.bar.show_shares(spent, reserved, most or 0, tone)
        self.bar.setVisible(most is not None)
        if state is None:
            words = self.tr("No limit.")
        else:
            words = self.tr("{left} of {most} left. It begins anew on {day}.").format(
                left=said.money(state.left, currency, down=True),
                most=said.money(state.limit.amount, currency),
                day=said.day(state.renews),
            )
        self.left.setText(f"{words} {note}".strip())
        self.tag.setVisible(tone in ("warn", "bad"))
        full = self.tr("Used up")
        if tone == "bad":
            self.tag.set_text(full, "bad")
        elif most:
            self.tag.set_text(self.tr("{0} % used").format(100 * spent // most), "warn")
        self.setAccessibleName(f"{self._title}: {self.figure.text()} {self.aside.text()}".strip())


class QuestionRow(QWidget):
    """One call of unknown price, with Yes and No."""

    answered = Signal(bool)

    def __init__(self, theme: Theme, question: PriceQuestion, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        what = f" ({question.what})" if question.what else ""
        title = self.tr("{service} does not say what this costs: {task}{what}").format(
            service=question.called or said.service(question.service),
            task=said.task(question.task),
            what=what,
        )
        most = said.money(question.most, question.currency)
        held = self.tr("After a yes, {0} is set aside until the real price is known.").format(most)
        words.addWidget(Label(title, "strong", wrap=True))
        words.addWidget(Label(held, "secondary", wrap=True))
        row.addLayout(words, 1)
        yes = self.tr("Allow once")
        self.yes = Button(theme, yes, "main", "check", label=f"{yes}: {title}", parent=self)
        no = self.tr("No")
        self.no = Button(theme, no, "ghost", "x", label=f"{no}: {title}", parent=self)
        self.yes.clicked.connect(lambda: self.answered.emit(True))
        self.no.clicked.connect(lambda: self.answered.emit(False))
        row.addWidget(self.yes)
        row.addWidget(self.no)


class QuestionsCard(Card):
    """Calls that wait for the owner's word."""

    answered = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("A price nobody knows"), parent)
        self._theme = theme
        self.rows: dict[int, QuestionRow] = {}

    def show_questions(self, questions: Sequence[PriceQuestion]) -> None:
        """Show these; rows that are there already stay, and keep the focus."""
        wanted = {one.id: one for one in questions}
        for gone in [known for known in self.rows if known not in wanted]:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        for one in questions:
            if one.id not in self.rows:
                row = QuestionRow(self._theme, one, self)
                row.answered.connect(lambda yes, asked=one: self.answered.emit(asked, yes))
                self.rows[one.id] = row
                self.column.addWidget(row)
        self.setVisible(bool(wanted))
