"""Downloads as people see them: what loads, how far it is, what it waits for, when it will play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NewType

from app.domain.media import ItemId

DownloadId = NewType("DownloadId", str)
"""Names a download for ever; 16 letters and digits."""


class DownloadKind(StrEnum):
    """How something is fetched."""

    TORRENT = "torrent"
    FILE = "file"  # one file from a web server
    STREAM = "stream"  # an HLS playlist, joined into one file


class DownloadState(StrEnum):
    """Where a download is."""

    LOOKING = "looking"  # what the link holds is being asked for
    QUEUED = "queued"
    CHECKING = "checking"  # what is on the disk is compared with what it should be
    LOADING = "loading"
    PAUSED = "paused"  # by the owner
    HELD = "held"  # by the station, until `reason` is over: no space, no VPN, a disk that is away
    FINISHING = "finishing"  # verified, joined, put into the library
    SEEDING = "seeding"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = frozenset(
    (
        *(DownloadState.LOOKING, DownloadState.CHECKING),
        *(DownloadState.LOADING, DownloadState.FINISHING),
    )
)
ENDED = frozenset((DownloadState.SEEDING, DownloadState.DONE))


class Priority(IntEnum):
    """How much a file of a download is wanted."""

    SKIP = 0
    LOW = 1
    NORMAL = 4
    HIGH = 7


@dataclass(frozen=True, slots=True)
class Ahead:
    """How a film that is still loading stands towards playing. Seconds of film and of waiting."""

    loaded: float = 0.0  # seconds of film from where it plays, or would begin, without a gap
    ready: bool = False  # it would play to its end without a stall, as far as can be said
    ready_in: float | None = None  # seconds until then; None: cannot be said yet
    playing: bool = False
    stall_at: float | None = None  # where in the film it will stall at today's speed


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One download as it is now. Sizes in bytes, speeds in bytes a second, times unix seconds."""

    id: DownloadId
    kind: DownloadKind
    name: str
    state: DownloadState
    link: str = ""
    folder: bytes = b""
    size: int | None = None  # of what is wanted of it
    done: int = 0  # verified
    down: float = 0.0
    up: float = 0.0
    uploaded: int = 0
    connections: int = 0  # peers it is connected to, or connections to a server
    known_peers: int = 0
    seeds: int = 0
    availability: float | None = None  # copies of the rarest piece among the peers
    order: int = 0  # place in the queue, from 0
    added_at: float = 0.0
    finished_at: float | None = None
    reason: str = ""  # message key: why it failed, or is held
    reason_args: Mapping[str, object] = field(default_factory=dict)
    origin: str = ""  # who asked: "" the owner, else the name of a followed series
    files: int = 1
    playable: int | None = None  # number of the file that Play plays
    item: ItemId | None = None  # in the library, once it is filed
    ahead: Ahead | None = None

    @property
    def fraction(self) -> float:
        """0 to 1."""
        if self.state in ENDED:
            return 1.0
        return min(1.0, self.done / self.size) if self.size else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until it is here at today's speed."""
        if not self.size or self.state in ENDED:
            return None
        return (self.size - self.done) / self.down if self.down >= 1 else None

    @property
    def ratio(self) -> float:
        """Given away, as a part of what was taken."""
        return self.uploaded / self.done if self.done else 0.0


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """One file of a download. `path` has ``/`` between its parts."""

    index: int
    path: str
    size: int
    done: int = 0
    priority: Priority = Priority.NORMAL
    refused: str = ""  # message key: a program, a shortcut, a script is never written
    playable: bool = False


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who has, or wants, a torrent."""

    address: str
    client: str
    progress: float  # 0 to 1
    down: float
    up: float
    encrypted: bool = False
    source: str = ""  # "tracker", "dht", "pex", "lsd", "incoming"


@dataclass(frozen=True, slots=True)
class Tracker:
    """A server that knows peers of a torrent. `message` is its own words, cleaned."""

    host: str
    working: bool
    peers: int = 0
    message: str = ""
    next_in: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one download may use. 0 and None: no limit of its own."""

    down: int = 0  # bytes a second
    up: int = 0
    ratio: float | None = None  # seeds until it has given so much; None: as in Settings
    seed_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadDetails:
    """Everything about one download."""

    download: Download
    files: tuple[DownloadFile, ...] = ()
    peers: tuple[Peer, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    pieces: bytes = b""  # at most 400 values, 0 to 255: how much of each part of it is here
    piece_length: int = 0
    web_seeds: tuple[str, ...] = ()
    limits: Limits = Limits()


class VpnState(StrEnum):
    """Whether torrents may talk, and through what."""

    OPEN = "open"  # no interface is named: any is used
    UP = "up"
    AWAY = "away"  # the named one is not there: torrents wait


@dataclass(frozen=True, slots=True)
class Vpn:
    """The interface torrents are bound to."""

    state: VpnState = VpnState.OPEN
    interface: str = ""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What all downloads do together. Bytes a second."""

    down: float = 0.0
    up: float = 0.0
    peers: int = 0
    vpn: Vpn = Vpn()
    paused: bool = False  # the owner paused everything
    down_limit: int = 0  # in force now, 0: none
    up_limit: int = 0
    by_timetable: bool = False  # the limits are those of the timetable


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the speed chart: unix seconds, bytes a second."""

    at: float
    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Picture:
    """One quality a stream offers. `size` is a guess in bytes, None where nothing tells."""

    height: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class LinkContents:
    """What a link would bring, before anything of it is fetched."""

    kind: DownloadKind
    name: str
    size: int | None
    files: tuple[DownloadFile, ...]
    free: int  # bytes free where it would go
    pictures: tuple[Picture, ...] = ()  # of a stream, the tallest first
