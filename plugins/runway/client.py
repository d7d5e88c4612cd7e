"""How the service is reached; the key goes out in what is signed here, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from app.api import bearer
from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.runway.parsers import STATES, TROUBLES

VERSION = "2024-11-06"


def signed(secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request."""
    return {**bearer(secrets["api_key"]), "X-Runway-Version": VERSION}


WAYS = Ways(
    troubles=TROUBLES,
    sign=signed,
    check=Call("/v1/organization"),
    files=FILMS,
    order=("id",),
    poll="/v1/tasks/{order}",
    state=("status",),
    states=STATES,
    progress=("progress",),
    result=("output", 0),
    cancel=("DELETE", "/v1/tasks/{order}"),  # of a task that has ended it would erase the film
)
