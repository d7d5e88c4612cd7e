"""What the page knows of results: figures, A/B tests, and rules with what they found."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import FiguresChanged
from app.domain.post import PostId
from app.domain.results import (
    ABTest,
    Overview,
    Proposal,
    Rule,
    TestId,
    Variant,
)
from ui import publishing_words as said
from ui.bridge import Bridge, Call
from ui.pages.publishing.ports import ResultsPort

SETTLE_MS = 250
DAY = 86_400.0


class ResultsModel(QObject):
    """Each part is None while it is not known; without a service everything stays empty."""

    changed = Signal()
    """The figures."""
    tests_changed = Signal()
    rules_changed = Signal()
    """Rules, or what they found."""
    failed = Signal(object)
    exported = Signal(str)
    removed = Signal(object)
    """A rule that was removed."""
    test_made = Signal()

    def __init__(
        self,
        bridge: Bridge,
        results: ResultsPort | None,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._results, self.clock = bridge, results, clock
        self.days = 28
        """How far back the figures go."""
        self.overview: Overview | None = None
        self.tests: tuple[ABTest, ...] | None = None
        self.rules: tuple[Rule, ...] | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self.error: BaseException | None = None
        self.fetching = False
        """Whether posts are being looked at because somebody asked for it."""
        self._loading: dict[str, Call] = {}
        self._seen: set[str] = set()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._load_again)
        bridge.on(FiguresChanged, self._on_figures, self)

    @property
    def there(self) -> bool:
        """Whether this station looks at results at all."""
        return self._results is not None

    def load(self) -> None:
        """Ask for the figures."""
        if self._results is not None:
            now = self.clock()
            coro = self._results.overview(now - self.days * DAY, now)
            self._ask("figures", coro, self._on_overview, self._on_overview_failed)

    def load_tests(self) -> None:
        """Ask for the tests."""
        if self._results is not None:
            self._ask("tests", self._results.tests.list(), self._on_tests)

    def load_rules(self) -> None:
        """Ask for the rules and what they found."""
        if self._results is not None:
            self._ask("rules", self._look_rules(self._results), self._on_rules)

    def show_days(self, days: int) -> None:
        """Look further back, or not so far."""
        if days != self.days:
            self.days, self.overview = days, None
            self.changed.emit()
            self.load()

    def fetch(self) -> None:
        """Look at all posts now; what is new is told by an event."""
        if self._results is not None and not self.fetching:
            self.fetching = True
            self.changed.emit()
            self._bridge.call(self._results.fetch(), self._on_fetched, self._on_fetch_failed, self)

    def export(self, folder: str) -> None:
        """Write the figures as CSV into a folder."""
        if self._results is not None:
            day = said.local(self.clock()).toString("yyyy-MM-dd HH.mm")
            out = Path(folder) / f"Sokoul {day}.csv"
            done = lambda path: self.exported.emit(str(path))  # noqa: E731 - handed on and no more
            self._bridge.call(self._results.export(out), done, self.failed.emit, self)

    def begin(self, post: PostId, variants: Sequence[Variant], *, guided: bool) -> None:
        """Begin a test."""
        if self._results is not None:
            tests = self._results.tests
            coro = tests.guide(post, variants) if guided else tests.begin(post, variants)
            self._bridge.call(coro, self._on_test, self.failed.emit, self)

    def enter(self, test: TestId, shares: Sequence[float | None], winner: int | None) -> None:
        """Write down what came out of a guided test."""
        if self._results is not None:
            coro = self._results.tests.enter(test, shares, winner)
            self._bridge.call(coro, self._on_test, self.failed.emit, self)

    def stop(self, test: ABTest) -> None:
        """Stop a test; the variant that leads stays."""
        if self._results is not None:
            coro = self._results.tests.stop(test.id, test.leader or 0)
            self._bridge.call(coro, self._on_test, self.failed.emit, self)

    def put(self, rule: Rule) -> None:
        """Keep a rule."""
        if self._results is not None:
            self._wish(self._results.repurposing.put(rule))

    def remove(self, rule: Rule) -> None:
        """Forget a rule; it can be had back."""
        if self._results is not None:

            def done(_: None) -> None:
                self.removed.emit(rule)
                self.load_rules()

            coro = self._results.repurposing.remove(rule.id)
            self._bridge.call(coro, done, self.failed.emit, self)

    def decide(self, proposal: Proposal, what: str) -> None:
        """Publish (``send``), leave (``dismiss``) or make ``again`` what a rule found."""
        if self._results is not None:
            rules = self._results.repurposing
            act = {"send": rules.send, "dismiss": rules.dismiss, "again": rules.again}[what]
            self._wish(act(proposal.rule, proposal.post))

    def _wish(self, coro: Coroutine[Any, Any, Any]) -> None:
        self._bridge.call(coro, lambda _: self.load_rules(), self.failed.emit, self)

    async def _look_rules(
        self, results: ResultsPort
    ) -> tuple[tuple[Rule, ...], tuple[Proposal, ...]]:
        rules = results.repurposing
        return await rules.rules(), await rules.proposals()

    def _ask(
        self,
        what: str,
        coro: Coroutine[Any, Any, Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        self._seen.add(what)
        before = self._loading.pop(what, None)
        if before is not None:
            before.cancel()
        self._loading[what] = self._bridge.call(coro, done, failed or self.failed.emit, self)

    def _load_again(self) -> None:
        for what, load in (
            ("figures", self.load), ("tests", self.load_tests), ("rules", self.load_rules),
        ):  # fmt: skip
            if what in self._seen:
                load()

    def _on_fetched(self, _many: int) -> None:
        self.fetching = False
        self.load()

    def _on_fetch_failed(self, error: BaseException) -> None:
        self.fetching = False
        self.failed.emit(error)
        self.changed.emit()

    def _on_overview(self, overview: Overview) -> None:
        self.overview, self.error = overview, None
        self.changed.emit()

    def _on_overview_failed(self, error: BaseException) -> None:
        self.error = error
        self.failed.emit(error)
        self.changed.emit()

    def _on_tests(self, tests: Sequence[ABTest]) -> None:
        self.tests = tuple(tests)
        self.tests_changed.emit()

    def _on_test(self, _test: ABTest) -> None:
        self.test_made.emit()
        self.load_tests()

    def _on_rules(self, found: tuple[tuple[Rule, ...], tuple[Proposal, ...]]) -> None:
        self.rules, self.proposals = found
        self.rules_changed.emit()

    def _on_figures(self, _event: FiguresChanged) -> None:
        if not self._settle.isActive():
            self._settle.start()
