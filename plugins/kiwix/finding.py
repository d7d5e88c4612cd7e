"""Finds the articles of a ZIM file that a topic names: exactly, as a beginning, or by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.api import search_words
from app.api.prose import told_of, topic_words, weighs_nothing
from plugins.kiwix.archive import Archive, Entry, Titles

LONGEST_NAME = 6
"""Words a name in a topic may have."""
BEGINNINGS = 40
"""Titles that are looked at for each beginning."""
SMALL = 40_000
"""Titles of a file in all of which words are looked for; larger ones have no list of words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may tell of the topic. `told` is how many words of it are in its title."""

    entry: Entry
    title: str
    told: int
    exact: bool


def candidates(archive: Archive, topic: str, language: str, most: int) -> list[Candidate]:
    """Return the articles that are named like the topic or a part of it, best first.

    What has fewer words of the topic in its title than the best one is left out.
    """
    titles = archive.titles()
    words = topic_words(topic, language)
    if titles is None or not words:
        return []
    found: dict[bytes, Candidate] = {}
    for one in _named(archive, titles, topic, words, language):
        found.setdefault(one.entry.path, one)
    best = max((one.told for one in found.values()), default=0)
    if best < len(words) and titles.count <= SMALL:
        for entry in archive.all_titled(titles):
            other = _candidate(entry, words)
            if other is not None and other.told > best:
                found.setdefault(entry.path, other)
    ranked = sorted(found.values(), key=lambda one: (-one.told, not one.exact, _others(one)))
    return [one for one in ranked if one.told == ranked[0].told][:most]


def names(topic: str, language: str) -> Iterator[str]:
    """Yield what in a topic may be the name of an article, the longest first."""
    words = search_words(topic, 12)
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            part = words[at : at + length]
            if length == len(words) or not (
                weighs_nothing(part[0], language) or weighs_nothing(part[-1], language)
            ):
                yield " ".join(part)


def written(name: str) -> list[str]:
    """Return the ways a title may be written; files tell large from small letters."""
    first = name[:1].upper() + name[1:]
    each = " ".join(word[:1].upper() + word[1:] for word in name.split())
    return list(dict.fromkeys((first, each, first[:1] + first[1:].lower(), name)))


def _named(
    archive: Archive, titles: Titles, topic: str, words: Sequence[str], language: str
) -> Iterator[Candidate]:
    for name in names(topic, language):
        for way in written(name):
            for entry in islice(archive.titled(titles, way.encode(), BEGINNINGS), BEGINNINGS):
                rest = entry.title[len(way.encode()) :].decode("utf-8", "replace")
                found = _candidate(entry, words, exact=not rest)
                if found is not None and not rest[:1].isalnum():
                    yield found


def _candidate(entry: Entry, words: Sequence[str], *, exact: bool = False) -> Candidate | None:
    title = entry.title[:1_000].decode("utf-8", "replace")
    told = told_of(words, title)
    return Candidate(entry, title, told, exact) if told else None


def _others(one: Candidate) -> int:
    """How many words a title has, whatever they are: a short one is about the thing itself."""
    return len(one.title.split())
