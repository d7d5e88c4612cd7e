"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import PictureWanted
from app.api.media_calls import Call, Part, nearest_shape, shortened
from app.api.media_lists import KnownMedia

LONGEST = 8_000
"""Characters a wish may have; the service names no bound of its own."""
SHAPES = ("1x3", "3x1", "1x2", "2x1", "9x16", "16x9", "10x16", "16x10", "2x3", "3x2", "3x4", "4x3",
          "4x5", "5x4", "1x1")  # fmt: skip


def picture_call(wanted: PictureWanted, known: KnownMedia) -> Call:
    """Return the request for a picture, in the nearest of the sizes or shapes of its model."""
    extra = known.extra
    fields: dict[str, object] = {
        extra["prompt"]: shortened(wanted.prompt, LONGEST),
        **extra.get("fields", {}),
    }
    if "sizes" in extra:
        fields["resolution"] = nearest_shape(wanted.width, wanted.height, extra["sizes"])
    else:
        fields["aspect_ratio"] = nearest_shape(wanted.width, wanted.height, SHAPES)
        if wanted.seed is not None:
            fields["seed"] = wanted.seed % 2_147_483_647
    form = [Part.words(name, value) for name, value in fields.items()]
    return Call(extra["path"], "POST", form=form)
