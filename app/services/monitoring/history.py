"""The machine's figures over time: an hour by the second, a day by ten, a year by five minutes."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.monitoring import Doing, Track
from app.services.monitoring.columns import reduced
from app.services.monitoring.history_store import HistoryStore
from app.services.monitoring.history_tables import DAY, YEAR, Tier
from app.services.monitoring.recent import Gathering, Recent, Row

if TYPE_CHECKING:
    from app.services.monitoring.columns import Floats

log = logging.getLogger(__name__)

EARLIEST: Final = 1_767_225_600.0
"""The beginning of 2026: a clock that shows less is not set, and nothing is kept."""
MOST_FIGURES: Final = 500
MOST_POINTS: Final = 5_000
_WAITING: Final = 800
"""Rows that wait while the disk takes none: two hours of them."""
_FEWEST: Final = 2


class History:
    """Lives on the service loop; its file is read and written beside it."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._store = HistoryStore(path)
        self._clock = clock
        self._recent = Recent()
        self._ten, self._five = Gathering(DAY.span), Gathering(YEAR.span)
        self._waiting: list[Row] = []
        self._turn = asyncio.Lock()
        self._early: list[Row] | None = []  # until the file is open
        self._told = False
        self.last_doing = 0

    async def start(self) -> None:
        """Open the file, and go on with the five minutes that were not over.

        Figures may be given meanwhile.
        """
        await asyncio.to_thread(self._store.open)
        unfinished = await asyncio.to_thread(self._store.unfinished)
        self.last_doing = await asyncio.to_thread(self._store.last_doing)
        early, self._early = self._early or [], None
        for row in unfinished:
            self._keep(self._five.merge(row))
        for row in early:
            self._add(row)

    @property
    def ready(self) -> bool:
        """Whether the file is open."""
        return self._early is None

    async def stop(self, doings: Mapping[int, tuple[Doing, float]] | None = None) -> None:
        """Write what is not written, and close the file."""
        now = self._ten.now()
        if now is not None and self.ready:
            self._keep(now)
        if self.ready:
            await self.flush(doings or {})
        await asyncio.to_thread(self._store.close)

    def add(self, at: float, values: Mapping[str, float]) -> None:
        """Take the figures of a second; at most `MOST_FIGURES` of them."""
        if len(values) > MOST_FIGURES:
            values = dict(list(values.items())[:MOST_FIGURES])
        self._recent.add(at, values)
        if at < EARLIEST:
            return
        row = self._ten.add(at, values)
        if row is not None:
            self._add(row)

    async def flush(self, doings: Mapping[int, tuple[Doing, float]]) -> bool:
        """Write what waits, in one go; False when the disk does not take it: it waits on."""
        async with self._turn:
            rows = list(self._waiting)
            if not rows and not doings:
                return True
            told = [(number, one, seen) for number, (one, seen) in doings.items()]
            try:
                await asyncio.to_thread(self._store.write, rows, told)
            except OSError as error:
                if not self._told:
                    log.warning("The machine's history cannot be written: %s", error)
                self._told = True
                return False
            self._told = False
            written = {id(row) for row in rows}
            self._waiting = [row for row in self._waiting if id(row) not in written]
            return True

    async def track(self, name: str, start: float, end: float, points: int = 600) -> Track:
        """A figure between two moments, in about so many points.

        Times are middles of spans; where nothing is known mean and most are nan. It is as fine
        as what is kept of that time allows: seconds, ten seconds or five minutes.
        """
        points = min(max(points, _FEWEST), MOST_POINTS)
        if not (math.isfinite(start) and math.isfinite(end)) or end <= start:
            return Track(name, (), (), (), 0.0)
        between = (start, end)
        if self._recent.covers(start):
            seconds = self._recent.column(name, start, end)
            return await asyncio.to_thread(_of_seconds, name, seconds, between, points)
        tiers = (DAY, YEAR) if start >= self._clock() - (DAY.keep - 1) * DAY.chunk else (YEAR,)
        track = Track(name, (), (), (), 0.0)
        for tier in tiers:
            waiting = self._not_written(tier, name, between)
            asked = (name, between, tier, waiting, points)
            track = await asyncio.to_thread(self._from_file, *asked)
            if any(math.isfinite(mean) for mean in track.means):
                break
        return track

    def looked(self, start: float, end: float) -> list[float] | None:
        """When the machine was looked at between two moments; None: that is not known any more."""
        return self._recent.times(start, end) if self._recent.covers(start) else None

    async def names(self) -> tuple[str, ...]:
        """Every figure there is anything of, in order."""
        kept = await asyncio.to_thread(self._store.names)
        return tuple(sorted(self._recent.names() | set(kept)))

    async def doings(self, start: float, end: float) -> list[tuple[int, Doing]]:
        """What is written of what went on between two moments, with numbers; the latest first."""
        return await asyncio.to_thread(self._store.doings, start, end)

    def _add(self, row: Row) -> None:
        if self._early is not None:
            self._early.append(row)
            return
        self._keep(row)
        self._keep(self._five.merge(row))

    def _keep(self, row: Row | None) -> None:
        if row is None:
            return
        self._waiting.append(row)
        del self._waiting[:-_WAITING]

    def _not_written(
        self, tier: Tier, name: str, between: tuple[float, float]
    ) -> list[tuple[float, float, float]]:
        gathering = self._ten if tier is DAY else self._five
        rows = [row for row in self._waiting if row.span == tier.span]
        now = gathering.now()
        if now is not None:
            rows.append(now)
        start, end = between[0] - tier.span, between[1]
        return [
            (float(row.at), *row.values[name][:2])
            for row in rows
            if name in row.values and start < row.at <= end
        ]

    def _from_file(
        self,
        name: str,
        between: tuple[float, float],
        tier: Tier,
        waiting: list[tuple[float, float, float]],
        points: int,
    ) -> Track:
        import numpy as np

        kept = self._store.column(tier, name, *between)
        more = np.array(waiting, dtype=np.float64).reshape(-1, 3).T
        times, means, mosts = (
            np.concatenate((one, other)) for one, other in zip(kept, more, strict=True)
        )
        return reduced(name, (times, means, mosts), between, float(tier.span), points)


def _of_seconds(
    name: str, seconds: list[tuple[float, float]], between: tuple[float, float], points: int
) -> Track:
    import numpy as np

    times, means = np.array(seconds, dtype=np.float64).reshape(-1, 2).T
    values: tuple[Floats, Floats, Floats] = (times, means, means)
    return reduced(name, values, between, 1.0, points)
