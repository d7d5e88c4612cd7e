"""Stable Image of Stability AI, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.stability.provider import FILE, Stability
from tests.fakes.media_services import FakeMedia


def error(name: str, words: str) -> dict[str, Any]:
    return {"id": "4212a4b66fbe1cedca4bf2133d35dca5", "name": name, "errors": [words]}


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "stability", Stability, FILE
    KIND, MODEL, AT_ONCE = "picture", "core", True
    CHECK, ORDER = "/v1/user/balance", "/v2beta/stable-image/generate/(core|ultra|sd3)"
    BAD_KEY = 401, error("unauthorized", "missing or invalid authorization header")
    REFUSED = 403, error("content_moderation", "Your request was flagged by our system.")
    NO_MONEY = 402, error("payment_required", "You lack sufficient credits.")
    BUSY = 429, error("rate_limit_exceeded", "You have exceeded 150 requests in 10 seconds.")

    def accepted(self, request: web.Request) -> Any:
        assert request.headers["Accept"] == "image/*"
        head = {"Content-Type": "image/png", "finish-reason": "SUCCESS", "seed": "343940597"}
        return web.Response(body=self.content, headers=head)
