"""What a plugin that finds things to watch is asked, and what it answers, in plain types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.search import HitKind, Work

__all__ = [
    "Hit",
    "HitKind",
    "ResolvesStream",
    "SearchQuestion",
    "SearchSource",
    "Searches",
    "Stream",
    "StreamSubtitle",
    "Work",
]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """One place a plugin searches: most have one, an indexer manager has many.

    `works` are the kinds it holds, empty for anything: it is not asked for others. `patience` is
    how many seconds it may take (8 for the usual ones, up to 90 for those behind a browser). One
    that asks to be left alone says until when (unix seconds) and why (a message key). One for
    `addresses` is asked when a web address or a magnet link was typed, and only then.
    """

    id: str
    name: str
    works: tuple[Work, ...] = ()
    patience: float = 8.0
    rests_until: float | None = None
    rest_reason: str = ""
    addresses: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What somebody looks for. `text` is the title without year and numbers."""

    text: str
    work: Work | None = None
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    languages: tuple[str, ...] = ()  # ISO 639-1, those the owner understands, best first
    ids: Mapping[str, str] = field(default_factory=dict)  # "imdb": "tt0063350"
    limit: int = 100
    typed: str = ""  # exactly what was typed: an address, perhaps


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a source, raw: judging and scoring it is not the source's business.

    None and empty: the source did not say. Sizes are bytes, times unix seconds or seconds.
    """

    title: str
    kind: HitKind
    link: str = ""
    reference: str = ""
    size: int | None = None
    seeders: int | None = None
    peers: int | None = None
    published: float | None = None
    info_hash: str | None = None  # 40 hexadecimal digits, or 64
    work: Work | None = None
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    duration: float | None = None  # seconds
    height: int | None = None  # of the picture, in pixels
    container: str | None = None  # "mkv", "mp4"…
    languages: tuple[str, ...] = ()  # ISO 639-1
    description: str = ""
    creator: str = ""
    licence: str = ""
    poster: str = ""  # address of a picture
    page: str = ""  # address people can read more at
    ids: Mapping[str, str] = field(default_factory=dict)
    files: int | None = None
    password: bool = False  # the source says it is locked with a password


@dataclass(frozen=True, slots=True)
class StreamSubtitle:
    """A subtitle that belongs to a stream."""

    url: str
    language: str = ""  # ISO 639-1
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """Something that plays. Streams of the same `part` are the same thing in other qualities.

    `part` counts from 1 where what was found has several (chapters of a book, episodes of a
    podcast, in the order in which they are offered); 0 where it is one piece. `headers` must be
    sent with every request. One under DRM is `protected`: it is told and never opened.
    """

    url: str
    kind: HitKind = HitKind.FILE
    title: str = ""
    part: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    size: int | None = None
    height: int | None = None
    duration: float | None = None
    container: str | None = None
    languages: tuple[str, ...] = ()
    published: float | None = None
    subtitles: tuple[StreamSubtitle, ...] = ()
    live: bool = False
    protected: bool = False
    content: bytes = b""  # the bytes of a .torrent file, where there is no address for it


class Searches(Protocol):
    """Finds things to watch."""

    async def sources(self) -> Sequence[SearchSource]:
        """Return the places it searches; usually without asking anybody."""

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what one of its sources finds, best first; nothing found is an empty answer."""


class ResolvesStream(Protocol):
    """Knows where what it found really lies."""

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return what a hit of its own plays, the best of each part first; `NotFound` if gone."""
