"""Which downloads a page shows: by what they do, the most telling first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.domain.downloads import Download, DownloadState


class Shelf(StrEnum):
    """What is shown."""

    ALL = "all"
    ACTIVE = "active"
    PAUSED = "paused"
    QUEUED = "queued"
    SEEDING = "seeding"
    FINISHED = "finished"
    FAILED = "failed"


SHELF_OF: Mapping[DownloadState, Shelf] = {
    DownloadState.LOOKING: Shelf.ACTIVE,
    DownloadState.CHECKING: Shelf.ACTIVE,
    DownloadState.LOADING: Shelf.ACTIVE,
    DownloadState.FINISHING: Shelf.ACTIVE,
    DownloadState.HELD: Shelf.ACTIVE,
    DownloadState.PAUSED: Shelf.PAUSED,
    DownloadState.QUEUED: Shelf.QUEUED,
    DownloadState.SEEDING: Shelf.SEEDING,
    DownloadState.DONE: Shelf.FINISHED,
    DownloadState.FAILED: Shelf.FAILED,
}
RANK = (
    Shelf.ACTIVE,
    Shelf.PAUSED,
    Shelf.QUEUED,
    Shelf.FAILED,
    Shelf.SEEDING,
    Shelf.FINISHED,
)
"""What stands above what when all are shown."""
_RANKS = {shelf: rank for rank, shelf in enumerate(RANK)}
_NEWEST_FIRST = (Shelf.SEEDING, Shelf.FINISHED)


def shelf_of(row: Download) -> Shelf:
    """Where a download belongs."""
    return SHELF_OF[row.state]


def arranged(rows: Iterable[Download], shelf: Shelf) -> list[Download]:
    """The downloads of a shelf in the order they are shown in."""
    shown = (row for row in rows if shelf is Shelf.ALL or shelf_of(row) is shelf)
    return sorted(shown, key=_place)


def counted(rows: Iterable[Download]) -> Counter[Shelf]:
    """How many downloads each shelf has."""
    counts = Counter(shelf_of(row) for row in rows)
    counts[Shelf.ALL] = counts.total()
    return counts


def _place(row: Download) -> tuple[int, float, int, str]:
    shelf = shelf_of(row)
    newest = -(row.finished_at or row.added_at) if shelf in _NEWEST_FIRST else 0.0
    return _RANKS[shelf], newest, row.order, row.id
