"""An ntfy server on loopback, as its documentation and its error codes have it."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

LARGEST = 4_096
TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")


@dataclass
class NtfyServer:
    """Takes messages. `tokens` are those that are let in; none: everybody is.

    `refusals` are answered to the next messages instead: a status, a code and headers.
    """

    tokens: set[str] = field(default_factory=set)
    refusals: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    healthy: bool = True
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to listen."""
        application = web.Application(middlewares=[self._let_in])
        application.router.add_get("/v1/health", self._health)
        application.router.add_post("/", self._publish)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """A wrong token is refused wherever it is shown."""
        self.asked.append(f"{request.method} {request.path}")
        told = request.headers.get("Authorization", "")
        if told and told.removeprefix("Bearer ") not in self.tokens:
            return refusal(401, 40101)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"healthy": self.healthy})

    async def _publish(self, request: web.Request) -> web.Response:
        if self.refusals:
            status, code, headers = self.refusals.pop(0)
            return refusal(status, code, headers)
        if self.tokens and "Authorization" not in request.headers:
            return refusal(403, 40301)
        try:
            told = json.loads(await request.text())
        except ValueError:
            return refusal(400, 40017)
        if not TOPIC.fullmatch(told.get("topic", "")):
            return refusal(400, 40009)
        if not 1 <= told.get("priority", 3) <= 5:
            return refusal(400, 40007)
        if len(told.get("message", "").encode()) > LARGEST:
            return refusal(413, 41303)
        self.taken.append(told)
        return web.json_response(
            {"id": f"m{len(self.taken)}", "time": int(time.time()), "event": "message", **told}
        )


def refusal(status: int, code: int, headers: dict[str, str] | None = None) -> web.Response:
    """An error as the server words it."""
    body = {"code": code, "http": status, "error": "no", "link": "https://ntfy.sh/docs/publish/"}
    return web.json_response(body, status=status, headers=headers)
