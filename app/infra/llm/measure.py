"""Measures a model on this machine: load, first token, speed, memory, forty verdicts at once."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.api.thinking import Finish, TextQuestion, Turn
from app.infra.llm.asked import Choice
from app.infra.llm.gguf import check
from app.infra.llm.model import LocalModel
from app.infra.llm.trial import Trial

VERDICTS: Final = 40
_TITLES: Final = (
    "Night.of.the.Living.Dead.1968.1080p.BluRay.x264", "The General (1926) 720p WEB h264",
    "Metropolis.1927.Restored.2160p.HDR", "His Girl Friday 1940 DVDRip XviD",
    "Charade.1963.1080p.WEB-DL.AAC2.0", "Nosferatu (1922) [1080p] [FLAC]",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured. Seconds; `cold` is the load from disk, `warm` from memory."""

    trial: Trial
    cold: float
    warm: float
    verdicts: float  # the wall time of forty in one answer
    verdict_tokens: int
    verdict_prompt: int
    verdicts_fit: bool


async def measure(path: Path) -> Measured:
    """Measure this file; takes what it takes, minutes with a large one. Raises `AppError`."""
    model = LocalModel(lambda: Choice(path), lambda: 600.0)
    try:
        await asyncio.to_thread(check, path)  # its errors say more than those of opening it
        await asyncio.to_thread(forget, path)
        begin = time.monotonic()
        await model.try_out(path)
        cold = time.monotonic() - begin
        trial = await model.try_out(path)
        question = verdicts(path.name)
        begin = time.monotonic()
        answer = await model.complete(question, urgency=0)
        seconds = time.monotonic() - begin
    finally:
        await model.close()
    return Measured(
        trial=trial,
        cold=cold,
        warm=trial.load_seconds,
        verdicts=seconds,
        verdict_tokens=answer.output_tokens,
        verdict_prompt=answer.input_tokens,
        verdicts_fit=answer.finish is Finish.COMPLETE,
    )


def verdicts(model: str, count: int = VERDICTS) -> TextQuestion:
    """Are these releases the wanted film? One digit each, so that one token is one verdict."""
    digit: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 1}
    schema = {
        "type": "object",
        "properties": {
            "same": {"type": "array", "items": digit, "minItems": count, "maxItems": count}
        },
        "required": ["same"],
        "additionalProperties": False,
    }
    listed = "\n".join(f"{n + 1}. {_TITLES[n % len(_TITLES)]}" for n in range(count))
    text = (
        "The wanted film is 'Night of the Living Dead' of 1968. For each release say 1 when it is "
        f"this film, else 0.\n{listed}"
    )
    return TextQuestion(
        model, (Turn("user", text),), "You answer in JSON.", schema, 400, 0.0, seed=1
    )


def forget(path: Path) -> None:
    """Have the system forget what it keeps of the file in memory, so that it is read from disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(number)
