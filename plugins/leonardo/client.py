"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api import bearer
from app.api.media_answers import PICTURES
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.leonardo.parsers import STATES, TROUBLES

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: bearer(secrets["api_key"]),
    check=Call("/api/rest/v1/me"),
    files=PICTURES,
    order=("sdGenerationJob", "generationId"),
    poll="/api/rest/v1/generations/{order}",
    state=("generations_by_pk", "status"),
    states=STATES,
    result=("generations_by_pk", "generated_images", 0, "url"),
    cancel=("DELETE", "/api/rest/v1/generations/{order}"),
)
