"""Turns a question into requests an indexer can really answer, the best one first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.api import SearchQuestion, Work
from plugins.indexers.caps import wanted_categories
from plugins.indexers.model import Caps
from plugins.indexers.values import identifier, imdb

LONGEST = 200
_TELEVISION = (Work.SERIES, Work.EPISODE)


@dataclass(frozen=True, slots=True)
class Plan:
    """One request. `after_empty`: it is worth asking when the one before found nothing."""

    params: Mapping[str, str]
    after_empty: bool = False


def plan(caps: Caps, question: SearchQuestion) -> tuple[Plan, ...]:
    """Return the requests to try in turn until one answers; none when it can answer none."""
    plain = _plain(caps, question)
    if question.work is Work.FILM:
        first, again = _film(caps, question), True
    elif question.work in _TELEVISION:
        first, again = _television(caps, question), False
    else:
        first, again = None, False
    plans = [] if first is None else [Plan(_whole(first, caps, question))]
    if plain is not None and plain != first:
        plans.append(Plan(_whole(plain, caps, question), after_empty=again))
    return tuple(plans)


def _film(caps: Caps, question: SearchQuestion) -> dict[str, str] | None:
    """By an identifier it knows, else by the title; None without a search for films."""
    listed = caps.functions.get("movie-search", frozenset())
    asked: dict[str, str] = {"t": "movie"}
    known = imdb(question.ids.get("imdb", ""))
    other = identifier(question.ids.get("tmdb", ""))
    title = _words(question.text)
    if known and "imdbid" in listed:
        asked["imdbid"] = known.removeprefix("tt")
    elif other and "tmdbid" in listed:
        asked["tmdbid"] = other
    elif title and "q" in listed:
        numbered = question.year is not None and "year" not in listed
        asked["q"] = f"{title} {question.year}" if numbered else title
    else:
        return None
    if question.year is not None and "year" in listed:
        asked["year"] = str(question.year)
    return asked


def _television(caps: Caps, question: SearchQuestion) -> dict[str, str] | None:
    """With season and episode as numbers where it takes both, else within the words."""
    listed = caps.functions.get("tv-search", frozenset())
    title = _words(question.text)
    if "q" not in listed or not title:
        return None
    numbers: dict[str, str] = {}
    if question.season is not None:
        numbers["season"] = str(question.season)
        if question.episode is not None:
            numbers["ep"] = str(question.episode)
    if numbers and numbers.keys() <= listed:
        return {"t": "tvsearch", "q": title, **numbers}
    return {"t": "tvsearch", "q": _numbered(title, question)}


def _plain(caps: Caps, question: SearchQuestion) -> dict[str, str] | None:
    """In words alone, with whichever function takes words."""
    title = _words(question.text)
    if not title:
        return None
    words = _numbered(title, question)
    for function, named in (
        ("search", "search"),
        ("book-search", "book"),
        ("audio-search", "music"),
        ("music-search", "music"),
        ("movie-search", "movie"),
        ("tv-search", "tvsearch"),
    ):
        if "q" in caps.functions.get(function, ()) and _suits(function, question.work):
            return {"t": named, "q": words}
    return None


def _suits(function: str, work: Work | None) -> bool:
    """Whether a function may stand in for a plain search."""
    if function == "search":
        return True
    if function == "movie-search":
        return work in (Work.FILM, Work.VIDEO, None)
    if function == "tv-search":
        return work in (*_TELEVISION, Work.VIDEO, None)
    return work is Work.AUDIOBOOK


def _whole(asked: Mapping[str, str], caps: Caps, question: SearchQuestion) -> Mapping[str, str]:
    """The request with what every one has."""
    params = {**asked, "extended": "1", "limit": str(max(1, min(question.limit, caps.most)))}
    categories = wanted_categories(question.work, caps.categories)
    if categories:
        params["cat"] = ",".join(map(str, categories))
    return params


def _numbered(title: str, question: SearchQuestion) -> str:
    """The title as releases write it: with season and episode, or with the year."""
    if question.season is not None and question.episode is not None:
        return f"{title} S{question.season:02d}E{question.episode:02d}"
    if question.season is not None:
        return f"{title} S{question.season:02d}"
    if question.episode is not None:
        return f"{title} {question.episode:02d}"
    if question.year is not None and question.work in (Work.FILM, None):
        return f"{title} {question.year}"
    return title


def _words(text: str) -> str:
    """A title fit for a request: without control characters, of a reasonable length."""
    told = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    return " ".join(told.split())[:LONGEST].strip()
