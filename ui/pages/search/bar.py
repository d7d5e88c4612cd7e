"""The head of the Search page: the line to type in, and what narrows what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.search import Work
from ui import search_words as said
from ui.languages import language_name
from ui.pages.search.narrowing import Narrowing, Order, Way
from ui.theme import Theme
from ui.widgets.chips import Chip, ChipRow, ChoiceChip
from ui.widgets.flow import FlowLayout
from ui.widgets.search_field import SearchField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
HEIGHTS = (0, 720, 1080, 2160)


class QueryField(SearchField):
    """The one line of the page. Enter searches; Enter again plays the best."""

    submitted = Signal(str)
    best_wanted = Signal()
    down_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setPlaceholderText(self.tr("A film, a series, a talk, a station, or an address"))
        self.setAccessibleName(self.tr("Search everywhere"))
        self.setProperty("variant", "large")
        self.setMaxLength(8000)  # addresses are long
        self.rows_below = False
        """Whether Down goes to rows, past the filters."""
        self._searched = ""

    def takes_arrow(self, key: int) -> bool:
        """Down goes to the rows at once; Left and Right stay while the cursor can move."""
        if key == Qt.Key.Key_Down:
            return self.rows_below
        if key == Qt.Key.Key_Left:
            return self.cursorPosition() > 0
        return key == Qt.Key.Key_Right and self.cursorPosition() < len(self.text())

    def set_searched(self, text: str) -> None:
        """Say what is being shown: Enter on the same words plays."""
        self._searched = " ".join(text.split())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches, or plays when nothing was changed."""
        if event.key() == Qt.Key.Key_Down:
            self.down_wanted.emit()
            event.accept()
            return
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        text = " ".join(self.text().split())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if text and (control or text == self._searched):
            self.best_wanted.emit()
        elif text:
            self.submitted.emit(text)
        event.accept()


