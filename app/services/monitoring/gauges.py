"""What the meters ask of the station's parts: pages of the browser, jobs and downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.events import JobId, JobState
from app.services.monitoring.meters import Gauges

if TYPE_CHECKING:
    from app.infra.browser.pool import BrowserPool
    from app.runtime.jobs import JobEngine
    from app.services.downloads.service import DownloadsService

MOST: Final = 20_000


def gauges_of(jobs: JobEngine, downloads: DownloadsService, browser: BrowserPool) -> Gauges:
    """The gauges over these; asked on the service loop, when all of them run."""

    async def waiting() -> list[tuple[JobId, str]]:
        found = await jobs.list(states=(JobState.QUEUED,), limit=MOST)
        return [(job.id, job.kind) for job in found]

    def pages() -> tuple[int, int, int]:
        running, waits = browser.in_use
        return running, waits, browser.size

    return Gauges(browser=pages, jobs=waiting, downloads=downloads.rows)
