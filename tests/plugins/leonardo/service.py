"""The production API of Leonardo.Ai, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.leonardo.provider import FILE, Leonardo
from tests.fakes.media_services import FakeMedia

ID = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "leonardo", Leonardo, FILE
    KIND, MODEL = "picture", "7b592283-e8a7-4c5a-9ba6-d18c31f258b9"
    CHECK, ORDER = "/api/rest/v1/me", "/api/rest/v1/generations"
    POLL = f"/api/rest/v1/generations/{ID}"
    CANCEL = "DELETE", POLL
    BAD_KEY = 401, {"error": "Invalid response from authorization hook", "code": "access-denied"}
    REFUSED = 403, {"error": "content moderation filter: rejected", "code": "unexpected"}
    NO_MONEY = 400, {"error": "not enough api tokens", "path": "$", "code": "unexpected"}
    BUSY = 429, {"error": "too many concurrent jobs", "code": "unexpected"}

    def accepted(self, request: web.Request) -> Any:
        return {"sdGenerationJob": {"generationId": ID, "apiCreditCost": 16}}

    def standing(self) -> Any:
        states = {"running": "PENDING", "done": "COMPLETE", "failed": "FAILED"}
        pictures = [{"id": "x", "url": self.file, "nsfw": False}] if self.state == "done" else []
        return {"generations_by_pk": {"id": ID, "status": states[self.state],
                                      "generated_images": pictures}}  # fmt: skip
