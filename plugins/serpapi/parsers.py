"""Reads answers: what people search for, how much, and what the service refuses; pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable

from app.api import (
    AppError,
    AuthRequired,
    Fields,
    HttpAnswer,
    InvalidInput,
    Keyword,
    Unavailable,
    inside,
    number,
    objects,
    text,
    words_of,
)

NAME = "SerpApi"
LONGEST = 100
MOST = 40
RISING = 90.0
"""What a search weighs at most that only rises: how much it is searched for is not told."""
SUGGESTED = 50.0
_NONE_LEFT = re.compile(r"run out of searches|searches for the month|upgrade your plan|exhausted")
_NOTHING = re.compile(r"hasn't returned any results|no results")


def parse_trends(document: Fields) -> list[Keyword]:
    """Return what is searched for beside a topic; its weight is Google's, 0 to 100.

    What rises counts by its growth: a tenfold rise weighs 60, one of a hundredfold 80.
    """
    related = document.get("related_queries")
    found = []
    for one in objects(inside(related, "top")):
        found.append(_keyword(one.get("query"), _amount(one)))
    for one in objects(inside(related, "rising")):
        growth = math.log10(_amount(one) + 1) * 20
        found.append(_keyword(one.get("query"), min(RISING, growth)))
    return _kept(found)


def parse_suggestions(document: Fields) -> list[Keyword]:
    """Return how people go on typing; the first weighs most."""
    values = [one.get("value") for one in objects(document.get("suggestions"))]
    return _kept(_keyword(told, max(5.0, SUGGESTED - 4 * at)) for at, told in enumerate(values))


def merged(found: Iterable[Keyword]) -> list[Keyword]:
    """Return each keyword once, with the most it weighs, the strongest first."""
    kept: dict[str, Keyword] = {}
    for one in found:
        known = kept.get(one.text.casefold())
        if known is None or known.weight < one.weight:
            kept[one.text.casefold()] = one
    return sorted(kept.values(), key=lambda one: -one.weight)[:MOST]


def parse_left(document: Fields) -> int | None:
    """Return how many searches the plan has left; None when the service does not say."""
    told = number(document.get("total_searches_left"))
    return number(document.get("plan_searches_left")) if told is None else told


def is_account(document: Fields) -> bool:
    """Whether a document tells of an account."""
    return parse_left(document) is not None or bool(text(document.get("account_id"), 100))


def is_search(document: Fields) -> bool:
    """Whether a document is a search that came to its end, found something or not."""
    state = text(inside(document, "search_metadata", "status"), 40)
    return state in ("Success", "Cached") and (
        "error" not in document or _NOTHING.search(text(document["error"], 500).lower()) is not None
    )


def trouble(answer: HttpAnswer) -> AppError | None:
    """Return what an answer that is no success means; None: it is one.

    What the service says in words is looked at and never passed on.
    """
    host, status = answer.host, answer.status
    if 300 <= status < 400:
        return Unavailable("errors.bad_answer", host=host)
    if status < 400:
        return None
    if status in (401, 403):
        return AuthRequired("errors.model_key_refused", name=NAME)
    if status == 402 or _NONE_LEFT.search(words_of(answer)):
        return AuthRequired("errors.media_quota", name=NAME)
    if status == 429 or answer.retry_after is not None:
        return Unavailable("errors.server_busy", host=host, retry_after=answer.retry_after)
    if status >= 500:
        return Unavailable("errors.server_failed", host=host, status=status)
    return InvalidInput("errors.server_refused", host=host, status=status)


def packed(keywords: Iterable[Keyword]) -> bytes:
    """Return keywords as they are remembered."""
    return json.dumps([[one.text, one.weight] for one in keywords]).encode()


def unpacked(content: bytes) -> list[Keyword] | None:
    """Return what `packed` made; None for anything else."""
    try:
        return [Keyword(str(told), float(weight)) for told, weight in json.loads(content)]
    except (ValueError, TypeError, RecursionError):
        return None


def _amount(one: Fields) -> float:
    """A value of Google Trends, which the service also gives as a number."""
    told = number(one.get("extracted_value"), 10**9)
    if told is None:
        digits = "".join(filter(str.isdigit, text(one.get("value"), 20)))
        told = number(digits, 10**9)
    return float(told or 0)


def _keyword(told: object, weight: float) -> Keyword:
    return Keyword(text(told, LONGEST), round(min(100.0, max(0.0, weight)), 1))


def _kept(found: Iterable[Keyword]) -> list[Keyword]:
    return [one for one in found if one.text][:MOST]
