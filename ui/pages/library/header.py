"""The top of the Library page: title and figures, search, views, filters, the scan at work."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.events import ScanPhase, ScanProgressed
from app.domain.media import LibrarySummary, MediaKind, Sort
from ui import words
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip, ChipRow, ChoiceChip
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.search_field import SearchField

FIELD = 360  # width of the search field at 100 %, where there is room


class LibraryHeader(QWidget):
    """Title, figures, search field, grid or list, Add folder."""

    searched = Signal(str)
    view_chosen = Signal(str)
    """``grid`` or ``list``."""
    add_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(Label(self.tr("Library"), "title"))
        self._figures = ElidedLabel("", "body")
        column.addWidget(self._figures)
        row.addLayout(column, 1)
        self.tools = QWidget(self)
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(theme.px(12))
        self.field = SearchField(theme, self.tr("Find in the library"))
        self.field.setPlaceholderText(self.tr("A title, or “films like Inception”"))
        self._theme = theme
        self.field.setFixedWidth(theme.px(FIELD))
        self.field.searched.connect(self.searched)
        tools.addWidget(self.field)
        group = QButtonGroup(self)
        for name, icon, label in (
            ("grid", "layout-grid", self.tr("Show as posters")),
            ("list", "list", self.tr("Show as a list")),
        ):
            button = Button(theme, "", "icon", icon, label)
            button.setCheckable(True)
            button.setChecked(name == "grid")
            button.clicked.connect(lambda _on=False, view=name: self.view_chosen.emit(view))
            group.addButton(button)
            tools.addWidget(button)
        self.add = Button(theme, self.tr("Add folder"), "plain", "folder-plus")
        self.add.clicked.connect(lambda _on=False: self.add_pressed.emit())
        tools.addWidget(self.add)
        row.addWidget(self.tools)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the figures their room."""
        self._fit_field()

    def _fit_field(self) -> None:
        """The search field is narrower where the figures would be cut otherwise."""
        px = self._theme.px
        told = self._figures.fontMetrics().horizontalAdvance(self._figures.text()) + px(16)
        others = self.tools.sizeHint().width() - self.field.width()
        spare = self.contentsRect().width() - told - others
        self.field.setFixedWidth(max(px(200), min(px(FIELD), spare)))

    def show_summary(self, summary: LibrarySummary) -> None:
        """Say how much there is."""
        parts = []
        if summary.films:
            parts.append(self.tr("%n film(s)", "", summary.films))
        if summary.series:
            parts.append(self.tr("%n series", "", summary.series))
        if summary.videos:
            parts.append(self.tr("%n video(s)", "", summary.videos))
        if summary.free is not None and summary.total:
            free, total = words.size(summary.free), words.size(summary.total)
            parts.append(self.tr("{free} free of {total}").format(free=free, total=total))
        self._figures.setText(words.SEPARATOR.join(parts))
        self._fit_field()


