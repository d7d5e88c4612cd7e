"""Tells others of downloads: the page what moves, the owner what has come or failed."""

from __future__ import annotations

from app.domain.downloads import DownloadState
from app.domain.events import DownloadsChanged, NoticeLevel, NoticeRaised
from app.runtime.bus import EventBus
from app.services.downloads.board import Told
from app.services.downloads.store import Record


class News:
    """Puts it on the bus."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus

    def tell(self, told: Told) -> None:
        """Rows that changed."""
        self._bus.publish(DownloadsChanged(*told))

    def changed(self, record: Record) -> None:
        """A failure is told at once; all else is seen on the page."""
        if record.state is DownloadState.FAILED:
            self._bus.publish(
                NoticeRaised(
                    NoticeLevel.BAD, "notices.download_failed", {"name": record.name}, desktop=True
                )
            )

    async def finished(self, record: Record) -> None:
        """It is here."""
        args: dict[str, object] = {"name": record.name}
        self._bus.publish(
            NoticeRaised(NoticeLevel.GOOD, "notices.download_here", args, desktop=True)
        )
