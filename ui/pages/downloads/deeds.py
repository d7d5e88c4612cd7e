"""What can be done with a download, by where it is. Pure."""

from __future__ import annotations

from enum import Enum

from app.domain.downloads import ENDED, UNDER_WAY, Download, DownloadState

VPN_AWAY = "downloads.vpn_away"


class Deed(Enum):
    """Something a row has a button for."""

    PLAY = "play"
    GO = "go"
    RETRY = "retry"
    UP = "up"
    PAUSE = "pause"
    REMOVE = "remove"
    MORE = "more"


WORDED = frozenset((Deed.PLAY, Deed.GO, Deed.RETRY))
"""Those whose button has a word beside its icon."""


def deeds_of(row: Download) -> tuple[Deed, ...]:
    """The buttons of a row, from left to right."""
    return (*_first(row), Deed.REMOVE, Deed.MORE)


def can_play(row: Download) -> bool:
    """Whether Play does something; it waits by itself until the film would not stall."""
    if row.state in ENDED:
        return True
    return row.playable is not None and row.state is not DownloadState.FAILED


def plays_well(row: Download) -> bool:
    """Whether it would begin at once."""
    if row.state in ENDED:
        return True
    return row.ahead is not None and (row.ahead.ready or row.ahead.playing)


def can_pause(row: Download) -> bool:
    """Whether it does something that can be stopped."""
    held = (DownloadState.QUEUED, DownloadState.HELD, DownloadState.SEEDING)
    return row.state in UNDER_WAY or row.state in held


def can_retry(row: Download) -> bool:
    """Whether it stands, and may be tried again."""
    return row.state in (DownloadState.FAILED, DownloadState.HELD)


def _first(row: Download) -> tuple[Deed, ...]:
    if row.state in UNDER_WAY or row.state is DownloadState.SEEDING:
        return (Deed.PLAY, Deed.PAUSE)
    if row.state is DownloadState.HELD:
        return (Deed.PAUSE,) if row.reason == VPN_AWAY else (Deed.RETRY, Deed.PAUSE)
    return {
        DownloadState.QUEUED: (Deed.UP,),
        DownloadState.PAUSED: (Deed.GO,),
        DownloadState.DONE: (Deed.PLAY,),
        DownloadState.FAILED: (Deed.RETRY,),
    }[row.state]
