"""Starts the worker that speaks for one order and reads what it made; a cancel ends it."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import ToolFailed, Unsupported
from app.runtime import children
from app.runtime.children import Limits
from app.runtime.worker_environment import worker_environment

MOST_ANSWER: Final = 200 * 2**20
"""Bytes: half an hour of sound at 48 kHz, and what is told of it."""
LIMITS: Final = Limits(memory=2 * 2**30, files=64, file_size=0)
SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What the worker told, and the 16-bit mono sound it made."""

    told: dict[str, Any]
    pcm: bytes


async def ask(
    order: dict[str, Any], *, seconds: float = SECONDS, limits: Limits = LIMITS
) -> Answered:
    """Have one order done.

    Raises `Unsupported` ``errors.voice_engine_missing`` when a library is not installed, and
    `ToolFailed` ``errors.voice_failed`` or ``errors.tool_timeout`` when the engine failed on it.
    """
    env = worker_environment("PATH", quiet=True)
    done = await children.run(
        [sys.executable, "-m", "app.infra.speech.worker"],
        timeout=seconds, stdin=json.dumps(order).encode(), limit_output=MOST_ANSWER,
        limits=limits, cwd=Path("/"), env=env, check=False,
    )  # fmt: skip
    if done.code != 0:
        why = f"it ended with {done.code}"
        raise ToolFailed("errors.voice_failed", why=why)
    return await asyncio.to_thread(_read, done.output)


def _read(output: bytes) -> Answered:
    head, _, pcm = output.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError as error:
        raise ToolFailed("errors.voice_failed", why="it said nothing") from error
    failed = told.get("failed")
    if failed == "engine":
        raise Unsupported("errors.voice_engine_missing")
    if failed == "runtime":
        raise Unsupported("errors.voice_runtime_missing")
    if failed is not None and failed != "voice":
        raise ToolFailed("errors.voice_failed", why=str(told.get("why", failed)))
    return Answered(told, pcm)
