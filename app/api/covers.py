"""The moment of a video its cover shows, where a platform takes one of its own pictures only."""

from __future__ import annotations

import math

from app.api.publishing import PostWanted
from app.domain.errors import InvalidInput

CHOICE = "cover_at"


def cover_at(wanted: PostWanted, name: str) -> int | None:
    """Milliseconds, from the choice ``cover_at`` in seconds; None: it was not chosen.

    `InvalidInput` (``errors.post_choice``) when it is no moment of the video.
    """
    told = wanted.choices.get(CHOICE, "")
    if not told:
        return None
    try:
        moment = float(told)
    except ValueError:
        moment = -1.0
    length = wanted.video.seconds if wanted.video is not None else 0.0
    if not math.isfinite(moment) or moment < 0 or (length and moment >= length):
        raise InvalidInput("errors.post_choice", name=name, choice=CHOICE)
    return int(moment * 1000)
