"""What the Budget page knows: what a month cost, how the limits stand, and what is asked."""

from __future__ import annotations

import os
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.budget import Limit, Scope, Span, amount_text, parse_amount, written
from app.domain.errors import InvalidInput
from app.domain.events import BudgetChanged, SettingsChanged
from app.domain.spending import Entry, HistoryPage, PriceQuestion, Spending
from ui.bridge import Bridge, Call

SETTLE_MS = 250
RENEW_MS = 60_000
"""What expires, and a new day, is seen after this long."""
PAGE = 25
EMPTY: Mapping[str, str] = {
    "day": "", "more": "", "unknown": "ask", "unknown_most": "0.50", "month": "0",
}  # fmt: skip
"""Settings that certainly can be read, and allow nothing."""


class BudgetPort(Protocol):
    """What the page asks of the budget."""

    def spending(self, period: str = "") -> Coroutine[Any, Any, Spending]:
        """Return what a month cost."""

    def history(
        self, period: str = "", before: int | None = None, most: int = 50
    ) -> Coroutine[Any, Any, HistoryPage]:
        """Return calls of a month, newest first."""

    def questions(self) -> Coroutine[Any, Any, tuple[PriceQuestion, ...]]:
        """Return calls of unknown price that wait."""

    def answer(self, asked: int, yes: bool) -> Coroutine[Any, Any, None]:
        """Keep the owner's answer."""

    def export(self, period: str = "", path: Path | None = None) -> Coroutine[Any, Any, str]:
        """Write a month as CSV; returns where it is."""


class SettingsPort(Protocol):
    """Where limits are kept."""

    def set(self, section: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change a setting."""


Answers = tuple[Spending, HistoryPage, tuple[PriceQuestion, ...]]


class BudgetViewModel(QObject):
    """Keeps the month that is shown true to the budget, and takes the owner's wishes."""

    changed = Signal()
    """Another month, or other figures: `spending`, `entries` and `questions` are new."""
    exported = Signal(str)
    busy_changed = Signal(bool)
    """An export is under way."""
    removed = Signal(object)
    """A limit is gone, and may be put back."""
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        budget: BudgetPort,
        settings: SettingsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._budget, self._settings = bridge, budget, settings
        self._loading: Call | None = None
        self._most = PAGE
        self.month = ""
        """The month shown, such as ``2026-11``; empty: this one."""
        self.spending: Spending | None = None
        self.entries: tuple[Entry, ...] = ()
        self.has_more = False
        self.questions: tuple[PriceQuestion, ...] = ()
        self.error: BaseException | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        self._renew = QTimer(self, interval=RENEW_MS)
        self._renew.timeout.connect(self.load)
        bridge.on(BudgetChanged, self._on_budget_changed, self)
        bridge.on(SettingsChanged, self._on_settings_changed, self)

    def load(self) -> None:
        """Ask for everything of the month shown; a question before it is forgotten."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._bridge.call(
            self._ask(self.month), self._on_answers, self._on_failed, self
        )

    def wake(self) -> None:
        """Somebody looks: load, and look again now and then."""
        self.load()
        self._renew.start()

    def rest(self) -> None:
        """Nobody looks."""
        self._renew.stop()

    @property
    def is_now(self) -> bool:
        """Whether the month shown is the present one."""
        told = self.spending
        return told is None or self._shown() == told.today[:7]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was spent this month, and nothing waits."""
        told = self.spending
        none = told is None or not (told.calls or told.problem)
        return none and self.is_now and not self.questions

    def go(self, months: int) -> None:
        """Show an earlier (-1) or a later (1) month; never one to come."""
        if self.spending is None:
            return
        year, month = (int(part) for part in self._shown().split("-"))
        index = year * 12 + month - 1 + months
        wanted = f"{index // 12:04}-{index % 12 + 1:02}"
        if "1970-01" <= wanted <= self.spending.today[:7]:
            self.month = "" if wanted == self.spending.today[:7] else wanted
            self._most = PAGE
            self.load()

    def more(self) -> None:
        """Show more calls."""
        if self.has_more:
            self._most += PAGE
            self.load()

    def answer(self, question: PriceQuestion, yes: bool) -> None:
        """Say whether a call of unknown price may be made."""
        self.questions = tuple(one for one in self.questions if one.id != question.id)
        self.changed.emit()
        self._bridge.call(self._budget.answer(question.id, yes), None, self._on_wish_failed, self)

    def limit_of(self, span: Span, scope: Scope = Scope.TOTAL, subject: str = "") -> Limit | None:
        """The limit of a span and what it is for, when there is one."""
        wanted = (span, scope, subject)
        return next((one for one in self.limits if _key(one) == wanted), None)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit there is."""
        told = self.spending
        return tuple(state.limit for state in told.limits) if told is not None else ()

    def set_limit(
        self, span: Span, text: str, scope: Scope = Scope.TOTAL, subject: str = ""
    ) -> bool:
        """Keep a limit as the owner wrote it; nothing written: no limit. False when unreadable."""
        try:
            amount = parse_amount(text)
        except InvalidInput as error:
            self.failed.emit(error)
            return False
        before = self.limit_of(span, scope, subject)
        if amount == (before.amount if before is not None else None):
            return True
        if scope is Scope.TOTAL:
            value = "" if amount is None else amount_text(amount)
            self._keep(span.value, value)
        else:
            others = [one for one in self.limits if _key(one) != (span, scope, subject)]
            new = [] if amount is None else [Limit(span, amount, scope, subject)]
            self._keep("more", written((*others, *new)))
        if before is not None and amount is None:
            self.removed.emit(before)
        return True

    def start_anew(self) -> None:
        """Replace limits that cannot be read: nothing may be spent until one is set."""
        self._bridge.call(self._clear(), None, self._on_wish_failed, self)

    def put_back(self, limit: Limit) -> None:
        """Undo the removal of a limit."""
        self.set_limit(limit.span, amount_text(limit.amount), limit.scope, limit.subject)

    def export(self, folder: bytes) -> None:
        """Write the month shown into a folder."""
        self.busy_changed.emit(True)
        path = Path(os.fsdecode(folder))
        self._bridge.call(
            self._budget.export(self.month, path), self._on_exported, self._on_export_failed, self
        )

    async def _ask(self, month: str) -> Answers:
        return (
            await self._budget.spending(month),
            await self._budget.history(month, None, self._most),
            await self._budget.questions(),
        )

    async def _clear(self) -> None:
        for name, value in EMPTY.items():
            await self._settings.set("budget", name, value)

    def _shown(self) -> str:
        return self.month or (self.spending.today[:7] if self.spending is not None else "")

    def _keep(self, name: str, value: str) -> None:
        self._bridge.call(
            self._settings.set("budget", name, value), None, self._on_wish_failed, self
        )

    def _on_answers(self, answers: Answers) -> None:
        self._loading = None
        self.error = None
        self.spending, page, self.questions = answers
        self.entries, self.has_more = page.entries, page.following is not None
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._loading = None
        self.error = error
        self.failed.emit(error)

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.load()

    def _on_exported(self, path: str) -> None:
        self.busy_changed.emit(False)
        self.exported.emit(path)

    def _on_export_failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)

    def _on_budget_changed(self, _event: BudgetChanged) -> None:
        if not self._settle.isActive():
            self._settle.start()

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        if event.section == "budget":
            self.load()


def _key(limit: Limit) -> tuple[Span, Scope, str]:
    return limit.span, limit.scope, limit.subject
