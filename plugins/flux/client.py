"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import PICTURES
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.flux.parsers import STATES, TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"x-key": secrets["api_key"]},
    check=Call("/v1/credits"),
    files=PICTURES,
    order=("polling_url",),  # each order lies at one of their regions, and nowhere else
    hosts=("bfl.ai", "bfl.ml"),
    state=("status",),
    states=STATES,
    progress=("progress",),
    result=("result", "sample"),
)
