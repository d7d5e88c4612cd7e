"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import PICTURES
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.ideogram.parsers import TROUBLES

NOBODYS = "AAAAAAAAAAAAAAAAAAAAAA"
"""An order nobody has placed: it is not found with a good key, and refused to a bad one."""

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"Api-Key": secrets["api_key"]},
    check=Call(f"/v1/generations/{NOBODYS}"),
    files=PICTURES,
)
