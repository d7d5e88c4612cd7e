"""The API of Synthesia (v2), with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.synthesia.provider import FILE, Synthesia
from tests.fakes.media_services import FakeMedia, body_of, told
from tests.fakes.model_services import KEY

ID = "77c3961b-84db-4ec5-91cc-a679bb6af7fe"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "synthesia", Synthesia, FILE
    KIND, MODEL = "avatar", "anna_costume1_cameraA"
    CHECK, ORDER, POLL = "/v2/videos", "/v2/videos", f"/v2/videos/{ID}"
    CANCEL = "DELETE", POLL
    BAD_KEY = 401, {"error": "Unauthorized"}
    REFUSED = 400, {"error": "The script was rejected by content moderation."}
    NO_MONEY = 402, {"error": "Not enough credits", "code": "not_enough_credits"}
    QUOTA = 400, {"code": "FEATURES_AUDIO_UPLOAD_DISABLED", "error": "Not in your plan."}
    BUSY = 429, {"error": "Too many requests"}
    GONE = 404, {"error": "Video not found"}

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == KEY

    def accepted(self, request: web.Request) -> Any:
        return {"id": ID, "status": "in_progress", "title": "Sokoul", "visibility": "private"}

    def standing(self) -> Any:
        states: dict[str, dict[str, Any]] = {
            "running": {"status": "in_progress"},
            "done": {"status": "complete", "download": self.file, "duration": "0:00:04"},
            "failed": {"status": "error"},
            "refused": {"status": "rejected"},
        }
        return {"id": ID, "title": "Sokoul"} | states[self.state]

    async def more(self, request: web.Request) -> web.StreamResponse:
        if (request.method, request.path) == ("POST", "/v2/scriptAudio"):
            self.uploads.append((request.content_type, await body_of(request)))
            return told((201, {"id": "user.5f1c", "title": "voice"}))
        return await super().more(request)
