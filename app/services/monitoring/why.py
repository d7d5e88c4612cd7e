"""Why something stuttered at a moment: rules over what the machine and the station did then. Pure.

Each rule looks at figures around the moment and at what went on, and says at most one thing of a
kind, with how likely it is the reason. Nothing is made up: where no figure is known no rule speaks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.monitoring import CoreKind, Doing, DoingKind, Machine, Observation, Track
from app.services.monitoring.witness import STALLED

BEFORE, AFTER = 330.0, 60.0
"""Seconds around the moment that are looked at: what was usual, and what came of it."""
NEAR: Final = 10.0
"""Seconds around the moment that count as then."""
MOST: Final = 8
BUSY: Final = 0.9
SLOW_DISK, HANGING_DISK = 100.0, 1000.0
"""Milliseconds a request waits."""
FULL_DISK, BUSY_DISK = 0.98, 0.95
SHORT_MEMORY: Final = 0.92
SWAPPED: Final = 64 * 2**20
HOT: Final = 90.0
LOST: Final = 3.0
"""Seconds without a look at the machine that are no chance."""
_ACTIVE: Final = frozenset({DoingKind.PLAYING, DoingKind.CASTING, DoingKind.CONVERTING})
_PARTS: Final = frozenset({"station", "ffmpeg", "browser", "model", "hearing", "voice", "workers"})
_OTHER_WORK: Final = (
    DoingKind.SCANNING, DoingKind.MAKING, DoingKind.PUBLISHING, DoingKind.THINKING,
    DoingKind.JOB,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Then:
    """A figure around the moment: its most, and the highest and lowest mean of a span."""

    most: float
    peak: float
    low: float


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a moment. `speeds` are bytes each second an interface can carry."""

    at: float
    machine: Machine
    tracks: Mapping[str, Track]
    doings: Sequence[Doing] = ()
    looked: Sequence[float] | None = None  # when the machine was looked at
    speeds: Mapping[str, float] = field(default_factory=dict)
    mounts: Mapping[str, str] = field(default_factory=dict)  # of disks by name: how people say them

    def near(self, name: str) -> Then | None:
        """A figure then; None: not known."""
        track = self.tracks.get(name)
        if track is None:
            return None
        reach = NEAR + track.span / 2
        told = [
            (mean, most)
            for time, mean, most in zip(track.times, track.means, track.mosts, strict=True)
            if abs(time - self.at) < reach and math.isfinite(mean)
        ]
        if not told:
            return None
        means = [mean for mean, _ in told]
        return Then(max(most for _, most in told), max(means), min(means))

    def before(self, name: str) -> float | None:
        """The mean of a figure in the minutes before; None: not known."""
        track = self.tracks.get(name)
        if track is None:
            return None
        reach = NEAR + track.span / 2
        told = [
            mean
            for time, mean in zip(track.times, track.means, strict=True)
            if time < self.at - reach and math.isfinite(mean)
        ]
        return sum(told) / len(told) if told else None

    def going_on(self, *kinds: DoingKind) -> list[Doing]:
        """What of these kinds went on then."""
        return [
            one
            for one in self.doings
            if one.kind in kinds
            and one.start <= self.at + NEAR
            and (one.end is None or one.end >= self.at - NEAR)
        ]

    def named(self, first: str, last: str) -> Iterator[tuple[str, str]]:
        """Figures whose name begins and ends so, with what stands between."""
        for name in self.tracks:
            if name.startswith(first) and name.endswith(last):
                yield name, name[len(first) : len(name) - len(last)]


def explained(around: Around) -> tuple[Observation, ...]:
    """What stood out around the moment, the likeliest reason first; never empty."""
    found = [one for rule in _RULES for one in rule(around)]
    found.sort(key=lambda one: -one.weight)
    if around.near("cpu") is None:
        return (*found[:MOST], Observation("monitoring.why.unknown"))
    return tuple(found[:MOST]) or (_nothing(around),)


def _nothing(around: Around) -> Observation:
    cpu = around.near("cpu") or Then(0.0, 0.0, 0.0)
    waits = [told.most for name, _ in around.named("disk.", ".wait") if (told := around.near(name))]
    args = {"percent": _percent(cpu.most), "ms": round(max(waits, default=0.0))}
    return Observation("monitoring.why.nothing", args)


