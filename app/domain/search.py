"""The nouns of searching: what is wanted, what sources offer, and what became of each offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from app.domain.media import ItemId, PosterKey

if TYPE_CHECKING:  # the parser takes a tenth of a second: not before the window is seen
    from app.domain.release import Release

SearchId = NewType("SearchId", int)
ResultId = NewType("ResultId", int)
"""Numbers one row of one search; it stays the row's own while the search goes on."""

Args = Mapping[str, object]
"""The arguments of a message key."""


class Work(StrEnum):
    """What somebody looks for, or what was found."""

    FILM = "film"
    SERIES = "series"
    EPISODE = "episode"
    VIDEO = "video"  # a clip, a talk, a recording
    AUDIOBOOK = "audiobook"
    PODCAST = "podcast"
    CHANNEL = "channel"  # television or radio, live


class HitKind(StrEnum):
    """How what was found gets here."""

    TORRENT = "torrent"  # the link is a magnet link or the address of a .torrent file
    FILE = "file"  # the link is the address of a media file
    PLAYLIST = "playlist"  # the link is the address of an HLS playlist
    ITEM = "item"  # its source must be asked where it lies
    NZB = "nzb"  # the link is the address of an .nzb file


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed, understood. `title` is without year, numbers and quality words."""

    typed: str
    title: str
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    date: str | None = None  # ISO 8601, of a broadcast
    work: Work | None = None
    alternatives: tuple[str, ...] = ()  # other titles it is known by
    resolution: str | None = None  # asked for in so many words
    languages: tuple[str, ...] = ()  # the same; ISO 639-1
    edition: str | None = None
    duration: float | None = None  # seconds, where a source that knows the film told it
    released: float | None = None  # unix seconds of its first release, the same
    address: bool = False  # a web address or a magnet link was typed


class Fit(StrEnum):
    """Whether an offer is what was wanted."""

    EXACT = "exact"
    LIKELY = "likely"
    UNSURE = "unsure"
    WRONG = "wrong"


class Decider(StrEnum):
    """Who decided."""

    RULE = "rule"
    JUDGE = "judge"
    OWNER = "owner"


class Doubt(StrEnum):
    """Why an offer is hidden, though it may have the right title."""

    OTHER_TITLE = "other_title"
    OTHER_YEAR = "other_year"
    OTHER_PART = "other_part"
    OTHER_EPISODE = "other_episode"
    NOT_THE_WORK = "not_the_work"  # a trailer, a sample, a film where a series is wanted
    CAMERA = "camera"
    SIZE = "size"
    PROGRAM = "program"
    NO_VIDEO = "no_video"
    LOCKED = "locked"
    NOT_AIRED = "not_aired"
    BELOW_RULES = "below_rules"
    NOT_THIS = "not_this"  # the owner said so


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is the wanted title; `reason` is a key of ``search.fit.``.

    A wrong one says by `doubt` what it is instead. A `certain` one no judge may change.
    """

    fit: Fit
    reason: str
    args: Args = field(default_factory=dict)
    by: Decider = Decider.RULE
    certain: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something wrong with an offer; `certain` ones are hidden, others are only said."""

    doubt: Doubt
    certain: bool
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScorePart:
    """Some of the points: `name` is a key of ``search.part.``, `reason` one of ``search.why.``."""

    name: str
    points: float
    most: float
    reason: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, and what it is made of."""

    total: int
    parts: tuple[ScorePart, ...] = ()


class StartKind(StrEnum):
    """How soon something would play."""

    AT_ONCE = "at_once"
    SOON = "soon"
    LATER = "later"  # it must be got first
    UNKNOWN = "unknown"
    NEVER = "never"  # not with what is here


@dataclass(frozen=True, slots=True)
class StartGuess:
    """How soon, `seconds` where it can be told; `reason` says why never."""

    kind: StartKind
    seconds: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One place where something can be had. What a source did not say is None or empty."""

    source: str  # "internet_archive", or "indexers_1/12": the plugin and its own source
    source_name: str
    kind: HitKind
    name: str  # as the source wrote it, made safe
    link: str = ""
    reference: str = ""
    size: int | None = None  # bytes
    seeders: int | None = None
    peers: int | None = None
    published: float | None = None  # unix seconds
    info_hash: str | None = None
    work: Work | None = None
    duration: float | None = None  # seconds
    height: int | None = None
    languages: tuple[str, ...] = ()
    description: str = ""
    creator: str = ""
    licence: str = ""
    poster: str = ""
    page: str = ""
    files: int | None = None
    locked: bool = False
    item: ItemId | None = None  # it is in the library

    @property
    def plugin(self) -> str:
        """The plugin it came from."""
        return self.source.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer with everything that was found out about it."""

    offer: Offer
    release: Release
    verdict: Verdict
    score: Score
    start: StartGuess
    suspicion: Suspicion | None = None

    @property
    def hidden(self) -> Suspicion | None:
        """Why it is hidden, or None when it is shown."""
        verdict = self.verdict
        if verdict.by is Decider.OWNER and verdict.fit is Fit.EXACT:
            return None  # the owner's own choice is final
        if verdict.fit is Fit.WRONG and verdict.certain and verdict.doubt is not None:
            return Suspicion(verdict.doubt, True, verdict.args)
        if self.suspicion is not None and self.suspicion.certain:
            return self.suspicion
        return None


@dataclass(frozen=True, slots=True)
class Result:
    """One row: the same thing from one or more places, the best first."""

    id: ResultId
    judged: tuple[Judged, ...]
    hidden: Suspicion | None = field(init=False)
    """Why the whole row is hidden, or None. Worked out once: it is asked again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", self.judged[0].hidden)

    @property
    def best(self) -> Judged:
        """The place it would be taken from."""
        return self.judged[0]

    @property
    def score(self) -> int:
        """The best place's score."""
        return self.judged[0].score.total


class SourcePhase(StrEnum):
    """Where the asking of a source is."""

    SEARCHING = "searching"
    FOUND = "found"
    NOTHING = "nothing"  # it answered, and has none
    FAILED = "failed"
    RESTING = "resting"  # it failed too often, or asked for a pause
    SKIPPED = "skipped"  # it does not hold what is looked for


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a source says of one search. `reason` is a message key when it failed or rests."""

    source: str
    name: str
    phase: SourcePhase
    found: int = 0
    seconds: float = 0.0
    slow: bool = False  # it may take a minute, and is not waited for
    reason: str = ""
    args: Args = field(default_factory=dict)
    until: float | None = None  # unix seconds


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of the wanted thing itself, for the card beside the results."""

    title: str
    year: int | None = None
    work: Work | None = None
    duration: float | None = None
    genres: tuple[str, ...] = ()
    creator: str = ""
    overview: str = ""
    poster: str = ""  # address of a picture
    picture: PosterKey | None = None  # the picture itself, once it is here
    item: ItemId | None = None  # it is in the library


@dataclass(frozen=True, slots=True)
class SearchView:
    """A search as it stands. `results` are in the order of their scores, hidden ones too."""

    id: SearchId
    identity: str  # the same for every way to type the wish
    wanted: Wanted
    results: tuple[Result, ...] = ()
    sources: tuple[SourceState, ...] = ()
    subject: Subject | None = None
    seconds: float = 0.0  # so far, or in all
    done: bool = False  # every quick source has answered or was given up
    complete: bool = False  # the slow ones too
    cached_at: float | None = None  # unix seconds of the oldest answer shown from the cache
