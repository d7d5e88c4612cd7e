"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import PictureWanted
from app.api.media_calls import Call, Part, nearest_shape, shortened
from app.api.media_lists import KnownMedia

LONGEST = 10_000
"""Characters a wish may have there."""
SHAPES = ("16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21")
MOST_SEED = 4_294_967_294


def picture_call(wanted: PictureWanted, known: KnownMedia) -> Call:
    """Return the request for a picture, in the nearest of the shapes the service knows."""
    fields: dict[str, object] = {
        "prompt": shortened(wanted.prompt, LONGEST),
        "aspect_ratio": nearest_shape(wanted.width, wanted.height, SHAPES),
        "output_format": "png",
        **known.extra.get("fields", {"model": wanted.model}),
    }
    if wanted.seed is not None:
        fields["seed"] = wanted.seed % MOST_SEED
    path = f"/v2beta/stable-image/generate/{known.extra.get('path', 'sd3')}"
    form = [Part.words(name, value) for name, value in fields.items()]
    return Call(path, "POST", form=form, headers={"Accept": "image/*"})
