"""Puts what is known of an item into the words a model reads, and finds the words that tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from app.domain.meaning import Known
from app.domain.text import clean, fold

LONGEST_STORY = 600
"""Characters of a story that are read: what it is about stands at its beginning."""
LONGEST_NAME = 80
MOST_GENRES, MOST_PEOPLE = 8, 12
PEOPLE_READ = 4
LEAST_LETTERS = 4

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_DULL_WORDS = (
    "about after again against all also and another any are around away back because been "
    "before begins behind being between both but can comes could down during each even ever "
    "every film films find finds first follows for from gets goes had has have her here hers "
    "him himself his how into its itself just know life like make makes man many more most "
    "movie movies much must named near never new not now off old one only other others our "
    "out over own part people place series she should show some something soon still story "
    "such take takes tells than that the their them then there these they thing things this "
    "those three through time tries turns two under until upon very video want wants was way "
    "well were what when where which while who whose will with without woman world would year "
    "years you young your avec dans des elle elles est les leur leurs mais par pas plus pour "
    "que qui sans ses son sur une histoire jeune alors comme cette celui ceux deux etre fait "
    "lorsque "
)
_DULL = frozenset(_DULL_WORDS.split())


def text_of(known: Known) -> str:
    """What is embedded and searched: the story first, for that is what is alike or not.

    People count by their names alone; they are only read where no story is known.
    """
    title = clean(known.title)
    if known.original_title and fold(known.original_title) != fold(title):
        title += f" ({clean(known.original_title)})"
    parts = [_cut(known.overview), ", ".join(genres_of(known)), title]
    if not known.overview.strip():
        parts.append(", ".join(people_of(known)[:PEOPLE_READ]))
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part
    )


def hash_of(text: str) -> int:
    """A number that changes with the text; it fits into a column of SQLite."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def genres_of(known: Known) -> tuple[str, ...]:
    """Its genres, each once, safe to show."""
    return _names(known.genres, MOST_GENRES)


def people_of(known: Known) -> tuple[str, ...]:
    """The people of it, each once, safe to show."""
    return _names(known.people, MOST_PEOPLE)


def telling_words(text: str, most: int) -> list[str]:
    """Words that tell something, folded: the long before the short, each once."""
    words = dict.fromkeys(
        word
        for word in _WORD.findall(fold(text))
        if len(word) >= LEAST_LETTERS and word not in _DULL and not word.isdigit()
    )
    return sorted(words, key=lambda word: -len(word))[:most]


def match_terms(words: Iterable[str]) -> str:
    """A question to the full-text index for texts that hold any of these words."""
    return " OR ".join(f'"{word}"' for word in words)


def _names(found: Iterable[str], most: int) -> tuple[str, ...]:
    told: dict[str, str] = {}
    for each in found:
        name = clean(" ".join(each.split()))[:LONGEST_NAME]
        key = fold(name)
        if key and len(told) < most:
            told.setdefault(key, name)
    return tuple(told.values())


def _cut(story: str) -> str:
    plain = " ".join(story.split())
    if len(plain) <= LONGEST_STORY:
        return plain
    head = plain[:LONGEST_STORY]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    return head[: ends[-1]] if ends else head.rsplit(" ", 1)[0]
