"""Keeps and tells how the steps of projects stand, while they move."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from app.domain.budget import PaidKind
from app.domain.errors import AppError
from app.domain.events import NoticeLevel, NoticeRaised, StudioChanged, StudioMoved
from app.domain.project import ProjectId, ProjectState, Step, StepState
from app.domain.studio import LogLine, ProjectCard, StepView
from app.runtime.bus import EventBus
from app.services.studio.assembling import spans
from app.services.studio.assets import AssetLibrary, Use
from app.services.studio.crew import PICTURE_ROLE, THUMBNAIL_ROLE, Part
from app.services.studio.store import ProjectStore, Record

WEIGHTS: Final[Mapping[Step, float]] = {
    Step.KEYWORDS: 1, Step.SCRIPT: 6, Step.VOICE: 8, Step.PICTURES: 20, Step.CLIPS: 20,
    Step.AVATAR: 20, Step.MUSIC: 4, Step.MONTAGE: 35, Step.THUMBNAIL: 2, Step.DETAILS: 2,
}  # fmt: skip
"""How much of the whole each step is, about; those that are skipped do not count."""
PAID: Final[Mapping[Step, PaidKind]] = {
    Step.VOICE: PaidKind.VOICE, Step.PICTURES: PaidKind.PICTURE, Step.CLIPS: PaidKind.CLIP,
    Step.AVATAR: PaidKind.AVATAR, Step.MUSIC: PaidKind.MUSIC,
}  # fmt: skip
"""What the parts of a step are paid as."""
NOTICES: Final[Mapping[ProjectState, tuple[NoticeLevel, str]]] = {
    ProjectState.DONE: (NoticeLevel.GOOD, "notices.video_ready"),
    ProjectState.FAILED: (NoticeLevel.BAD, "notices.video_failed"),
}


class Board:
    """Lives on the service loop."""

    def __init__(self, store: ProjectStore, library: AssetLibrary, bus: EventBus) -> None:
        self._store, self._library, self._bus = store, library, bus
        self._begun: dict[tuple[ProjectId, Step], float] = {}
        self._told: tuple[ProjectId, Step, int] | None = None
        # Pieces that run side by side change one step, and a pause may come between: each change
        # reads and writes in one go.
        self._turn = asyncio.Lock()

    async def begin(self, project: ProjectId, step: Step, total: int = 0, by: str = "") -> None:
        """A step runs; said again by each of its parts. Not any more when it was paused."""
        async with self._turn:
            if (await self._store.get(project)).state is not ProjectState.RUNNING:
                return
            view = await self._view(project, step)
            if (project, step) not in self._begun:
                self._begun[(project, step)] = time.monotonic()
            elif view.state is StepState.RUNNING:
                return
            await self._put(
                project,
                replace(view, state=StepState.RUNNING, total=total, message="", message_args={},
                        by=by or view.by),
            )  # fmt: skip

    async def part(
        self, project: ProjectId, step: Step, scene: str, part: Part, done: int, seconds: float
    ) -> None:
        """A part of a step is made."""
        async with self._turn:
            view = await self._view(project, step)
            price = await self._store.spent(project, PAID[step]) if step in PAID else view.price
            await self._put(
                project,
                replace(view, done=max(view.done, min(done, view.total)), by=part.by or view.by,
                        price=price, message=part.instead or view.message,
                        message_args=part.args or view.message_args),
            )  # fmt: skip
        key = part.instead or f"studio.did_{step.value}"
        args = {**part.args, "by": part.by}
        await self._store.log(
            project, LogLine(0.0, step, scene, key, args, part.price, round(seconds, 2))
        )

    async def moved(self, project: ProjectId, step: Step, fraction: float) -> None:
        """A step that is one long piece got on; only told, not kept."""
        views = await self._store.steps(project)
        now = next((view for view in views if view.step is step), StepView(step))
        moved = replace(now, done=round(fraction * 100), total=100)
        if (project, step, moved.done) == self._told:
            return
        self._told = (project, step, moved.done)
        progress = progress_of([moved if view.step is step else view for view in views])
        card = await self.card(await self._store.get(project))
        self._bus.publish(StudioMoved(replace(card, progress=progress), moved))

    async def end(
        self,
        project: ProjectId,
        step: Step,
        state: StepState = StepState.DONE,
        message: str = "",
        args: Mapping[str, Any] | None = None,
        by: str = "",
    ) -> None:
        """A step is done, skipped, paused or failed."""
        async with self._turn:
            await self._end(project, step, state, message, args or {}, by)

    async def _end(
        self,
        project: ProjectId,
        step: Step,
        state: StepState,
        message: str = "",
        args: Mapping[str, Any] = MappingProxyType({}),
        by: str = "",
    ) -> None:
        view = await self._view(project, step)
        begun = self._begun.pop((project, step), None)
        seconds = 0.0 if begun is None else time.monotonic() - begun
        done = view.total if state is StepState.DONE else view.done
        await self._put(
            project,
            replace(view, state=state, seconds=round(seconds, 1) or view.seconds, done=done,
                    message=message or (view.message if state is StepState.DONE else ""),
                    message_args=args or (view.message_args if state is StepState.DONE else {}),
                    by=by or view.by),
        )  # fmt: skip

    async def failed(self, project: ProjectId, step: Step, scene: str, error: AppError) -> None:
        """A part of a step failed for good."""
        await self.end(project, step, StepState.FAILED, error.key, error.args_map)
        await self._store.log(project, LogLine(0.0, step, scene, error.key, error.args_map))

    async def state(self, project: ProjectId, state: ProjectState) -> None:
        """The project as a whole stands another way now."""
        async with self._turn:
            await self._store.change(project, state=state)
            if state is ProjectState.PAUSED:
                for view in await self._store.steps(project):
                    if view.state is StepState.RUNNING:
                        await self._end(project, view.step, StepState.PAUSED)
        await self.tell(project)
        if state in NOTICES:
            level, key = NOTICES[state]
            title = (await self._store.get(project)).title
            args: dict[str, object] = {"title": title, "project": project}
            self._bus.publish(NoticeRaised(level, key, args, desktop=True))

    async def tell(self, project: ProjectId) -> None:
        """Something of it changed."""
        self._bus.publish(StudioChanged(project, await self.card(await self._store.get(project))))

    def gone(self, project: ProjectId) -> None:
        """It was removed."""
        self._bus.publish(StudioChanged(project, None))

    async def card(self, record: Record, uses: Sequence[Use] | None = None) -> ProjectCard:
        """A project as the list shows it."""
        steps = await self._store.steps(record.id)
        if uses is None:
            uses = await self._library.uses(record.id)
        picture = next(
            (use for role in (THUMBNAIL_ROLE, PICTURE_ROLE)
             for use in uses if use.role == role and use.chosen), None,
        )  # fmt: skip
        times = spans(record.script, uses) if record.script else {}
        current = next(
            (view.step for state in (StepState.FAILED, StepState.RUNNING)
             for view in steps if view.state is state), None,
        )  # fmt: skip
        return ProjectCard(
            record.id, record.title, record.state, current, progress_of(steps),
            str(self._library.path(picture.asset)) if picture else "", record.brief.shape.value,
            max((end for _start, end in times.values()), default=float(record.brief.seconds)),
            record.updated, record.archived,
        )  # fmt: skip

    async def _view(self, project: ProjectId, step: Step) -> StepView:
        views = {view.step: view for view in await self._store.steps(project)}
        return views.get(step, StepView(step))

    async def _put(self, project: ProjectId, view: StepView) -> None:
        await self._store.put_step(project, view)
        self._bus.publish(StudioMoved(await self.card(await self._store.get(project)), view))


def progress_of(steps: Sequence[StepView]) -> float:
    """How much of a project is done, 0 to 1."""
    counted = [view for view in steps if view.state is not StepState.SKIPPED]
    whole = sum(WEIGHTS.get(view.step, 0.0) for view in counted)
    done = sum(WEIGHTS.get(view.step, 0.0) * _share(view) for view in counted)
    return done / whole if whole else 0.0


def _share(view: StepView) -> float:
    if view.state is StepState.DONE:
        return 1.0
    return view.done / view.total if view.total else 0.0
