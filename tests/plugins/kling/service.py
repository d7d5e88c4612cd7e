"""The API of Kling, with answers as its reference shows them."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from plugins.kling.provider import FILE, Kling
from tests.fakes.media_services import FakeMedia, told

ID = "831922345719271433"


def coded(code: int, message: str, **data: Any) -> dict[str, Any]:
    return {"code": code, "message": message, "request_id": "CjMkWmdJhuIAAAAAADKd", "data": data}


class Service(FakeMedia):
    PLUGIN, PROVIDER, MODELS = "kling", Kling, FILE
    MODEL = "kling-v3"
    CHECK, ORDER = "/v1/videos/text2video", "/v1/videos/(text|image)2video"
    POLL = f"/v1/videos/(text|image)2video/{ID}"
    BAD_KEY = 401, coded(1002, "access key not found")
    REFUSED = 400, coded(1301, "Failure to pass the risk control system")
    NO_MONEY = 429, coded(1102, "Account balance not enough")
    BUSY = 429, coded(1303, "parallel task over resource pack limit")
    GONE = 404, coded(1203, "task not found")

    async def checked(self) -> web.StreamResponse:
        return told((200, coded(0, "SUCCEED")))

    def accepted(self, request: web.Request) -> Any:
        return coded(0, "SUCCEED", task_id=ID, task_status="submitted")

    def standing(self) -> Any:
        more: dict[str, dict[str, Any]] = {
            "running": {"task_status": "processing"},
            "done": {"task_status": "succeed",
                     "task_result": {"videos": [{"id": "1", "url": self.file, "duration": "5"}]}},
            "failed": {"task_status": "failed", "task_status_msg": "Service busy"},
            "refused": {"task_status": "failed", "task_status_msg": "Content policy violation"},
        }  # fmt: skip
        return coded(0, "SUCCEED", task_id=ID, **more[self.state])
