"""Understands what somebody typed: a title, a year, an episode, quality words, or an address."""

from __future__ import annotations

import re
from typing import Final

from app.domain.release import parse
from app.domain.search import Wanted, Work
from app.domain.text import clean, fold

LONGEST: Final = 300
LONGEST_ADDRESS: Final = 8000
_ADDRESS: Final = re.compile(r"(?:https?://\S+|magnet:\?\S+|[0-9a-f]{40}|[2-7a-z]{32})", re.I)
_SIZES: Final = {
    "4k": "2160p",
    "uhd": "2160p",
    "2160p": "2160p",
    "1080p": "1080p",
    "fullhd": "1080p",
    "720p": "720p",
    "480p": "480p",
}
_QUALITY_AT_END: Final = re.compile(r"\s+(4k|uhd|2160p|1080p|fullhd|720p|480p|hdr)$", re.I)
_YEAR_AT_END: Final = re.compile(r"^(.*\S)[\s,]+[(\[]?((?:19|20)\d\d)[)\]]?$")
_FIRST_YEAR, _LAST_YEAR = 1890, 2035


def read_query(typed: str) -> Wanted:
    """Return what is wanted. Never raises; an empty text has an empty title."""
    text = " ".join(typed.split())
    if _ADDRESS.fullmatch(text[:LONGEST_ADDRESS]):
        return Wanted(text[:LONGEST_ADDRESS], clean(text), address=True)
    text = clean(text[:LONGEST])
    short, size = _without_quality(text)
    release = parse(short)
    title, year = release.title or short, release.year
    if year is None:
        title, year = _year_at_end(title)
    episodic = release.season is not None or release.episode is not None
    return Wanted(
        typed=text,
        title=title,
        year=year,
        season=release.season,
        episode=release.episode,
        date=release.date,
        work=Work.EPISODE if release.episode is not None else Work.SERIES if episodic else None,
        alternatives=release.alternatives,
        resolution=size or release.resolution,
        languages=() if not release.title.isascii() else release.languages,
        edition=release.edition,
    )


def identity(wanted: Wanted) -> str:
    """The same for two ways to type one wish: the key under which answers are kept."""
    if wanted.address:
        return wanted.typed
    parts = (
        fold(wanted.title), wanted.year, wanted.season, wanted.episode, wanted.date,
        wanted.resolution, wanted.edition, *wanted.languages,
    )  # fmt: skip
    return "|".join("" if part is None else str(part) for part in parts)


def _without_quality(text: str) -> tuple[str, str | None]:
    size: str | None = None
    while (found := _QUALITY_AT_END.search(text)) is not None:
        size = size or _SIZES.get(found[1].lower())
        text = text[: found.start()]
    return text, size


def _year_at_end(title: str) -> tuple[str, int | None]:
    """A last word that can be a year is one, unless the title is nothing without it.

    The release parser leaves it in known titles such as ``Blade Runner 2049``.
    """
    found = _YEAR_AT_END.match(title)
    if found is None or not _FIRST_YEAR <= int(found[2]) <= _LAST_YEAR:
        return title, None
    if parse(f"{title} 1080p").year is None:
        return title, None
    return found[1].strip(" ,-(["), int(found[2])
