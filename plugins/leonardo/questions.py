"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import PictureWanted
from app.api.media_calls import Call, nearest_size, shortened
from app.api.media_lists import KnownMedia

LONGEST = 1500
"""Characters a wish may have there."""


def picture_call(wanted: PictureWanted, known: KnownMedia) -> Call:
    """Return the request for a picture that nobody else sees."""
    edge = known.extra["edge"]
    width, height = nearest_size(wanted.width, wanted.height, edge * edge, 8, edge)
    body: dict[str, object] = {
        "modelId": wanted.model,
        "prompt": shortened(wanted.prompt, LONGEST),
        "width": width,
        "height": height,
        "num_images": 1,
        "public": False,
        **known.extra.get("fields", {}),
    }
    if wanted.seed is not None:
        body["seed"] = wanted.seed % 2_147_483_638
    return Call("/api/rest/v1/generations", "POST", body)
