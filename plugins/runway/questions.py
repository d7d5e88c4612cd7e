"""Puts a wish into the words of the protocol; pure."""

from __future__ import annotations

from app.api import ClipWanted, InvalidInput
from app.api.media_calls import Call, data_address, nearest_shape, shortened, whole_seconds
from app.api.media_lists import KnownMedia

LONGEST = 1000
"""Characters a wish may have there."""
LARGEST = 5_000_000
"""Characters of a picture that goes along in the request."""


def clip_call(wanted: ClipWanted, known: KnownMedia) -> Call:
    """Return the request for a clip, out of words or out of a picture."""
    extra = known.extra
    way = "text" if wanted.picture is None else "picture"
    if way not in extra:
        raise InvalidInput("errors.media_needs_picture", model=known.model.name)
    body: dict[str, object] = {
        "model": wanted.model,
        "promptText": shortened(wanted.prompt, LONGEST),
        "ratio": nearest_shape(wanted.width, wanted.height, extra[way]),
        "duration": whole_seconds(wanted.seconds, extra["seconds"], known.model.name),
    }
    if wanted.picture is not None:
        body["promptImage"] = data_address(wanted.picture, LARGEST)
    path = "/v1/text_to_video" if wanted.picture is None else "/v1/image_to_video"
    return Call(path, "POST", body)
