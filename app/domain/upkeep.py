"""What the station does by itself, mostly at night, and what takes space on its disks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.events import JobId, JobState


@dataclass(frozen=True, slots=True)
class Night:
    """A job that comes back by a timetable. Times are seconds since 1970.

    `state` and what follows tell of its last run, None and empty when it has never run.
    """

    name: str
    kind: str
    cron: str
    following: float | None
    job: JobId = ""
    state: JobState | None = None
    began: float = 0.0
    ended: float = 0.0
    fraction: float | None = None
    message: str = ""
    message_args: Mapping[str, object] = field(default_factory=dict)
    error: str = ""
    error_args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpaceUse:
    """What a part of the station takes on a disk.

    `part` is a name for programs ("downloads", "cache.plugins"), `name` one for people when the
    part has its own. `freeable` says that all of it can be made or fetched again.
    """

    part: str
    path: str
    bytes: int
    files: int
    disk: str  # where the disk is mounted
    name: str = ""
    page: str = ""  # of the window, where it is tidied
    freeable: bool = False


@dataclass(frozen=True, slots=True)
class DiskSpace:
    """A disk on which something of the station's lies. Bytes."""

    mount: str
    total: int
    free: int


@dataclass(frozen=True, slots=True)
class Space:
    """Everything that takes space, when it was measured, and the disks it lies on."""

    at: float
    uses: tuple[SpaceUse, ...] = ()
    disks: tuple[DiskSpace, ...] = ()
    measuring: bool = False


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of what the station knows, in a folder of its own."""

    name: str
    path: str
    at: float
    bytes: int
