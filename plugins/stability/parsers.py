"""Reads answers: the picture is the answer itself, and its head says whether it was blurred."""

from __future__ import annotations

from app.api import HttpAnswer, MadeMedia, Unavailable
from app.api.media_answers import PICTURES, Meaning, Troubles, made_of

TROUBLES = Troubles(
    "Stability AI",
    where=(("name",), ("errors", 0)),
    codes={
        "content_moderation": Meaning.REFUSED,
        "payment_required": Meaning.MONEY,
        "unauthorized": Meaning.KEY,
        "rate_limit_exceeded": Meaning.BUSY,
    },
)


def parse_picture(answer: HttpAnswer) -> MadeMedia:
    """Return the picture a good answer is; `Refused` when it was blurred by their filter."""
    if answer.headers.get("finish-reason", "").strip().upper() == "CONTENT_FILTERED":
        raise TROUBLES.refused()
    if not answer.headers.get("content-type", "").startswith("image/"):
        raise Unavailable("errors.bad_answer", host=answer.host)
    return made_of(answer.content, PICTURES, answer.host)
