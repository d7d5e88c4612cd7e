"""Reads the answers of services: a number may be written as text, a text may be a list, or gone.

Nothing here raises for a field that is wrong: it is then missing. Only a whole answer that is no
document at all raises.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from app.api.context import HttpAnswer
from app.api.markup import plain_text
from app.domain.errors import InvalidInput, Refused, Unavailable

Fields = Mapping[str, object]
"""One object of a JSON document."""

LONGEST_ADDRESS = 4000
LONGEST_PLAY = 30 * 86_400.0
MOST_TEXTS = 50
FIRST_YEAR, LAST_YEAR = 1870, 2100
LATEST = 4_102_444_800.0  # the end of 2099

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"(\d{1,18})(?:\.\d+)?")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d+)?")
_CLOCK = re.compile(r"(?<![\d:])(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)(?!\d)")
_HOURS_AND = re.compile(r"(\d\s*h)\s*(\d{1,2})$")
_SPANS = re.compile(
    r"(\d{1,6}(?:\.\d+)?)\s*(h(?:ours?|rs?|eures?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?|['\"])"
    r"(?![a-z])"
)
_UNITS = {"h": 3600, "m": 60, "'": 60, "s": 1, '"': 1}
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def json_answer(answer: HttpAnswer) -> object:
    """Return the document of a service that knows no accounts; raises what its status means.

    There is nothing to sign in to, so 401 and 403 are its refusal.
    """
    if answer.status in (401, 403):
        raise Refused("errors.source_refuses", host=answer.host)
    document: object = answer.require().json()
    return document


def json_object(answer: HttpAnswer) -> Fields:
    """Return the document, which must be an object; `Unavailable` when it is something else."""
    document = json_answer(answer)
    if not isinstance(document, dict):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return document


def service_address(value: object) -> str:
    """Return the address of a service from an option, without a slash at its end, or raise."""
    address = web_address(value).rstrip("/")
    if not address:
        raise InvalidInput("errors.not_a_web_address")
    return address


def inside(value: object, *names: str) -> object:
    """Return what lies that deep in objects within objects; None when anything is missing."""
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def objects(value: object) -> Iterator[Fields]:
    """Yield the objects of a list, and nothing when it is no list."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text(value: object, most: int = 4000) -> str:
    """Return the words of a text, of the first one in a list, or of a number; else nothing."""
    return next(iter(texts(value, most)), "")


def texts(value: object, most: int = 4000) -> tuple[str, ...]:
    """Return the words of each text of a list, or of the only one; empty ones are left out."""
    given = value[:MOST_TEXTS] if isinstance(value, list) else [value]
    found = (_plain(one, most) for one in given)
    return tuple(one for one in found if one)


def number(value: object, most: int = 2**63 - 1) -> int | None:
    """Return a whole number from 0 to `most`, written as a number or as a text."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value.strip().replace(",", ""))
        value = int(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value <= most else None


def seconds(value: object) -> float | None:
    """Return how long something plays, told as ``5767.2``, ``1:36:12``, ``96 min`` or ``PT1H36M``.

    Two numbers of a clock are minutes and seconds. Nothing and more than 30 days are None.
    """
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str):
        value = _spoken_seconds(value[:100])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value <= LONGEST_PLAY else None


def year(value: object) -> int | None:
    """Return the first year named in a date, a text or a number."""
    for found in _YEAR.findall(text(value, 200)):
        if FIRST_YEAR <= int(found) <= LAST_YEAR:
            return int(found)
    return None


def moment(value: object) -> float | None:
    """Return the unix seconds of an ISO 8601 date, 1970 to 2100; without a zone it is UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.datetime.fromisoformat(value.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=datetime.UTC)
        stamp = found.timestamp()
    except (ValueError, OverflowError):
        return None
    return stamp if 0 <= stamp <= LATEST else None


def web_address(value: object, base: str = "") -> str:
    """Return a whole http or https address, its path quoted; nothing when it is none.

    One that is not whole (``/a.jpg``, ``//host/a.jpg``) is taken from `base`. One with a name and
    a password in it is none.
    """
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(urljoin(base or "https:", value.strip()))
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
        path = quote(parts.path, safe=_PATH_SAFE)
        query = quote(parts.query, safe=_PATH_SAFE + "?")
    except (ValueError, UnicodeError):
        return ""
    bare = ":" in host or _HOST.fullmatch(host)
    if parts.scheme not in ("http", "https") or not bare or "@" in parts.netloc:
        return ""
    place = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, place if port is None else f"{place}:{port}", path, query, ""))


def search_words(value: str, most: int = 20) -> tuple[str, ...]:
    """Return the words of a text, without anything a query language takes for an operator.

    Points and apostrophes within a word stay (``S.W.A.T``, ``l'avventura``).
    """
    plain = "".join(char if _in_word(char) else " " for char in value[:500])
    words = (word.strip(".'\N{RIGHT SINGLE QUOTATION MARK}") for word in plain.split())
    kept = [word.lower() if word in _OPERATORS else word for word in words if word]
    return tuple(kept[:most])


def _plain(value: object, most: int) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return plain_text(_CONTROL.sub("", str(value)), most)


def _spoken_seconds(told: str) -> float | None:
    told = told.strip().replace(";", ":").replace(",", ".")
    if clock := _CLOCK.search(told):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    if _SECONDS.fullmatch(told):
        return float(told)
    spans: dict[int, float] = {}
    for amount, unit in _SPANS.findall(_HOURS_AND.sub(r"\1 \2m", told.lower())):
        spans.setdefault(_UNITS[unit[0]], float(amount))
    return sum(unit * amount for unit, amount in spans.items())


def _in_word(char: str) -> bool:
    if char in ".'\N{RIGHT SINGLE QUOTATION MARK}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}":
        return True
    return unicodedata.category(char)[0] in "LMN"
