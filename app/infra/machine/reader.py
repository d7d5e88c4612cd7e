"""Everything of the machine under the station, read where the kernel tells it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.monitoring import DiskUse, LinkUse, Machine, PartUse
from app.infra.machine import cores, disks, mounts
from app.infra.machine.chip import Chip, ChipReader
from app.infra.machine.disks import Disks, Place
from app.infra.machine.files import text
from app.infra.machine.links import Links
from app.infra.machine.memory import Memory, MemoryReader
from app.infra.machine.parts import Parts

_NAMELESS: Final = frozenset(
    {"", "default string", "system product name", "to be filled by o.e.m.", "not specified", "none"}
)


@dataclass(frozen=True, slots=True)
class Second:
    """What is cheap to know, and known each second."""

    cpu: float
    cores: tuple[float, ...]
    memory: Memory
    disks: tuple[DiskUse, ...]
    links: tuple[LinkUse, ...]


class MachineReader:
    """Reads below `root`; `own` is the number of the station's process.

    `second` is for the loop: it asks the kernel's memory alone, well below a millisecond. `chip`,
    `parts`, `space` and `links` may wait for something slow: each is for a thread, one at a time.
    Missing or senseless files are no error: what nobody knows is zero, None or left out.
    """

    def __init__(
        self,
        root: Path = Path("/"),
        own: int | None = None,
        space: Callable[[bytes], os.statvfs_result] = os.statvfs,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root, self._space, self._clock = root, space, clock
        found = cores.found(root)
        self._loads = cores.Loads(root, found)
        self._memory = MemoryReader(root)
        self._disks = Disks(root, space)
        self._links = Links(root)
        self._chip = ChipReader(root, found)
        self._parts = Parts(root, os.getpid() if own is None else own)
        self._at: float | None = None
        self.machine: Final = Machine(
            _model(root), found, self._memory.read().total, cores.booted(root)
        )

    def second(self) -> Second:
        """A second of the machine: rates are since the call before, 0 at the first."""
        now = self._clock()
        seconds = 0.0 if self._at is None else now - self._at
        self._at = now
        cpu, each = self._loads.read()
        return Second(
            cpu, each, self._memory.read(), self._disks.read(seconds), self._links.read(seconds)
        )

    def chip(self) -> Chip:
        """May block: frequencies, heat, throttling, accelerators."""
        return self._chip.read()

    def parts(self) -> tuple[PartUse, ...]:
        """May block: what each part of the station takes."""
        return self._parts.read()

    def links(self) -> None:
        """May block: see which interfaces are up, and how fast."""
        self._links.look()

    def space(self, place: Place) -> tuple[DiskUse, str] | tuple[()]:
        """May block as long as a share that went away: see `disks.look`."""
        return disks.look(self._root, place, self._space)

    def watch(self, found: Sequence[tuple[DiskUse, str]]) -> None:
        """From now on `second` tells the rates of these: what `space` found, merged."""
        self._disks.set(found)

    def disk_of(self, device: str) -> str:
        """May block: the whole disk behind a device."""
        return mounts.whole_disk(self._root, device)

    def close(self) -> None:
        """Let every file go."""
        for one in (self._loads, self._memory, self._disks, self._links):
            one.close()


def _model(root: Path) -> str:
    told = text(root / "proc/device-tree/model")
    if told:
        return told[:80]
    about = root / "sys/class/dmi/id"
    maker, product = text(about / "sys_vendor"), text(about / "product_name")
    if product.lower() in _NAMELESS:
        maker, product = text(about / "board_vendor"), text(about / "board_name")
    if product.lower() in _NAMELESS:
        return ""
    named = maker.lower() not in _NAMELESS and not product.lower().startswith(maker.lower())
    return (f"{maker} {product}" if named else product)[:80]
