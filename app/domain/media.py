"""The nouns of the library: items, files, tracks, and how far somebody has watched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

ItemId = NewType("ItemId", int)
FileId = NewType("FileId", int)
FolderId = NewType("FolderId", int)
PosterKey = NewType("PosterKey", str)
"""Names one picture in the picture cache; it changes when the picture does."""


STILL = "frame-"


def is_still(key: PosterKey | None) -> bool:
    """Whether a picture is a frame of the film: no title is drawn on it."""
    return key is not None and key.startswith(STILL)


class MediaKind(StrEnum):
    """What an item is."""

    FILM = "film"
    SERIES = "series"
    EPISODE = "episode"
    VIDEO = "video"  # no title rule matched: a home video, a clip


class TrackKind(StrEnum):
    """What a track carries."""

    VIDEO = "video"
    AUDIO = "audio"
    SUBTITLE = "subtitle"


class FolderState(StrEnum):
    """Whether a watched folder can be read now."""

    HERE = "here"
    AWAY = "away"  # unplugged or unmounted: its items are kept and greyed


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder the owner added. `path` is bytes; `display` is its text for people."""

    id: FolderId
    path: bytes
    display: str
    state: FolderState
    items: int
    away_since: float | None = None  # unix seconds


@dataclass(frozen=True, slots=True)
class Track:
    """One stream of a file, numbered as in the container."""

    index: int
    kind: TrackKind
    codec: str
    language: str | None = None  # ISO 639-1 where known
    title: str | None = None
    channels: int | None = None
    width: int | None = None
    height: int | None = None
    default: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named point in a film, in seconds from its start."""

    start: float
    title: str


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file on a disk and what the probe found in it."""

    id: FileId
    path: bytes
    display: str
    size: int  # bytes
    note: str | None = None  # a key under `notes.` when something is wrong with it
    offline: bool = False
    duration: float | None = None  # seconds
    container: str | None = None
    bit_rate: int | None = None  # bits per second
    hdr: str | None = None
    tracks: tuple[Track, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    subtitles: tuple[bytes, ...] = ()  # subtitle files lying beside it
    resolution: str | None = None  # "2160p", "1080p"…
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a poster or a row of a list shows of an item."""

    id: ItemId
    kind: MediaKind
    title: str
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    series: str | None = None  # title of its series, for episodes
    duration: float | None = None  # seconds
    episodes: int = 0  # for a series: how many
    poster: PosterKey | None = None
    backdrop: PosterKey | None = None  # a wide picture, 16:9
    position: float = 0.0  # seconds watched
    watched: bool = False
    offline: bool = False
    note: str | None = None
    resolution: str | None = None

    @property
    def progress(self) -> float:
        """How much of it was watched, 0 to 1."""
        if not self.duration or self.position <= 0:
            return 0.0
        return min(1.0, self.position / self.duration)


@dataclass(frozen=True, slots=True)
class Details:
    """Everything the details page shows of an item."""

    card: Card
    files: tuple[MediaFile, ...]
    episodes: tuple[Card, ...] = ()  # of a series, in order
    added_at: float = 0.0  # unix seconds
    overview: str | None = None
    genres: tuple[str, ...] = ()
    rating: float | None = None  # 0 to 10
    directors: tuple[str, ...] = ()
    series_id: ItemId | None = None
    last_file: FileId | None = None  # the file of the stored position


class Sort(StrEnum):
    """Orders of the wall."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    DURATION = "duration"
    WATCHED = "watched"


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """What part of the library a page wants, and in which order."""

    kinds: tuple[MediaKind, ...] = (MediaKind.FILM,)
    text: str = ""
    unwatched: bool = False
    decade: int | None = None  # 1990 means 1990-1999
    resolution: str | None = None
    sort: Sort = Sort.ADDED
    descending: bool | None = None  # None: what is natural for the sort


@dataclass(frozen=True, slots=True)
class LibrarySummary:
    """The figures under the page's title."""

    films: int = 0
    series: int = 0
    videos: int = 0
    folders: int = 0
    free: int | None = None  # bytes on the disk of the first folder
    total: int | None = None
    decades: tuple[int, ...] = ()
    resolutions: tuple[str, ...] = ()
