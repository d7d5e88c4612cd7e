"""The developer API of Ideogram, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.ideogram.provider import FILE, Ideogram
from tests.fakes.media_services import FakeMedia, told
from tests.fakes.model_services import KEY


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "ideogram", Ideogram, FILE
    KIND, MODEL, AT_ONCE = "picture", "ideogram-v4", True
    CHECK, ORDER = "/v1/generations/A+", "/v1/ideogram-v[34]/generate"
    BAD_KEY = 401, {"error": "Not authorized"}
    REFUSED = 422, {"error": "Prompt or provided image failed the safety checks"}
    NO_MONEY = 402, {"error": "Insufficient credits"}
    BUSY = 429, {"error": "Too many requests in flight"}

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("Api-Key") == KEY

    async def checked(self) -> web.StreamResponse:
        return told((404, {"error": "Generation not found"}))

    def accepted(self, request: web.Request) -> Any:
        one = {"url": self.file, "prompt": "", "resolution": "1440x2560", "is_image_safe": True,
               "seed": 12345}  # fmt: skip
        return {"created": "2026-11-26T10:00:00Z", "data": [one], "response_type": "url"}
