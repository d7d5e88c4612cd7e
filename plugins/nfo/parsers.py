"""Reads the XML of .nfo files as Kodi, Jellyfin and others write it; hostile XML is refused."""

from __future__ import annotations

import codecs
from xml.etree import ElementTree as ET

from app.api import InvalidInput, MediaDescription

ROOTS = ("movie", "tvshow", "episodedetails", "video")
LONGEST = 8000
MOST = 40


def parse_nfo(content: bytes) -> MediaDescription | None:
    """Return what a file says, or None when it describes nothing; `InvalidInput` if broken."""
    root = _root(_decode(content))
    if root is None:
        return None
    return MediaDescription(
        title=_text(root, "title"),
        original_title=_text(root, "originaltitle"),
        year=_year(root),
        overview=_text(root, "plot") or _text(root, "outline"),
        genres=_texts(root, "genre"),
        rating=_rating(root),
        directors=_texts(root, "director"),
        cast=_texts(root, "actor/name"),
        ids=_ids(root),
    )


def _decode(content: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _root(text: str) -> ET.Element | None:
    """Return the describing element. A web address after it is usual and cut off."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InvalidInput("errors.nfo_broken")
    start = text.find("<")
    kind = next((kind for kind in ROOTS if f"<{kind}" in text), None)
    if start < 0 or kind is None:
        return None
    end = text.rfind(f"</{kind}>")
    if end < 0:
        raise InvalidInput("errors.nfo_broken")
    try:
        root = ET.fromstring(text[start : end + len(kind) + 3])  # noqa: S314,RUF100 - no DTD gets here
    except (ET.ParseError, ValueError) as error:
        raise InvalidInput("errors.nfo_broken") from error
    return root if root.tag in ROOTS else None


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())[:LONGEST]


def _text(root: ET.Element, name: str) -> str | None:
    return _clean(root.findtext(name)) or None


def _texts(root: ET.Element, name: str) -> tuple[str, ...]:
    found = (_clean(element.text) for element in root.findall(name)[:MOST])
    return tuple(dict.fromkeys(text for text in found if text))


def _year(root: ET.Element) -> int | None:
    for name in ("year", "premiered", "aired"):
        digits = (_text(root, name) or "")[:4]
        if digits.isascii() and digits.isdigit() and 1870 <= int(digits) <= 2200:
            return int(digits)
    return None


def _rating(root: ET.Element) -> float | None:
    told = _text(root, "ratings/rating/value") or _text(root, "rating") or ""
    try:
        value = float(told.replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value <= 10 else None


def _ids(root: ET.Element) -> dict[str, str]:
    result = {}
    for element in root.findall("uniqueid")[:MOST]:
        kind, value = element.get("type", ""), _clean(element.text)
        if kind.isalnum() and value:
            result[kind.lower()] = value[:60]
    return result
