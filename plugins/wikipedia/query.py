"""Turns a topic into requests for MediaWiki, whose search engine is CirrusSearch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_HITS = 8
MAXLAG = "5"
"""Seconds the wiki's own copies may be behind; a wiki that is busier than that is left alone."""
_ALWAYS = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "maxlag": MAXLAG,
    "explaintext": "1",
}


def search_parameters(words: Sequence[str], *, any_of_them: bool = False) -> Mapping[str, str]:
    """Return the parameters of a search whose answer holds how each article begins.

    The articles have all of the words, or, with `any_of_them`, at least one.
    """
    return _ALWAYS | {
        "generator": "search",
        "gsrnamespace": "0",
        "gsrsearch": (" OR " if any_of_them else " ").join(words),
        "gsrlimit": str(MOST_HITS),
        "prop": "extracts|info|pageprops",
        "exintro": "1",
        "exlimit": str(MOST_HITS),
        "inprop": "url",
        "ppprop": "disambiguation",
        "meta": "siteinfo",
        "siprop": "general|rightsinfo",
    }


def article_parameters(page: int) -> Mapping[str, str]:
    """Return the parameters that ask for all the text of one article, with marked headings."""
    return _ALWAYS | {
        "pageids": str(page),
        "prop": "extracts",
        "exlimit": "1",
        "exsectionformat": "wiki",
    }
