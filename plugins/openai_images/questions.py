"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import PictureWanted
from app.api.media_calls import Call, nearest_shape, shortened
from app.api.media_lists import KnownMedia

LONGEST = 32_000
"""Characters a wish may have there."""


def picture_call(wanted: PictureWanted, known: KnownMedia) -> Call:
    """Return the request for a picture, in the nearest of the sizes the model draws."""
    body = {
        "model": wanted.model,
        "prompt": shortened(wanted.prompt, LONGEST),
        "size": nearest_shape(wanted.width, wanted.height, known.extra["sizes"]),
        "n": 1,
        **known.extra.get("fields", {}),
    }
    return Call("/v1/images/generations", "POST", body)
