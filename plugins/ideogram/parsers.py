"""Reads answers: where the picture lies, whether it was held back, and what troubles mean."""

from __future__ import annotations

from app.api import Fields, Unavailable, web_address
from app.api.media_answers import Meaning, Troubles
from app.api.media_calls import inside_of

TROUBLES = Troubles(
    "Ideogram",
    where=(("error",), ("detail",), ("message",), ("code",)),
    codes={"prompt or provided image failed the safety checks": Meaning.REFUSED},
)


def parse_place(document: Fields, host: str) -> str:
    """Return the address of the picture; `Refused` when it is held back as unsafe."""
    if inside_of(document, ("data", 0, "is_image_safe")) is False:
        raise TROUBLES.refused()
    address = web_address(inside_of(document, ("data", 0, "url")))
    if not address:
        raise Unavailable("errors.bad_answer", host=host)
    return address
