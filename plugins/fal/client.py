"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.fal.parsers import STATES, TROUBLES

ACCOUNT = "account"
"""The name of the place that knows prices and keys."""
PRICED = "fal-ai/pika/v2.2/text-to-video"

WAYS = Ways(
    troubles=TROUBLES,
    sign=lambda secrets: {"Authorization": f"Key {secrets['api_key']}"},
    check=Call("/v1/models/pricing", params={"endpoint_id": PRICED}, place=ACCOUNT),
    files=FILMS,
    order=("status_url",),  # the addresses of an order are theirs to build
    hosts=("queue.fal.run",),
    state=("status",),
    states=STATES,
    result=("video", "url"),
    cancel=("PUT", ""),
)
