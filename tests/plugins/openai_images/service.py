"""The Images API of OpenAI, with answers as its reference shows them."""

from __future__ import annotations

import base64
from typing import Any

from aiohttp import web

from plugins.openai_images.provider import FILE, OpenAIImages
from tests.fakes.media_services import FakeMedia


def error(code: str, message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "openai_images", OpenAIImages, FILE
    KIND, MODEL, AT_ONCE = "picture", "gpt-image-2.6-flare", True
    CHECK, ORDER = "/v1/models", "/v1/images/generations"
    BAD_KEY = 401, error("invalid_api_key", "Incorrect API key provided: canary*****09b.")
    REFUSED = 400, error("moderation_blocked", "Rejected.", "image_generation_user_error")
    NO_MONEY = 400, error("billing_hard_limit_reached", "Billing hard limit has been reached.")
    BUSY = 429, error("rate_limit_exceeded", "Rate limit reached for images per minute: 5.")

    def accepted(self, request: web.Request) -> Any:
        return {
            "created": 1795600000,
            "data": [{"b64_json": base64.b64encode(self.content).decode()}],
            "usage": {"input_tokens": 50, "output_tokens": 1000, "total_tokens": 1050},
        }
