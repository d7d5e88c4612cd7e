"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import ClipWanted
from app.api.media_calls import Call, based, nearest_shape, picture_kind, shortened, whole_seconds
from app.api.media_lists import KnownMedia

LONGEST = 2_500
"""Characters a wish may have there."""
SHAPES = ("16:9", "9:16", "1:1")


def clip_call(wanted: ClipWanted, known: KnownMedia) -> tuple[Call, str]:
    """Return the request for a clip, and what an order of its kind is named with first."""
    extra = known.extra
    body: dict[str, object] = {
        "model_name": extra.get("named", wanted.model),
        "prompt": shortened(wanted.prompt, LONGEST),
        "duration": str(whole_seconds(wanted.seconds, extra["seconds"], known.model.name)),
        **extra["fields"],
    }
    if wanted.picture is None:
        body["aspect_ratio"] = nearest_shape(wanted.width, wanted.height, SHAPES)
    else:
        picture_kind(wanted.picture)
        body["image"] = based(wanted.picture)
    kind = "text2video" if wanted.picture is None else "image2video"
    return Call(f"/v1/videos/{kind}", "POST", body), f"{kind}/"
