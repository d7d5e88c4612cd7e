"""What commands may ask about a video file: what it is to be called and how it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from app.services.intelligence.service import IntelligenceService
    from app.services.intelligence.videos import Stage, Told

Progress = Callable[[object], Awaitable[None]]


async def describe(
    service: IntelligenceService, args: Mapping[str, Any], progress: Progress
) -> object:
    """Title, description, tags and category of the file `path`, as plain values, and by whom.

    With `listen`, one without subtitles is heard. Progress tells the stage and its share.
    """
    path = args.get("path") or ""
    if not isinstance(path, str) or "\0" in path:
        raise InvalidInput("errors.bad_argument", name="path")
    if not path.startswith("/"):
        raise InvalidInput("errors.path_not_absolute", path=path)
    steps: asyncio.Queue[tuple[Stage, float]] = asyncio.Queue()
    work = asyncio.ensure_future(
        service.describe_file(
            path.encode("utf-8", "surrogateescape"),
            lambda stage, done: steps.put_nowait((stage, done)),
            listen=args.get("listen") is True,
        )
    )
    try:
        await _follow(steps, work, progress)
        return told(await work)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


def told(found: Told) -> dict[str, object]:
    """A description as JSON can say it."""
    words, made = found.made.value, found.made
    return {
        "title": words.title,
        "description": words.description,
        "tags": list(words.tags),
        "category": words.category,
        "made_by": made.source.value,
        "model": made.by,
        "kept": made.kept,
        "seconds": found.seconds,
        "subtitles": found.subtitles,
        "texts": found.texts,
        "frames": found.frames,
        "can_read": found.can_read,
        "heard_by": found.heard_by,
    }


async def _follow(
    steps: asyncio.Queue[tuple[Stage, float]], work: asyncio.Future[Told], progress: Progress
) -> None:
    while not work.done():
        step = asyncio.ensure_future(steps.get())
        try:
            both: set[asyncio.Future[Any]] = {step, work}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if step.done():
                stage, done = step.result()
                await progress({"stage": stage.value, "done": round(done, 3)})
        finally:
            step.cancel()
            await asyncio.gather(step, return_exceptions=True)
