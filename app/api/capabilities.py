"""What a plugin can do: one small Protocol for each capability, in plain types."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType, NoneType
from typing import Any, Protocol

from app.api.casting import CastDevices, CastStatus, CastsTo
from app.api.chatting import ChatIdentity, Chats, Incoming
from app.api.making import (
    AnimatesAvatars,
    ComposesMusic,
    DrawsPictures,
    Fact,
    FindsKeywords,
    FindsPictures,
    Keyword,
    KnowsFacts,
    MadeMedia,
    MakesClips,
    MediaModel,
    Order,
    OrderState,
    PictureOffer,
    Speaks,
    Speech,
    Voice,
)
from app.api.publishing import (
    Account,
    ChangesPosts,
    Doorway,
    Figures,
    Found,
    PostStep,
    Publishes,
    ReportsFigures,
    SignInPage,
    SignInStanding,
    SignsIn,
)
from app.api.searching import Hit, ResolvesStream, Searches, SearchSource, Stream
from app.api.thinking import (
    CompletesText,
    SpeechModel,
    TextAnswer,
    TextModel,
    Transcribes,
    Transcript,
)


class Capability(StrEnum):
    """Names of capabilities, as written in a manifest."""

    NOTIFIES = "notifies"
    DESCRIBES_MEDIA = "describes_media"
    FINDS_SUBTITLES = "finds_subtitles"
    SEARCHES = "searches"
    RESOLVES_STREAM = "resolves_stream"
    CASTS_TO = "casts_to"
    COMPLETES_TEXT = "completes_text"
    TRANSCRIBES = "transcribes"
    SPEAKS = "speaks"
    DRAWS_PICTURES = "draws_pictures"
    FINDS_PICTURES = "finds_pictures"
    MAKES_CLIPS = "makes_clips"
    ANIMATES_AVATARS = "animates_avatars"
    COMPOSES_MUSIC = "composes_music"
    FINDS_KEYWORDS = "finds_keywords"
    KNOWS_FACTS = "knows_facts"
    PUBLISHES = "publishes"
    CHANGES_POSTS = "changes_posts"
    REPORTS_FIGURES = "reports_figures"
    SIGNS_IN = "signs_in"
    CHATS = "chats"


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


PROTOCOLS: Mapping[Capability, type[Any]] = MappingProxyType(
    {
        Capability.NOTIFIES: Notifies,
        Capability.DESCRIBES_MEDIA: DescribesMedia,
        Capability.FINDS_SUBTITLES: FindsSubtitles,
        Capability.SEARCHES: Searches,
        Capability.RESOLVES_STREAM: ResolvesStream,
        Capability.CASTS_TO: CastsTo,
        Capability.COMPLETES_TEXT: CompletesText,
        Capability.TRANSCRIBES: Transcribes,
        Capability.SPEAKS: Speaks,
        Capability.DRAWS_PICTURES: DrawsPictures,
        Capability.FINDS_PICTURES: FindsPictures,
        Capability.MAKES_CLIPS: MakesClips,
        Capability.ANIMATES_AVATARS: AnimatesAvatars,
        Capability.COMPOSES_MUSIC: ComposesMusic,
        Capability.FINDS_KEYWORDS: FindsKeywords,
        Capability.KNOWS_FACTS: KnowsFacts,
        Capability.PUBLISHES: Publishes,
        Capability.CHANGES_POSTS: ChangesPosts,
        Capability.REPORTS_FIGURES: ReportsFigures,
        Capability.SIGNS_IN: SignsIn,
        Capability.CHATS: Chats,
    }
)

ANSWERS: Mapping[str, tuple[type[Any], ...]] = MappingProxyType(
    {
        "notify": (NoneType,),
        "describe": (MediaDescription, NoneType),
        "find_subtitles": (list, tuple),
        "fetch_subtitle": (SubtitleFile,),
        "sources": (list, tuple),
        "search": (list, tuple),
        "resolve": (list, tuple),
        "devices": (CastDevices,),
        "load": (NoneType,),
        "order": (NoneType,),
        "status": (CastStatus,),
        "leave": (NoneType,),
        "text_models": (list, tuple),
        "complete": (TextAnswer,),
        "speech_models": (list, tuple),
        "transcribe": (Transcript,),
        "voices": (list, tuple),
        "speak": (Speech,),
        "media_models": (list, tuple),
        "draw": (Order,),
        "film": (Order,),
        "animate": (Order,),
        "compose": (Order,),
        "follow": (OrderState,),
        "call_off": (NoneType,),
        "find_pictures": (list, tuple),
        "fetch_picture": (MadeMedia,),
        "keywords": (list, tuple),
        "facts": (list, tuple),
        "account": (Account,),
        "advance": (PostStep,),
        "commit": (PostStep,),
        "find": (Found,),
        "change": (NoneType,),
        "figures": (list, tuple),
        "doorway": (Doorway,),
        "begin_sign_in": (SignInPage,),
        "finish_sign_in": (Account,),
        "standing": (SignInStanding,),
        "sign_out": (NoneType,),
        "identity": (ChatIdentity,),
        "incoming": (list, tuple),
        "say": (str,),
        "rewrite": (NoneType,),
        "answer": (NoneType,),
        "offer": (NoneType,),
    }
)
"""What each method may return; lists hold `ELEMENTS` only."""

ELEMENTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "find_subtitles": SubtitleOffer,
        "sources": SearchSource,
        "search": Hit,
        "resolve": Stream,
        "text_models": TextModel,
        "speech_models": SpeechModel,
        "voices": Voice,
        "media_models": MediaModel,
        "find_pictures": PictureOffer,
        "keywords": Keyword,
        "facts": Fact,
        "figures": Figures,
        "incoming": Incoming,
    }
)


def methods(capability: Capability) -> tuple[str, ...]:
    """Return the names of the methods a capability asks for."""
    return tuple(
        name
        for kind in reversed(PROTOCOLS[capability].__mro__[:-2])  # without Generic and object
        if kind is not Protocol
        for name, member in vars(kind).items()
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
    bound = given[1:] if len(given) == len(wanted) else given
    return bound == wanted[1:]
