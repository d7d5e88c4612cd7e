"""Tells how downloads stand: rows for people, and only those that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.domain.downloads import (
    Ahead,
    Download,
    DownloadId,
    DownloadKind,
    DownloadState,
    Traffic,
    Vpn,
    VpnState,
)
from app.services.downloads.loads import Figures
from app.services.downloads.run import Run
from app.services.downloads.store import Record

Told = tuple[tuple[Download, ...], tuple[DownloadId, ...], Traffic]
_MOVING = (DownloadState.LOADING, DownloadState.LOOKING, DownloadState.CHECKING)


def row_of(
    record: Record, run: Run | None, ahead: Ahead | None = None, vpn: Vpn | None = None
) -> Download:
    """One download as people see it."""
    figures = run.load.figures() if run is not None else Figures()
    state = run.state if run is not None else record.state
    moves = state in (*_MOVING, DownloadState.SEEDING)
    row = Download(
        id=record.id,
        kind=record.kind,
        name=record.name,
        state=state,
        link=record.link,
        folder=record.folder,
        size=figures.size or record.size,
        done=max(figures.done, record.done) if figures.done else record.done,
        down=figures.down if moves else 0.0,
        up=figures.up if moves else 0.0,
        uploaded=max(figures.uploaded, record.uploaded),
        connections=figures.connections if moves else 0,
        known_peers=figures.known_peers,
        seeds=figures.seeds,
        availability=figures.availability,
        order=record.place,
        added_at=record.added_at,
        finished_at=record.finished_at,
        reason=record.reason or figures.note,
        reason_args=record.reason_args,
        origin=record.origin,
        files=record.files,
        playable=record.playable,
        ahead=ahead,
    )
    away = vpn is not None and vpn.state is VpnState.AWAY and record.kind is DownloadKind.TORRENT
    if vpn is not None and away and state in (*_MOVING, DownloadState.SEEDING):
        args = {"interface": vpn.interface}
        return replace(row, state=DownloadState.HELD, reason="downloads.vpn_away", reason_args=args)
    return row


class Board:
    """Remembers what was told last, so that only what differs is told again."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._rows: dict[DownloadId, Download] = {}
        self._traffic = Traffic()

    def show(self, rows: Iterable[Download], traffic: Traffic) -> None:
        """Tell what changed since the last time; nothing when nothing did."""
        now = {row.id: row for row in rows}
        changed = tuple(row for row in now.values() if self._rows.get(row.id) != row)
        gone = tuple(number for number in self._rows if number not in now)
        if changed or gone or traffic != self._traffic:
            self._rows, self._traffic = now, traffic
            self._tell((changed, gone, traffic))
