"""Turns a question into the query language of archive.org, which is that of Lucene."""

from __future__ import annotations

from app.api import SearchQuestion, Work, search_words

MOST_ROWS = 100
FIELDS = (
    *("identifier", "title", "year", "date", "creator", "description", "downloads", "runtime"),
    *("licenseurl", "language", "item_size", "subject", "collection", "publicdate"),
)
BY_TITLE = frozenset({Work.FILM, Work.SERIES, Work.EPISODE})


def query_for(question: SearchQuestion) -> str:
    """Return the query; nothing when the question has no word in it.

    Of a work that has a title, the title is asked for; of anything else also its maker and its
    subject. A year lifts what is of that year, and hides nothing.
    """
    words = " ".join(search_words(question.text))
    if not words:
        return ""
    wanted = f"title:({words})"
    if question.work not in BY_TITLE:
        wanted = f"({wanted} OR creator:({words}) OR subject:({words}))"
    if question.year is not None:
        wanted = f"({wanted} OR ({wanted} AND year:{int(question.year)}))"
    return f"{wanted} AND mediatype:(movies) AND -access-restricted-item:true"


def parameters(question: SearchQuestion) -> list[tuple[str, str]]:
    """Return the parameters of ``advancedsearch.php``; the order is that of relevance."""
    return [
        ("q", query_for(question)),
        *(("fl[]", field) for field in FIELDS),
        ("rows", str(max(1, min(question.limit, MOST_ROWS)))),
        ("page", "1"),
        ("output", "json"),
    ]
