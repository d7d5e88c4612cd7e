"""The first view of the page: the calendar, the tests, what needs the owner, and the links."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.results import TestState
from ui.messages import sentence
from ui.pages.publishing.ab_cards import ABList
from ui.pages.publishing.calendar_view import CalendarView
from ui.pages.publishing.days import Span, by_day
from ui.pages.publishing.deeds import Desk
from ui.pages.publishing.link_cards import LinkCard
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.needs import NeedsCard
from ui.pages.publishing.post_panel import DayPanel
from ui.pages.publishing.results_model import ResultsModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton

TWO_COLUMNS = 900
SHOWN_TESTS, SHOWN_LINKS = 2, 2
BUSY_HIGH = 232
LOW_BELOW = 900


class CalendarBar(QWidget):
    """Which days are shown, and what the keys do while a post is in the hand."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.before = Button(theme, "", "icon", "chevron-left", self.tr("Earlier"), self)
        self.after = Button(theme, "", "icon", "chevron-right", self.tr("Later"), self)
        self.today = Button(theme, self.tr("Today"), "ghost", parent=self)
        self.days = Label("", "strong")
        self.hint = ElidedLabel("", "secondary", "accent", elide=Qt.TextElideMode.ElideRight)
        self.span = ChipRow(
            theme, [(self.tr("Week"), Span.WEEK), (self.tr("Month"), Span.MONTH)], self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        for part in (self.before, self.after, self.today):
            row.addWidget(part)
        row.addSpacing(theme.px(6))
        row.addWidget(self.days)
        row.addSpacing(theme.px(10))
        row.addWidget(self.hint, 1)
        row.addWidget(self.span)


class Overview(QWidget):
    """Parts that have nothing to show are not there; a part that fails does not blank the rest."""

    account_wished = Signal()
    new_wished = Signal(float)
    links_wished = Signal()
    copy_wished = Signal(str)
    link_wished = Signal(object)

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        desk: Desk,
        links: LinksModel,
        results: ResultsModel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._low = False
        self._model, self._links, self._results = desk.model, links, results
        self.bar = CalendarBar(theme, self)
        self.calendar = CalendarView(theme)
        self.busy = Skeleton(theme, "results")
        self.broken = Button(theme, self.tr("Try again"), "plain", "refresh-cw")
        self.why = Label("", "body", wrap=True)
        self.place = QStackedWidget()
        self.tests = ABList(theme, posters)
        self.needs = NeedsCard(theme, desk)
        self.links_title = Label(self.tr("Access link"), "section")
        self.links_title.setMinimumHeight(theme.px(36))
        self.all_links = Button(theme, self.tr("All links"), "link", "link", parent=self)
        self.link_cards: dict[str, LinkCard] = {}
        self.empty = self._make_empty()
        self.stack = QStackedWidget(self)
        self.area = self._make_area()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()
        self._show()
        self._show_links()

    def focus_first(self) -> None:
        """The next post, or what to press."""
        if self.stack.currentWidget() is self.empty:
            self.empty.focus_first()
        elif self.place.currentWidget() is self.calendar:
            if not self.calendar.focus_first():
                self.bar.today.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._model.error is not None:
            self.broken.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.bar.today.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        narrow = self.width() < self._theme.px(TWO_COLUMNS)
        low = self.window().height() < self._theme.px(LOW_BELOW)
        if low != self._low:
            self._low = low
            self._left.insertWidget(0 if low else 1, self.needs)  # seen without scrolling
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            self._theme,
            self.tr("Your videos, out in the world"),
            self.tr(
                "Add an account once. Then a finished video goes to every platform at the time you "
                "choose, exactly once, and you see here how it does."
            ),
            self.tr("No account yet? A folder with its RSS feed works at once."),
        )
        empty.add_button(self.tr("Add an account"), self.account_wished.emit, "main", "plus")
        empty.add_button(self.tr("New post"), lambda: self.new_wished.emit(0.0), "ghost", "send")
        return empty

    def _make_area(self) -> ScrollBody:
        theme = self._theme
        broken = QWidget()
        inside = QVBoxLayout(broken)
        inside.addStretch(1)
        self.why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self.why)
        inside.addWidget(self.broken, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        self._broken = broken
        self.busy.setFixedHeight(theme.px(BUSY_HIGH))
        for part in (self.busy, self.calendar, broken):
            self.place.addWidget(part)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.px(16))
        left.addWidget(self.tests)
        left.addWidget(self.needs)
        left.addStretch(1)
        self._left = left
        head = QHBoxLayout()
        head.addWidget(self.links_title, 1)
        head.addWidget(self.all_links)
        right.addLayout(head)
        self._link_column = QVBoxLayout()
        self._link_column.setSpacing(theme.px(16))
        right.addLayout(self._link_column)
        right.addStretch(1)
        self._columns: QBoxLayout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(24))
        self._columns.addLayout(left, 6)
        self._columns.addLayout(right, 5)
        area = ScrollBody(theme, 20, parent=self)
        area.column.addWidget(self.bar)
        area.column.addWidget(self.place)
        area.column.addLayout(self._columns)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model, bar = self._model, self.bar
        model.posts_changed.connect(self._show)
        model.queue_changed.connect(self._show_needs)
        self._links.changed.connect(self._show_links)
        self._results.tests_changed.connect(self._show_tests)
        bar.before.clicked.connect(lambda _on=False: model.turn(-1))
        bar.after.clicked.connect(lambda _on=False: model.turn(1))
        bar.today.clicked.connect(lambda _on=False: model.turn(0))
        bar.span.chosen.connect(lambda span: model.show_span(Span(span)))
        self.broken.clicked.connect(lambda _on=False: model.load())
        self.all_links.clicked.connect(lambda _on=False: self.links_wished.emit())
        self.calendar.opened.connect(self._desk.post_wished)
        self.calendar.move_wished.connect(model.move)
        self.calendar.new_wished.connect(self.new_wished)
        self.calendar.day_wished.connect(self._show_day)
        self.calendar.hint_changed.connect(bar.hint.setText)

    def _show(self) -> None:
        model, shown = self._model, self._model.shown
        self.bar.span.set_value(model.span)
        self.bar.days.setText(_days(shown.first, shown.last, month=model.span is Span.MONTH,
                                    of=shown.first.addDays(10)))  # fmt: skip
        had = self.place.isAncestorOf(self.focusWidget() or self)
        if model.posts is not None:
            self.calendar.show_posts(model.span, shown, model.posts, model.clock())
            part: QWidget = self.calendar
        elif model.error is None and self.calendar.heads:
            self.calendar.show_posts(model.span, shown, (), model.clock())  # filled in a moment
            part = self.calendar
        elif model.error is not None:
            text = self.tr("The calendar cannot be shown now. {0} Nothing of yours was lost.")
            self.why.setText(text.format(sentence(model.error)))
            part = self._broken
        else:
            part = self.busy
        self.place.setCurrentWidget(part)
        self.place.setFixedHeight(
            self.calendar.height() if part is self.calendar else self._theme.px(BUSY_HIGH)
        )
        self._show_needs()
        if had and part is not self.busy and self.isVisible() and self.focusWidget() is None:
            self.focus_first()

    def _show_needs(self) -> None:
        model = self._model
        needs = model.needs
        self.needs.show_needs(needs)
        nothing = model.posts == () and model.queue == () and not needs and model.bare
        self.stack.setCurrentWidget(self.empty if nothing else self.area)

    def _show_tests(self) -> None:
        tests = self._results.tests or ()
        going = [test for test in tests if test.state is TestState.RUNNING]
        ended = [test for test in tests if test.state is not TestState.RUNNING]
        self.tests.show_tests((going or ended[:1])[:SHOWN_TESTS])

    def _show_links(self) -> None:
        links, now = self._links.open[:SHOWN_LINKS], self._model.clock()
        wanted = {link.id for link in links}
        for gone in [one for one in self.link_cards if one not in wanted]:
            card = self.link_cards.pop(gone)
            card.hide()
            card.deleteLater()
        for link in links:
            if link.id not in self.link_cards:
                card = self.link_cards[link.id] = LinkCard(self._theme, self._links, self)
                card.copy_wished.connect(self.copy_wished)
                card.show_wished.connect(self.link_wished)
                self._link_column.addWidget(card)
            self.link_cards[link.id].show_link(link, now)
        self.links_title.setVisible(bool(links))
        self.all_links.setVisible(len(self._links.open) > SHOWN_LINKS)

    def _show_day(self, date: QDate) -> None:
        model = self._model
        posts = by_day(model.posts or (), model.clock()).get(date.toJulianDay(), [])
        DayPanel(self._theme, self._desk, date, posts, self.window()).open()


def _days(first: QDate, last: QDate, *, month: bool, of: QDate) -> str:
    """The days shown, such as ``16–22 November 2026`` or ``November 2026``."""
    locale = QLocale()
    if month:
        text = locale.toString(of, "MMMM yyyy")
        return text[:1].upper() + text[1:]
    begin = "d" if first.month() == last.month() else "d MMMM"
    if first.year() != last.year():
        begin = "d MMMM yyyy"
    return f"{locale.toString(first, begin)}–{locale.toString(last, 'd MMMM yyyy')}"
