"""The API of HeyGen (v3), with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.heygen.provider import FILE, HeyGen
from tests.fakes.media_services import FakeMedia, body_of, told
from tests.fakes.model_services import KEY

ID = "f1e2d3c4b5a697887766554433221100"
LOOKS: list[dict[str, Any]] = [
    {"id": "Annie_expressive4_public", "name": "Annie", "avatar_type": "studio_avatar",
     "default_voice_id": "0b41c487c6da4f5ba5782bbe462958e8"},
    {"id": "twin_1", "name": "Me", "avatar_type": "digital_twin", "status": "processing"},
    {"id": "mute_2", "name": "Sketch", "avatar_type": "photo_avatar", "default_voice_id": None},
]  # fmt: skip


def error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "param": None, "doc_url": None}}


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "heygen", HeyGen, FILE
    KIND, MODEL = "avatar", "Annie_expressive4_public"
    CHECK, ORDER, POLL = "/v3/users/me", "/v3/videos", f"/v3/videos/{ID}"
    CANCEL = "DELETE", POLL
    BAD_KEY = 401, error("unauthorized", "Invalid API key")
    REFUSED = 400, error("moderation_failed", "The script was rejected by our moderation.")
    NO_MONEY = 402, error("insufficient_credit", "Insufficient credit.")
    QUOTA = 403, error("quota_exceeded", "Your monthly limit is reached.")
    BUSY = 429, error("rate_limit_exceeded", "Too many requests.")
    GONE = 404, error("not_found", "Video not found.")

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("X-Api-Key") == KEY

    def accepted(self, request: web.Request) -> Any:
        return {"data": {"video_id": ID, "status": "waiting", "output_format": "mp4"}}

    def standing(self) -> Any:
        more: dict[str, dict[str, Any]] = {
            "running": {"status": "processing"},
            "done": {"status": "completed", "video_url": self.file, "duration": 4.0},
            "failed": {"status": "failed", "failure_code": "render_error",
                       "failure_message": "Something went wrong."},
            "refused": {"status": "failed", "failure_code": "moderation_failed"},
        }  # fmt: skip
        return {"data": {"id": ID, "title": None, **more[self.state]}}

    async def more(self, request: web.Request) -> web.StreamResponse:
        if (request.method, request.path) == ("POST", "/v3/assets"):
            self.uploads.append(await body_of(request))
            return told((200, {"data": {"asset_id": "asset_77", "mime_type": "audio/mpeg"}}))
        if request.path == "/v3/avatars/looks":
            return told((200, {"data": LOOKS, "has_more": False, "next_token": None}))
        for look in LOOKS:
            if request.path == f"/v3/avatars/looks/{look['id']}":
                return told((200, {"data": look}))
        return await super().more(request)
