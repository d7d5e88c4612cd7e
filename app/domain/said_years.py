"""Reads the years somebody says in a wish: "from the 90s", "before 1970", "des années 80". Pure."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_DECADES: Final = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_DECADE: Final = re.compile(
    r"(?:\b(?:from|in|of|during|des|dans)\s+)?(?:\b(?:the|les|late|early|années|ann[ée]es)\s+)*"
    r"(?:\b(?P<long>(?:19|20)\d0)['’]?s\b|(?<!\w)['’]?(?P<short>\d0)['’]?s\b"
    r"|(?<=années\s)(?P<french>(?:19|20)?\d0)\b"
    rf"|\b(?P<word>{'|'.join(_DECADES)})\b)",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"\b(?:between|entre|from|de)\s+(?P<first>(?:18|19|20)\d\d)\s+(?:and|et|to|à|-)\s+"
    r"(?P<last>(?:18|19|20)\d\d)\b",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"\b(?:before|until|avant)\s+(?P<last>(?:18|19|20)\d\d)\b", re.I)
_AFTER: Final = re.compile(r"\b(?:after|since|après|depuis)\s+(?P<first>(?:18|19|20)\d\d)\b", re.I)
_ONE: Final = re.compile(r"\b(?:from|in|of|de|en)\s+(?P<year>(?:18|19|20)\d\d)\b", re.IGNORECASE)
_YOUNG: Final = 20
"""The 00s and the 10s are of this century, the 20s of the silent films."""


class Years(NamedTuple):
    """The first and the last year that are meant, both included; None: open."""

    first: int | None
    last: int | None


def read_years(text: str) -> tuple[str, Years | None]:
    """What is left of a text without the years that are said, and those years; English, French."""
    for pattern in (_BETWEEN, _DECADE, _BEFORE, _AFTER, _ONE):
        found = pattern.search(text)
        if found is not None:
            rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
            return rest.strip(" ,;"), _meant(found.groupdict())
    return text.strip(), None


def _meant(said: dict[str, str | None]) -> Years:
    word = said.get("word")
    decade = said.get("long") or said.get("short") or said.get("french")
    if word is not None or decade is not None:
        start = _DECADES[word.lower()] if word is not None else int(decade or 0)
        if start < 100:
            start += 2000 if start < _YOUNG else 1900
        return Years(start, start + 9)
    if said.get("year") is not None:
        year = int(said["year"] or 0)
        return Years(year, year)
    first, last = said.get("first"), said.get("last")
    return Years(int(first) if first else None, int(last) if last else None)
