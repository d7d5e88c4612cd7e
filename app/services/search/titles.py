"""Compares two titles as a person would: how one relates to the other, sequels told apart."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from app.domain.text import fold, without_article


class Relation(IntEnum):
    """How a found title stands to the wanted one; the larger, the closer."""

    OTHER = 0
    SOME_WORDS = 1  # half of the wanted words or more are in it
    ALL_WORDS = 2  # all wanted words are in it, in some order
    ENDS = 3  # it ends with the wanted title
    STARTS = 4  # it begins with it and goes on
    SHORTER = 5  # the wanted one begins with it: ``Terminator 2`` without its second name
    PART = 6  # it is another part: the same name with another number
    TYPO = 7
    SAME = 8


_ROMAN: Final = {
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "x": "10", "xi": "11", "xii": "12", "xiii": "13",
}  # fmt: skip
_WORDS: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "i": "1", "first": "1", "second": "2", "deux": "2",
}  # fmt: skip
_PARTS: Final = frozenset(
    (
        *("part", "pt", "chapter", "episode", "volume", "vol", "partie", "teil", "parte"),
        *("capitulo", "chapitre", "kapitel"),
    )
)
_JOINTS: Final = frozenset(("and", "et", "und", "y", "e", "a"))
_TAILS: Final = (
    *("full movie", "full film", "the movie", "the film", "full hd movie", "complete film"),
    *("film complet", "movie", "film", "complete movie", "hd", "colorized", "colourised"),
    *("colorised", "in color", "restored", "restoration", "remastered", "4k restoration", "uncut"),
    *("silent film", "silent", "public domain", "trilogy", "english subtitles", "miniseries"),
)
COUNTRIES: Final = frozenset(
    ("us", "uk", "au", "nz", "ca", "ie", "in", "jp", "kr", "fr", "de", "es", "it")
)
_LEAST_LETTERS: Final = 5  # a shorter title with a slip is another title


@lru_cache(maxsize=4096)
def words_of(title: str) -> tuple[str, ...]:
    """A title as comparable words: no accents, no article, numbers in one notation."""
    folded = fold(title)
    found = (without_article(folded) or folded).split()
    result: list[str] = []
    for place, word in enumerate(found):
        after_part = place > 0 and found[place - 1] in _PARTS
        if place and word in _ROMAN and (after_part or len(word) > 1 or place == len(found) - 1):
            word = _ROMAN[word]
        elif after_part and word in _WORDS:
            word = _WORDS[word]
        if word in _JOINTS and 0 < place < len(found) - 1:
            continue
        result.append(word)
    return tuple(result)


def part_of(rest: Sequence[str]) -> str | None:
    """The number of a sequel, when that is how these words begin: ``2``, ``part 2``, ``vol 2``."""
    if rest and rest[0].isdigit() and len(rest[0]) <= 2:
        return rest[0]
    if len(rest) > 1 and rest[0] in _PARTS and rest[1].isdigit():
        return rest[1]
    return None


@lru_cache(maxsize=8192)
def relate(wanted: tuple[str, ...], found: tuple[str, ...]) -> tuple[Relation, str]:
    """How `found` stands to `wanted`, and for another part which one it is."""
    if not wanted or not found:
        return Relation.OTHER, ""
    if wanted == found or "".join(wanted) == "".join(found):
        return Relation.SAME, ""
    shared = _shared(wanted, found)
    if shared == len(wanted):
        return _goes_on(found[shared:])
    if shared and shared == len(found):
        return _goes_back(wanted[shared:], found[-1].isdigit() and len(found) > 1)
    ours, theirs = part_of(wanted[shared:]), part_of(found[shared:])
    if shared and ours and theirs and ours != theirs:
        return Relation.PART, theirs
    if found[-len(wanted) :] == wanted:
        return Relation.ENDS, ""
    return _loosely(wanted, found), ""


def _shared(wanted: tuple[str, ...], found: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(wanted, found, strict=False):
        if one != other:
            break
        count += 1
    return count


def _goes_on(rest: tuple[str, ...]) -> tuple[Relation, str]:
    """The found title begins with the wanted one; what follows decides."""
    told = " ".join(rest)
    if told in _TAILS:
        return Relation.SAME, ""
    number = part_of(rest)
    if number == "1":
        return (Relation.SAME, "") if len(rest) <= 2 else (Relation.STARTS, "")
    if number is not None:
        return Relation.PART, number
    return Relation.STARTS, ""


def _goes_back(rest: tuple[str, ...], numbered: bool) -> tuple[Relation, str]:
    """The wanted title begins with the found one: more was asked for than is there."""
    number = part_of(rest)
    if number == "1" and len(rest) <= 2:
        return Relation.SAME, ""
    if number is not None:
        return Relation.PART, "1"
    if " ".join(rest) in _TAILS:
        return Relation.SAME, ""
    return (Relation.SHORTER, "") if numbered else (Relation.SOME_WORDS, "")


def _loosely(wanted: tuple[str, ...], found: tuple[str, ...]) -> Relation:
    one, other = " ".join(wanted), " ".join(found)
    if min(len(one), len(other)) >= _LEAST_LETTERS and _digits(wanted) == _digits(found):
        slips = OSA.distance(one, other, score_cutoff=max(1, len(one) // 8))
        if slips <= max(1, len(one) // 8):
            return Relation.TYPO
    held = set(found)
    there = sum(word in held for word in wanted)
    if there == len(wanted):
        return Relation.ALL_WORDS
    return Relation.SOME_WORDS if there * 2 >= len(wanted) else Relation.OTHER


def _digits(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if any(char.isdigit() for char in word)]