def _stood(around: Around) -> Iterator[Observation]:
    """The machine was not looked at for a while: it slept, or everything waited."""
    looked = around.looked
    if looked is None:
        return
    gaps = [
        (later - earlier, later)
        for earlier, later in zip(looked, looked[1:], strict=False)
        if earlier - NEAR <= around.at <= later + NEAR
    ]
    longest = max(gaps, default=(0.0, 0.0))[0]
    if longest >= LOST:
        yield Observation("monitoring.why.stood", {"seconds": round(longest)}, 0.95, "cpu")


def _disks(around: Around) -> Iterator[Observation]:
    for name, disk in around.named("disk.", ".wait"):
        told = around.near(name)
        if told is None:
            continue
        wait, args = told.most, {"disk": around.mounts.get(disk, disk), "ms": round(told.most)}
        if wait >= HANGING_DISK:
            yield Observation("monitoring.why.disk_hangs", args, 0.95, name)
        elif wait >= SLOW_DISK:
            yield Observation("monitoring.why.disk_slow", args, 0.85, name)
        else:
            busy = around.near(f"disk.{disk}.busy")
            if busy is not None and busy.most >= BUSY_DISK:
                more = {"disk": around.mounts.get(disk, disk), "percent": _percent(busy.most)}
                yield Observation("monitoring.why.disk_busy", more, 0.5, f"disk.{disk}.busy")
    for name, disk in around.named("disk.", ".full"):
        told = around.near(name)
        if told is not None and told.most >= FULL_DISK:
            args = {"disk": around.mounts.get(disk, disk), "percent": _percent(told.most)}
            yield Observation("monitoring.why.disk_full", args, 0.6, name)


def _heat(around: Around) -> Iterator[Observation]:
    heat, held = around.near("temperature"), around.near("throttled")
    if held is not None and held.most > 0:
        if heat is None:
            yield Observation("monitoring.why.throttled", {}, 0.9, "throttled")
        else:
            args = {"degrees": round(heat.most)}
            yield Observation("monitoring.why.throttled_hot", args, 0.9, "temperature")
    elif heat is not None and heat.most >= HOT:
        yield Observation("monitoring.why.hot", {"degrees": round(heat.most)}, 0.5, "temperature")


def _clock(around: Around) -> Iterator[Observation]:
    """Strong cores that run far below what they can while there is much to do."""
    cpu = around.near("cpu")
    if cpu is None or cpu.most < 0.8:
        return
    strong = [
        (place, core.most)
        for place, core in enumerate(around.machine.cores)
        if core.kind in (CoreKind.BIG, CoreKind.ALIKE) and core.most > 0
    ]
    known = [(told.peak, most) for place, most in strong if (told := around.near(f"mhz.{place}"))]
    if not known:
        return
    fastest, most = max(known)
    if fastest < most * 0.6:
        args = {"mhz": round(fastest), "most": round(most)}
        yield Observation("monitoring.why.slow_clock", args, 0.7, f"mhz.{strong[0][0]}")


def _processor(around: Around) -> Iterator[Observation]:
    cpu = around.near("cpu")
    if cpu is None:
        return
    if cpu.most >= BUSY:
        args: dict[str, object] = {"percent": _percent(cpu.most)}
        weight = 0.9 if cpu.peak >= BUSY else 0.75
        yield Observation(_whose(around, cpu.peak), args, weight, "cpu")
        return
    if not around.going_on(*_ACTIVE):
        return
    for place, core in enumerate(around.machine.cores):
        told = around.near(f"cpu.{place}")
        if told is not None and told.peak >= 0.97:
            args = {"core": core.number, "percent": _percent(cpu.most)}
            yield Observation("monitoring.why.one_core", args, 0.45, f"cpu.{place}")
            return


