"""Puts a wish into the words of the models behind the service; pure."""

from __future__ import annotations

import re

from app.api import ClipWanted, InvalidInput
from app.api.media_calls import Call, data_address, nearest_shape, shortened, whole_seconds
from app.api.media_lists import KnownMedia

LONGEST = 2_000
"""Characters a wish may have, as the narrowest of the models takes them."""
_PATH = re.compile(r"[a-z0-9][a-zA-Z0-9._-]{0,60}(?:/[a-zA-Z0-9][a-zA-Z0-9._-]{0,60}){1,6}")


def clip_call(wanted: ClipWanted, known: KnownMedia) -> Call:
    """Return the request for a clip; its model is the address.

    Of a model that is not in the list no more is known than that it takes a prompt.
    """
    extra = known.extra
    path = wanted.model if wanted.picture is None else extra.get("from_picture", wanted.model)
    if not _PATH.fullmatch(path):
        raise InvalidInput("errors.model_unknown", model=wanted.model[:60], name="fal")
    body: dict[str, object] = {"prompt": shortened(wanted.prompt, LONGEST)}
    body.update(extra.get("fields", {}))
    if "seconds" in extra:
        length = whole_seconds(wanted.seconds, extra["seconds"], known.model.name)
        body["duration"] = extra.get("length", "{}").format(length)
    if wanted.picture is not None:
        body["image_url"] = data_address(wanted.picture)
    elif "shapes" in extra:
        body["aspect_ratio"] = nearest_shape(wanted.width, wanted.height, extra["shapes"])
    return Call(f"/{path}", "POST", body)
