"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from typing import Any

from app.api import ClipWanted
from app.api.media_calls import Call, based, nearest_shape, picture_kind, shortened, whole_seconds
from app.api.media_lists import KnownMedia

LONGEST = 6_000
"""Characters a wish may have there."""
SHAPES = ("9:16", "3:4", "1:1", "4:3", "16:9", "21:9")


def clip_call(wanted: ClipWanted, known: KnownMedia) -> Call:
    """Return the request for a clip; one that begins with a picture is shorter."""
    way = "seconds" if wanted.picture is None else "seconds_from_picture"
    length = whole_seconds(wanted.seconds, known.extra[way], known.model.name)
    video: dict[str, Any] = {**known.extra["video"], "duration": f"{length}s"}
    if wanted.picture is not None:
        kind = picture_kind(wanted.picture)
        video["start_frame"] = {"data": based(wanted.picture), "media_type": kind}
    body = {
        "model": wanted.model,
        "type": "video",
        "prompt": shortened(wanted.prompt, LONGEST),
        "aspect_ratio": nearest_shape(wanted.width, wanted.height, SHAPES),
        "video": video,
    }
    return Call("/v1/generations", "POST", body)
