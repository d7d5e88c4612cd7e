"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.synthesia.parsers import STATES, TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"Authorization": secrets["api_key"]},
    check=Call("/v2/videos", params={"limit": "1"}),
    files=FILMS,
    order=("id",),
    poll="/v2/videos/{order}",
    state=("status",),
    states=STATES,
    result=("download",),
    cancel=("DELETE", "/v2/videos/{order}"),
)
