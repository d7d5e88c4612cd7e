"""Watches the machine and what the station does on it: now, over a year, and why it stuttered."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from app.domain.events import MachineSampled
from app.domain.monitoring import Doing, Machine, Observation, Snapshot, Track
from app.infra.machine.disks import Place
from app.infra.machine.reader import MachineReader
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.monitoring import why
from app.services.monitoring.doings import Doings
from app.services.monitoring.history import History
from app.services.monitoring.sampling import Sampler, Series
from app.services.monitoring.witness import Titles, Witness

WRITE_EVERY: Final = 60
"""Seconds of which one transaction is made."""
_UNTOLD: Final = ("mhz.", "memory.")
"""Figures no reason is found in, but for the frequencies of strong cores."""


class MonitoringService:
    """Lives on the service loop."""

    def __init__(
        self,
        bus: EventBus,
        reader: MachineReader,
        history: History,
        places: Callable[[], Sequence[Place]],
        titles: Titles | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bus, self._reader, self._history, self._clock = bus, reader, history, clock
        self._tasks = Supervisor("monitoring")
        self._doings = Doings(clock)
        self._witness = Witness(bus, self._doings, self._tasks.spawn, titles)
        self._sampler = Sampler(reader, places, self._tasks.spawn, self._take, clock)
        self._series = Series()
        self._now: Snapshot | None = None
        self._taken = 0

    async def start(self) -> None:
        """Begin to look, each second; the past is opened meanwhile."""
        self._witness.start()
        self._tasks.spawn(self._history.start(), "opening the history")
        self._tasks.spawn(self._sampler.run(), "looking at the machine")

    async def stop(self) -> None:
        """Look no more, and write what is not written."""
        await self._tasks.close()
        self._witness.stop()
        self._doings.end_all()
        await self._history.stop(self._doings.to_write(self._history.last_doing))
        self._reader.close()

    @property
    def machine(self) -> Machine:
        """What does not change while the machine is up."""
        return self._reader.machine

    @property
    def now(self) -> Snapshot | None:
        """The newest second; None in the first."""
        return self._now

    def add(self, figures: Callable[[], Mapping[str, float]]) -> None:
        """Take also the station's own figures into each second and into the past.

        They are asked each second on the loop: without waiting for anything.
        """
        self._sampler.add(figures)

    async def track(self, name: str, start: float, end: float, points: int = 600) -> Track:
        """A figure between two moments: see `History.track`."""
        return await self._history.track(name, start, end, points)

    async def names(self) -> tuple[str, ...]:
        """Every figure there is anything of: "cpu", "cpu.0", "disk.sda1.wait" and so on."""
        return await self._history.names()

    async def doings(self, start: float, end: float) -> tuple[Doing, ...]:
        """What the station did at some time between two moments, in order of beginning."""
        known = dict(await self._history.doings(start, end))
        known.update(self._doings.between(start, end))  # the newer word
        return tuple(sorted(known.values(), key=lambda one: (one.start, one.kind, one.label)))

    async def why(self, at: float) -> tuple[Observation, ...]:
        """Why something may have stuttered at a moment, the likeliest reason first; never empty."""
        if not math.isfinite(at):
            at = self._clock()
        start, end = at - why.BEFORE, at + why.AFTER
        names = [name for name in await self.names() if self._tells(name)]
        points = round(end - start)
        tracks = [await self.track(name, start, end, points) for name in names]
        around = why.Around(
            at=at,
            machine=self.machine,
            tracks=dict(zip(names, tracks, strict=True)),
            doings=await self.doings(start, end),
            looked=self._history.looked(start, end),
            speeds=self._speeds(),
            mounts={one.name: one.mount for one in self._now.disks} if self._now else {},
        )
        return await asyncio.to_thread(why.explained, around)

    def _tells(self, name: str) -> bool:
        if not name.startswith(_UNTOLD):
            return True
        core = name.removeprefix("mhz.")
        cores = self.machine.cores
        return core.isdigit() and int(core) < len(cores) and cores[int(core)].kind != "little"

    def _speeds(self) -> dict[str, float]:
        links = self._now.links if self._now is not None else ()
        return {link.name: link.speed / 8 for link in links if link.speed}

    def _take(self, snapshot: Snapshot) -> None:
        self._now = snapshot
        self._history.add(snapshot.at, self._series.of(snapshot))
        self._taken += 1
        if self._taken % WRITE_EVERY == 0:
            self._tasks.spawn(self._write(), "writing the history")
        self._bus.publish(MachineSampled(snapshot))

    async def _write(self) -> None:
        if not self._history.ready:
            return
        told = self._doings.to_write(self._history.last_doing)
        if await self._history.flush(told):
            self._doings.written(number for number, (one, _) in told.items() if one.end is not None)
