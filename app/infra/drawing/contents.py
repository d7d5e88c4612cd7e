"""Reads the words of a card: is it a quote, a list, a number, something to compare, years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.plain_words import PLAIN_WORDS
from app.infra.drawing.typeset import bare

LONGEST_TITLE = 90
MOST_ITEMS = 5
MOST_BARS = 4
_OPENING: Final = "«“„\"'‘"
_QUOTE = re.compile(
    r"^\s*[«“„\"‘](?P<words>.{3,}?)[»”“\"’]\s*"
    r"(?:[-–—,:]\s*|\(|\n)?(?P<who>[^\n)]{0,80})\)?\s*$",
    re.DOTALL,
)
_ITEM = re.compile(r"^\s*(?:[-–—•*]|\d{1,2}[.)])\s+")
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£¥]\s?|[-−+×]\s?)?"
    r"(?P<digits>\d+(?:[.,'’ \u202f\u00a0]\d{3})*(?:[.,]\d+)?)"
    r"(?P<unit>\s?(?:%|‰|°C|°F|°|×|x\b|km/h|km\b|m\b|kg\b|g\b|s\b|h\b|µs|ms\b|€|\$|£"
    r"|million\w*|billion\w*|milliard\w*|trillion\w*))?(?![\w])"
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_ENDS = re.compile(r"[.!?;:,]")
_SIDES = re.compile(r"\s*(?:\n|;|\||\bvs\.?\s|\bversus\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is written, what it is worth, and the words around it."""

    figure: str
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read of a text. `kind` is one of the kinds of a card."""

    kind: str
    text: str = ""
    by: str = ""
    items: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()


def read(text: str, kind: str = "") -> Contents:
    """Read a text as the wanted kind, or as what it looks like; it always becomes something."""
    text = text.strip()
    if not text or kind == "plain":
        return Contents("plain", text)
    found = None
    for one in _READERS if not kind else (kind,):
        if one in _READERS:
            found = found or _READERS[one](text)
    if found is not None:
        return found
    if kind == "quote":
        return Contents("quote", text.strip(_OPENING + "»”’"))
    return Contents("title", text)


def number_in(sentence: str) -> Amount | None:
    """Return the one telling number of a sentence; years and small counts tell nothing."""
    found = [one for one in _AMOUNT.finditer(sentence) if not _idle(one)]
    if len(found) != 1:
        return None
    amount = found[0]
    after = _ENDS.split(sentence[amount.end() :])[0].split()[:5]
    if not after and not amount["unit"]:
        return None
    return Amount(_figure(amount), _value(amount), " ".join(after))


def accents_in(text: str) -> tuple[str, ...]:
    """Return the word of a text that is lifted by colour: its last one that carries meaning."""
    words = [bare(word) for word in text.split()]
    telling = [word for word in words if len(word) > 3 and word not in PLAIN_WORDS]
    return (telling[-1],) if telling and len(words) > 1 else ()


def telling_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, as they are written."""
    return [word for word in text.split() if bare(word) and bare(word) not in PLAIN_WORDS]


def _quote(text: str) -> Contents | None:
    found = _QUOTE.match(text)
    if found is None:
        return None
    return Contents("quote", found["words"].strip(), by=found["who"].strip(" -–—"))


def _diagram(text: str) -> Contents | None:
    head, sides = _sides(text)
    if len(sides) < 2 or any(_ITEM.match(side) for side in sides):
        return None
    years = [_year_of(side) for side in sides]
    if all(years) and len(sides) <= MOST_ITEMS:
        told = tuple(one for one in years if one)
        ordered = tuple(sorted(told, key=lambda one: one.value))
        return Contents("diagram", head, amounts=ordered, by="years")
    amounts = [_amount_of(side) for side in sides]
    if not all(amounts) or len(sides) > MOST_BARS:
        return None
    given = tuple(one for one in amounts if one)
    same = len({_unit(one.figure) for one in given}) == 1
    return Contents("diagram", head, amounts=given, by="bars") if same else None


def _list(text: str) -> Contents | None:
    lines = [line for line in re.split(r"\n|;|•", text) if line.strip()]
    marked = [line for line in lines if _ITEM.match(line)]
    if len(lines) < 3 and len(marked) < 2:
        return None
    head = ""
    if (marked and not _ITEM.match(lines[0])) or lines[0].rstrip().endswith(":"):
        head, lines = lines[0].strip(" :"), lines[1:]
    items = tuple(_ITEM.sub("", line).strip(" .,") for line in lines)[:MOST_ITEMS]
    return Contents("list", head, items=items)


def _number(text: str) -> Contents | None:
    if len(text) > LONGEST_TITLE or "\n" in text:
        return None
    found = [one for one in _AMOUNT.finditer(text) if not _idle(one)]
    if len(found) != 1:
        return None
    amount = found[0]
    rest = f"{text[: amount.start()]} {text[amount.end() :]}"
    told = Amount(_figure(amount), _value(amount), " ".join(rest.split()).strip(" .,:–—-"))
    return Contents("number", told.label, amounts=(told,))


def _sides(text: str) -> tuple[str, list[str]]:
    """What is compared, and the words before it, which end with a colon or stand alone."""
    sides = [side.strip() for side in _SIDES.split(text) if side.strip()]
    head = ""
    if len(sides) > 2 and not _AMOUNT.search(sides[0]):
        head, sides = sides[0].strip(" :"), sides[1:]
    return head, sides


def _amount_of(side: str) -> Amount | None:
    found = list(_AMOUNT.finditer(side))
    if len(found) != 1:
        return None
    label = f"{side[: found[0].start()]} {side[found[0].end() :]}"
    label = " ".join(label.split()).strip(" .,:–—-=()")
    return Amount(_figure(found[0]), _value(found[0]), label) if label else None


def _year_of(side: str) -> Amount | None:
    found = _YEAR.search(side)
    if found is None:
        return None
    label = f"{side[: found.start()]} {side[found.end() :]}"
    return Amount(found[0], float(found[0]), " ".join(label.split()).strip(" .,:–—-=()"))


def _figure(found: re.Match[str]) -> str:
    unit = (found["unit"] or "").strip()
    close = unit in ("%", "°", "×", "x", "‰") or not unit
    sign = (found["sign"] or "").strip()
    return f"{sign}{found['digits']}" + (unit if close else f" {unit}")


def _value(found: re.Match[str]) -> float:
    plain = re.sub(r"[.,'’ \u202f\u00a0](?=\d{3}(?!\d))", "", found["digits"])
    return float(plain.replace(",", "."))


def _unit(figure: str) -> str:
    return re.sub(r"[\d.,'’ \u202f\u00a0]", "", figure)


def _idle(found: re.Match[str]) -> bool:
    alone = not found["unit"] and not found["sign"]
    return alone and (bool(_YEAR.fullmatch(found["digits"])) or _value(found) < 3)


_READERS = {"quote": _quote, "diagram": _diagram, "list": _list, "number": _number}