class FilterBar(QWidget):
    """Ways, quality, language, hidden ones; the order, saving and asking again at the right."""

    narrowed = Signal(object)
    """A `Narrowing` the owner chose."""
    order_wanted = Signal()
    fresh_wanted = Signal()
    save_pressed = Signal()
    wrong: Chip
    late: Chip
    ways: ChipRow
    quality: ChoiceChip
    language: ChoiceChip
    kind: ChoiceChip
    order: ChoiceChip
    save: Chip
    fresh: Chip

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = Narrowing()
        self._offered: tuple[tuple[str, ...], tuple[Work, ...]] = ((), ())
        self._shown: tuple[Narrowing, int] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        left = QWidget(self)
        self._flow = FlowLayout(theme.px(10), left)
        self._add_filters(left)
        row.addWidget(left, 1)
        self._add_tools(row)

    def offer(self, languages: Sequence[str], works: Sequence[Work]) -> None:
        """Offer the languages and kinds of things there are."""
        codes = list(languages[:12])
        if self._now.language and self._now.language not in codes:
            codes.append(self._now.language)
        offered = (tuple(codes), tuple(works))
        if offered == self._offered:
            return
        self._offered = offered
        any_language, any_kind = self.tr("Any language"), self.tr("Any kind")
        spoken = [(language_name(code), code) for code in codes]
        self.language.set_choices([(any_language, ""), *spoken])
        self.kind.set_choices([(any_kind, None), *((said.work(work), work) for work in works)])
        self.kind.setVisible(len(works) > 1 or self._now.work is not None)

    def show_narrowing(self, narrowing: Narrowing, hidden: int) -> None:
        """Show what is chosen."""
        shown = (narrowing, hidden)
        if shown == self._shown:
            return
        self._shown, self._now = shown, narrowing
        self.ways.set_value(narrowing.way)
        self.kind.set_value(narrowing.work)
        self.quality.set_value(narrowing.least_height)
        self.language.set_value(narrowing.language)
        text = self.tr("Hide wrong matches")
        self.wrong.setText(f"{text} \u00b7 {hidden}" if hidden else text)
        self.wrong.setEnabled(bool(hidden) or narrowing.show_hidden)
        self.wrong.setChecked(not narrowing.show_hidden)
        self.wrong.updateGeometry()
        self.order.set_value(narrowing.order)

    def show_late(self, late: int) -> None:
        """Say how many rows would stand further up, were they put in order."""
        if late:
            self.late.setText(self.tr("%n better placed", "", late))
            self.late.updateGeometry()
        self.late.setVisible(late > 0)

    def show_saved(self, saved: bool) -> None:
        """Say whether this search is saved."""
        said = self.tr("Saved: press to forget it") if saved else self.tr("Save this search")
        self.save.setChecked(saved)
        self.save.setToolTip(said)
        self.save.setAccessibleName(said)

    def _add_filters(self, parent: QWidget) -> None:
        theme = self._theme
        self.ways = ChipRow(
            theme,
            (
                (self.tr("All"), Way.ALL),
                (self.tr("Stream now"), Way.NOW),
                (self.tr("Torrents"), Way.TORRENTS),
                (self.tr("Direct"), Way.DIRECT),
                (self.tr("My library"), Way.LIBRARY),
            ),
            parent,
        )
        self.ways.chosen.connect(lambda way: self._choose(replace(self._now, way=way)))
        line = QFrame(parent)
        line.setProperty("surface", "bar")
        line.setFixedSize(1, theme.px(24))
        names = (
            self.tr("Any quality"),
            self.tr("720p or better"),
            self.tr("1080p or better"),
            self.tr("2160p"),
        )
        self.quality = ChoiceChip(
            theme, names[0], tuple(zip(names, HEIGHTS, strict=True)), parent=parent
        )
        self.quality.chosen.connect(
            lambda height: self._choose(replace(self._now, least_height=height))
        )
        any_language = self.tr("Any language")
        self.language = ChoiceChip(theme, any_language, ((any_language, ""),), parent=parent)
        self.language.chosen.connect(lambda code: self._choose(replace(self._now, language=code)))
        any_kind = self.tr("Any kind")
        self.kind = ChoiceChip(theme, any_kind, ((any_kind, None),), parent=parent)
        self.kind.chosen.connect(lambda work: self._choose(replace(self._now, work=work)))
        self.kind.hide()
        self.wrong = Chip(theme, self.tr("Hide wrong matches"), "sparkles", parent=parent)
        self.wrong.clicked.connect(self._toggle_wrong)
        for part in (self.ways, line, self.kind, self.quality, self.language, self.wrong):
            self._flow.addWidget(part)

    def _add_tools(self, row: QHBoxLayout) -> None:
        theme = self._theme
        self.late = Chip(theme, "", "arrow-up", checkable=False, parent=self)
        self.late.setToolTip(self.tr("Put the rows in order"))
        self.late.clicked.connect(self.order_wanted)
        self.late.hide()
        orders = (
            (self.tr("Best first"), Order.BEST),
            (self.tr("Most sources first"), Order.HEALTH),
            (self.tr("Smallest first"), Order.SMALLEST),
            (self.tr("Largest first"), Order.LARGEST),
            (self.tr("Newest first"), Order.NEWEST),
            (self.tr("By name"), Order.TITLE),
        )
        self.order = ChoiceChip(theme, self.tr("Order"), orders, lit=False, parent=self)
        self.order.chosen.connect(lambda order: self._choose(replace(self._now, order=order)))
        self.save = Chip(theme, "", "bookmark", parent=self)
        self.save.clicked.connect(lambda _on=False: self.save_pressed.emit())
        self.fresh = Chip(theme, "", "refresh-cw", checkable=False, parent=self)
        self.fresh.setToolTip(self.tr("Ask everybody again"))
        self.fresh.setAccessibleName(self.tr("Ask everybody again"))
        self.fresh.clicked.connect(lambda _on=False: self.fresh_wanted.emit())
        for part in (self.late, self.order, self.save, self.fresh):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    def _toggle_wrong(self) -> None:
        self._choose(replace(self._now, show_hidden=not self._now.show_hidden))

    def _choose(self, narrowing: Narrowing) -> None:
        self._now, self._shown = narrowing, None
        self.narrowed.emit(narrowing)
