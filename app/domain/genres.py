"""The genres of films, what else they are called, and words that tell of them; English and French.

A genre's other names mean it and nothing else: what is kept under one is found under the others.
Words that only hint at a genre are enough where somebody says what he would like to see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.text import fold

_ELIDED: Final = re.compile(r"\b[dl]['\N{RIGHT SINGLE QUOTATION MARK}]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Genre:
    """Folded words: those that name it, its usual English name first, and those that hint at it."""

    names: tuple[str, ...]
    hints: tuple[str, ...] = ()


GENRES: Final[Mapping[str, Genre]] = MappingProxyType(
    {
        "Action": Genre(("action",), ("explosive", "fast paced", "martial arts", "kung fu")),
        "Adventure": Genre(("adventure", "aventure"), ("quest", "treasure")),
        "Animation": Genre(
            ("animation", "animated", "cartoon", "dessin anime"), ("anime", "anim")
        ),
        "Biography": Genre(("biography", "biopic", "biographie"), ("true life",)),
        "Comedy": Genre(
            ("comedy", "comedie", "funny", "drole"), ("laugh", "hilarious", "rire", "humour")
        ),
        "Crime": Genre(
            ("crime", "policier"),
            ("gangster", "mafia", "heist", "braquage", "detective", "police", "murder", "meurtre",
             "noir"),
        ),
        "Documentary": Genre(("documentary", "documentaire", "docu"), ("nature film",)),
        "Drama": Genre(
            ("drama", "drame"), ("dramatic", "serious", "sad", "triste", "moving", "emouvant")
        ),
        "Family": Genre(("family", "famille"), ("kids", "children", "enfants")),
        "Fantasy": Genre(
            ("fantasy", "fantastique"),
            ("magic", "magie", "dragon", "dragons", "wizard", "fairy tale", "conte"),
        ),
        "History": Genre(
            ("history", "historical", "historique"), ("period piece", "costume")
        ),
        "Horror": Genre(
            ("horror", "horreur", "scary", "effrayant"),
            ("zombie", "zombies", "vampire", "vampires", "slasher", "ghost", "haunted", "peur",
             "monster"),
        ),
        "Music": Genre(
            ("music", "musical", "musique", "comedie musicale"), ("concert", "singing")
        ),
        "Mystery": Genre(("mystery", "mystere"), ("whodunit", "enquete", "puzzle")),
        "Romance": Genre(
            ("romance", "romantic", "romantique"), ("love", "love story", "amour")
        ),
        "Science Fiction": Genre(
            ("science fiction", "sci fi", "scifi", "sf"),
            ("space", "espace", "alien", "aliens", "robot", "robots", "future", "futur",
             "time travel", "voyage dans le temps", "dystopia", "cyberpunk"),
        ),
        "Sport": Genre(("sport", "sports"), ("boxing", "football", "boxe")),
        "Thriller": Genre(
            ("thriller",), ("suspense", "tense", "spy", "espion", "espionnage", "gripping")
        ),
        "War": Genre(("war", "guerre"), ("soldier", "soldiers", "battle", "soldats", "wwii")),
        "Western": Genre(("western",), ("cowboy", "cowboys", "gunslinger")),
    }
)  # fmt: skip
"""By the genre's usual English name."""


def genres_in(text: str) -> tuple[str, ...]:
    """The genres a text names or hints at, in the order in which it does."""
    folded = f" {_singular(fold(unelided(text)))} "
    found: list[tuple[int, str]] = []
    for name, genre in GENRES.items():
        words = (*genre.names, *genre.hints)
        places = [at for word in words if (at := folded.find(f" {_singular(word)} ")) >= 0]
        if places:
            found.append((min(places), name))
    return tuple(name for _, name in sorted(found))


def unelided(text: str) -> str:
    """A text whose French words stand by themselves: ``films d'horreur``."""
    return _ELIDED.sub(" ", text)


def also_called(phrase: str) -> tuple[str, ...]:
    """The other names of the genre a folded phrase names, however it is bent; none: it is none."""
    return _ALSO.get(_singular(phrase), ())


def _singular(folded: str) -> str:
    """Words without the ending of their plural, English or French."""
    return " ".join(
        word[:-3] + "y" if word.endswith("ies") else word[:-1] if _plural(word) else word
        for word in folded.split()
    ).replace("comedie", "comedy")


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss")


_ALSO: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {_singular(name): genre.names for genre in GENRES.values() for name in genre.names}
)
