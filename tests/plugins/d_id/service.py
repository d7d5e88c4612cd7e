"""The API of D-ID, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.d_id.provider import DID, FILE
from tests.fakes.media_services import FakeMedia, body_of, told
from tests.fakes.model_services import KEY

ID = "tlk_Gk7mTz-fVfE2qj1xBvN6d"


def error(kind: str, words: str) -> dict[str, Any]:
    return {"kind": kind, "description": words}


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "d_id", DID, FILE
    KIND, MODEL = "avatar", "portrait"
    OPTIONS = {"portrait": "https://pictures.example/me.jpg"}
    CHECK, ORDER, POLL = "/credits", "/(talks|clips)", f"/(talks|clips)/{ID}"
    BAD_KEY = 401, error("AuthorizationError", "user unauthenticated")
    REFUSED = 451, error("ImageModerationError", "Content moderation failed: celebrity")
    NO_MONEY = 402, error("InsufficientCreditsError", "not enough credits")
    BUSY = 429, error("TooManyRequestsError", "too many requests")
    GONE = 404, error("NotFoundError", "talk not found")

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Basic {KEY}"

    def accepted(self, request: web.Request) -> Any:
        return {"id": ID, "object": "talk", "created_by": "google-oauth2|1", "status": "created"}

    def standing(self) -> Any:
        states: dict[str, dict[str, Any]] = {
            "running": {"status": "started"},
            "done": {"status": "done", "result_url": self.file, "duration": 4},
            "failed": {"status": "error", "error": error("UnknownError", "something broke")},
            "refused": {"status": "rejected", "error": error("TextModerationError", "no")},
        }
        return {"id": ID, "object": "talk"} | states[self.state]

    async def more(self, request: web.Request) -> web.StreamResponse:
        if (request.method, request.path) == ("POST", "/audios"):
            self.uploads.append(await body_of(request))
            return told((201, {"id": "a1", "url": "s3://d-id-audios-prod/a1/voice.wav"}))
        if request.path == "/clips/presenters":
            one = {"presenter_id": "v2_public_Amber@0zSz8kflCN", "name": "Amber"}
            return told((200, {"presenters": [one, {"name": "Nobody"}]}))
        return await super().more(request)
