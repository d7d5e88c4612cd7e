"""What the machine under the station does: its parts, a second of it, and its past. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class CoreKind(StrEnum):
    """How strong a core is among those of its machine."""

    BIG = "big"
    MID = "mid"
    LITTLE = "little"
    ALIKE = "alike"  # all cores of the machine are


@dataclass(frozen=True, slots=True)
class Core:
    """One core. `capacity` is the kernel's, 1024 for the strongest; `most` in MHz, 0: unknown."""

    number: int
    kind: CoreKind
    capacity: int = 1024
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Machine:
    """What does not change while the machine is up. `booted` is in seconds since 1970."""

    model: str
    cores: tuple[Core, ...]
    memory: int  # bytes
    booted: float


@dataclass(frozen=True, slots=True)
class PartUse:
    """What a part of the station takes: "station", "ffmpeg", "browser", "model" and so on.

    `memory` is in bytes, `cpu` in cores (1.0: one core, all of it).
    """

    part: str
    memory: int
    cpu: float


@dataclass(frozen=True, slots=True)
class DiskUse:
    """A disk that holds something of the station's. Rates are bytes each second.

    `wait` is milliseconds a request took, `busy` 0..1. `smart` is "" when it cannot be read, else
    "good" or "failing". `media` says that films lie there, `system` that the station itself does.
    """

    name: str  # of the device: "nvme0n1p2"
    mount: str
    total: int
    used: int
    read: float = 0.0
    written: float = 0.0
    wait: float = 0.0
    busy: float = 0.0
    smart: str = ""
    media: bool = False
    system: bool = False

    @property
    def ratio(self) -> float:
        """How full it is, 0..1."""
        return self.used / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A network interface. Rates are bytes each second; `speed` bits, 0: unknown."""

    name: str
    received: float
    sent: float
    speed: int = 0
    up: bool = True


@dataclass(frozen=True, slots=True)
class Accelerator:
    """A graphics ("gpu") or neural ("npu") processor the kernel tells the load of, 0..1."""

    kind: str
    name: str
    load: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One second of the machine. Loads are 0..1, by core in the order of `Machine.cores`."""

    at: float
    cpu: float
    cores: tuple[float, ...]
    mhz: tuple[float, ...]  # 0: unknown
    memory_used: int
    memory_total: int
    swap_used: int = 0
    temperature: float | None = None  # °C of the hottest part of the chip
    throttled: bool = False
    parts: tuple[PartUse, ...] = ()
    disks: tuple[DiskUse, ...] = ()
    links: tuple[LinkUse, ...] = ()
    accelerators: tuple[Accelerator, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()  # the station's own, see `MonitoringService.add`


@dataclass(frozen=True, slots=True)
class Track:
    """A figure over time: for each time (the middle of a span) its mean and its most."""

    name: str
    times: tuple[float, ...]
    means: tuple[float, ...]
    mosts: tuple[float, ...]
    span: float  # seconds each value stands for


class DoingKind(StrEnum):
    """What the station was doing."""

    PLAYING = "playing"
    CASTING = "casting"
    CONVERTING = "converting"
    DOWNLOADING = "downloading"
    SEARCHING = "searching"
    SCANNING = "scanning"
    MAKING = "making"
    PUBLISHING = "publishing"
    THINKING = "thinking"
    JOB = "job"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Doing:
    """Something the station did. `end` is None while it goes on; `label` is a title or a name."""

    kind: DoingKind
    label: str
    start: float
    end: float | None = None
    args: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that stood out around a moment. `key` is a phrase (`app.services.phrases`).

    `weight`, 0..1, says how likely it is why something stuttered; `track` names the figure that
    shows it, "" when none does.
    """

    key: str
    args: Mapping[str, object] = field(default_factory=dict)
    weight: float = 0.0
    track: str = ""