def _whose(around: Around, load: float) -> str:
    """The phrase that says who kept the processor busy, as far as is known."""
    used = load * max(len(around.machine.cores), 1)
    parts = {name: told.most for name in _PARTS if (told := around.near(f"cpu.{name}")) is not None}
    if not parts or used <= 0:
        return "monitoring.why.cpu"
    heaviest = max(parts, key=lambda name: parts[name])
    if parts[heaviest] >= used / 2:
        return f"monitoring.why.cpu_{heaviest}"
    if sum(parts.values()) < used / 2:
        return "monitoring.why.cpu_others"
    return "monitoring.why.cpu"


def _memory(around: Around) -> Iterator[Observation]:
    swap, before = around.near("swap"), around.before("swap")
    if swap is not None and before is not None and swap.most - before >= SWAPPED:
        args: dict[str, object] = {"size": round(swap.most - before)}
        yield Observation("monitoring.why.swapping", args, 0.85, "swap")
    memory, total = around.near("memory"), around.machine.memory
    if memory is not None and total and memory.most / total >= SHORT_MEMORY:
        args = {"percent": _percent(memory.most / total)}
        yield Observation("monitoring.why.memory", args, 0.7, "memory")


def _graphics(around: Around) -> Iterator[Observation]:
    for name, _ in around.named("gpu.", ""):
        told = around.near(name)
        if told is not None and told.peak >= BUSY_DISK:
            args = {"percent": _percent(told.peak)}
            yield Observation("monitoring.why.gpu", args, 0.5, name)
            return


def _network(around: Around) -> Iterator[Observation]:
    for link, speed in around.speeds.items():
        for way in ("received", "sent"):
            told = around.near(f"net.{link}.{way}")
            if speed > 0 and told is not None and told.most >= speed * BUSY:
                args = {"link": link, "percent": _percent(told.most / speed)}
                key = f"monitoring.why.link_{way}"
                yield Observation(key, args, 0.7, f"net.{link}.{way}")


def _downloads(around: Around) -> Iterator[Observation]:
    stalled = [
        one for one in around.going_on(DoingKind.DOWNLOADING) if ("what", STALLED) in one.args
    ]
    for one in stalled[:1]:
        args: dict[str, object] = {"title": one.label}
        yield Observation("monitoring.why.download_stalled", args, 0.92, "downloads.speed")
    if stalled or not around.going_on(DoingKind.DOWNLOADING):
        return
    told, before = around.near("downloads.speed"), around.before("downloads.speed")
    if told is not None and before is not None and before >= 50_000 and told.low < before / 10:
        args = {"before": round(before), "now": round(told.low)}
        yield Observation("monitoring.why.download_slowed", args, 0.6, "downloads.speed")


def _converting(around: Around) -> Iterator[Observation]:
    cpu = around.near("cpu")
    for one in around.going_on(DoingKind.CONVERTING)[:1]:
        known = dict(one.args)
        args = {"title": one.label, "device": known.get("device", "")}
        weight = 0.8 if cpu is not None and cpu.most >= BUSY else 0.5
        whole = known.get("method") == "full"
        key = "monitoring.why.converting" if whole else "monitoring.why.converting_sound"
        yield Observation(key, args, weight if whole else weight / 2, "cpu.ffmpeg")


def _other_work(around: Around) -> Iterator[Observation]:
    cpu = around.near("cpu")
    busy = [told.most for name, _ in around.named("disk.", ".busy") if (told := around.near(name))]
    strained = (cpu is not None and cpu.most >= 0.7) or max(busy, default=0.0) >= 0.7
    for kind in _OTHER_WORK:
        for one in around.going_on(kind)[:1]:
            args: dict[str, object] = {"title": one.label}
            yield Observation(f"monitoring.why.{kind}", args, 0.4 if strained else 0.15, "cpu")


def _providers(around: Around) -> Iterator[Observation]:
    told = around.near("errors")
    if told is not None and told.peak >= 0.2:
        args = {"percent": _percent(told.peak)}
        yield Observation("monitoring.why.providers", args, 0.35, "errors")


def _percent(part: float) -> int:
    return round(part * 100)


_RULES: Final[tuple[Callable[[Around], Iterator[Observation]], ...]] = (
    _stood, _disks, _heat, _clock, _processor, _memory, _graphics, _network, _downloads,
    _converting, _other_work, _providers,
)  # fmt: skip
