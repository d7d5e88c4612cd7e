"""What is alike in the library, what two items share, and how far the station knows its films."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.media import ItemId


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item in words; empty: nobody said."""

    title: str
    original_title: str = ""
    year: int | None = None
    overview: str = ""
    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # who made it, then who plays in it


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that is like another one, or like what was asked for.

    `score` only orders; it means something beside those of the same answer. `shared` is what both
    have in common, as it is written in the library: people, genres, then words of the story.
    """

    item: ItemId
    score: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeaningWishes:
    """What the owner wants of it."""

    learn: bool = True  # make vectors in the background
    rest_while_playing: bool = True


@dataclass(frozen=True, slots=True)
class MeaningProgressed:
    """So many of the items that can be found by meaning have their vector."""

    done: int
    total: int
    working: bool = True  # False: there is nothing more to do now
