"""Facts that services announce. One frozen class each, named in the past tense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.media import FolderId, FolderState, ItemId

if TYPE_CHECKING:  # its many classes take time to make: not before the window is seen
    from app.domain.alerts import Alert
    from app.domain.budget import Limit
    from app.domain.casting import Casting, Device
    from app.domain.downloads import Download, DownloadId, Traffic
    from app.domain.health import Health
    from app.domain.intelligence import HearingState, ModelState
    from app.domain.monitoring import Snapshot
    from app.domain.post import Post
    from app.domain.project import ProjectId
    from app.domain.remote import RemoteState
    from app.domain.search import SearchView
    from app.domain.spending import PriceQuestion
    from app.domain.studio import ProjectCard, StepView

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


@dataclass(frozen=True, slots=True)
class StreamWatched:
    """Somebody is at this second of what plays under the name `stream`."""

    stream: str
    position: float


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


@dataclass(frozen=True, slots=True)
class SearchChanged:
    """A search has more answers, or other ones: the whole of it as it stands."""

    view: SearchView


@dataclass(frozen=True, slots=True)
class StartTried:
    """Somewhere something was to be played from did not work; the next place is tried."""

    source: str
    reason: str  # message key
    args: Mapping[str, object] = field(default_factory=dict)
    following: str = ""  # who is tried now; nobody is left when it is empty


@dataclass(frozen=True, slots=True)
class WishesChanged:
    """The watchlist, what is followed, or the searches that are kept changed."""


@dataclass(frozen=True, slots=True)
class DownloadsChanged:
    """Downloads moved on: those that differ from what was told last, and those that are gone."""

    rows: tuple[Download, ...]
    gone: tuple[DownloadId, ...]
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class StartWaits:
    """What is to be played is loading; `seconds` until it starts, None while nobody can say."""

    source: str
    seconds: float | None = None
    fraction: float = 0.0  # of what must be here before it starts


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """Screens of the home came, went, or have other names: all there are, those away too."""

    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class CastingChanged:
    """What plays on other screens changed: everything that does."""

    castings: tuple[Casting, ...]


@dataclass(frozen=True, slots=True)
class BudgetChanged:
    """Money was set aside, spent or given back, or a question about a price was answered."""


@dataclass(frozen=True, slots=True)
class BudgetAlert:
    """So many per cent of a limit are spent: once for each of 50, 80 and 100, and each period."""

    limit: Limit
    percent: int
    spent: int  # millionths of `currency`
    currency: str


@dataclass(frozen=True, slots=True)
class PriceAsked:
    """Nobody knows what a call costs: the owner is asked whether it may be made."""

    question: PriceQuestion


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """The local model, the program that runs it, or the folder of models is another way now."""

    state: ModelState


@dataclass(frozen=True, slots=True)
class StudioChanged:
    """A project came, went or changed; `card` is None when it is gone."""

    project: ProjectId
    card: ProjectCard | None


@dataclass(frozen=True, slots=True)
class StudioMoved:
    """A step of a project moved on: told often while it works, with the project's card."""

    card: ProjectCard
    step: StepView


@dataclass(frozen=True, slots=True)
class HearingChanged:
    """What hears on this machine, or the folder of its models, is another way now."""

    state: HearingState


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
class PlayRequested:
    """A command asks the window to play what a ticket of the playback service stands for."""

    ticket: int


@dataclass(frozen=True, slots=True)
class WindowRequested:
    """Another start, or a command, asks for the window (`page` may be empty)."""

    page: str = ""


@dataclass(frozen=True, slots=True)
class PostChanged:
    """A post came, went on, ended or was changed."""

    post: Post


@dataclass(frozen=True, slots=True)
class PublishingChanged:
    """Accounts, channels or pauses changed, or many posts at once."""


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """New figures of posts are there, or an A/B test or a rule went on."""


@dataclass(frozen=True, slots=True)
class LinksChanged:
    """Access links came, went, were used or ended."""


@dataclass(frozen=True, slots=True)
class MachineSampled:
    """Another second of the machine was looked at."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class ProviderAnswered:
    """A plugin was asked for something and answered, or failed. `error` is its message key."""

    plugin: str
    capability: str
    method: str
    seconds: float
    ok: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class CacheAsked:
    """Something was looked for in what is kept: "search", "pictures", "answers" and so on."""

    cache: str
    hit: bool


@dataclass(frozen=True, slots=True)
class ModelAnswered:
    """Somebody who thinks has answered, or failed: `by` is "here", "rules" or a plugin."""

    task: str
    by: str
    seconds: float
    ok: bool


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """Parts of the station were looked at; `checks` are those that are another way than before."""

    checks: tuple[Health, ...]


@dataclass(frozen=True, slots=True)
class AlertChanged:
    """An alert began, ended, or was closed by the owner."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class RemoteChanged:
    """The remote listens or not, people came or went, or a code is shown."""

    state: RemoteState


@dataclass(frozen=True, slots=True)
class UpkeepChanged:
    """A nightly job began or ended, or what takes space was measured."""
