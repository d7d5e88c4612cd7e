"""What a plugin can do: one small Protocol for each capability, in plain types."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType, NoneType
from typing import Any, Protocol


class Capability(StrEnum):
    """Names of capabilities, as written in a manifest."""

    NOTIFIES = "notifies"
    DESCRIBES_MEDIA = "describes_media"
    FINDS_SUBTITLES = "finds_subtitles"
    SEARCHES = "searches"


class NoticeKind(StrEnum):
    """How much a notice matters."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the owner, already in words."""

    title: str
    body: str = ""
    kind: NoticeKind = NoticeKind.INFO


@dataclass(frozen=True, slots=True)
class MediaQuestion:
    """What is known of a film, a series or an episode."""

    title: str
    kind: str = "film"  # film, series, episode
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    path: bytes | None = None  # its file, when it lies on this machine
    language: str = "en"  # ISO 639-1, wanted for the words of the answer


@dataclass(frozen=True, slots=True)
class MediaDescription:
    """What a source says about a film, a series or an episode. None and empty: it did not say."""

    title: str | None = None
    original_title: str | None = None
    year: int | None = None
    overview: str | None = None
    genres: tuple[str, ...] = ()
    rating: float | None = None  # 0 to 10
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)  # "imdb": "tt0063350"


@dataclass(frozen=True, slots=True)
class SubtitleQuestion:
    """For what subtitles are wanted, and in which languages (ISO 639-1, best first)."""

    media: MediaQuestion
    languages: tuple[str, ...]
    size: int | None = None  # bytes of the film's file
    file_hash: str | None = None  # OpenSubtitles hash, 16 hex digits


@dataclass(frozen=True, slots=True)
class SubtitleOffer:
    """A subtitle a source has. `reference` is the source's own and goes back to it."""

    reference: str
    language: str
    name: str
    hearing_impaired: bool = False
    exact: bool = False  # made for this very file


@dataclass(frozen=True, slots=True)
class SubtitleFile:
    """A subtitle's bytes, with the ending its format has (``srt``, ``ass``…)."""

    content: bytes
    ending: str


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What somebody looks for."""

    text: str
    kind: str | None = None  # film, series, episode, or None for anything
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a source, raw: judging and scoring it is not the source's business."""

    title: str
    link: str  # a web address or a magnet link
    size: int | None = None  # bytes
    seeders: int | None = None
    published: float | None = None  # unix seconds


class Notifies(Protocol):
    """Tells the owner something somewhere else: a phone, a chat, a mailbox."""

    async def notify(self, notice: Notice) -> None:
        """Deliver the notice, or raise."""


class DescribesMedia(Protocol):
    """Knows about films and series."""

    async def describe(self, question: MediaQuestion) -> MediaDescription | None:
        """Return what it knows, or None when it does not know the film."""


class FindsSubtitles(Protocol):
    """Has subtitles."""

    async def find_subtitles(self, question: SubtitleQuestion) -> Sequence[SubtitleOffer]:
        """Return what it has, best first."""

    async def fetch_subtitle(self, reference: str) -> SubtitleFile:
        """Return one subtitle it offered; `NotFound` when it is gone."""


class Searches(Protocol):
    """Finds things to watch."""

    async def search(self, question: SearchQuestion) -> Sequence[Hit]:
        """Return what it finds."""


PROTOCOLS: Mapping[Capability, type[Any]] = MappingProxyType(
    {
        Capability.NOTIFIES: Notifies,
        Capability.DESCRIBES_MEDIA: DescribesMedia,
        Capability.FINDS_SUBTITLES: FindsSubtitles,
        Capability.SEARCHES: Searches,
    }
)

ANSWERS: Mapping[str, tuple[type[Any], ...]] = MappingProxyType(
    {
        "notify": (NoneType,),
        "describe": (MediaDescription, NoneType),
        "find_subtitles": (list, tuple),
        "fetch_subtitle": (SubtitleFile,),
        "search": (list, tuple),
    }
)
"""What each method may return; lists hold `ELEMENTS` only."""

ELEMENTS: Mapping[str, type[Any]] = MappingProxyType(
    {"find_subtitles": SubtitleOffer, "search": Hit}
)


def methods(capability: Capability) -> tuple[str, ...]:
    """Return the names of the methods a capability asks for."""
    return tuple(
        name
        for name, member in vars(PROTOCOLS[capability]).items()
        if inspect.isfunction(member) and not name.startswith("_")
    )


def implements(provider: object, capability: Capability) -> bool:
    """Whether an object, or a class, has every method of a capability: async, same parameters."""
    return all(_fits(provider, capability, name) for name in methods(capability))


def right_answer(method: str, answer: object) -> bool:
    """Whether an answer has the type its method promises."""
    if not isinstance(answer, ANSWERS[method]):
        return False
    if method in ELEMENTS and isinstance(answer, (list, tuple)):
        return all(isinstance(element, ELEMENTS[method]) for element in answer)
    return True


def _fits(provider: object, capability: Capability, name: str) -> bool:
    found = getattr(provider, name, None)
    if not inspect.iscoroutinefunction(found):
        return False
    wanted = list(inspect.signature(getattr(PROTOCOLS[capability], name)).parameters)
    given = list(inspect.signature(found).parameters)
    return given[-len(wanted) + 1 :] == wanted[1:] and len(given) in (len(wanted), len(wanted) - 1)
