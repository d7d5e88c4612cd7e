"""The queue of fal, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.fal.provider import FILE, Fal
from tests.fakes.media_services import FakeMedia, told
from tests.fakes.model_services import KEY

ID = "80e732af-660e-45cd-bd63-580e4f2a94cc"
APP = "/fal-ai/pika/requests"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "fal", Fal, FILE
    MODEL = "fal-ai/pika/v2.2/text-to-video"
    CHECK, ORDER = "/v1/models/pricing", "/fal-ai/pika/v2.2/(text|image)-to-video"
    POLL = f"{APP}/{ID}/status"
    CANCEL = "PUT", f"{APP}/{ID}/cancel"
    BAD_KEY = 401, {"detail": "Authentication is required to access this application"}
    REFUSED = 422, {"detail": [{"loc": ["body", "prompt"], "type": "content_policy_violation",
                                "msg": "It was flagged by a content checker."}]}  # fmt: skip
    NO_MONEY = 403, {"detail": "User is locked. Reason: Exhausted balance. Top up your balance."}
    BUSY = 429, {"detail": "Too many concurrent requests"}
    GONE = 404, {"detail": "Request not found"}

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Key {KEY}"

    def accepted(self, request: web.Request) -> Any:
        at = f"{self.url}{APP}/{ID}"
        return {"status": "IN_QUEUE", "request_id": ID, "response_url": at,
                "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}  # fmt: skip

    def standing(self) -> Any:
        state = "IN_PROGRESS" if self.state == "running" else "COMPLETED"
        return {"status": state, "response_url": f"{self.url}{APP}/{ID}", "request_id": ID}

    async def more(self, request: web.Request) -> web.StreamResponse:
        if request.path != f"{APP}/{ID}":
            return await super().more(request)
        wrong = {"loc": ["body"], "msg": "Internal error", "type": "internal_server_error"}
        answers: dict[str, Any] = {
            "done": (200, {"video": {"url": self.file, "content_type": "video/mp4"}}),
            "failed": (500, {"detail": [wrong]}),
            "refused": self.REFUSED,
        }
        return told(answers[self.state])
