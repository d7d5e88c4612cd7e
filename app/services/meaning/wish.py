"""Reads what somebody typed: "films like Inception", "series from the 90s", "slow and sad"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.media import MediaKind
from app.domain.said_years import read_years

LONGEST = 300
_FILM = r"(?:films?|movies?)"
_SERIES = r"(?:tv\s+|télé\s+)?(?:series|shows?(?!\s+me\b)|séries?)"
_THING = rf"(?:{_FILM}|{_SERIES}|videos?|vidéos?|something|anything|quelque\s+chose|un|une)"
_ASKING = (
    r"(?:(?:please|show\s+me|give\s+me|find(?:\s+me)?|i\s+want|montre[- ]moi|trouve|je\s+veux"
    r"|cherche)\s+)?(?:(?:a|an|some|any|more|other|des|du|un|une|les|d'autres)\s+)*"
)
_LIKE = (
    r"(?:just\s+like|like|similar\s+to|resembling|in\s+the\s+(?:style|vein|spirit)\s+of|comme"
    r"|semblables?\s+à|similaires?\s+à|qui\s+ressemblent?\s+à|(?:du|dans\s+le)\s+(?:genre|style)\s+de)"
)
_SUBJECT = re.compile(
    rf"^\s*{_ASKING}(?P<thing>{_THING}\s+)?(?:that\s+(?:is|are)\s+|more\s+)?{_LIKE}\s+(?P<subject>.+)$",
    re.IGNORECASE,
)
_BUT = re.compile(r"[,;]?\s+(?:but|only|except|mais|sauf)\s+", re.IGNORECASE)
_BEGINNING = re.compile(
    rf"^\s*{_ASKING}(?P<thing>{_FILM}|{_SERIES}|videos?|vidéos?)\b(?:\s+(?:about|with|sur|avec)\b)?",
    re.IGNORECASE,
)
_QUOTES = " \t\"'“”«»‘’"  # noqa: RUF001,RUF100 - the quotes people type
_FIRST_YEAR, _LAST_YEAR = 1870, 2200


@dataclass(frozen=True, slots=True)
class Wish:
    """What was meant. `subject` is a title whose like is wanted; `words` is what else is said."""

    words: str
    subject: str = ""
    years: tuple[int, int] | None = None  # both included
    kinds: tuple[MediaKind, ...] = ()


def read_wish(text: str) -> Wish:
    """Understand a line somebody typed, in English or French; never fails."""
    plain = " ".join(text[:LONGEST].split())
    found = _SUBJECT.match(plain)
    if found is not None:
        parts = _BUT.split(found["subject"], maxsplit=1)
        rest, years = _years(parts[1] if len(parts) > 1 else "")
        subject = parts[0].strip(_QUOTES)
        return Wish(rest, subject, years, _kinds(found["thing"] or ""))
    begun = _BEGINNING.match(plain)
    rest, years = _years(plain[begun.end() :] if begun is not None else plain)
    return Wish(rest or plain, "", years, _kinds(begun["thing"] if begun is not None else ""))


def _kinds(thing: str) -> tuple[MediaKind, ...]:
    said = thing.strip().casefold()
    if re.fullmatch(_FILM, said):
        return (MediaKind.FILM,)
    if re.fullmatch(_SERIES, said):
        return (MediaKind.SERIES,)
    return ()


def _years(text: str) -> tuple[str, tuple[int, int] | None]:
    """What is left without the years that were said, and those years."""
    rest, said = read_years(text)
    if said is None:
        return rest, None
    return rest, (said.first or _FIRST_YEAR, said.last or _LAST_YEAR)
