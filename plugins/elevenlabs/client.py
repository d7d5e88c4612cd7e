"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.elevenlabs.parsers import TROUBLES

LARGEST = 40_000_000
WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"xi-api-key": secrets["api_key"]},
    check=Call("/v1/voices"),
    files=(),
    largest_document=LARGEST,
)
