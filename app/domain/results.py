"""How posts do: their figures day by day, A/B tests, and rules that make more of what does well.

Pure. Times are seconds since 1970, days are ISO dates of the owner's own calendar. A figure that is
None was not told by the platform, or nobody looked that day: it is never counted as nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NewType

from app.domain.post import AccountId, BundleId, PostId

TestId = NewType("TestId", str)
RuleId = NewType("RuleId", str)
WEEK: Final = 7 * 86_400.0
SURE: Final = 0.95
"""From here on an A/B test is decided."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a platform counted from the beginning of a post on. `watched` is in seconds."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    watched: float | None = None
    shown: int | None = None
    clicked: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The counts of a post at a moment; the last look of that day."""

    post: PostId
    day: str
    at: float
    counts: Counts


@dataclass(frozen=True, slots=True)
class PostResult:
    """How a post does. `looked` 0: nobody has looked yet.

    `first_week` is its views in its first seven days, the figure that posts of any age are
    compared by; None while it is younger (`young`), and when nobody looked around its end.
    `lift` sets it beside the usual post of its account (1.0).
    """

    post: PostId
    bundle: BundleId
    account: AccountId
    account_name: str
    platform: str
    title: str
    url: str
    posted: float
    counts: Counts = Counts()
    looked: float = 0.0
    first_week: float | None = None
    young: bool = False
    lift: float | None = None


@dataclass(frozen=True, slots=True)
class VideoResult:
    """A video over all places it went to, the one with most views first.

    `counts` adds up what is known; `silent` are so many of its posts whose views nobody tells.
    `first_week` is None unless it is known of every post that tells views.
    """

    bundle: BundleId
    title: str
    posted: float
    posts: tuple[PostResult, ...]
    counts: Counts = Counts()
    silent: int = 0
    first_week: float | None = None


@dataclass(frozen=True, slots=True)
class DayTotal:
    """What a day brought, of all posts that were looked at on it and on the day before.

    None: of no post both are known. `platforms` has the views of each platform; `posts` counts
    those that are in it, `gaps` those that were out but are not known of this day.
    """

    day: str
    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    platforms: Mapping[str, int] = field(default_factory=dict)
    posts: int = 0
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """An account whose figures could not be fetched, with a message key of why."""

    account: AccountId
    key: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the Results page shows. `looked` is when figures were fetched last, 0: never."""

    videos: tuple[VideoResult, ...] = ()
    days: tuple[DayTotal, ...] = ()
    looked: float = 0.0
    fetching: bool = False
    troubles: tuple[Trouble, ...] = ()


class TestWay(StrEnum):
    """How a test is made."""

    __test__ = False  # of posts: nothing for pytest

    SWAP = "swap"  # the station changes the post in turns
    GUIDED = "guided"  # the owner lets the platform test it, and enters what came out


class TestState(StrEnum):
    """How a test stands."""

    __test__ = False  # of posts: nothing for pytest

    RUNNING = "running"
    WON = "won"  # `winner` is sure, and stays set
    NO_DIFFERENCE = "no_difference"  # over, and nobody can tell them apart; the first one is set
    STOPPED = "stopped"  # by the owner
    FAILED = "failed"  # the platform will not have it; `reason`


class Measure(StrEnum):
    """What a test counts."""

    CLICKS = "clicks"  # of those it was shown to
    VIEWS = "views"  # in an hour


@dataclass(frozen=True, slots=True)
class Variant:
    """One of those that are tested. Empty: as the post has it."""

    title: str = ""
    thumbnail: bytes = b""  # path


@dataclass(frozen=True, slots=True)
class Standing:
    """How a variant did until now; `hours` is how long it was set in windows that count."""

    variant: Variant
    windows: int = 0
    hours: float = 0.0
    views: int = 0
    shown: int | None = None
    clicked: int | None = None
    share: float | None = None  # of a guided test: its share of the watch time, 0 to 1

    @property
    def rate(self) -> float | None:
        """Clicks of those it was shown to where that is known, else views in an hour."""
        if self.shown and self.clicked is not None:
            return self.clicked / self.shown
        return self.views / self.hours if self.hours > 0 else None


