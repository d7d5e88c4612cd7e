"""Orders what is alike, by vectors or without them, and tells what two items share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from app.domain.meaning import Alike
from app.domain.media import ItemId
from app.domain.text import fold
from app.services.meaning.store import GENRE, PERSON, Facts
from app.services.meaning.texts import telling_words

GENRE_BONUS, PERSON_BONUS = 0.02, 0.03
"""What a shared name adds to the nearness of two vectors, which is mostly between 0.2 and 0.7."""
MOST_BONUS = 0.1
NAMED_BONUS = 0.12
"""What it adds to be of a genre, or by a person, that was asked for."""
LEAST = 0.18
"""Below it two texts have nothing to do with each other."""
WORDS_READ = 10
MOST_SHARED = 4
ALL = 10_000
YEARS_APART = 30

GENRE_WEIGHT, PERSON_WEIGHT, WORDS_WEIGHT, YEARS_WEIGHT = 1.0, 1.5, 2.5, 0.25


def by_vectors(
    own: Facts | None, near: Iterable[tuple[int, float]], facts: Mapping[int, Facts], limit: int
) -> list[Alike]:
    """The nearest, those that share genres and people with it a little nearer."""
    found = []
    for item, nearness in near:
        other = facts.get(item)
        if other is None or (own is not None and item == own.item) or nearness < LEAST:
            continue
        bonus = 0.0
        if own is not None:
            genres = len(own.genres.keys() & other.genres.keys())
            people = len(own.people.keys() & other.people.keys())
            bonus = min(MOST_BONUS, GENRE_BONUS * genres + PERSON_BONUS * people)
        found.append((nearness + bonus, other))
    return _told(found, own, limit)


def by_wish(
    near: Iterable[tuple[int, float]],
    facts: Mapping[int, Facts],
    named: Sequence[tuple[str, str]],
    limit: int,
) -> list[Alike]:
    """What is nearest to what was asked; what has a name that was asked for comes before."""
    found = []
    for item, nearness in near:
        other = facts.get(item)
        if other is None:
            continue
        shared = [name for kind, word in named if (name := _names(other, kind).get(word))]
        if nearness + NAMED_BONUS * len(shared) >= LEAST:
            score = nearness + NAMED_BONUS * len(shared)
            found.append((score, Alike(ItemId(item), round(score, 4), tuple(shared))))
    found.sort(key=lambda each: -each[0])
    return [alike for _score, alike in found[:limit]]


def by_rules(
    own: Facts,
    rarity: tuple[int, Mapping[tuple[str, str], int]],
    fits: Mapping[int, float],
    facts: Mapping[int, Facts],
    limit: int,
) -> list[Alike]:
    """By rare genres and people in common, words in common (`fits`), and years not far apart."""
    total, counts = rarity
    best = max(fits.values(), default=0.0) or 1.0
    found = []
    for item, other in facts.items():
        if item == own.item:
            continue
        score = WORDS_WEIGHT * fits.get(item, 0.0) / best
        for kind, weight in ((GENRE, GENRE_WEIGHT), (PERSON, PERSON_WEIGHT)):
            for word in _names(own, kind).keys() & _names(other, kind).keys():
                score += weight * math.log((total + 1) / counts.get((kind, word), 1)) / 3
        if score > 0 and own.year and other.year:
            apart = abs(own.year - other.year)
            score += YEARS_WEIGHT * max(0.0, 1 - apart / YEARS_APART)
        if score > 0:
            found.append((score, other))
    return _told(found, own, limit)


def shared(own: Facts, own_words: Sequence[str], other: Facts) -> tuple[str, ...]:
    """People, genres, then telling words both have, as the library writes them."""
    names = [other.people[word] for word in own.people if word in other.people]
    names += [other.genres[word] for word in own.genres if word in other.genres]
    if len(names) < MOST_SHARED and own_words and other.text:
        told = {part for name in names for part in fold(name).split()}
        titles = set(fold(f"{own.title} {other.title}").split())
        theirs = set(telling_words(other.text, ALL))
        others = {*own.people, *own.genres, *other.people, *other.genres}
        known = {part for name in others for part in name.split()}
        names += [
            word for word in own_words if word in theirs and word not in told | known | titles
        ]
    return tuple(names[:MOST_SHARED])


def _told(found: list[tuple[float, Facts]], own: Facts | None, limit: int) -> list[Alike]:
    found.sort(key=lambda each: (-each[0], each[1].item))
    if own is None:
        return [Alike(ItemId(other.item), round(score, 4)) for score, other in found[:limit]]
    words = telling_words(own.text, ALL)
    return [
        Alike(ItemId(other.item), round(score, 4), shared(own, words, other))
        for score, other in found[:limit]
    ]


def _names(facts: Facts, kind: str) -> Mapping[str, str]:
    return facts.genres if kind == GENRE else facts.people
