"""Everything about one row: why it stands where it does, where it comes from, what is inside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.domain.search import Decider, Fit, HitKind, Judged, Result, ScorePart, StartKind
from ui import search_words as said
from ui import words
from ui.pages.search.result_painter import action_of, reason_of
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.overlay import Overlay
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.tags import TagRow

MOST_FILES = 200
WIDE, HIGH = 920, 800


class PartBar(QWidget):
    """Points of so many as a bar."""

    def __init__(self, theme: Theme, part: ScorePart) -> None:
        super().__init__()
        self._theme, self._part = theme, part
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._theme.px(160), self._theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(self._theme.color("surface3"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        share = max(0.0, min(1.0, self._part.points / self._part.most)) if self._part.most else 1.0
        tone = "bad" if self._part.points < 0 else "good" if share >= 0.66 else "accent"
        painter.setBrush(self._theme.color(tone))
        box.setWidth(max(box.height(), box.width() * share))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


class ResultDetails(Overlay):
    """One row in full. `files_wanted` and `parts_wanted` ask for what must be fetched first.

    Everything lies in one area that scrolls, so that arrows reach all of it.
    """

    play_pressed = Signal(int, int)
    """The row, and which part of it (0: the first, or all)."""
    choose_pressed = Signal(object, object)
    """The row, and whether it is right (True), not (False), or nothing is said any more."""
    files_wanted = Signal(int)
    parts_wanted = Signal(int)
    copy_pressed = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window, WIDE, HIGH, 0.4)
        self._row: Result | None = None
        inside = QWidget()
        self._inside = column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(16), theme.px(8))
        column.setSpacing(theme.px(12))
        self._title = Label("", "section", wrap=True)
        self._tags = TagRow(theme)
        self._reason = Label("", "secondary", wrap=True)
        for part in (self._title, self._tags, self._reason):
            column.addWidget(part)
        column.addLayout(self._make_buttons())
        self._fetched = self._section(column)
        self._told = self._section(column)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._area = area
        self.column.addWidget(area, 1)

    def show_row(self, row: Result) -> None:
        """Tell everything about a row, and open."""
        self._row = row
        best = row.best
        self._title.setText(best.offer.name)
        self._tags.set_texts(said.tags(best))
        text, tone = reason_of(row)
        self._reason.setText(text)
        self._reason.set_tone("warn" if tone == "warn" else "")
        self._show_buttons(row)
        _empty(self._fetched)
        _empty(self._told)
        self._add_score(best)
        self._add_places(row.judged)
        self._add_about(best)
        self._area.verticalScrollBar().setValue(0)
        self._fit_height()
        self.open()

    def row_id(self) -> int:
        """Which row is shown, or -1."""
        return self._row.id if self._row is not None and self.isVisible() else -1

    def show_waiting(self, text: str) -> None:
        """Say that something is fetched."""
        _empty(self._fetched)
        self._fetched.addWidget(Label(text, "secondary"))
        bar = ProgressBar(self._theme)
        bar.set_value(None)
        self._fetched.addWidget(bar)

    def show_files(self, files: Sequence[tuple[str, int]], warning: str) -> None:
        """Show what is inside a torrent: paths and their bytes."""
        _empty(self._fetched)
        self._fetched.addWidget(Label(self.tr("%n file(s) inside", "", len(files)), "strong"))
        if warning:
            self._fetched.addWidget(Label(warning, "secondary", "warn", wrap=True))
        lines = [(path, words.size(amount)) for path, amount in files[:MOST_FILES]]
        self._fetched.addWidget(_table(self._theme, lines))
        if len(files) > MOST_FILES:
            rest = self.tr("and %n more", "", len(files) - MOST_FILES)
            self._fetched.addWidget(Label(rest, "secondary"))
        self._fit_height()

    def show_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Show the parts of a row, each to be played by itself."""
        _empty(self._fetched)
        row = self._row
        if row is None:
            return
        self._fetched.addWidget(Label(self.tr("%n part(s)", "", len(parts)), "strong"))
        for number, title in parts[:MOST_FILES]:
            button = Button(self._theme, title, "ghost", "play")
            button.clicked.connect(partial(self._play_part, int(row.id), number))
            self._fetched.addWidget(button)
        self._fit_height()

    def show_failure(self, text: str) -> None:
        """Say why something could not be fetched."""
        _empty(self._fetched)
        self._fetched.addWidget(Label(text, "secondary", "bad", wrap=True))

    def focus_first(self) -> None:
        """The button that plays, or the first that can be pressed."""
        button = self.play if self.play.isVisibleTo(self) else self.right
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_height(self) -> None:
        """Be as high as what is told, within the window."""
        px = self._theme.px
        needed = self._inside.heightForWidth(px(WIDE) - px(80))
        self.set_height(min(px(HIGH), needed + px(56)))
        self.refit()

    def _make_buttons(self) -> FlowLayout:
        theme, flow = self._theme, FlowLayout(self._theme.px(10))
        self.play = Button(theme, "", "main", "play")
        self.files = Button(theme, self.tr("What is inside"), "plain", "list")
        self.parts = Button(theme, self.tr("All parts"), "plain", "list-video")
        self.right = Button(theme, self.tr("This is the one"), "plain", "check")
        self.wrong = Button(theme, self.tr("This is not it"), "plain", "x")
        self.copy = Button(theme, self.tr("Copy the link"), "plain", "copy")
        self.play.clicked.connect(lambda _on=False: self._play(0))
        self.files.clicked.connect(lambda _on=False: self.files_wanted.emit(self.row_id()))
        self.parts.clicked.connect(lambda _on=False: self.parts_wanted.emit(self.row_id()))
        self.right.clicked.connect(lambda _on=False: self._choose(True))
        self.wrong.clicked.connect(lambda _on=False: self._choose(False))
        self.copy.clicked.connect(lambda _on=False: self._copy())
        for button in (self.play, self.files, self.parts, self.right, self.wrong, self.copy):
            flow.addWidget(button)
        for button in (self.right, self.wrong):
            button.setCheckable(True)
        return flow

    def _show_buttons(self, row: Result) -> None:
        best = row.best
        action = action_of(best)
        self.play.setVisible(best.start.kind is not StartKind.NEVER)
        self.play.setText(action.text)
        self.play.set_icon(action.icon)
        self.files.setVisible(best.offer.kind is HitKind.TORRENT)
        self.parts.setVisible(best.offer.kind is HitKind.ITEM)
        self.copy.setVisible(bool(best.offer.link))
        mine = best.verdict.by is Decider.OWNER
        self.right.setChecked(mine and best.verdict.fit is Fit.EXACT)
        self.wrong.setChecked(mine and best.verdict.fit is Fit.WRONG)

    def _play(self, part: int) -> None:
        self._play_part(self.row_id(), part)

    def _play_part(self, row: int, part: int) -> None:
        self.dismiss()
        self.play_pressed.emit(row, part)

    def _choose(self, right: bool) -> None:
        row, button = self._row, self.right if right else self.wrong
        if row is not None:
            self.dismiss()
            self.choose_pressed.emit(row, right if button.isChecked() else None)

    def _copy(self) -> None:
        if self._row is not None:
            self.copy_pressed.emit(self._row.best.offer.link)

    def _section(self, column: QVBoxLayout) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setSpacing(self._theme.px(8))
        column.addLayout(section)
        return section

    def _add_score(self, best: Judged) -> None:
        heading = self.tr("{score} of 100 points").format(score=best.score.total)
        self._told.addWidget(Label(heading, "strong"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, self._theme.px(10))
        grid.setHorizontalSpacing(self._theme.px(16))
        for line, part in enumerate(best.score.parts):
            points = QLocale().toString(float(part.points), "f", 1 if part.points % 1 else 0)
            grid.addWidget(Label(said.part(part), "secondary"), line, 0)
            grid.addWidget(PartBar(self._theme, part), line, 1)
            grid.addWidget(Label(f"{points} / {part.most:g}", "secondary"), line, 2)
            grid.addWidget(Label(said.why(part), "secondary", wrap=True), line, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        self._told.addWidget(holder)
        self._told.addWidget(Label(self._decided(best), "secondary", wrap=True))

    def _decided(self, best: Judged) -> str:
        """Who decided that it is, or is not, what was wanted."""
        if best.verdict.by is Decider.OWNER:
            return self.tr("You decided this. Your word stands above every rule.")
        if best.verdict.by is Decider.JUDGE:
            return self.tr("The rules could not decide; the language model on this device did.")
        return self.tr("Decided by rules, from its name and figures alone.")

    def _add_places(self, places: Sequence[Judged]) -> None:
        if len(places) > 1:
            heading = self.tr("In %n place(s). When one fails the next is tried", "", len(places))
            self._told.addWidget(Label(heading, "strong"))
        else:
            self._told.addWidget(Label(self.tr("Where it comes from"), "strong"))
        lines = [(self._place(one), self._place_figures(one)) for one in places]
        self._told.addWidget(_table(self._theme, lines))

    def _place(self, one: Judged) -> str:
        return said.source(one.offer.source, one.offer.source_name)

    def _place_figures(self, one: Judged) -> str:
        offer = one.offer
        size = words.size(offer.size) if offer.size else ""
        people = ""
        if offer.kind is HitKind.TORRENT and offer.seeders is not None:
            people = f"{words.count(offer.seeders)} \u25b2"
        parts = (size, people, said.start(one.start))
        return words.SEPARATOR.join(part for part in parts if part)

    def _add_about(self, best: Judged) -> None:
        offer = best.offer
        for text in (offer.description, offer.creator, offer.licence, offer.page):
            if text:
                self._told.addWidget(Label(text, "secondary", wrap=True))


def _table(theme: Theme, lines: Sequence[tuple[str, str]]) -> QWidget:
    """Names with their figures at the right."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, theme.px(10))
    grid.setHorizontalSpacing(theme.px(16))
    for line, (name, figure) in enumerate(lines):
        grid.addWidget(ElidedLabel(name, "secondary"), line, 0)
        grid.addWidget(Label(figure, "secondary"), line, 1)
    grid.setColumnStretch(0, 1)
    return holder


def _empty(section: QVBoxLayout) -> None:
    while (item := section.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
