"""Reads answers: the picture in one, what it cost, and what its troubles mean."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import Fields, MadeMedia, tokens
from app.api.media_answers import PICTURES, Meaning, Troubles, made_of, unpacked
from app.api.media_calls import inside_of

TROUBLES = Troubles(
    "OpenAI",
    where=(("error", "code"), ("error", "type"), ("error", "message")),
    codes={
        "moderation_blocked": Meaning.REFUSED,
        "content_policy_violation": Meaning.REFUSED,
        "insufficient_quota": Meaning.MONEY,
        "billing_hard_limit_reached": Meaning.MONEY,
        "billing_not_active": Meaning.MONEY,
        "invalid_api_key": Meaning.KEY,
        "rate_limit_exceeded": Meaning.BUSY,
    },
)


def parse_picture(document: Fields, rates: Mapping[str, float], host: str) -> MadeMedia:
    """Return the picture of an answer, and what it cost.

    `rates` are dollars for a million tokens read (``input``) and drawn (``output``).
    """
    content = unpacked(inside_of(document, ("data", 0, "b64_json")), host)
    return made_of(content, PICTURES, host, _price(document, rates))


def _price(document: Fields, rates: Mapping[str, float]) -> float | None:
    drawn = tokens(document, "usage", "output_tokens")
    if not drawn or not rates:
        return None
    read = tokens(document, "usage", "input_tokens")
    return (read * rates["input"] + drawn * rates["output"]) / 1_000_000
