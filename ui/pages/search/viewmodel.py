"""What the Search page knows of a search: as it stands, and what of it is shown."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.events import SearchChanged
from app.domain.search import Fit, Result, ResultId, SearchId, SearchView, StartKind, Work
from ui.bridge import Bridge, Call
from ui.pages.search.narrowing import Narrowing, Standing, languages_in, narrowed, works_in

if TYPE_CHECKING:
    from app.services.playback.request import Ticket

T = TypeVar("T")
MANY = 300
"""Of more results the languages are counted only once all have come."""


class SearchPort(Protocol):
    """What the page asks of the search service."""

    def search(self, typed: str, *, fresh: bool = False) -> Coroutine[Any, Any, SearchView]:
        """Begin a search."""

    def close(self, search: SearchId) -> Coroutine[Any, Any, None]:
        """Ask nobody any more."""

    def retry(self, search: SearchId, source: str) -> Coroutine[Any, Any, None]:
        """Ask one source again."""

    def choose(
        self, search: SearchId, result: ResultId, right: bool | None
    ) -> Coroutine[Any, Any, None]:
        """Keep the owner's word on a row."""

    def play(
        self, search: SearchId, result: ResultId | None = None, part: int = 0
    ) -> Coroutine[Any, Any, Ticket]:
        """Return a ticket for the player."""


class SearchViewModel(QObject):
    """Keeps the rows true to the search and the filters; the page only paints them."""

    changed = Signal()
    """The search, or what of it is shown, is another one."""
    began = Signal()
    """Another search is shown now."""
    ready = Signal(object)
    """A ticket for the player."""
    failed = Signal(object)
    """Something the owner asked for did not work; what is shown stays."""
    broke = Signal(object)
    """The search itself could not be begun."""
    chosen = Signal(object, object)
    """The owner said of a row that it is right (True) or not: offer to undo it."""

    def __init__(self, bridge: Bridge, search: SearchPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._search = search
        self._call: Call | None = None
        self._standing = Standing()
        self._judged: tuple[Result, ...] = ()
        self._best: Result | None = None
        self.typed = ""
        self.view: SearchView | None = None
        self.narrowing = Narrowing()
        self.rows: dict[int, Result] = {}
        self.ids: array[int] = array("q")
        self.hidden: list[Result] = []
        self.shown = 0
        self.languages: list[str] = []
        self.works: list[Work] = []
        bridge.on(SearchChanged, self._on_search_changed, self)

    # Searching.

    @property
    def busy(self) -> bool:
        """Whether answers are still waited for."""
        return self._call is not None or (self.view is not None and not self.view.done)

    @property
    def late(self) -> int:
        """How many rows are further down than they belong, because somebody points at others."""
        return self._standing.late

    def search(self, typed: str, *, fresh: bool = False) -> None:
        """Search for what was typed; the answers come by `changed`."""
        text = " ".join(typed.split())
        if not text:
            return
        self._leave_search()
        self.typed = text
        self.view = None
        self.narrowing = Narrowing(order=self.narrowing.order)
        self._standing = Standing()
        self._call = self._bridge.call(
            self._search.search(text, fresh=fresh), self._on_begun, self._on_broke, self
        )
        self._arrange()
        self.began.emit()

    def refresh(self) -> None:
        """Ask everybody anew, whatever was kept."""
        if self.typed:
            self.search(self.typed, fresh=True)

    def clear(self) -> None:
        """Show no search."""
        self._leave_search()
        self.typed, self.view = "", None
        self._standing = Standing()
        self._arrange()
        self.began.emit()

    def retry(self, source: str) -> None:
        """Ask a source again that failed or rests."""
        if self.view is not None:
            self._bridge.call(self._search.retry(self.view.id, source), owner=self)

    # What is shown.

    def narrow(self, narrowing: Narrowing) -> None:
        """Change what is shown."""
        if narrowing != self.narrowing:
            self.narrowing = narrowing
            self._standing.release()
            self._arrange()

    def clear_filters(self) -> None:
        """Show everything again."""
        kept = self.narrowing
        self.narrow(Narrowing(order=kept.order, show_hidden=kept.show_hidden))

    def hold(self) -> None:
        """Somebody points at a row: keep the rows where they are."""
        self._standing.held = self.view is not None

    def put_in_order(self) -> None:
        """Show the rows in the order they belong in."""
        self._standing.release()
        self._arrange()

    def row(self, number: int) -> Result | None:
        """A row that is shown, by its id."""
        return self.rows.get(number)

    def best(self) -> Result | None:
        """The row that would be played first, or None."""
        return self._best

    # Doing something with it.

    def play(
        self,
        row: int | None = None,
        part: int = 0,
        then: Callable[[Ticket], None] | None = None,
    ) -> None:
        """Play one row, or the best there is; `ready`, or `then`, brings the ticket."""
        if self.view is not None:
            which = None if row is None else ResultId(row)
            done = then if then is not None else self.ready.emit
            self._ask(self._search.play(self.view.id, which, part), done)

    def choose(self, row: Result, right: bool | None, *, tell: bool = True) -> None:
        """Say that a row is the right one, or not; None takes it back."""
        if self.view is None:
            return
        done = (lambda _none: self.chosen.emit(row, right)) if tell else None
        self._ask(self._search.choose(self.view.id, row.id, right), done)

    # Inside.

    def _ask(self, work: Coroutine[Any, Any, T], done: Callable[[T], None] | None = None) -> None:
        self._bridge.call(work, done, self.failed.emit, self)

    def _leave_search(self) -> None:
        if self._call is not None:
            self._call.cancel()
            self._call = None
        if self.view is not None and not self.view.complete:
            self._bridge.call(self._search.close(self.view.id), owner=self)

    def _on_begun(self, view: SearchView) -> None:
        self._call = None
        if self.view is None or self.view.id != view.id:
            self._take(view)

    def _on_broke(self, error: BaseException) -> None:
        self._call = None
        self.broke.emit(error)

    def _on_search_changed(self, event: SearchChanged) -> None:
        if self.view is not None and event.view.id == self.view.id:
            self._take(event.view)

    def _take(self, view: SearchView) -> None:
        self.view = view
        self._arrange()

    def _arrange(self) -> None:
        results = self.view.results if self.view is not None else ()
        shown, self.hidden = narrowed(results, self.narrowing)
        self.shown = len(shown)
        if self.narrowing.show_hidden:
            shown = shown + self.hidden
        self.rows = {row.id: row for row in shown}
        self.ids = self._standing.arrange([row.id for row in shown])
        if results is not self._judged:
            self._judged = results
            self._best = next((row for row in results if _may_be_played(row)), None)
            if len(results) < MANY or (self.view is not None and self.view.done):
                self.languages = languages_in(results)
                self.works = works_in(results)
        self.changed.emit()


def _may_be_played(row: Result) -> bool:
    best = row.judged[0]
    sure = best.verdict.fit in (Fit.EXACT, Fit.LIKELY)
    return row.hidden is None and sure and best.start.kind is not StartKind.NEVER
