"""Runs the connections of one file until it is here, and keeps its journal meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from app.domain.errors import AppError, Unavailable
from app.infra.fetch.answers import ChangedError
from app.infra.fetch.part import Kept, PartFile
from app.infra.fetch.plan import SHARE, Plan
from app.infra.fetch.status import Speed
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.worker import FatalError, Patience, Source, Worker

log = logging.getLogger(__name__)

TICK: Final = 0.25


class Loading:
    """One plan being carried out. Lives on the service loop."""

    def __init__(
        self,
        source: Source,
        plan: Plan,
        part: PartFile,
        pool: ThreadPoolExecutor,
        limiter: Throttle,
        patience: Patience,
    ) -> None:
        self.plan = plan
        self.speed = Speed()
        self._source = source
        self._part = part
        self._pool = pool
        self._limiter = limiter
        self._patience = patience
        self._workers: list[Worker] = []
        self._saving: asyncio.Future[None] | None = None
        self._saved = plan.done
        self._saved_at = time.monotonic()

    @property
    def connections(self) -> int:
        """How many load something just now."""
        return sum(worker.loading for worker in self._workers)

    async def run(self, connections: int, most: int | None) -> None:
        """Load everything. `most` bytes it may have, where the server does not say.

        Raises `AppError`, or `ChangedError` when the server has another file by now.
        """
        wide = 1
        if self._source.seen.ranges and self.plan.size is not None:
            wide = max(1, min(connections, self.plan.size // SHARE))
        for _ in range(wide):
            worker = Worker(self._source, self.plan, self._part, self._limiter, self._patience)
            worker.most = most or worker.most
            self._workers.append(worker)
        try:
            await self._work()
        except FatalError as fatal:
            raise fatal.told from fatal
        finally:
            self.speed.stop()
            await self._last_save()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        running = {loop.run_in_executor(self._pool, worker.run) for worker in self._workers}
        failures: list[BaseException] = []
        reason: AppError | None = None
        try:
            while running and not self.plan.complete:
                done, running = await asyncio.wait(
                    running, timeout=TICK, return_when=asyncio.FIRST_COMPLETED
                )
                failures += [error for one in done if (error := one.exception()) is not None]
                for error in failures:
                    if not isinstance(error, AppError):
                        reason = self._told(error)
                        raise error
                self._tick()
        finally:
            self.plan.end(reason)
            for worker in self._workers:
                worker.stop()
            await asyncio.gather(*running, return_exceptions=True)
        if not self.plan.complete:
            raise _worst(failures) or Unavailable(
                "errors.server_offline", host=self._source.origin.host
            )

    def _told(self, error: BaseException) -> AppError | None:
        if isinstance(error, FatalError):
            return error.told
        if isinstance(error, ChangedError):
            return Unavailable("errors.server_changed_file", host=self._source.origin.host)
        return None

    def _tick(self) -> None:
        now = time.monotonic()
        done = self.plan.done
        self.speed.seen(done, now)
        for worker in self._workers:
            worker.look_after(now)
        if self._saving is not None:
            if not self._saving.done():
                return
            saving, self._saving = self._saving, None
            saving.result()
        if now - self._saved_at >= self._patience.journal and done != self._saved:
            self._saved_at, self._saved = now, done
            self._saving = self._save()

    def _save(self) -> asyncio.Future[None]:
        seen = self._source.seen
        spans = tuple(self.plan.known()) if seen.ranges else ()
        kept = Kept(self._source.origin.url, seen.etag, seen.modified, self.plan.size, spans)
        return asyncio.get_running_loop().run_in_executor(self._pool, self._part.save, kept)

    async def _last_save(self) -> None:
        """Note what is here; a disk that is gone has been told of already, or will be."""
        try:
            if self._saving is not None:
                await self._saving
            await self._save()
        except AppError as error:
            log.info("The journal of a download could not be written: %s", error)


def _worst(failures: list[BaseException]) -> BaseException | None:
    """The failure that tells most: one that is not cured by waiting, else the last."""
    lasting = [one for one in failures if not isinstance(one, Unavailable)]
    found = lasting or failures
    return found[-1] if found else None
