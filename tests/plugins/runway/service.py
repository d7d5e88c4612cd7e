"""The developer API of Runway, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.runway.provider import FILE, Runway
from tests.fakes.media_services import FakeMedia
from tests.fakes.model_services import KEY

ID = "17f20503-6c24-4c16-946b-35dbbce2af2f"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "runway", Runway, FILE
    MODEL = "gen4.5"
    CHECK, ORDER = "/v1/organization", "/v1/(text|image)_to_video"
    POLL = f"/v1/tasks/{ID}"
    CANCEL = "DELETE", POLL
    BAD_KEY = 401, {"error": "The API key you provided is not known."}
    REFUSED = 400, {"error": "Your prompt was flagged by our content moderation system."}
    NO_MONEY = 400, {"error": "You do not have enough credits to run this task."}
    QUOTA = 429, {"error": "You have reached the daily task limit of your tier."}
    BUSY = 429, {"error": "Too many requests."}

    def signed(self, request: web.Request) -> bool:
        head = request.headers
        return (head.get("Authorization"), head.get("X-Runway-Version")) == (
            f"Bearer {KEY}", "2024-11-06",
        )  # fmt: skip

    def accepted(self, request: web.Request) -> Any:
        return {"id": ID}

    def standing(self) -> Any:
        states: dict[str, dict[str, Any]] = {
            "running": {"status": "RUNNING", "progress": 0.4},
            "done": {"status": "SUCCEEDED", "output": [self.file]},
            "failed": {
                "status": "FAILED",
                "failure": "Bad.",
                "failureCode": "INTERNAL.BAD_OUTPUT.01",
            },
            "refused": {"status": "FAILED", "failure": "No.", "failureCode": "SAFETY.INPUT.TEXT"},
        }
        return {"id": ID, "createdAt": "2026-11-26T19:49:32.334Z"} | states[self.state]
