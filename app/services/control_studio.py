"""What commands may ask of the Studio: make a video, and stay until it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import InvalidInput, ToolFailed
from app.domain.events import StudioChanged, StudioMoved
from app.domain.project import Brief, ProjectId, ProjectState, Shape, StepState
from app.domain.studio import ProjectView, StepView
from app.runtime.bus import EventBus

if TYPE_CHECKING:
    from app.services.studio.service import StudioService

Progress = Callable[[object], Awaitable[None]]
_OVER = (ProjectState.DONE, ProjectState.FAILED, ProjectState.PAUSED)


async def make(
    studio: StudioService, bus: EventBus, args: Mapping[str, Any], progress: Progress
) -> object:
    """Make a video out of a topic or a text; with `out` it is copied there.

    Ends when it is done or has failed. A caller that leaves leaves the project running.
    """
    brief = brief_of(args)
    out = _out(args)
    project = await studio.create(brief, start=False)
    view = await _follow(studio, bus, project, progress)
    if view.card.state is not ProjectState.DONE:
        failed = next((one for one in view.steps if one.state is StepState.FAILED), None)
        if failed is None:
            raise ToolFailed("errors.studio_stopped", title=view.card.title)
        raise ToolFailed("errors.studio_failed", step=failed.step.value, why=failed.message)
    video = str(await studio.export(project, out)) if out else view.video
    return {**told(view), "video": video}


def brief_of(args: Mapping[str, Any]) -> Brief:
    """What the caller wants; `InvalidInput` (``errors.bad_argument``) when it is nonsense."""
    try:
        return Brief(
            topic=_text(args, "topic"),
            text=_text(args, "text"),
            language=_text(args, "language") or "en",
            shape=Shape(args.get("format") or "9:16"),
            seconds=int(args.get("seconds") or 60),
        )
    except ValueError as error:
        raise InvalidInput("errors.bad_argument", name="format") from error


def told(view: ProjectView) -> dict[str, Any]:
    """A project for programs."""
    card = view.card
    return {
        "project": card.id,
        "title": card.title,
        "state": card.state.value,
        "seconds": round(card.seconds, 2),
        "video": view.video,
        "written_by": view.written_by or "rules",
        "spent": view.spent,
        "steps": [step_told(one) for one in view.steps],
        "details": None
        if view.details is None
        else {
            "title": view.details.title,
            "description": view.details.description,
            "tags": list(view.details.tags),
        },
    }


def step_told(view: StepView) -> dict[str, Any]:
    """A step for programs."""
    return {
        "step": view.step.value, "state": view.state.value, "done": view.done,
        "total": view.total, "seconds": view.seconds, "message": view.message,
    }  # fmt: skip


async def _follow(
    studio: StudioService, bus: EventBus, project: ProjectId, progress: Progress
) -> ProjectView:
    """Start it, and tell each move until it is over."""
    news: asyncio.Queue[StudioMoved | StudioChanged] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def moved(event: StudioMoved) -> None:
        if event.card.id == project:
            loop.call_soon_threadsafe(news.put_nowait, event)

    def changed(event: StudioChanged) -> None:
        if event.project == project:
            loop.call_soon_threadsafe(news.put_nowait, event)

    ways_out = (bus.on(StudioMoved, moved), bus.on(StudioChanged, changed))
    try:
        await studio.start(project)
        while True:
            event = await news.get()
            if isinstance(event, StudioMoved):
                done = {"progress": round(event.card.progress, 3), **step_told(event.step)}
                await progress(done)
            elif event.card is None or event.card.state in _OVER:
                return await studio.view(project)
    finally:
        for way_out in ways_out:
            way_out.close()


def _text(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name) or ""
    if not isinstance(value, str):
        raise InvalidInput("errors.bad_argument", name=name)
    return value


def _out(args: Mapping[str, Any]) -> Path | None:
    out = _text(args, "out")
    if not out:
        return None
    if not out.startswith("/"):
        raise InvalidInput("errors.path_not_absolute", path=out[:200])
    return Path(out)
