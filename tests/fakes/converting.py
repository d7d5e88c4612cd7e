"""Lets a conversion be fetched over real HTTP, as a device does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from app.api.casting import CastDevice
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.conversion import Conversion, Converter
from app.infra.ffmpeg.encoders import Encoders
from app.infra.loopback import LoopbackServer

QUICK = Encoders(preset="ultrafast")


def device(
    maker: str = "", model: str = "", sinks: tuple[str, ...] = (), *, sound_only: bool = False
) -> CastDevice:
    """A device as its plugin tells of it; `sinks` may be plain types."""
    told = tuple(one if one.count(":") > 1 else f"http-get:*:{one}:*" for one in sinks)
    return CastDevice(
        id="1", name="Living room", address="10.0.0.9", way="10.0.0.2",
        maker=maker, model=model, sinks=told, sound_only=sound_only,
    )  # fmt: skip


@dataclass(slots=True)
class Bench:
    """A converter, a server before it and a client."""

    converter: Converter
    server: LoopbackServer
    http: aiohttp.ClientSession
    folder: Path

    async def offered(self, task: Task) -> tuple[Conversion, str]:
        """Open a conversion and lay it ready under an address."""
        going = self.converter.open(task)
        name = "index.m3u8" if task.plan.container == "hls" else "film"
        return going, await self.server.offer(going.serve, name)

    async def get(self, address: str) -> bytes:
        """Fetch something whole."""
        async with self.http.get(address) as answer:
            assert answer.status == 200, answer.status
            return await answer.read()

    async def whole(self, task: Task) -> bytes:
        """Fetch a conversion from its beginning to its end, and close it."""
        going, address = await self.offered(task)
        try:
            content = await self.get(address)
            if task.plan.container != "hls":
                return content
            names = [line for line in content.decode().splitlines() if line.endswith(".ts")]
            parts = [await self.get(address.replace("index.m3u8", name)) for name in names]
            return b"".join(parts)
        finally:
            await self.converter.close(going)
            self.server.withdraw(address)


@asynccontextmanager
async def bench(
    folder: Path, encoders: Callable[[], Awaitable[Encoders]] | None = None
) -> AsyncIterator[Bench]:
    """Everything that is needed to convert; all of it is gone afterwards."""

    async def quick() -> Encoders:
        return QUICK

    converter, server = Converter(folder, encoders or quick), LoopbackServer()
    await converter.start()
    async with aiohttp.ClientSession() as http:
        try:
            yield Bench(converter, server, http, folder)
        finally:
            await converter.stop()
            await server.stop()
