"""Facts that services announce. One frozen class each, named in the past tense."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.media import FolderId, FolderState, ItemId

JobId = str


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """Items came, went or changed. `items` is empty when too many did to name them."""

    items: tuple[ItemId, ...] = ()
    structure: bool = True  # False: only figures of known items changed, the order stays


@dataclass(frozen=True, slots=True)
class FolderStateChanged:
    """A folder went away or came back."""

    folder: FolderId
    display: str
    state: FolderState


class ScanPhase(StrEnum):
    """Where a scan is."""

    WAITING = "waiting"
    NAMES = "names"
    PROBING = "probing"
    PICTURES = "pictures"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ScanProgressed:
    """How far the scan of a folder is. `total` is None until it is known."""

    folder: FolderId
    display: str
    phase: ScanPhase
    done: int
    total: int | None
    notes: int = 0  # files with something wrong


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """Somebody watched, or marked, this item."""

    item: ItemId
    position: float
    watched: bool


class JobState(StrEnum):
    """States of a durable job as people see them."""

    QUEUED = "queued"
    DELAYED = "delayed"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobProgressed:
    """A durable job moved on. `fraction` is 0..1, or None while unknown."""

    job: JobId
    kind: str
    state: JobState
    fraction: float | None = None
    message: str = ""
    args: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """A section of the settings has new values."""

    section: str


@dataclass(frozen=True, slots=True)
class PluginStateChanged:
    """A plugin was switched on or off, by the owner or because it failed."""

    plugin: str
    enabled: bool
    reason: str | None = None  # key of a plain message when it failed
    detail: str = ""


class NoticeLevel(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class NoticeRaised:
    """Something the owner should be told, as a message key with arguments."""

    level: NoticeLevel
    key: str
    args: dict[str, object] = field(default_factory=dict)
    desktop: bool = False  # also as a desktop notification


@dataclass(frozen=True, slots=True)
class StationReady:
    """All services have started."""


@dataclass(frozen=True, slots=True)
class WindowRequested:
    """Another start, or a command, asks for the window (`page` may be empty)."""

    page: str = ""
