"""What is known of an owner's instance: what it is, which indexers it has, what each can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.api import Unsupported, Work


class Kind(StrEnum):
    """What an address leads to; the choices of the option of that name."""

    AUTO = "auto"
    TORZNAB = "torznab"
    NEWZNAB = "newznab"
    PROWLARR = "prowlarr"
    JACKETT = "jackett"

    @property
    def manages(self) -> bool:
        """Whether it has indexers of its own to be asked one by one."""
        return self in (Kind.PROWLARR, Kind.JACKETT)


class NotOffered(Unsupported):
    """The indexer does not have this function: another one may be asked."""


@dataclass(frozen=True, slots=True)
class Indexer:
    """One indexer. `id` is the manager's own, and stays."""

    id: str
    name: str
    works: tuple[Work, ...] = ()
    usenet: bool = False
    rests_until: float | None = None  # unix seconds


@dataclass(frozen=True, slots=True)
class Found:
    """What is behind an address. `feed` is which of the possible feed addresses it was."""

    kind: Kind
    indexers: tuple[Indexer, ...]
    feed: int = 0
    proved: float = 0.0  # unix seconds at which its key was last proved


@dataclass(frozen=True, slots=True)
class Caps:
    """What an indexer says it can do: parameters by function, categories, most results."""

    functions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    categories: frozenset[int] = frozenset()
    most: int = 100
    title: str = ""


USUAL_CAPS = Caps({"search": frozenset({"q"})})
"""Of one that does not tell."""
