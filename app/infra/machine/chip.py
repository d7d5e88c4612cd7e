"""What the chip says of itself: its frequencies, its heat, and whether it holds back.

Asking it may take milliseconds (a sensor on a slow bus, firmware that is asked by mail): this is
for a thread of its own. Nothing is kept open.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.monitoring import Accelerator, Core
from app.infra.machine import accelerators
from app.infra.machine.files import names, number, text

_LIST: Final = 60.0
"""Seconds after which it is looked anew what there is to ask."""
_OWN: Final = frozenset({"coretemp", "k10temp", "zenpower", "x86_pkg_temp", "cpu_thermal"})
"""Sensors that are the processor's for certain: the others are not asked then."""
_OTHERS: Final = re.compile(
    r"nvme|drivetemp|wifi|wlan|iwl|ath\d|mt7\d|phy|bat|charger|spd|jc42|r8169|rtl|amdgpu|nouveau"
    r"|pch|ddr|dimm|skin|ambient|board|pcb|usb|pmic|eth|radeon|pwm|fan|ucsi|int3400",
    re.IGNORECASE,
)
"""Sensors that are not the chip's."""
_COLDEST, _HOTTEST = -50.0, 150.0
_COOL: Final = 75.0
_COOLING: Final = re.compile(r"cpufreq|cpu[-_]|^processor|devfreq.*(cpu|gpu)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chip:
    """A look at it. `mhz` by core, 0: unknown; `temperature` in °C of its hottest part."""

    mhz: tuple[float, ...] = ()
    temperature: float | None = None
    throttled: bool = False
    accelerators: tuple[Accelerator, ...] = ()


class ChipReader:
    """Asks it; used by one thread at a time."""

    def __init__(self, root: Path, cores: Sequence[Core]) -> None:
        self._root, self._cores = root, tuple(cores)
        self._listed = float("-inf")
        self._policies: list[tuple[Path, tuple[int, ...], float]] = []
        self._sensors: list[Path] = []
        self._cooling: list[Path] = []
        self._counters: list[Path] = []
        self._allowed: dict[Path, float] = {}
        self._counted: dict[Path, float] = {}
        self._accelerators = accelerators.Accelerators(root)

    def read(self) -> Chip:
        """Look at it now."""
        now = time.monotonic()
        if now - self._listed >= _LIST:
            self._listed = now
            self._list()
        temperature = self._temperature()
        return Chip(
            self._mhz(), temperature, self._throttled(temperature), self._accelerators.read()
        )

    def _list(self) -> None:
        system = self._root / "sys/devices/system/cpu"
        self._policies = []
        for name in names(system / "cpufreq"):
            place = system / "cpufreq" / name
            cores = _numbers(text(place / "related_cpus") or text(place / "affected_cpus"))
            if name.startswith("policy") and cores:
                self._policies.append((place, cores, number(place / "cpuinfo_max_freq")))
        self._sensors = _sensors(self._root / "sys/class")
        thermal = self._root / "sys/class/thermal"
        self._cooling = [
            thermal / name / "cur_state"
            for name in names(thermal)
            if name.startswith("cooling_device") and _COOLING.search(text(thermal / name / "type"))
        ]
        # One counter speaks for a whole package: the first core's.
        counters = system / "cpu0/thermal_throttle"
        self._counters = [
            counters / name for name in names(counters) if name.endswith("throttle_count")
        ]
        self._accelerators.list()

    def _mhz(self) -> tuple[float, ...]:
        by_core: dict[int, float] = {}
        for place, cores, _ in self._policies:
            mhz = max(number(place / "scaling_cur_freq"), 0.0) / 1000
            by_core.update(dict.fromkeys(cores, mhz))
        return tuple(by_core.get(core.number, 0.0) for core in self._cores)

    def _temperature(self) -> float | None:
        told = [number(path, float("nan")) / 1000 for path in self._sensors]
        real = [one for one in told if _COLDEST < one < _HOTTEST]
        return max(real) if real else None

    def _throttled(self, temperature: float | None) -> bool:
        # All three are asked each time: the counters tell what moved since the last look.
        held = [number(path) > 0 for path in self._cooling]
        lowered = [self._lowered(place, most, temperature) for place, _, most in self._policies]
        counted = [self._moved(path) for path in self._counters]
        return any(held + lowered + counted)

    def _lowered(self, place: Path, most: float, temperature: float | None) -> bool:
        """Whether a limit is below what is allowed to the core.

        One that stood already at the first look, on a cool chip, is the owner's own.
        """
        limit = number(place / "scaling_max_freq")
        if limit <= 0:
            return False
        if place not in self._allowed:
            cool = temperature is None or temperature < _COOL
            self._allowed[place] = limit if cool else max(most, limit)
        self._allowed[place] = max(self._allowed[place], limit)
        return limit < self._allowed[place]

    def _moved(self, path: Path) -> bool:
        count = number(path)
        before = self._counted.get(path, count)
        self._counted[path] = count
        return count > before


def _numbers(told: str) -> tuple[int, ...]:
    """The cores of "0 1 2" or "0-2,5"."""
    found: list[int] = []
    for word in told.replace(",", " ").split():
        first, _, last = word.partition("-")
        if first.isdigit() and (not last or last.isdigit()):
            found += range(int(first), min(int(last or first), int(first) + 1024) + 1)
    return tuple(found)


def _sensors(place: Path) -> list[Path]:
    """What is to be read for the heat of the chip, each in thousandths of a degree."""
    named = []
    for name in names(place / "thermal"):
        if name.startswith("thermal_zone"):
            zone = place / "thermal" / name
            named.append((text(zone / "type"), [zone / "temp"]))
    for name in names(place / "hwmon"):
        monitor = place / "hwmon" / name
        temperatures = [
            monitor / one
            for one in names(monitor)
            if re.fullmatch(r"temp\d+_input", one)
            and not _OTHERS.search(text(monitor / one.replace("_input", "_label")))
        ]
        named.append((text(monitor / "name"), temperatures))
    own = [path for kind, paths in named if kind in _OWN for path in paths]
    if own:
        return own
    return [path for kind, paths in named if not _OTHERS.search(kind) for path in paths]
