"""Reads a wish in free words: genres, people, years, length and what is left of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.genres import GENRES, genres_in
from app.domain.intelligence import Made, Task
from app.domain.said_years import read_years
from app.domain.text import clean, fold
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import (
    Prompt,
    Urgency,
    among,
    data,
    listed,
    obj,
    whole,
    words,
)

LONGEST: Final = 300
MOST_PEOPLE: Final = 5
_MINUTES: Final = re.compile(
    r"\b(?:under|less than|shorter than|moins de|at most)\s+(\d{1,3}|two|deux|an|une|one)\s*"
    r"(min|minutes|m|hours?|heures?|h)\b"
)
_NAME: Final = re.compile(
    r"(?:\b(?:by|with|from|starring|directed by|de|avec|par)\s+)"
    r"((?:[A-ZÀ-Þ][\w'’.-]+)(?:\s+(?:d[eu]|van|von|del|la|le|[A-ZÀ-Þ][\w'’.-]+)){0,3})"
)
_EARLIEST: Final = 1888
_LATEST: Final = 2100
_NUMBERS: Final = {"two": 2, "deux": 2, "an": 1, "une": 1, "one": 1}
_SYSTEM: Final = (
    "Somebody says in his own words what he would like to watch. Name the genres he means, the "
    "people he names (directors, actors), the first and last year (0: not said) and the longest "
    "running time in minutes (0: not said). Only what he says; invent nothing."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would like to watch; None and empty: not said."""

    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    minutes: int | None = None


def by_rules(text: str, known: Sequence[str] = ()) -> Wish:
    """Read it by words; `known` are people of the library, found however they are written."""
    text = clean(text)[:LONGEST].replace("’", "'").replace("d'", "de ")
    _rest, years = read_years(text)
    first, last = years or (None, None)
    return Wish(genres_in(text), _people(text, known), first, last, _minutes(fold_keeping(text)))


async def read(asker: Asker, text: str, known: Sequence[str] = ()) -> Made[Wish]:
    """Read it, by a model when one answers."""
    ruled = by_rules(text, known)
    made = await asker.ask(prompt_of(text))
    if made is None:
        return Made(ruled)
    return Made(_checked(made.value, text, ruled), made.source, made.by, made.kept)


def prompt_of(text: str) -> Prompt:
    """The question."""
    return Prompt(
        Task.WISH,
        _SYSTEM,
        data(clean(text)[:LONGEST]),
        obj(
            genres=listed(among(*GENRES), 4),
            people=listed(words(60), MOST_PEOPLE),
            first_year=whole(0, _LATEST),
            last_year=whole(0, _LATEST),
            minutes=whole(0, 600),
        ),
        most_tokens=120,
        patience=15.0,
        urgency=Urgency.WAITED_FOR,
        temperature=0.0,
    )


def _checked(value: dict[str, Any], text: str, ruled: Wish) -> Wish:
    """What a model said, as far as the text bears it: a person it does not name is invented."""
    folded = fold(text)
    people = [one for one in value["people"] if fold(one) and fold(one) in folded]
    years = [
        told if _EARLIEST <= told <= _LATEST else None
        for told in (value["first_year"], value["last_year"])
    ]
    return Wish(
        tuple(dict.fromkeys(value["genres"])) or ruled.genres,
        tuple({fold(one): one for one in [*people, *ruled.people]}.values())[:MOST_PEOPLE],
        years[0] or ruled.first_year,
        years[1] or ruled.last_year,
        value["minutes"] or ruled.minutes,
    )


def fold_keeping(text: str) -> str:
    """Small letters without accents; figures and signs stay."""
    return " ".join(fold(word) or word for word in text.lower().split())


def _minutes(plain: str) -> int | None:
    found = _MINUTES.search(plain)
    if found is None:
        return None
    count = _NUMBERS.get(found[1]) or (int(found[1]) if found[1].isdigit() else 0)
    return (count * 60 if found[2].startswith("h") else count) or None


def _people(text: str, known: Sequence[str]) -> tuple[str, ...]:
    folded = f" {fold(text)} "
    found = [name for name in known if len(name) > 4 and f" {fold(name)} " in folded]
    for told in _NAME.findall(text):
        name = told.strip(" .'-")
        if name and not genres_in(name) and all(fold(name) not in fold(one) for one in found):
            found.append(name)
    return tuple(found[:MOST_PEOPLE])