@dataclass(frozen=True, slots=True)
class ABTest:
    """A test of titles and thumbnails. `showing` is the number of the variant that is set now.

    `sure` (0 to 1) is how sure it is that `leader` is the best: it may be looked at as often as
    one likes. `next_swap` is when the next window begins. `least` is how many windows it takes
    before anything can be sure. `reason` is a message key: what it waits for, or why it failed.
    """

    id: TestId
    post: PostId
    way: TestWay
    state: TestState
    standings: tuple[Standing, ...]
    showing: int = 0
    leader: int | None = None
    sure: float = 0.0
    winner: int | None = None
    measure: Measure = Measure.VIEWS
    window_hours: float = 12.0
    windows: int = 28
    windows_done: int = 0
    least: int = 0
    next_swap: float = 0.0
    started: float = 0.0
    ended: float = 0.0
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)
    post_title: str = ""
    platform: str = ""


class Metric(StrEnum):
    """A figure a rule looks at."""

    VIEWS = "views"
    LIKES = "likes"
    COMMENTS = "comments"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Condition:
    """“Over 1,000 views in 48 hours”. `hours` counts from when it was posted; 0: whenever."""

    metric: Metric = Metric.VIEWS
    over: int = 1_000
    hours: float = 48.0

    def met(self, counts: Counts, age: float) -> bool:
        """Whether counts seen when a post was so many seconds old fulfil it; unknown ones never."""
        told = getattr(counts, self.metric.value)
        soon = self.hours <= 0 or age <= self.hours * 3600
        return told is not None and soon and told > self.over


class Remake(StrEnum):
    """What a rule makes of a video."""

    VERTICAL = "vertical"
    SHORT = "short"
    SUBTITLED = "subtitled"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is made of a post that fulfils all conditions, and where it goes.

    `sources`: only posts of these accounts, none: of all. `accounts` is where the variant goes.
    `publish` sends it at once; else it is proposed. `language` is that of `Remake.LANGUAGE`,
    `seconds` how long a short one lasts.
    """

    id: RuleId
    name: str
    conditions: tuple[Condition, ...]
    remake: Remake = Remake.VERTICAL
    accounts: tuple[AccountId, ...] = ()
    sources: tuple[AccountId, ...] = ()
    publish: bool = False
    language: str = ""
    seconds: int = 60
    enabled: bool = True


class ProposalState(StrEnum):
    """How what a rule found stands."""

    MAKING = "making"
    PROPOSED = "proposed"  # made; its posts are drafts that wait for one press
    SENT = "sent"
    DISMISSED = "dismissed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule made of a post; there is one for a rule and a post, ever.

    `seen` is the first figure that fulfilled the rule. `project` is the Studio's when it makes
    it, `video` the path of what was made, `posts` what may go out.
    """

    rule: RuleId
    rule_name: str
    post: PostId
    title: str
    remake: Remake
    state: ProposalState
    at: float
    seen: int = 0
    video: bytes = b""
    project: str = ""
    posts: tuple[PostId, ...] = ()
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)


class WatchedState(StrEnum):
    """How a file of a watched folder stands."""

    FOUND = "found"
    DESCRIBING = "describing"
    WAITING = "waiting"  # its posts wait for one press
    SENT = "sent"
    HELD = "held"  # tried again later; `reason`
    BROKEN = "broken"  # it is no film, or cannot be read
    GONE = "gone"  # it went away before it was taken


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A file the curator took, known by its content. `path` is where it was seen last."""

    digest: str
    path: bytes
    size: int
    state: WatchedState
    found: float
    title: str = ""
    thumbnail: bytes = b""
    posts: tuple[PostId, ...] = ()
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)
