"""What to watch next, each with the reason: because of something that was watched."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.intelligence import Made, Task
from app.domain.media import ItemId
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, data, listed, obj, whole

MOST: Final = 12
SHORTLIST: Final = 40
FADES: Final = 20.0
"""So many watched titles later, one counts a third."""
_SYSTEM: Final = (
    "Somebody watched the titles under 'watched', the last one first. Choose up to {most} of the "
    "titles under 'on the shelf' that he will like most, the best first, and for each the watched "
    "title that speaks for it. Answer with their numbers alone."
)


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that was watched; `share` is how much of it, 0 to 1. The last one comes first."""

    item: ItemId
    title: str
    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    year: int | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something on the shelf. `likeness` is how alike its meaning is to each watched item."""

    item: ItemId
    title: str
    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    year: int | None = None
    rating: float | None = None  # 0 to 10
    likeness: tuple[tuple[ItemId, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to watch, and because of what: `shared` are genres and people both have."""

    item: ItemId
    because: ItemId
    because_title: str
    shared: tuple[str, ...] = ()


def by_rules(
    watched: Sequence[Watched], shelf: Sequence[Candidate], most: int = MOST
) -> tuple[Recommendation, ...]:
    """The best of the shelf: alike to what was watched to its end, lately above all.

    No two in a row for the same reason while there is another.
    """
    ranked = _ranked(watched, shelf)
    found: list[Recommendation] = []
    used: Counter[ItemId] = Counter()
    while ranked and len(found) < most:
        at = max(
            range(len(ranked)), key=lambda one: ranked[one][0] / (1 + used[ranked[one][1].item])
        )
        _, reason, candidate = ranked.pop(at)
        used[reason.item] += 1
        found.append(_told(candidate, reason))
    return tuple(found)


async def choose(
    asker: Asker, watched: Sequence[Watched], shelf: Sequence[Candidate], most: int = MOST
) -> Made[tuple[Recommendation, ...]]:
    """Choose, by a model when one answers: among the best the rules found."""
    ruled = by_rules(watched, shelf, most)
    if len(ruled) < 3:
        return Made(ruled)
    shortlist = [candidate for _, _, candidate in _ranked(watched, shelf)[:SHORTLIST]]
    seen = list(watched[:SHORTLIST])
    made = await asker.ask(prompt_of(seen, shortlist, most))
    if made is None:
        return Made(ruled)
    chosen = _checked(made.value, seen, shortlist)
    rest = [one for one in ruled if one.item not in {told.item for told in chosen}]
    return Made(tuple([*chosen, *rest][:most]), made.source, made.by, made.kept)


def prompt_of(watched: Sequence[Watched], shelf: Sequence[Candidate], most: int) -> Prompt:
    """The question; items go by their place, no other number gets through."""
    pair = obj(title=whole(1, len(shelf)), because=whole(1, len(watched)))
    material = {
        "watched": {at: _line(one) for at, one in enumerate(watched, 1)},
        "on the shelf": {at: _line(one) for at, one in enumerate(shelf, 1)},
    }
    return Prompt(
        Task.RECOMMEND,
        _SYSTEM.format(most=most),
        data(material, 12_000),
        obj(chosen=listed(pair, min(most, len(shelf)))),
        most_tokens=60 + 24 * most,
        patience=60.0,
    )


def _checked(
    value: dict[str, Any], watched: Sequence[Watched], shelf: Sequence[Candidate]
) -> list[Recommendation]:
    found: dict[ItemId, Recommendation] = {}
    for told in value["chosen"]:
        candidate, reason = shelf[told["title"] - 1], watched[told["because"] - 1]
        found.setdefault(candidate.item, _told(candidate, reason))
    return list(found.values())


def _ranked(
    watched: Sequence[Watched], shelf: Sequence[Candidate]
) -> list[tuple[float, Watched, Candidate]]:
    seen = {one.item for one in watched}
    counts = Counter(genre for one in watched for genre in one.genres)
    found = []
    for candidate in shelf:
        if candidate.item in seen or not watched:
            continue
        alike = dict(candidate.likeness)
        scored = [
            (_alike(one, candidate, alike.get(one.item, 0.0)) * _weight(place, one), one)
            for place, one in enumerate(watched)
        ]
        best, reason = max(scored, key=lambda pair: pair[0])
        taste = sum(counts[genre] for genre in candidate.genres) / max(len(watched), 1)
        quality = ((candidate.rating or 6.0) - 6.0) / 20
        if best > 0:
            found.append((best + 0.2 * taste + quality, reason, candidate))
    return sorted(found, key=lambda told: (-told[0], told[2].item))


def _weight(place: int, one: Watched) -> float:
    return math.exp(-place / FADES) * (0.3 + 0.7 * one.share)


def _alike(one: Watched, other: Candidate, meaning: float) -> float:
    genres, people = set(one.genres), set(one.people)
    shared = len(genres & set(other.genres)) / max(len(genres | set(other.genres)), 1)
    faces = min(len(people & set(other.people)), 2) * 0.4
    near = 0.0
    if one.year and other.year:
        near = 0.15 * math.exp(-abs(one.year - other.year) / 15)
    same = shared + faces + max(meaning, 0.0)
    return same + near if same > 0 else 0.0


def _told(candidate: Candidate, reason: Watched) -> Recommendation:
    shared = [one for one in candidate.people if one in reason.people]
    shared += [one for one in candidate.genres if one in reason.genres]
    return Recommendation(candidate.item, reason.item, reason.title, tuple(shared[:3]))


def _line(one: Watched | Candidate) -> str:
    parts = [one.title, str(one.year or ""), ", ".join(one.genres[:3]), ", ".join(one.people[:2])]
    return " · ".join(part for part in parts if part)[:160]
