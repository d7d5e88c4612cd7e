"""What an owner keeps of searching: searches made and saved, titles to watch, titles followed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.media import PosterKey
from app.domain.search import Work


class WishKind(StrEnum):
    """What the owner wants of a title."""

    WATCH = "watch"  # to see it some day: the watchlist
    FOLLOW = "follow"  # to be told when there is something new of it


@dataclass(frozen=True, slots=True)
class Wish:
    """A title the owner keeps. `typed` searches it again. Times are unix seconds."""

    id: int
    kind: WishKind
    identity: str
    title: str
    typed: str
    year: int | None = None
    work: Work | None = None
    poster: str = ""  # address of a picture
    picture: PosterKey | None = None  # the picture itself, where it was seen
    added_at: float = 0.0
    checked_at: float | None = None  # when it was last looked for
    news: int = 0  # so much of it is new since the owner last looked


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search made before, or saved. `at` is in unix seconds."""

    identity: str
    typed: str
    at: float


@dataclass(frozen=True, slots=True)
class KeptThings:
    """Everything the owner keeps, each the latest first."""

    recent: tuple[KeptSearch, ...] = ()
    saved: tuple[KeptSearch, ...] = ()
    watchlist: tuple[Wish, ...] = ()
    followed: tuple[Wish, ...] = ()

    @property
    def news(self) -> int:
        """How much is new of what is followed."""
        return sum(wish.news for wish in self.followed)
