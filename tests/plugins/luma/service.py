"""The agents API of Luma, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.luma.provider import FILE, Luma
from tests.fakes.media_services import FakeMedia, told

ID = "d290f1ee-6c54-4b01-90e6-d701748f0851"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "luma", Luma, FILE
    MODEL = "ray-3.2"
    CHECK, ORDER, POLL = "/v1/generations/[0-]+", "/v1/generations", f"/v1/generations/{ID}"
    BAD_KEY = 401, {"detail": "Not authenticated"}
    REFUSED = 400, {"detail": "Content moderation refused the prompt", "code": "content_moderated"}
    NO_MONEY = 402, {"detail": "Insufficient credits"}
    QUOTA = 403, {"detail": "The monthly budget is used up", "code": "budget_exhausted"}
    BUSY = 429, {"detail": "Too many concurrent jobs"}
    GONE = 404, {"detail": "Generation not found"}

    async def checked(self) -> web.StreamResponse:
        return told((404, {"detail": "Generation not found"}))

    def accepted(self, request: web.Request) -> Any:
        return {"id": ID, "type": "video", "state": "queued", "model": "ray-3.2", "output": [],
                "created_at": "2026-11-26T10:00:00Z"}  # fmt: skip

    def standing(self) -> Any:
        states: dict[str, dict[str, Any]] = {
            "running": {"state": "processing", "output": []},
            "done": {"state": "completed", "output": [{"type": "video", "url": self.file}]},
            "failed": {"state": "failed", "failure_code": "generation_failed"},
            "refused": {"state": "failed", "failure_code": "content_moderated"},
        }
        return {"id": ID, "type": "video", "model": "ray-3.2"} | states[self.state]
