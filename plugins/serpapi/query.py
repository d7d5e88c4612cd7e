"""Turns a topic into the two searches it takes; pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import search_words
from app.api.prose import topic_words

LONGEST = 100
"""Characters the service takes for Google Trends."""


def trends_parameters(topic: str, language: str) -> Mapping[str, str]:
    """Return the parameters that ask what is searched for beside a topic, in the last year."""
    return {
        "engine": "google_trends",
        "q": _cut(topic_words(topic, language)),
        "data_type": "RELATED_QUERIES",
        "date": "today 12-m",
        "hl": language,
    }


def suggestions_parameters(topic: str, language: str) -> Mapping[str, str]:
    """Return the parameters that ask how people go on who begin to type a topic."""
    return {"engine": "google_autocomplete", "q": _cut(search_words(topic)), "hl": language}


def _cut(words: tuple[str, ...]) -> str:
    """As many whole words as fit; several questions at once would be parted by commas."""
    found = ""
    for word in words:
        if len(found) + len(word) + 1 > LONGEST:
            break
        found = f"{found} {word}".strip()
    return found
