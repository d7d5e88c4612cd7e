"""ElevenLabs on loopback, with answers as its reference shows them."""

from __future__ import annotations

import base64
import contextlib
import json
import math
from array import array
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web

from app.api import ProviderContext
from app.api.media_lists import read_media
from app.api.media_service import begin
from plugins.elevenlabs.provider import FILE, ElevenLabs
from tests.fakes.model_services import KEY, started
from tests.fakes.web import Handler, WebServer, web_server

VOICE = "21m00Tcm4TlvDq8ikWAM"
RATE = 24_000
SECONDS = 0.05
"""Of each character."""
MP3 = b"ID3\x04\0\0\0\0\0\0" + bytes(400)
VOICES = {
    "voices": [
        {"voice_id": VOICE, "name": "Rachel", "category": "premade", "labels": {"accent": "us"}},
        {"voice_id": "cloned1", "name": "My own", "category": "cloned"},
        {"voice_id": "", "name": "Nobody"},
        {"voice_id": "x", "name": None},
        "what",
    ]
}


def error(status: str, message: str = "no") -> dict[str, Any]:
    return {"detail": {"status": status, "message": message}}


@dataclass
class Service:
    """Says a tone for each character; `instead` answers speech, music or the plan otherwise."""

    server: WebServer
    said: list[dict[str, Any]] = field(default_factory=list)
    composed: list[dict[str, Any]] = field(default_factory=list)
    asked: list[web.Request] = field(default_factory=list)
    left: Any = None
    instead: dict[str, Handler] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server.always = self.handle

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if request.headers.get("xi-api-key") != KEY:
            return web.json_response(error("invalid_api_key", "Invalid API key"), status=401)
        for part in ("speech", "music", "subscription", "voices"):
            if part in request.path and part in self.instead:
                return await self.instead[part](request)
        if request.path == "/v1/voices":
            return web.json_response(VOICES)
        if request.path == "/v1/user/subscription":
            used = {"tier": "starter", "character_count": 30_000 - (self.left or 0)}
            plan = {**used, "character_limit": 30_000, "can_extend_character_limit": False}
            return web.json_response(plan if self.left is not None else {"tier": "free"})
        if request.path == "/v1/music":
            self.composed.append(json.loads(await request.read()))
            return web.Response(body=MP3, content_type="audio/mpeg")
        if request.path == f"/v1/text-to-speech/{VOICE}/with-timestamps":
            assert request.query["output_format"] == "pcm_24000"
            body = json.loads(await request.read())
            self.said.append(body)
            return web.json_response(spoken(body["text"]))
        return web.json_response(error("voice_not_found"), status=404)


def spoken(text: str) -> dict[str, Any]:
    """A text, each of its characters as long as any other."""
    count = int(len(text) * SECONDS * RATE)
    pcm = array("h", (int(3_000 * math.sin(i / 9)) for i in range(count)))
    starts = [round(i * SECONDS, 3) for i in range(len(text))]
    told = {
        "characters": list(text),
        "character_start_times_seconds": starts,
        "character_end_times_seconds": [round(one + SECONDS, 3) for one in starts],
    }
    sound = base64.b64encode(pcm.tobytes()).decode()
    return {"audio_base64": sound, "alignment": told, "normalized_alignment": told}


@contextlib.asynccontextmanager
async def served(
    place: Path, *, key: str = KEY, seconds: float = 20.0, largest: int = 20_000_000, **options: Any
) -> AsyncIterator[tuple[ElevenLabs, Service]]:
    """The plugin, set up for its service on loopback."""
    async with web_server() as server:
        service = Service(server)
        models = replace(read_media(FILE), addresses={"": server.url})

        async def build(context: ProviderContext) -> ElevenLabs:
            return await begin(ElevenLabs, context, models)

        async with started(
            "elevenlabs", place, build, key=key, seconds=seconds, largest=largest, **options
        ) as provider:
            yield provider, service
