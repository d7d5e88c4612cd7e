"""Reads the numbers, dates, languages and identifiers of feeds; nonsense becomes nothing."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.api import language_code

LARGEST = 1 << 50
"""More bytes than any real thing has."""
_EARLIEST, _LATEST = 631_152_000.0, 4_102_444_800.0  # 1990 to 2100
_NUMBER = re.compile(r"\s*\+?(\d{1,18})(?:\.\d*)?\s*")
_PART = re.compile(r"(?i)\s*(?:s|e|ep|season|episode)?\s*0*(\d{1,4})\s*")
_IMDB = re.compile(r"(?i)\s*(?:tt)?0*(\d{1,10})\s*")
_MAGNET = re.compile(r"(?i)magnet:\?\S*xt=urn:bt(?:ih|mh):\S+")
_HASH = re.compile(r"(?i)xt=urn:(?:btih:|btmh:1220)([0-9a-z]{32,64})")


def number(text: str, most: int = LARGEST) -> int | None:
    """Return a count or a size; None when it is none, negative or beyond belief."""
    found = _NUMBER.fullmatch(text)
    value = int(found[1]) if found else -1
    return value if 0 <= value <= most else None


def size(candidates: Iterable[str]) -> int | None:
    """Return the first of some sizes that is one."""
    return next((found for text in candidates if (found := number(text))), None)


def part(text: str) -> int | None:
    """Return the number of a season or an episode: ``1``, ``S01``, ``E02``."""
    found = _PART.fullmatch(text)
    return int(found[1]) if found else None


def year(text: str) -> int | None:
    """Return a year of which there can be films."""
    found = number(text[:12], 2200)
    return found if found is not None and found >= 1870 else None


def moment(text: str) -> float | None:
    """Return a time in unix seconds, in whichever of the usual shapes it is written."""
    told = " ".join(text.split())[:60]
    if told.isascii() and told.isdigit() and 9 <= len(told) <= 13:
        return _sensible(int(told) / (1000 if len(told) > 11 else 1))
    if re.search(r"\b0001\b", told):
        return None  # how some servers write that they do not know; mail dates take it for 2001
    for shaped in (told, f"{told} 00:00:00"):
        try:
            read = parsedate_to_datetime(shaped)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return _sensible(_seconds(read))
    try:
        return _sensible(_seconds(datetime.fromisoformat(told.replace("/", "-"))))
    except (ValueError, OverflowError):
        return None


def languages(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the languages named, as ISO 639-1; names nobody knows are left out."""
    found: dict[str, None] = {}
    for text in texts:
        for word in re.split(r"[,;/|\s()+]+", text[:200]):
            if code := language_code(word):
                found[code] = None
    return tuple(found)


def imdb(text: str) -> str:
    """Return an IMDb identifier as ``tt0063350``; empty when it is none."""
    found = _IMDB.fullmatch(text)
    return f"tt{int(found[1]):07d}" if found and int(found[1]) else ""


def identifier(text: str) -> str:
    """Return a plain number that identifies something; empty for none and for 0."""
    found = number(text, 10**12)
    return str(found) if found else ""


def info_hash(text: str) -> str | None:
    """Return an info hash as 40 or 64 hexadecimal digits, whichever way it is written."""
    told = text.strip().lower()
    if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", told):
        return told
    if re.fullmatch(r"[a-z2-7]{32}", told):
        try:
            return base64.b32decode(told.upper()).hex()
        except binascii.Error:
            return None
    return None


def magnet(text: str) -> str:
    """Return a magnet link cleaned; empty when it is none, or far too long."""
    told = re.sub(r"[\x00-\x1f\x7f]", "", text).strip().replace(" ", "%20").replace("&amp;", "&")
    return told if len(told) <= 16_000 and _MAGNET.fullmatch(told) else ""


def magnet_hash(link: str) -> str | None:
    """Return the info hash of a magnet link."""
    hashes = (info_hash(found) for found in _HASH.findall(link))
    return next((found for found in hashes if found), None)


def truth(text: str) -> bool:
    """Whether a flag is set."""
    return text.strip().lower() not in ("", "0", "no", "false", "none", "-1")


def _seconds(read: datetime) -> float:
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def _sensible(seconds: float) -> float | None:
    return seconds if _EARLIEST <= seconds <= _LATEST else None
