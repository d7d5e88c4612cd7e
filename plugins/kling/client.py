"""How the service is reached: with a key, or signed with the two keys of an older account."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping

from app.api import bearer
from app.api.media_answers import FILMS
from app.api.media_calls import Call
from app.api.media_service import Ways
from plugins.kling.parsers import STATES, TROUBLES

LASTS = 1800
"""Seconds a signature is good for."""
EARLY = 5
"""Seconds it is good before it is made, for clocks that are late."""


def token(access: str, secret: str, now: float) -> str:
    """Return a signed token (JWT, HS256) of two keys, made at a time."""
    head = {"alg": "HS256", "typ": "JWT"}
    body = {"iss": access, "exp": int(now) + LASTS, "nbf": int(now) - EARLY}
    told = ".".join(
        _packed(json.dumps(one, separators=(",", ":")).encode()) for one in (head, body)
    )
    return f"{told}.{_packed(hmac.new(secret.encode(), told.encode(), hashlib.sha256).digest())}"


def signed(secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a request; the secret key itself never goes out."""
    key, secret = secrets["api_key"], secrets["secret_key"]
    return bearer(token(key, secret, time.time()) if secret else key)


WAYS = Ways(
    troubles=TROUBLES,
    sign=signed,
    check=Call("/v1/videos/text2video", params={"pageNum": "1", "pageSize": "1"}),
    files=FILMS,
    order=("data", "task_id"),
    poll="/v1/videos/{order}",  # an order is named by its kind and its number
    state=("data", "task_status"),
    states=STATES,
    result=("data", "task_result", "videos", 0, "url"),
    secrets=("api_key", "secret_key"),
    needless=("secret_key",),
)


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
