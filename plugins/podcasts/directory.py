"""Turns rows of the directory into hits; pure, no input or output."""

from __future__ import annotations

from collections.abc import Sequence

from app.api import (
    Fields,
    Hit,
    HitKind,
    Unavailable,
    Work,
    language_code,
    moment,
    number,
    objects,
    text,
    web_address,
)

USUAL_COUNTRY = "US"
COUNTRIES = {
    **{"ar": "SA", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR"},
    **{"en": "US", "es": "ES", "et": "EE", "eu": "ES", "fi": "FI", "fr": "FR", "gl": "ES"},
    **{"he": "IL", "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP"},
    **{"ko": "KR", "lt": "LT", "lv": "LV", "nl": "NL", "no": "NO", "pl": "PL", "pt": "BR"},
    **{"ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sv": "SE", "th": "TH", "tr": "TR"},
    **{"uk": "UA", "vi": "VN", "zh": "TW"},
}
"""The directory has one list for each country: where most of a language's podcasts are."""
WORDS = {
    "en": ("1 episode", "{} episodes", "explicit"),
    "fr": ("1 épisode", "{} épisodes", "explicite"),
}


def country_of(languages: Sequence[str]) -> str:
    """Return the country whose list is asked, for the best known of some languages."""
    codes = (language_code(one) or "" for one in languages)
    return next((COUNTRIES[code] for code in codes if code in COUNTRIES), USUAL_COUNTRY)


def parse_rows(said: object, host: str, languages: Sequence[str] = ()) -> list[Hit]:
    """Return the podcasts of an answer, each feed once; `Unavailable` when it is none.

    A row without a feed cannot be listened to and is left out.
    """
    rows = said.get("results") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise Unavailable("errors.bad_answer", host=host)
    found: dict[str, Hit] = {}
    for row in objects(rows):
        hit = _hit(row, WORDS.get(next(iter(languages), ""), WORDS["en"]))
        if hit is not None:
            found.setdefault(hit.reference, hit)
    return list(found.values())


def _hit(row: Fields, words: tuple[str, str, str]) -> Hit | None:
    feed = web_address(row.get("feedUrl"))
    title = text(row.get("collectionName"), 500) or text(row.get("trackName"), 500)
    if not feed or not title or row.get("kind", "podcast") != "podcast":
        return None
    episodes = number(row.get("trackCount")) or None
    identifier = number(row.get("collectionId"))
    return Hit(
        title=title,
        kind=HitKind.ITEM,
        reference=feed,
        published=moment(row.get("releaseDate")),
        work=Work.PODCAST,
        description=_described(row, episodes, words),
        creator=text(row.get("artistName"), 500),
        poster=web_address(row.get("artworkUrl600")) or web_address(row.get("artworkUrl100")),
        page=web_address(row.get("collectionViewUrl")),
        ids={"itunes": str(identifier)} if identifier else {},
        files=episodes,
    )


def _described(row: Fields, episodes: int | None, words: tuple[str, str, str]) -> str:
    """The genre, how many episodes there are, and whether it is for grown-ups."""
    one, many, explicit = words
    parts = [text(row.get("primaryGenreName"), 100)]
    if episodes:
        parts.append(one if episodes == 1 else many.format(episodes))
    if row.get("collectionExplicitness") == "explicit":
        parts.append(explicit)
    return " · ".join(part for part in parts if part)
