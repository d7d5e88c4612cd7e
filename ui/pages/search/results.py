"""The right column: the rows, or why there are none."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.search import SearchView, SourcePhase
from ui.messages import sentence
from ui.pages.search.result_list import ResultBook, ResultList
from ui.pages.search.strip import HiddenStrip
from ui.pages.search.viewmodel import SearchViewModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.skeleton import Skeleton

LIBRARY = "library"
MOST_HEIGHT = 16_777_215  # Qt's word for no limit


class ResultsArea(QWidget):
    """Shows the rows of a view-model; says what to press when there is none."""

    follow_wanted = Signal()
    sources_wanted = Signal()

    def __init__(self, theme: Theme, model: SearchViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._book = ResultBook(model.row, self)
        self.list = ResultList(theme, self._book, self)
        self.list.set_margins(theme.px(6), theme.px(6), theme.px(4))
        self.strip = HiddenStrip(theme, self)
        self.stack = QStackedWidget(self)
        self.skeleton = Skeleton(theme, "results", self)
        self.rows = QWidget(self)
        column = QVBoxLayout(self.rows)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.setSpacing(theme.px(6))
        column.addWidget(self.list, 1000)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.px(6), 0, theme.px(6), 0)
        holder.addWidget(self.strip)
        column.addLayout(holder)
        column.addStretch(0)
        self._rows_column = column
        self.nothing, self._follow = self._make_nothing()
        self.filtered = self._make_filtered()
        self.wrong = self._make_wrong()
        self.silent = self._make_silent()
        self.broken = self._make_broken()
        for part in (
            self.skeleton, self.rows, self.nothing, self.filtered, self.wrong, self.silent,
            self.broken,
        ):  # fmt: skip
            self.stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self._error: BaseException | None = None
        self._visited = False
        self._connect()

    def refresh(self) -> None:
        """Show the rows as they are now."""
        model = self._model
        if model.view is not None:
            self._error = None
        best = model.best()
        self.list.set_best(best.id if best is not None else -1)
        self.list.set_ids(model.ids)
        self.list.refresh()
        self.strip.show_hidden(model.hidden, model.narrowing.show_hidden)
        self.list.line_below = bool(model.hidden)
        self._fit()
        self._show_state()

    def focus_first(self) -> None:
        """The rows, or what to press."""
        current = self.stack.currentWidget()
        if isinstance(current, EmptyState):
            current.focus_first()
            return
        if not self._visited:  # what came first is not what is first now
            self.list.go_to(0, smooth=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_top(self) -> None:
        """Another search is read from its beginning."""
        self._error, self._visited = None, False
        self.list.go_to(0, smooth=False)

    def show_followed(self, followed: bool) -> None:
        """Say on the empty page that one will be told."""
        text = self.tr("You will be told") if followed else self.tr("Tell me when it is there")
        self._follow.setText(text)
        self._follow.setEnabled(not followed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the strip right below the last row, while there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.list.content_height()
        room = self.height() - self._theme.px(80)
        most = max(self._theme.px(90), wanted) if wanted < room else MOST_HEIGHT
        if most != self.list.maximumHeight():
            self.list.setMaximumHeight(most)
            self._rows_column.setStretch(2, 0 if most == MOST_HEIGHT else 1)

    def _show_state(self) -> None:
        part = self._part()
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        changed = self.stack.currentWidget() is not part
        self.stack.setCurrentWidget(part)
        if changed and had_focus and self.isVisible():
            self.focus_first()

    def _part(self) -> QWidget:
        model, view = self._model, self._model.view
        if self._error is not None:
            return self.broken
        if len(model.ids):
            return self.rows
        if view is None or not view.done:
            return self.skeleton
        if model.narrowing.active and view.results:
            return self.filtered
        if model.hidden:
            return self.wrong
        return self.silent if _nobody_answered(view) else self.nothing

    def _make_nothing(self) -> tuple[EmptyState, Button]:
        nothing = EmptyState(
            self._theme,
            self.tr("Nobody has it"),
            self.tr(
                "Every source answered, and none has it. Try fewer words, or another of its "
                "titles; or be told when it appears."
            ),
            icon="search",
            tone="dim",
        )
        follow = nothing.add_button("", self.follow_wanted.emit, "main", "bell")
        nothing.add_button(self.tr("Ask again"), self._model.refresh, "plain", "refresh-cw")
        nothing.add_button(self.tr("Your sources"), self.sources_wanted.emit, "plain", "layers")
        return nothing, follow

    def _make_filtered(self) -> EmptyState:
        state = EmptyState(
            self._theme,
            self.tr("Nothing with these filters"),
            self.tr("Something was found, but nothing of it fits what is chosen above."),
            icon="sliders-horizontal",
            tone="dim",
        )
        state.add_button(
            self.tr("Show everything"), self._model.clear_filters, "main", "rotate-ccw"
        )
        return state

    def _make_wrong(self) -> EmptyState:
        state = EmptyState(
            self._theme,
            self.tr("Only wrong matches"),
            self.tr("What was found is something else, or not what it claims to be."),
            icon="eye-off",
            tone="dim",
        )
        state.add_button(self.tr("Show them anyway"), self._toggle_hidden, "main", "eye")
        return state

    def _make_silent(self) -> EmptyState:
        state = EmptyState(
            self._theme,
            self.tr("No source could answer"),
            self.tr("Beside stands what each of them says. Nothing of yours was changed."),
            icon="triangle-alert",
        )
        state.add_button(self.tr("Ask again"), self._model.refresh, "main", "refresh-cw")
        state.add_button(self.tr("Your sources"), self.sources_wanted.emit, "plain", "layers")
        return state

    def _make_broken(self) -> EmptyState:
        state = EmptyState(
            self._theme, self.tr("This search could not begin"), "", icon="triangle-alert"
        )
        state.add_button(
            self.tr("Try again"), lambda: self._model.search(self._model.typed), "main",
            "refresh-cw",
        )  # fmt: skip
        return state

    def _connect(self) -> None:
        model = self._model
        self.strip.pressed.connect(self._toggle_hidden)
        self.list.touched.connect(self._on_touched)
        self.list.let_go.connect(model.put_in_order)
        model.broke.connect(self._on_broke)

    def _on_touched(self) -> None:
        self._visited = True
        self._model.hold()

    def _toggle_hidden(self) -> None:
        now = self._model.narrowing
        self._model.narrow(replace(now, show_hidden=not now.show_hidden))

    def _on_broke(self, error: BaseException) -> None:
        self._error = error
        title = self.tr("This search could not begin")
        self.broken.set_texts(title, sentence(error))
        self._show_state()


def _nobody_answered(view: SearchView) -> bool:
    """Whether every source that was asked failed."""
    asked = [
        one for one in view.sources
        if one.source != LIBRARY and one.phase is not SourcePhase.SKIPPED
    ]  # fmt: skip
    answered = (SourcePhase.FOUND, SourcePhase.NOTHING)
    return bool(asked) and not any(one.phase in answered for one in asked)
