"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.heygen.parsers import STATES, TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"X-Api-Key": secrets["api_key"]},
    check=Call("/v3/users/me"),
    files=FILMS,
    order=("data", "video_id"),
    poll="/v3/videos/{order}",
    state=("data", "status"),
    states=STATES,
    result=("data", "video_url"),
    cancel=("DELETE", "/v3/videos/{order}"),
)
LOOKS = Call("/v3/avatars/looks", params={"limit": "50"})
