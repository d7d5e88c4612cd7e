"""What the station would serve to a receiver: files with ranges, and who fetched them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web


@dataclass
class Served:
    """A web server on one address."""

    base: str
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Serve a file; returns its address."""
        self.files[name] = path, content_type
        return f"{self.base}/{name}"

    def gets(self, name: str) -> list[dict[str, str]]:
        """The headers of every GET of a file."""
        return [told for verb, asked, told in self.asked if verb == "GET" and asked == name]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        told = {key.lower(): value for key, value in request.headers.items()}
        self.asked.append((request.method, name, told))
        if name not in self.files:
            return web.Response(status=404)
        path, content_type = self.files[name]
        return web.FileResponse(path, headers={
            "Content-Type": content_type,
            "Access-Control-Allow-Origin": "*",
            "transferMode.dlna.org": "Streaming",
            "contentFeatures.dlna.org": "DLNA.ORG_OP=01;DLNA.ORG_CI=0",
        })  # fmt: skip


@contextlib.asynccontextmanager
async def serving(address: str) -> AsyncIterator[Served]:
    """A server on one address of the test's own namespace."""
    made = Served("")
    application = web.Application(handler_args={"access_log": None})
    application.router.add_get("/{name}", made.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, address, 0).start()
        made.base = f"http://{address}:{runner.addresses[0][1]}"
        yield made
    finally:
        await runner.cleanup()
