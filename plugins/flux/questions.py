"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

import re

from app.api import InvalidInput, PictureWanted
from app.api.media_calls import Call, nearest_size, shortened
from app.api.media_lists import KnownMedia

LONGEST = 10_000
"""Characters a wish may have there."""
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,80}")


def picture_call(wanted: PictureWanted, known: KnownMedia) -> Call:
    """Return the request for a picture; its model is a part of the address."""
    if not _NAME.fullmatch(wanted.model):
        raise InvalidInput("errors.model_unknown", model=wanted.model[:60], name="FLUX")
    width, height = nearest_size(wanted.width, wanted.height, known.extra["pixels"], 16)
    body: dict[str, object] = {
        "prompt": shortened(wanted.prompt, LONGEST),
        "width": width,
        "height": height,
        "output_format": "png",
    }
    if wanted.seed is not None:
        body["seed"] = wanted.seed
    return Call(f"/v1/{wanted.model}", "POST", body)
