"""Looks at the machine once a second, and seldom at what changes slowly or may be slow to answer.

One timer a second and nothing faster. What may hang is asked beside it and given up after a while:
a second is never late for it. What it tells wakes nobody: the next second takes it up.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.domain.monitoring import DiskUse, PartUse, Snapshot
from app.infra.machine import disks
from app.infra.machine.aside import Aside
from app.infra.machine.chip import Chip
from app.infra.machine.disks import Place
from app.infra.machine.reader import MachineReader

log = logging.getLogger(__name__)

Figures = Callable[[], Mapping[str, float]]
CHIP_EVERY: Final = 2
PARTS_EVERY: Final = 10
SPACE_EVERY: Final = 30
SMART_EVERY: Final = 6 * 3600
"""Seconds between two looks."""
SMART_FIRST: Final = 60
LIMIT: Final = 5.0
"""Seconds after which a look is given up."""
MOST_FIGURES: Final = 200
LONGEST_NAME: Final = 80


class Sampler:
    """Makes the seconds; lives on the service loop."""

    def __init__(
        self,
        reader: MachineReader,
        places: Callable[[], Sequence[Place]],
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        took: Callable[[Snapshot], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._reader, self._places, self._spawn = reader, places, spawn
        self._took, self._clock = took, clock
        self._aside = Aside()
        self._figures: list[Figures] = []
        self._failed: set[int] = set()
        self._chip = Chip()
        self._parts: tuple[PartUse, ...] = ()
        self._space: dict[bytes, tuple[DiskUse, str]] = {}
        self._moved = False  # what is known of the places is not what is watched
        self._smart: dict[str, str] = {}

    def add(self, figures: Figures) -> None:
        """Ask also these each second; they are quick."""
        self._figures.append(figures)

    async def run(self) -> None:
        """Look each second until cancelled."""
        loop = asyncio.get_running_loop()
        self._reader.second()  # rates need a second before
        due, number = loop.time(), 0
        while True:
            self._begin_looks(number)
            number += 1
            due += 1.0
            now = loop.time()
            if due <= now:  # the machine slept, or was kept from working
                due = now + 1.0
            await asyncio.sleep(due - now)
            self._aside.collect()
            if self._moved:
                self._watch()
            self._sample()

    def _begin_looks(self, number: int) -> None:
        if number % CHIP_EVERY == 0:
            self._aside.begin("the chip", self._reader.chip, LIMIT, self._take_chip)
        if number % PARTS_EVERY == 0:
            reader = self._reader
            self._aside.begin("the station's programs", reader.parts, LIMIT, self._take_parts)
            self._aside.begin("the network", reader.links, LIMIT, lambda _nothing: None)
        if number % SPACE_EVERY == 0:
            self._look_at_space()
        if number % SMART_EVERY == SMART_FIRST:
            self._spawn(self._look_at_health(), "health of disks")

    def _sample(self) -> None:
        second, chip, machine = self._reader.second(), self._chip, self._reader.machine
        self._took(
            Snapshot(
                at=self._clock(),
                cpu=second.cpu,
                cores=second.cores,
                mhz=chip.mhz or (0.0,) * len(machine.cores),
                memory_used=second.memory.used,
                memory_total=second.memory.total,
                swap_used=second.memory.swap,
                temperature=chip.temperature,
                throttled=chip.throttled,
                parts=self._parts,
                disks=second.disks,
                links=second.links,
                accelerators=chip.accelerators,
                figures=self._own_figures(),
            )
        )

    def _own_figures(self) -> tuple[tuple[str, float], ...]:
        told: dict[str, float] = {}
        for number, figures in enumerate(self._figures):
            try:
                told.update(figures())
            except Exception:  # one part's bug takes the figures of no other
                if number not in self._failed:
                    log.exception("The station's own figures cannot be told")
                self._failed.add(number)
        return tuple(
            [
                (name[:LONGEST_NAME], float(value))
                for name, value in list(told.items())[:MOST_FIGURES]
                if isinstance(value, int | float) and math.isfinite(value)
            ]
        )

    def _take_chip(self, found: Chip | None) -> None:
        self._chip = found or Chip()

    def _take_parts(self, found: tuple[PartUse, ...] | None) -> None:
        self._parts = found or ()

    def _look_at_space(self) -> None:
        """Each place by itself: one that hangs leaves the others be, and stays as it was."""
        places = {place.path: place for place in self._places()}
        self._space = {path: found for path, found in self._space.items() if path in places}
        self._moved = True
        for path, place in places.items():
            shown = path.decode("utf-8", "replace")
            look = partial(self._reader.space, place)
            self._aside.begin(shown, look, LIMIT, partial(self._take_place, path))

    def _take_place(self, path: bytes, found: tuple[DiskUse, str] | tuple[()] | None) -> None:
        if found:
            self._space[path] = found
        elif found is not None:
            self._space.pop(path, None)
        self._moved = True

    async def _look_at_health(self) -> None:
        for device in {device for _, device in self._space.values() if device}:
            disk = await self._aside.ask(device, partial(self._reader.disk_of, device), LIMIT)
            if disk:
                self._smart[device] = await disks.smart(disk)
        self._watch()

    def _watch(self) -> None:
        self._moved = False
        found = disks.merged(self._space.values())
        self._reader.watch(
            [(replace(disk, smart=self._smart.get(device, "")), device) for disk, device in found]
        )


class Series:
    """Names the figures of a second, as the history keeps them."""

    def __init__(self) -> None:
        self._cores: tuple[tuple[str, str], ...] = ()
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, one: Snapshot) -> dict[str, float]:
        """Each figure by its name; what is not known is left out."""
        if len(self._cores) != len(one.cores):
            self._cores = tuple((f"cpu.{n}", f"mhz.{n}") for n in range(len(one.cores)))
        told: dict[str, float] = {
            "cpu": one.cpu,
            "memory": one.memory_used,
            "swap": one.swap_used,
            "throttled": one.throttled,
        }
        if one.temperature is not None:
            told["temperature"] = one.temperature
        for (cpu, mhz), load, speed in zip(self._cores, one.cores, one.mhz, strict=False):
            told[cpu] = load
            if speed:
                told[mhz] = speed
        for part in one.parts:
            memory, cpu = self._names("part", part.part)
            told[memory], told[cpu] = part.memory, part.cpu
        self._of_devices(one, told)
        told.update(one.figures)
        return told

    def _of_devices(self, one: Snapshot, told: dict[str, float]) -> None:
        for disk in one.disks:
            read, written, wait, busy, full = self._names("disk", disk.name)
            told[read], told[written] = disk.read, disk.written
            told[wait], told[busy], told[full] = disk.wait, disk.busy, disk.ratio
        for link in one.links:
            received, sent = self._names("net", link.name)
            told[received], told[sent] = link.received, link.sent
        for accelerator in one.accelerators:
            (load,) = self._names(accelerator.kind, accelerator.name)
            told[load] = accelerator.load

    def _names(self, kind: str, name: str) -> tuple[str, ...]:
        key = kind, name
        if key not in self._known:
            if len(self._known) > 1000:  # interfaces of containers come and go
                self._known.clear()
            self._known[key] = _named(kind, name[:LONGEST_NAME])
        return self._known[key]


def _named(kind: str, name: str) -> tuple[str, ...]:
    if kind == "part":
        return f"memory.{name}", f"cpu.{name}"
    if kind == "disk":
        facts = ("read", "written", "wait", "busy", "full")
        return tuple(f"disk.{name}.{fact}" for fact in facts)
    if kind == "net":
        return f"net.{name}.received", f"net.{name}.sent"
    return (f"{kind}.{name}",)
