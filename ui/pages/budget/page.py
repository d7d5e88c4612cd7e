"""The Budget page: what was spent on what, what is set aside, and the limits."""

from __future__ import annotations

import calendar

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.budget import Limit, Scope, Span
from app.domain.events import NoticeLevel
from app.domain.spending import LimitState, Share, Spending
from ui import budget_words as said
from ui.messages import sentence, told
from ui.page import Page, PageContext
from ui.pages.budget.bars import DayBars
from ui.pages.budget.cards import AmountCard, Card, QuestionsCard
from ui.pages.budget.limits import LimitsCard
from ui.pages.budget.lists import CallsCard, SharesCard
from ui.pages.budget.viewmodel import BudgetViewModel
from ui.undo import offer_undo
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label
from ui.widgets.skeleton import Skeleton

NARROW = 980
"""A page narrower than this at 100 % has one column."""
RING = 6  # pixels at 100 % kept free for the focus ring
GUTTER = 20  # and at the right of the cards for the scroll bar
BAR = 12


class BudgetPage(Page):
    """A head with the month; below it the cards, or why there are none."""

    def __init__(self, context: PageContext, model: BudgetViewModel) -> None:
        super().__init__()
        self._context, self._model = context, model
        theme = context.theme
        self._awaited = False  # the focus goes on once there is something
        self._wants_limits = False  # the owner asked for the limits before anything was spent
        self.title = Label("", "secondary")
        self.earlier = Button(
            theme, "", "icon", "chevron-left", self.tr("The month before"), parent=self
        )
        self.later = Button(
            theme, "", "icon", "chevron-right", self.tr("The month after"), parent=self
        )
        self.month = Label("", "strong")
        self.export = Button(theme, self.tr("Export"), "plain", "download", parent=self)
        self.questions = QuestionsCard(theme, self)
        self.problem = self._make_problem()
        self.total = AmountCard(theme, self.tr("Spent in the month"), self)
        self.today = AmountCard(theme, self.tr("Spent today"), self)
        self.days = DayBars(theme, self._money, said.day, self)
        self.limits = LimitsCard(theme, self)
        self.shares = SharesCard(theme, self)
        self.calls = CallsCard(theme, self)
        self.empty = self._make_empty()
        self.broken = self._make_broken()
        self.stack = QStackedWidget(self)
        self.area = self._make_area()
        self.busy = QWidget(self)
        behind = QVBoxLayout(self.busy)
        behind.setContentsMargins(theme.px(RING), 0, theme.px(RING + GUTTER), 0)
        behind.addWidget(Skeleton(theme, "results", self))
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        self._lay_out()
        self._connect()
        self._show()

    def opened(self, **args: object) -> None:
        """``month``, such as ``2026-10``, is shown first."""
        month = args.get("month")
        if isinstance(month, str):
            self._model.month = month
        self._model.wake()

    def left(self) -> None:
        """Nothing has to be renewed where nobody looks."""
        self._model.rest()

    def shut(self) -> None:
        """The program ends."""
        self._model.rest()

    def where(self) -> dict[str, object]:
        """The month shown, for a page that is built anew."""
        return {"month": self._model.month} if self._model.month else {}

    def go_back(self) -> bool:
        """From another month to this one first."""
        if not self._model.month:
            return False
        self._model.month = ""
        self._model.load()
        return True

    def focus_first(self) -> None:
        """A question that waits, or what to press."""
        current = self.stack.currentWidget()
        rows = list(self.questions.rows.values())
        if isinstance(current, EmptyState):
            current.focus_first()
        elif rows and self.questions.isVisible():
            rows[0].yes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._awaited = self._model.spending is None
            first = self.export if self.export.isEnabled() else self.earlier
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing; one column where two would be too narrow."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        left, right = margin - theme.px(RING), max(0, margin - theme.px(RING + GUTTER))
        self._column.setContentsMargins(left, theme.px(28), right, 0)
        narrow = self.width() < theme.px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def _make_area(self) -> QScrollArea:
        theme = self._context.theme
        days = Card(theme, self.tr("Day by day"), self)
        days.column.addWidget(self.days, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        ring = theme.px(RING)
        column.setContentsMargins(ring, ring, ring + theme.px(GUTTER), theme.px(28))
        column.setSpacing(theme.px(18))
        column.addWidget(self.problem)
        column.addWidget(self.questions)
        self._rows: list[QBoxLayout] = []
        pairs = ((self.total, self.today), (days, self.limits), (self.shares, None))
        for left, right in pairs:
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(theme.px(18))
            for card in (left, right):
                if card is not None:
                    row.addWidget(card, 1)
            column.addLayout(row)
            self._rows.append(row)
        column.addWidget(self.calls)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.verticalScrollBar().rangeChanged.connect(lambda: self._keep_gutter(column))
        return scroll

    def _keep_gutter(self, column: QVBoxLayout) -> None:
        """The cards end in line with the head, with a scroll bar beside them or without."""
        px = self._context.theme.px
        bar = BAR if self.area.verticalScrollBar().maximum() > 0 else 0
        margins = column.contentsMargins()
        margins.setRight(px(RING + GUTTER - bar))
        column.setContentsMargins(margins)

    def _lay_out(self) -> None:
        theme = self._context.theme
        names = QVBoxLayout()
        names.setSpacing(theme.px(2))
        names.addWidget(Label(self.tr("Budget"), "title"))
        names.addWidget(self.title)
        self.month.setMinimumWidth(theme.px(150))
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.setContentsMargins(theme.px(RING), 0, theme.px(RING + GUTTER), 0)
        head.addLayout(names)
        head.addStretch(1)
        for part in (self.earlier, self.month, self.later):
            head.addWidget(part)
        head.addSpacing(theme.px(12))
        head.addWidget(self.export)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(14))
        self._column.addLayout(head)
        self._column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        model = self._model
        self.earlier.clicked.connect(lambda: model.go(-1))
        self.later.clicked.connect(lambda: model.go(1))
        self.export.clicked.connect(self._choose_folder)
        self.questions.answered.connect(model.answer)
        self.limits.wished.connect(self._on_limit_wished)
        self.calls.more_pressed.connect(model.more)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.exported.connect(self._on_exported)
        model.busy_changed.connect(self.export.set_busy)
        model.removed.connect(self._on_removed)

    def _make_problem(self) -> Card:
        theme = self._context.theme
        card = Card(theme, self.tr("Nothing can be spent now"), self)
        self._problem_words = Label("", "body", "warn", wrap=True)
        card.column.addWidget(self._problem_words)
        self.anew = Button(theme, self.tr("Set limits anew"), "main", "rotate-ccw", parent=card)
        self.anew.clicked.connect(self._model.start_anew)
        settings = Button(theme, self.tr("Open the settings"), "plain", "settings", parent=card)
        settings.clicked.connect(self._open_settings)
        card.head.addWidget(self.anew)
        card.head.addWidget(settings)
        return card

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            self._context.theme,
            self.tr("Nothing was spent this month"),
            "",
            icon="wallet",
            tone="dim",
        )
        empty.add_button(self.tr("Set limits"), self._show_limits, "main", "wallet")
        empty.add_button(self.tr("Currency and prices"), self._open_settings, "plain", "settings")
        return empty

    def _make_broken(self) -> EmptyState:
        title = self.tr("The budget cannot be read now")
        broken = EmptyState(self._context.theme, title, "", icon="triangle-alert")
        broken.add_button(self.tr("Try again"), self._model.load, "main", "refresh-cw")
        return broken

    def _show(self) -> None:
        model, spending = self._model, self._model.spending
        if spending is None:
            self.stack.setCurrentWidget(self.busy)
            asked = model.month or QDate.currentDate().toString("yyyy-MM")
            self.month.setText(said.month(asked))
            self.export.setEnabled(False)
            self._turners()
            return
        if model.is_empty and not self._wants_limits:
            part: QWidget = self.empty
            self._say_empty(spending)
        else:
            part = self.area
            self._fill(spending)
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        self.stack.setCurrentWidget(part)
        self._head(spending)
        waited, self._awaited = self._awaited and self.focusWidget() is self.earlier, False
        if (waited or (had_focus and was is not part)) and self.isVisible():
            self.focus_first()

    def _head(self, spending: Spending) -> None:
        self.month.setText(said.month(spending.period))
        self.title.setText(
            self.tr("%n call(s) to paid services", "", spending.calls) if spending.calls else ""
        )
        self.export.setEnabled(bool(spending.calls))
        self._turners()
        self.badge_changed.emit(len(self._model.questions))

    def _turners(self) -> None:
        self.later.setEnabled(not self._model.is_now)

    def _fill(self, spending: Spending) -> None:
        model, now = self._model, self._model.is_now
        states = {
            state.limit.span: state for state in spending.limits if state.limit.scope is Scope.TOTAL
        }
        self.problem.setVisible(bool(spending.problem))
        if spending.problem:
            self._problem_words.setText(told(spending.problem))
            self.anew.setVisible(spending.problem == "errors.budget_unreadable")
        self.questions.show_questions(model.questions)
        month = states.get(Span.MONTH) if now else None
        note = ""
        if spending.excess:
            over = said.money(spending.excess, spending.currency)
            note = self.tr("Real prices were {0} above the estimates.").format(over)
        self._amounts(self.total, spending.spent, spending.reserved, month, note)
        if not now:
            self.total.left.setText(note)
        self.today.setVisible(now)
        today = next((one for one in spending.days if one.name == spending.today), Share(""))
        self._amounts(self.today, today.spent, today.reserved, states.get(Span.DAY), "")
        self.days.show_days(_every_day(spending))
        self.limits.show_limits(spending.limits, spending.currency, spending.names)
        self.limits.setEnabled(not spending.problem)
        self.limits.add_row.offer(
            [one.name for one in spending.services],
            [one.name for one in spending.tasks],
            spending.names,
        )
        self.shares.show_spending(spending)
        self.calls.show_calls(model.entries, model.has_more, spending.names)

    def _amounts(
        self, card: AmountCard, spent: int, reserved: int, state: LimitState | None, note: str
    ) -> None:
        currency = self._model.spending.currency if self._model.spending is not None else "USD"
        card.show_amounts(spent, reserved, currency, state, note)

    def _say_empty(self, spending: Spending) -> None:
        month = self._model.limit_of(Span.MONTH)
        words = self.tr("Calls to paid services appear here, with what each of them cost.")
        if month is None:
            limit = self.tr("There is no limit for a month.")
        else:
            most = said.money(month.amount, spending.currency)
            limit = self.tr("At most {0} can be spent in a month.").format(most)
        self.empty.set_texts(self.tr("Nothing was spent this month"), f"{words} {limit}")

    def _money(self, amount: int) -> str:
        spending = self._model.spending
        return said.money(amount, spending.currency if spending is not None else "USD")

    def _show_limits(self) -> None:
        self._wants_limits = True
        self._show()
        self.limits.focus_first()

    def _open_settings(self) -> None:
        self._context.navigator.open("settings", section="budget")

    def _choose_folder(self) -> None:
        """Ask where to, inside the window, so that a remote can do it too."""
        picker = FolderPicker(self._context.theme, self.window())
        picker.chosen.connect(self._model.export)
        picker.open()

    def _on_limit_wished(self, limit: Limit, text: str) -> None:
        self._model.set_limit(limit.span, text, limit.scope, limit.subject)

    def _on_removed(self, limit: Limit) -> None:
        told = self._model.spending
        name = said.limit(limit, told.names if told is not None else None)
        words = self.tr("The limit is gone: {0}").format(name)
        offer_undo(self._context.toasts, words, lambda: self._model.put_back(limit))

    def _on_exported(self, path: str) -> None:
        words = self.tr("Written to {0}").format(path)
        self._context.toasts.show(words, level=NoticeLevel.GOOD)

    def _on_failed(self, error: BaseException) -> None:
        if self._model.spending is not None:
            self._context.toasts.show(sentence(error), level=NoticeLevel.BAD)
            return
        kept = self.tr("What was spent is kept.")
        self.broken.set_texts(self.tr("The budget cannot be read now"), f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.broken.focus_first()


def _every_day(spending: Spending) -> list[Share]:
    """Every day of the month shown, those without a call too."""
    year, month = (int(part) for part in spending.period.split("-")[:2])
    known = {one.name: one for one in spending.days}
    names = [
        f"{spending.period}-{day:02}" for day in range(1, calendar.monthrange(year, month)[1] + 1)
    ]
    return [known.get(name, Share(name)) for name in names]


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    model = BudgetViewModel(context.bridge, services.budget, services.settings)
    page = BudgetPage(context, model)
    model.setParent(page)
    return page
