"""The audit log as the page shows it: the latest first, and whether it is as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services.audit.chain import Entry
from ui.bridge import Bridge, Call
from ui.pages.publishing.ports import AuditPort

PAGE = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the first entry that is not as it was written, or none of `many`."""

    many: int
    wrong: int | None


class AuditModel(QObject):
    """`entries` grow downwards as older ones are asked for."""

    changed = Signal()
    checked = Signal(object)
    exported = Signal(str)
    forgotten = Signal(int)
    """How many entries were erased."""
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, audit: AuditPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._audit = bridge, audit
        self.entries: tuple[Entry, ...] | None = None
        """Latest first; None while they are not known."""
        self.last = 0
        self.error: BaseException | None = None
        self.checking = False
        self._loading: Call | None = None

    @property
    def there(self) -> bool:
        """Whether this station keeps a log at all."""
        return self._audit is not None

    @property
    def older(self) -> bool:
        """Whether there are older ones than those shown."""
        return bool(self.entries) and self.entries is not None and self.entries[-1].number > 1

    def load(self) -> None:
        """Ask for the latest."""
        if self._audit is not None:
            self._ask(0)

    def load_older(self) -> None:
        """Ask for some that are older."""
        if self._audit is not None and self.older and self.entries is not None:
            self._ask(self.entries[-1].number)

    def check(self) -> None:
        """Look whether every entry is as it was written."""
        if self._audit is not None and not self.checking:
            self.checking = True
            self.changed.emit()
            self._bridge.call(self._look_over(self._audit), self._on_checked, self._on_failed, self)

    def export(self, folder: str) -> None:
        """Write all into a file of a folder."""
        if self._audit is not None:
            done = lambda path: self.exported.emit(str(path))  # noqa: E731 - handed on and no more
            self._bridge.call(self._audit.export(Path(folder)), done, self.failed.emit, self)

    def forget(self, about: str) -> None:
        """Erase what entries tell about somebody or something, for good."""
        if self._audit is not None and about:
            coro = self._audit.forget(about)
            self._bridge.call(coro, self._on_forgotten, self.failed.emit, self)

    def _ask(self, before: int) -> None:
        if self._audit is None:
            return
        if self._loading is not None:
            self._loading.cancel()
        coro = self._page(self._audit, before)
        self._loading = self._bridge.call(coro, self._on_page, self._on_failed, self)

    async def _page(self, audit: AuditPort, before: int) -> tuple[int, int, tuple[Entry, ...]]:
        """A page that ends before an entry; 0: at the latest."""
        last = await audit.last()
        end = before or last + 1
        start = max(0, end - 1 - PAGE)
        found = await audit.entries(start, min(PAGE, end - 1 - start))
        return before, last, tuple(reversed(found))

    async def _look_over(self, audit: AuditPort) -> Checked:
        return Checked(await audit.last(), await audit.check())

    def _on_page(self, found: tuple[int, int, tuple[Entry, ...]]) -> None:
        before, self.last, entries = found
        self._loading, self.error = None, None
        self.entries = (*(self.entries or ()), *entries) if before else entries
        self.changed.emit()

    def _on_checked(self, found: Checked) -> None:
        self.checking = False
        self.changed.emit()
        self.checked.emit(found)

    def _on_forgotten(self, many: int) -> None:
        self.forgotten.emit(many)
        self.load()

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.checking = None, False
        self.error = error
        self.failed.emit(error)
        self.changed.emit()
