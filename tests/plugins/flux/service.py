"""The API of Black Forest Labs, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.flux.provider import FILE, Flux
from tests.fakes.media_services import FakeMedia
from tests.fakes.model_services import KEY

ID = "d7c0e1f2-9f0b-4d4e-8a67-3a2f5c9e1b11"


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "flux", Flux, FILE
    KIND, MODEL = "picture", "flux-2-pro"
    CHECK, ORDER, POLL = "/v1/credits", "/v1/flux-2-[a-z0-9-]+", "/v1/get_result"
    BAD_KEY = 403, {"detail": "Not authenticated - Invalid Authentication"}
    REFUSED = 422, {"detail": [{"loc": ["body", "prompt"], "msg": "Request Moderated"}]}
    NO_MONEY = 402, {"detail": "Insufficient credits. Please add credits to your account."}
    BUSY = 429, {"detail": "Too many active tasks: 24"}
    GONE = 404, {"id": ID, "status": "Task not found", "result": None}

    def signed(self, request: web.Request) -> bool:
        return request.headers.get("x-key") == KEY

    def accepted(self, request: web.Request) -> Any:
        place = f"{self.url}/v1/get_result?id={ID}"
        return {"id": ID, "polling_url": place, "cost": 4.5, "input_mp": 0.0, "output_mp": 2.0}

    def standing(self) -> Any:
        states = {"running": "Pending", "done": "Ready", "failed": "Error",
                  "refused": "Content Moderated"}  # fmt: skip
        done = {"sample": self.file, "seed": 42} if self.state == "done" else None
        return {"id": ID, "status": states[self.state], "result": done, "progress": 0.25}
