"""Turns what sources answer into offers: cleaned, bounded, and with one notation for everything."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from app.api.markup import plain_text
from app.api.searching import Hit
from app.domain.media import Card
from app.domain.quality import size_name
from app.domain.release import Release
from app.domain.search import HitKind, Offer, Work
from app.domain.text import clean

MOST_HITS: Final = 500
"""So many answers of one source are looked at."""
LONGEST_LINK: Final = 8000
_MOST_BYTES: Final = 1 << 50
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_USUAL: Final = re.compile(r"magnet:\?xt=urn:btih:([0-9a-fA-F]{40})(?:&|$)")
_BASE32: Final = re.compile(r"[a-z2-7]{32}")
_LANGUAGE: Final = re.compile(r"[a-z]{2}")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_NOT_SENT: Final = re.compile("[\x00-\x20\ud800-\udfff]")
_TEXTS: Final = (
    "title", "link", "reference", "description", "creator", "licence", "poster", "page",
)  # fmt: skip
_NUMBERS: Final = (
    "size", "seeders", "peers", "published", "year", "season", "episode", "duration", "height",
    "files",
)  # fmt: skip
_TALLEST: Final = 20_000
_MOST_SEASONS, _MOST_EPISODES = 10_000, 1_000_000
LIBRARY: Final = "library"


def offers_of(hits: Sequence[Hit], source: str, name: str) -> list[tuple[Offer, Hit]]:
    """The offers of a source, each with its hit; those without a title or a way are left out."""
    pairs = ((_offer(hit, source, name), hit) for hit in hits[:MOST_HITS])
    return [(offer, hit) for offer, hit in pairs if offer is not None]


def offer_of_card(card: Card, name: str) -> Offer:
    """Something of the own library as an offer."""
    title = f"{card.series} {card.title}" if card.series else card.title
    works = {"film": Work.FILM, "series": Work.SERIES, "episode": Work.EPISODE}
    return Offer(
        source=LIBRARY,
        source_name=name,
        kind=HitKind.FILE,
        name=clean(title),
        duration=card.duration,
        work=works.get(card.kind.value, Work.VIDEO),
        item=card.id,
    )


def release_of_card(card: Card) -> Release:
    """What the library knows, in the shape of a parsed name."""
    return Release(
        name=card.title,
        title=card.series or card.title,
        year=card.year,
        season=card.season,
        episode=card.episode,
        resolution=card.resolution,
        episode_title=card.title if card.series else None,
    )


def complete(release: Release, hit: Hit) -> Release:
    """Fill in what a name does not tell and its source does."""
    changes: dict[str, object] = {}
    if release.year is None and hit.year is not None and 1870 <= hit.year <= 2200:
        changes["year"] = hit.year
    season = _whole(hit.season, _MOST_SEASONS, least=0)
    if release.season is None and season is not None and release.number is None:
        changes["season"] = season
        changes["episode"] = _whole(hit.episode, _MOST_EPISODES, least=0)
    height = _whole(hit.height, _TALLEST)
    if release.resolution is None and height:
        changes["resolution"] = size_name(height * 16 // 9, height)
    if not release.languages and hit.languages:
        changes["languages"] = _languages(hit.languages)
    return replace(release, **changes) if changes else release  # type: ignore[arg-type]  # fields by name


def magnet_hash(link: str) -> str | None:
    """The info hash a magnet link names, in hexadecimal."""
    if not link.startswith("magnet:?"):
        return None
    usual = _USUAL.match(link)
    if usual is not None:
        return usual[1].lower()
    try:
        topics = parse_qs(urlsplit(link).query, max_num_fields=200).get("xt", [])
    except ValueError:
        return None
    for topic in topics:
        for prefix in ("urn:btih:", "urn:btmh:1220"):
            if topic.lower().startswith(prefix):
                return normal_hash(topic[len(prefix) :])
    return None


def normal_hash(told: str | None) -> str | None:
    """An info hash in lower-case hexadecimal, 40 or 64 digits; None when it is none."""
    text = (told or "").strip().lower()
    if _HASH.fullmatch(text):
        return text
    if _BASE32.fullmatch(text):
        try:
            return base64.b32decode(text.upper()).hex()
        except binascii.Error:
            return None
    return None


def _offer(hit: Hit, source: str, name: str) -> Offer | None:
    if not _is_sound(hit):
        return None
    title = _words(hit.title, 300)
    link = _link(hit.link, hit.kind)
    if not title or not (link or hit.reference):
        return None
    if len(hit.link) > LONGEST_LINK or len(hit.reference) > LONGEST_LINK:
        return None
    if _HALVES.search(hit.reference):
        return None
    return Offer(
        source=source,
        source_name=name,
        kind=hit.kind,
        name=title,
        link=link,
        reference=hit.reference,
        size=_whole(hit.size, _MOST_BYTES),
        seeders=_whole(hit.seeders, 10_000_000, least=0),
        peers=_whole(hit.peers, 10_000_000, least=0),
        published=_moment(hit.published),
        info_hash=normal_hash(hit.info_hash) or magnet_hash(link),
        work=hit.work,
        duration=_length(hit.duration),
        height=_whole(hit.height, _TALLEST),
        languages=_languages(hit.languages),
        description=_words(hit.description, 600),
        creator=_words(hit.creator, 120),
        licence=_words(hit.licence, 120),
        poster=_web(hit.poster),
        page=_web(hit.page),
        files=_whole(hit.files, 1_000_000),
        locked=bool(hit.password),
    )


def _is_sound(hit: Hit) -> bool:
    """Whether a plugin put into each field what belongs there: it may pass on what it was sent."""
    return (
        all(isinstance(getattr(hit, name), str) for name in _TEXTS)
        and all(isinstance(getattr(hit, name), int | float | None) for name in _NUMBERS)
        and isinstance(hit.info_hash, str | None)
        and isinstance(hit.kind, HitKind)
        and isinstance(hit.work, Work | None)
        and isinstance(hit.languages, Sequence)
    )


def _words(told: str, most: int) -> str:
    """A text in one plain line; half a letter, as JSON can hold it, becomes a mark."""
    text = told[: most * 8]
    if not text:
        return ""
    if not text.isascii() and _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return clean(plain_text(text, most))


def _link(link: str, kind: HitKind) -> str:
    if kind is HitKind.TORRENT and link.startswith("magnet:?"):
        return "" if _NOT_SENT.search(link) else link
    return _web(link)


def _web(address: str) -> str:
    """A web address, or nothing: no other scheme ever reaches a player or a browser."""
    text = address.strip()
    if not text:
        return ""
    if len(text) > LONGEST_LINK or _NOT_SENT.search(text):
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return text if good else ""


def _whole(value: float | None, most: int, least: int = 1) -> int | None:
    if value is None or not least <= value <= most:
        return None
    return int(value)


def _length(seconds: float | None) -> float | None:
    if seconds is None or not 0 < seconds < 2_000_000:
        return None
    return float(seconds)


def _moment(told: float | None) -> float | None:
    if told is None or not 0 < told < 4_102_444_800:
        return None
    return float(told)


def _languages(codes: Sequence[str]) -> tuple[str, ...]:
    good = (code.lower() for code in codes[:20] if isinstance(code, str))
    return tuple(dict.fromkeys(code for code in good if _LANGUAGE.fullmatch(code)))