class FilterRow(QWidget):
    """Kinds, Unwatched, Decade, Quality, and the order at the right."""

    kinds_chosen = Signal(tuple)
    unwatched_chosen = Signal(bool)
    decade_chosen = Signal(object)
    resolution_chosen = Signal(object)
    sort_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self.kinds = ChipRow(
            theme,
            (
                (self.tr("Films"), (MediaKind.FILM,)),
                (self.tr("Series"), (MediaKind.SERIES,)),
                (self.tr("My videos"), (MediaKind.VIDEO,)),
            ),
        )
        self.kinds.chosen.connect(self.kinds_chosen)
        row.addWidget(self.kinds)
        line = QFrame()
        line.setProperty("surface", "bar")
        line.setFixedSize(1, theme.px(24))
        row.addWidget(line)
        self._unwatched = Chip(theme, self.tr("Unwatched"))
        self._unwatched.toggled.connect(self.unwatched_chosen)
        self._decade = ChoiceChip(theme, self.tr("Decade"))
        self._decade.chosen.connect(self.decade_chosen)
        self._resolution = ChoiceChip(theme, self.tr("Quality"))
        self._resolution.chosen.connect(self.resolution_chosen)
        for chip in (self._unwatched, self._decade, self._resolution):
            row.addWidget(chip)
        row.addStretch(1)
        orders = (
            (self.tr("Recently added"), Sort.ADDED),
            (self.tr("Title"), Sort.TITLE),
            (self.tr("Year"), Sort.YEAR),
            (self.tr("Length"), Sort.DURATION),
            (self.tr("Recently watched"), Sort.WATCHED),
        )
        self._sort = ChoiceChip(theme, self.tr("Order"), orders, lit=False)
        self._sort.chosen.connect(self.sort_chosen)
        row.addWidget(self._sort)

    def offer(self, summary: LibrarySummary) -> None:
        """Offer the decades and qualities there are."""
        decades = sorted(summary.decades, reverse=True)
        self._decade.set_choices(
            [(self.tr("Any decade"), None)]
            + [(self.tr("{0}s").format(decade), decade) for decade in decades]
        )
        self._resolution.set_choices(
            [(self.tr("Any quality"), None)] + [(name, name) for name in summary.resolutions]
        )

    def clear(self) -> None:
        """Narrow nothing any more, without telling."""
        self._unwatched.blockSignals(True)
        self._unwatched.setChecked(False)
        self._unwatched.blockSignals(False)
        self._decade.set_value(None)
        self._resolution.set_value(None)


class MeaningStrip(QFrame):
    """Says that the wall shows what is close in meaning, and lets it show titles alone."""

    titles_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(16))
        self._text = ElidedLabel("", "secondary")
        row.addWidget(self._text, 1)
        self.titles = Button(theme, self.tr("Only titles"), "link", "x")
        self.titles.clicked.connect(lambda _on=False: self.titles_pressed.emit())
        row.addWidget(self.titles)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_found(self, titles: int, by_rules: bool) -> None:
        """After so many whose titles fit stands what is close, by a model or by rules."""
        if titles:
            said = self.tr(
                "%n title(s) match. After them: what comes close in meaning.", "", titles
            )
        elif by_rules:
            said = self.tr("No title matches. These fit by their words, genres and people.")
        else:
            said = self.tr("No title matches. These come closest in meaning.")
        self._text.setText(said)
        self.setVisible(True)


class ScanStrip(QFrame):
    """The scans at work: what happens, how far, and Cancel."""

    cancel_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(16))
        self._text = ElidedLabel("", "secondary")
        row.addWidget(self._text, 3)
        self._bar = ProgressBar(theme)
        row.addWidget(self._bar, 2)
        self.cancel = Button(theme, self.tr("Cancel"), "link", "x")
        self.cancel.clicked.connect(lambda _on=False: self.cancel_pressed.emit())
        row.addWidget(self.cancel)
        self.hide()

    def show_scans(self, scans: Iterable[ScanProgressed]) -> None:
        """Show the scans that run; hidden when there are none."""
        running = list(scans)
        if running:
            first = running[0]
            self._text.setText(self._sentence(first, len(running)))
            self._bar.set_value(first.done / first.total if first.total else None)
        self.setVisible(bool(running))

    def _sentence(self, scan: ScanProgressed, running: int) -> str:
        done = words.count(scan.done)
        if scan.phase is ScanPhase.PROBING and scan.total is not None:
            said = self.tr("Looking into {done} of {total} files of {folder}")
        elif scan.phase is ScanPhase.PICTURES:
            said = self.tr("Making pictures for {folder}, {done} done")
        elif scan.phase is ScanPhase.WAITING:
            said = self.tr("{folder} is next")
        else:
            said = self.tr("Reading the names in {folder}, {done} found")
        total = words.count(scan.total or 0)
        text = said.format(done=done, total=total, folder=scan.display)
        if running > 1:
            text += words.SEPARATOR + self.tr("%n more folder(s) wait", "", running - 1)
        return text
