"""A/B tests: the variants beside each other, which one leads, and how sure that is."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.results import ABTest, Standing, TestState, TestWay
from ui import publishing_words as said
from ui import words
from ui.messages import told
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.tags import Tag

translate = QCoreApplication.translate
RATIO = 112 / 300  # of a thumbnail in a card: cut to be low, as the drawing has it


class VariantCard(QWidget):
    """One variant with its figures; the one that leads has a green edge and says so."""

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.leads = theme, False
        self.picture = Picture(theme, posters, 10, parent=self)
        self.title = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.title.setProperty("role", "")
        self.title.setFont(theme.font(14, 500))
        self.tag = Tag(theme, "", "good", self)
        self.left, self.right = Label("", "secondary"), Label("", "secondary")
        column = QVBoxLayout(self)
        edge = theme.px(14)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.tag)
        second.addWidget(self.left)
        second.addStretch(1)
        second.addWidget(self.right)
        column.addWidget(self.picture)
        column.addLayout(first)
        column.addLayout(second)

    def show_standing(self, test: ABTest, place: int) -> None:
        """Show a variant of a test."""
        one = test.standings[place]
        title = one.variant.title or test.post_title
        self.leads = test.leader == place or test.winner == place
        self.picture.show_path(os.fsdecode(one.variant.thumbnail), f"{title}{place}")
        self.title.setText(title)
        tag, tone = standing_words(test, place)
        self.tag.set_text(tag, tone)
        self.tag.setVisible(bool(tag))
        self.left.setText(_left(one))
        self.right.setText(_right(one))
        parts = (title, tag, self.left.text(), self.right.text())
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the thumbnail as wide as the card."""
        wide = self.width() - 2 * self._theme.px(14)
        self.picture.setFixedSize(max(1, wide), max(1, round(wide * RATIO)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 1.5 if self.leads else 1.0
        painter.setPen(QPen(theme.color("good" if self.leads else "line"), wide))
        painter.setBrush(theme.color("surface1"))
        box = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.drawRoundedRect(box, theme.px(16), theme.px(16))


class ABCard(QWidget):
    """A test: its heading, its variants, and what can be done."""

    stop_wished = Signal(object)
    result_wished = Signal(object)

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._posters = theme, posters
        self.test: ABTest | None = None
        self.cards: list[VariantCard] = []
        self.title = ElidedLabel("", "section", elide=Qt.TextElideMode.ElideRight)
        self.title.setMinimumHeight(theme.px(36))
        self.note = Label("", "secondary", wrap=True)
        self.enter = Button(theme, self.tr("Enter the result"), "link", "pencil", parent=self)
        self.stop = Button(theme, self.tr("Stop the test"), "link", "x", parent=self)
        self.enter.clicked.connect(lambda _on=False: self.result_wished.emit(self.test))
        self.stop.clicked.connect(lambda _on=False: self.stop_wished.emit(self.test))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.enter)
        head.addWidget(self.stop)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(head)
        column.addLayout(self._row)
        column.addWidget(self.note)

    def show_test(self, test: ABTest) -> None:
        """Show how it stands now."""
        self.test = test
        while len(self.cards) < len(test.standings):
            card = VariantCard(self._theme, self._posters, self)
            self.cards.append(card)
            self._row.addWidget(card, 1)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(test.standings))
            if place < len(test.standings):
                card.show_standing(test, place)
        self.title.setText(self.tr("A/B test · {title}").format(title=test.post_title))
        self.note.setText(note(test))
        self.note.setVisible(bool(self.note.text()))
        running = test.state is TestState.RUNNING
        self.stop.setVisible(running)
        self.enter.setVisible(running and test.way is TestWay.GUIDED)
        about = test.post_title
        self.stop.setAccessibleName(f"{self.stop.text()}: {about}")
        self.enter.setAccessibleName(f"{self.enter.text()}: {about}")


class ABList(QWidget):
    """Several tests under each other; hidden when there is none."""

    stop_wished = Signal(object)
    result_wished = Signal(object)

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._posters = theme, posters
        self.cards: dict[str, ABCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(20))
        self.hide()

    def show_tests(self, tests: Sequence[ABTest]) -> None:
        """Show these."""
        wanted = {test.id for test in tests}
        for gone in [one for one in self.cards if one not in wanted]:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for test in tests:
            if test.id not in self.cards:
                card = self.cards[test.id] = ABCard(self._theme, self._posters, self)
                card.stop_wished.connect(self.stop_wished)
                card.result_wished.connect(self.result_wished)
                self._column.addWidget(card)
            self.cards[test.id].show_test(test)
        self.setVisible(bool(tests))


def standing_words(test: ABTest, place: int) -> tuple[str, str]:
    """What is said of a variant, and its colour token."""
    if test.winner == place:
        return translate("ABCard", "Won, {0} % sure").format(round(test.sure * 100)), "good"
    if test.state is TestState.RUNNING and test.leader == place and test.sure > 0:
        return translate("ABCard", "Leads, {0} % sure").format(round(test.sure * 100)), "good"
    if test.state is TestState.RUNNING and test.way is TestWay.SWAP and test.showing == place:
        return translate("ABCard", "Shown now"), "dim"
    return "", "dim"


def note(test: ABTest) -> str:
    """What is said below a test."""
    if test.reason:
        return told(test.reason, {"name": said.platform(test.platform), **test.reason_args})
    if test.state is TestState.NO_DIFFERENCE:
        return translate("ABCard", "Over: nobody can tell them apart. The first one stays.")
    if test.state is TestState.STOPPED:
        return translate("ABCard", "You stopped it.")
    if test.state is TestState.RUNNING and test.way is TestWay.GUIDED:
        return translate(
            "ABCard", "The platform makes this test. Enter here what it found, once it is over."
        )
    if test.state is TestState.RUNNING and test.windows_done < test.least:
        text = translate("ABCard", "Too early to tell: {done} of {least} turns are over.")
        return text.format(done=test.windows_done, least=test.least)
    return ""


def _left(one: Standing) -> str:
    if one.shown:
        return translate("ABCard", "{0} shown").format(words.count(one.shown))
    if one.share is not None:
        return translate("ABCard", "Share of the watch time")
    return translate("ABCard", "{0} views").format(words.count(one.views))


def _right(one: Standing) -> str:
    locale = QLocale()
    if one.share is not None:
        return f"{locale.toString(one.share * 100, 'f', 1)} %"
    if one.rate is None:
        return ""
    if one.shown and one.clicked is not None:
        figure = locale.toString(one.rate * 100, "f", 1)
        return translate("ABCard", "{0} % clicked").format(figure)
    return translate("ABCard", "{0} an hour").format(locale.toString(one.rate, "f", 1))
