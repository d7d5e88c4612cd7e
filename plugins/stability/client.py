"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api import bearer
from app.api.media_answers import PICTURES
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.stability.parsers import TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: bearer(secrets["api_key"]),
    check=Call("/v1/user/balance"),
    files=PICTURES,
)
