"""What of a search is shown, and in which order. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.score import height_of
from app.domain.search import HitKind, Judged, Result, StartKind, Work

SOON: Final = 30.0
"""What starts within so many seconds can be streamed now."""


class Way(StrEnum):
    """How something gets here."""

    ALL = "all"
    NOW = "now"
    TORRENTS = "torrents"
    DIRECT = "direct"
    LIBRARY = "library"


class Order(StrEnum):
    """What comes first."""

    BEST = "best"
    HEALTH = "health"
    SMALLEST = "smallest"
    LARGEST = "largest"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the owner wants to see. Empty values narrow nothing."""

    way: Way = Way.ALL
    work: Work | None = None
    least_height: int = 0  # pixels
    language: str = ""  # ISO 639-1
    source: str = ""  # the key of one source
    order: Order = Order.BEST
    show_hidden: bool = False

    @property
    def active(self) -> bool:
        """Whether something is left out that a search found."""
        narrow = self.work is not None or self.way is not Way.ALL
        return narrow or bool(self.least_height or self.language or self.source)


def narrowed(results: Iterable[Result], by: Narrowing) -> tuple[list[Result], list[Result]]:
    """Return what is shown, and of what fits the filters that which is hidden; both in order."""
    fitting = [row for row in results if not by.active or _fits(row, by)]
    shown = [row for row in fitting if row.hidden is None]
    hidden = [row for row in fitting if row.hidden is not None]
    worth = _WORTH.get(by.order)
    if worth is not None:
        shown.sort(key=worth)
        hidden.sort(key=worth)
    return shown, hidden


def languages_in(results: Iterable[Result]) -> list[str]:
    """The languages there are, the most frequent first."""
    counts: dict[str, int] = {}
    for row in results:
        for code in _languages(row.best):
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def works_in(results: Iterable[Result]) -> list[Work]:
    """The kinds of things there are, in the order of `Work`."""
    found = {work_of(row.best) for row in results}
    return [work for work in Work if work in found]


def work_of(one: Judged) -> Work:
    """What an offer is: as its source says, else as its name looks."""
    offer, release = one.offer, one.release
    if offer.work is not None:
        return Work.SERIES if offer.work is Work.EPISODE else offer.work
    episodic = release.season is not None or release.number is not None or release.date is not None
    return Work.SERIES if episodic else Work.FILM


class Standing:
    """The order of the rows on the screen.

    While it is held, because somebody points at a row, the rows that are there keep their order
    and new ones come after them; `late` counts those.
    """

    def __init__(self) -> None:
        self.held = False
        self.late = 0
        self._order: list[int] = []

    def arrange(self, wanted: Sequence[int]) -> array[int]:
        """Return the ids as they are to be shown, given the order they should have."""
        if not self.held:
            self._order, self.late = list(wanted), 0
            return array("q", wanted)
        present = set(wanted)
        kept = [row for row in self._order if row in present]
        known = set(kept)
        order = kept + [row for row in wanted if row not in known]
        self._order = order
        self.late = _out_of_place(order, wanted)
        return array("q", order)

    def release(self) -> None:
        """Nobody points at a row any more, or the owner wants them in order."""
        self.held = False


def _out_of_place(order: Sequence[int], wanted: Sequence[int]) -> int:
    """How many rows at the end of one order belong further up."""
    places: Mapping[int, int] = {row: place for place, row in enumerate(wanted)}
    late, highest = 0, -1
    for row in order:
        if places[row] < highest:
            late += 1
        highest = max(highest, places[row])
    return late


def _fits(row: Result, by: Narrowing) -> bool:
    return any(_fits_one(one, by) for one in row.judged)


def _fits_one(one: Judged, by: Narrowing) -> bool:
    if by.work is not None and work_of(one) is not by.work:
        return False
    if by.source and one.offer.source != by.source:
        return False
    if by.language and by.language not in _languages(one):
        return False
    if by.least_height and (height_of(one.release, one.offer) or 0) < by.least_height:
        return False
    return _comes(one, by.way)


def _comes(one: Judged, way: Way) -> bool:
    offer = one.offer
    if way is Way.NOW:
        start = one.start
        soon = start.kind is StartKind.SOON and (start.seconds or 0.0) <= SOON
        return start.kind is StartKind.AT_ONCE or soon
    if way is Way.TORRENTS:
        return offer.kind is HitKind.TORRENT
    if way is Way.LIBRARY:
        return offer.item is not None
    if way is Way.DIRECT:
        return offer.item is None and offer.kind not in (HitKind.TORRENT, HitKind.NZB)
    return True


def _languages(one: Judged) -> tuple[str, ...]:
    return one.offer.languages or one.release.languages


_WORTH: Final[Mapping[Order, Callable[[Result], tuple[float | str, ...]]]] = {
    Order.HEALTH: lambda row: (-(row.best.offer.seeders or 0), -row.score),
    Order.SMALLEST: lambda row: (row.best.offer.size or float("inf"), -row.score),
    Order.LARGEST: lambda row: (-(row.best.offer.size or 0), -row.score),
    Order.NEWEST: lambda row: (-(row.best.offer.published or 0.0), -row.score),
    Order.TITLE: lambda row: (row.best.offer.name.casefold(), -row.score),
}
