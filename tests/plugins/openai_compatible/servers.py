"""A server that speaks the protocol of OpenAI, with answers as its documentation shows them."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.api import ProviderContext
from app.api.model_lists import parse_models
from plugins.openai_compatible.provider import OpenAICompatible, start
from plugins.openai_compatible.services import FILE, service_named
from tests.fakes.model_services import Says, says, started
from tests.fakes.web import WebServer, web_server

TODAY = datetime.date(2026, 11, 26)
LISTED = {
    "object": "list",
    "data": [
        {"id": "gpt-6-luna", "object": "model", "created": 1790000000, "owned_by": "openai"},
        {"id": "gpt-6-sol", "object": "model", "created": 1790000000, "owned_by": "openai"},
        {"id": "text-embedding-3-small", "object": "model", "owned_by": "openai"},
        {"id": "whisper-1", "object": "model", "owned_by": "openai"},
    ],
}


def chat(content: object, finish: str = "stop", **message: object) -> dict[str, Any]:
    """A chat completion."""
    return {
        "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
        "object": "chat.completion",
        "created": 1741569952,
        "model": "gpt-6-luna-2026-09-22",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": None, **message},
                "logprobs": None,
                "finish_reason": finish,
            }
        ],
        "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29},
    }


def error(message: str, kind: str = "invalid_request_error", **more: object) -> dict[str, Any]:
    """An error as most of these services tell it."""
    return {"error": {"message": message, "type": kind, "param": None, "code": None, **more}}


@contextlib.asynccontextmanager
async def served(
    place: Path,
    answers: Says | None = None,
    *,
    service: str = "openai",
    listed: object = LISTED,
    check: Says | None = None,
    **options: Any,
) -> AsyncIterator[tuple[OpenAICompatible, Says, WebServer]]:
    """The plugin for a service that lies on loopback; `answers` are those to questions."""
    told = answers or says(chat("Hello."))
    async with web_server() as server:
        server.answers["/v1/models"] = says(listed)
        server.answers["/v1/key"] = check or says({"data": {"label": "mine"}})
        server.answers["/v1/chat/completions"] = told
        server.answers["/v1/audio/transcriptions"] = told

        async def begin(context: ProviderContext) -> OpenAICompatible:
            models = parse_models(FILE.read_text(), TODAY)
            named = service_named(models, service)
            return await start(context, models, replace(named, address=f"{server.url}/v1"))

        async with started("openai_compatible", place, begin, **options) as provider:
            yield provider, told, server
