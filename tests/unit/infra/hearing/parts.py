"""What the tests of hearing share: the real engine, tiny models, sounds."""

from __future__ import annotations

import asyncio
import random
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.api.thinking import SoundQuestion, Transcript
from app.infra.hearing.ear import LocalEar


def noise(path: Path, seconds: float, loud: int = 3_000) -> Path:
    """Write a WAV file that is never quiet."""
    chance = random.Random(1)
    second = b"".join(
        chance.randint(-loud, loud).to_bytes(2, "little", signed=True) for _ in range(16_000)
    )
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes((second * (int(seconds) + 1))[: int(seconds * 32_000)])
    return path


def made(path: Path, *words: str) -> Path:
    """A file made by ffmpeg."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words, str(path)], check=True, timeout=60)
    return path


def ear_of(path: Path | None, idle: float = 60.0, **more: Any) -> LocalEar:
    """An ear with this model chosen."""
    return LocalEar(lambda: path, lambda: idle, **more)


def asked(path: Path, language: str | None = None, seconds: float = 0.0) -> SoundQuestion:
    """A question."""
    return SoundQuestion("", str(path), language, seconds)


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so; the test's own time limit ends it."""
    while not true():  # noqa: ASYNC110 - what it waits for tells nobody
        await asyncio.sleep(0.005)


async def started(ear: LocalEar, sound: Path) -> asyncio.Task[Transcript]:
    """A long sound of which some is heard already."""
    done: list[float] = []
    task = asyncio.create_task(ear.hear(asked(sound, seconds=1_200), done.append))
    await until(lambda: done or task.done())
    assert not task.done()
    return task
