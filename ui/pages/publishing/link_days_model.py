"""The figures of one access link day by day, as long as somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QObject, Qt, Signal

from app.domain.access import Link, LinkDay, LinkState
from ui import publishing_words as said
from ui.bridge import Bridge, Call
from ui.pages.publishing.ports import LinksPort

LONGEST, SHORTEST = 30, 7
"""So many days are shown at most, and at least."""
OLDEST = 400
"""Further back nobody looks, in days."""
OVER = (LinkState.ENDED, LinkState.USED_UP, LinkState.REVOKED)
ISO = Qt.DateFormat.ISODate


class LinkDaysModel(QObject):
    """Asks for the days of a link, and again when the link was used since."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        sharing: LinksPort | None,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._sharing, self._clock = bridge, sharing, clock
        self.link: Link | None = None
        self.days: tuple[LinkDay, ...] | None = None
        """Every day that is shown, oldest first; empty: nobody came; None: not known yet."""
        self.error: BaseException | None = None
        self._loading: Call | None = None

    def show(self, link: Link) -> None:
        """Look at a link; what is known of it is kept until there is news."""
        before, self.link = self.link, link
        if before is None or before.id != link.id:
            self.days = self.error = None
        if link != before:
            self.load()

    def leave(self) -> None:
        """Nobody looks any more."""
        self.link = self.days = self.error = None
        if self._loading is not None:
            self._loading.cancel()

    def load(self) -> None:
        """Ask for its days."""
        if self._sharing is None or self.link is None:
            return
        if self._loading is not None:
            self._loading.cancel()
        made = said.local(self.link.made).date()
        count = min(OLDEST, max(SHORTEST, made.daysTo(self._today()) + 1))
        coro = self._sharing.days(self.link.id, count)
        self._loading = self._bridge.call(coro, self._on_days, self._on_failed, self)

    def _today(self) -> QDate:
        return said.local(self._clock()).date()

    def _on_days(self, known: Sequence[LinkDay]) -> None:
        self._loading = self.error = None
        if self.link is not None:
            self.days = every_day(known, self.link, self._today())
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        self.changed.emit()


def every_day(known: Sequence[LinkDay], link: Link, today: QDate) -> tuple[LinkDay, ...]:
    """The days from the making of a link until today, with those on which nothing happened.

    At most `LONGEST`; of a link that is over they end with its last visit. Empty: nobody came.
    """
    by_day = {QDate.fromString(one.day, ISO).toJulianDay(): one for one in known}
    if not by_day:
        return ()
    newest = max(by_day)
    last = newest if link.state in OVER else max(newest, today.toJulianDay())
    first = max(said.local(link.made).date().toJulianDay(), last - LONGEST + 1)
    first = min(first, last - SHORTEST + 1)
    return tuple(
        by_day.get(day) or LinkDay(QDate.fromJulianDay(day).toString(ISO))
        for day in range(first, last + 1)
    )
