"""Turns a question into a request for MediaWiki, whose search engine is CirrusSearch."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import SearchQuestion, search_words

MOST_HITS = 50
"""A wiki tells the details of at most so many files in one answer."""
POSTER_WIDTH = 500
"""One of the widths Wikimedia keeps ready; others would be made for us alone."""
_ALWAYS = {"action": "query", "format": "json", "formatversion": "2", "prop": "videoinfo"}
_TOLD = "LicenseShortName|Artist|Credit|ImageDescription|DateTimeOriginal"


def search_parameters(question: SearchQuestion) -> Mapping[str, str]:
    """Return the parameters of a search; none when the question has no word in it.

    Only words are left of what was typed: no quotes, signs or keywords of the search language.
    """
    words = " ".join(search_words(question.text))
    if not words:
        return {}
    return _ALWAYS | {
        "generator": "search",
        "gsrnamespace": "6",
        "gsrsearch": f"filetype:video {words}",
        "gsrlimit": str(max(1, min(question.limit, MOST_HITS))),
        "viprop": "url|size|mime|mediatype|timestamp|derivatives|extmetadata",
        "viurlwidth": str(POSTER_WIDTH),
        "viextmetadatafilter": _TOLD,
        "viextmetadatalanguage": next(iter(question.languages), "en"),
    }


def file_parameters(title: str) -> Mapping[str, str]:
    """Return the parameters that ask for everything one file plays."""
    return _ALWAYS | {"titles": title, "viprop": "url|size|mime|derivatives|timedtext"}
