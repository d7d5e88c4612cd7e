"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.d_id.parsers import STATES, TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"Authorization": f"Basic {secrets['api_key']}"},
    check=Call("/credits"),
    files=FILMS,
    order=("id",),
    poll="/{order}",  # an order is named by its kind and its number
    state=("status",),
    states=STATES,
    result=("result_url",),
)
PRESENTERS = Call("/clips/presenters", params={"limit": "50"})
