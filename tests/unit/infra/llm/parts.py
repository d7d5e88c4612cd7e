"""What the tests of the local model share: the real engine, tiny models, questions."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.api.thinking import TextAnswer, TextQuestion, Turn
from app.infra.llm.engine import installed
from app.infra.llm.model import WAITED_FOR, Choice, LocalModel

needs_engine = pytest.mark.skipif(
    not installed(), reason="the engine is not installed: sh packaging/engine.sh builds it"
)

FILM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 40},
        "year": {"type": "integer", "minimum": 1900, "maximum": 2030},
        "kind": {"type": "string", "enum": ["film", "série", 'a "quoted" \\ one']},
        "good": {"type": "boolean"},
        "people": {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 12}},
    },
    "required": ["title", "year", "kind", "good", "people"],
    "additionalProperties": False,
}


def asked(text: str = "Which film?", **more: Any) -> TextQuestion:
    """A question; `more` as in `TextQuestion`."""
    told: dict[str, Any] = {"temperature": 0.8, "most_tokens": 400, **more}
    return TextQuestion("here", (Turn("user", text),), **told)


def long_one(text: str = "Tell me a long story.", most: int = 100_000) -> TextQuestion:
    """A question whose answer does not end for a long while: digits, each a token."""
    schema = {
        "type": "object",
        "properties": {
            "digits": {
                "type": "array",
                "minItems": 900,
                "maxItems": 900,
                "items": {"type": "integer", "minimum": 10_000, "maximum": 99_999},
            }
        },
        "required": ["digits"],
    }
    return asked(text, schema=schema, most_tokens=most)


def model_of(path: Path, idle: float = 60.0, **more: Any) -> LocalModel:
    """A local model with this file chosen."""
    choice = Choice(path, threads=1, gpu=False)
    return LocalModel(lambda: choice, lambda: idle, **more)


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so; the test's own time limit ends it."""
    while not true():  # noqa: ASYNC110 - what it waits for tells nobody
        await asyncio.sleep(0.005)


def gone(pid: int) -> bool:
    """Whether this process ended, and was waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def started(
    model: LocalModel, urgency: int = WAITED_FOR
) -> tuple[asyncio.Task[TextAnswer], list[str]]:
    """A long answer of which some is written already."""
    texts: list[str] = []
    task = asyncio.create_task(model.complete(long_one(), urgency=urgency, on_text=texts.append))
    await until(lambda: texts)
    return task, texts
