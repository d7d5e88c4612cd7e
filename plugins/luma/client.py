"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api import bearer
from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.luma.parsers import STATES, TROUBLES

NOBODYS = "00000000-0000-0000-0000-000000000000"
"""An order nobody has placed: it is not found with a good key, and refused to a bad one."""

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: bearer(secrets["api_key"]),
    check=Call(f"/v1/generations/{NOBODYS}"),
    files=FILMS,
    order=("id",),
    poll="/v1/generations/{order}",
    state=("state",),
    states=STATES,
    result=("output", 0, "url"),
)
