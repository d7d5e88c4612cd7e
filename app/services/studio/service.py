"""The Studio: projects that become videos, on the service loop."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable
from app.domain.events import PluginStateChanged, SettingsChanged
from app.domain.project import (
    LONGEST,
    SHORTEST,
    AssetId,
    AssetKind,
    Brief,
    ProjectId,
    ProjectState,
    Scene,
    Step,
    StepState,
)
from app.domain.studio import (
    AssetPage,
    LogLine,
    Makers,
    ProjectCard,
    ProjectView,
    StepView,
)
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.studio import makers
from app.services.studio.assets import Use
from app.services.studio.crew import (
    CLIP_ROLE,
    MUSIC_ROLE,
    PICTURE_ROLE,
    PINNED,
    THUMBNAIL_ROLE,
    VOICE_ROLE,
)
from app.services.studio.pipeline import KIND, ROLES, UNUSED, Hands, Pipeline
from app.services.studio.store import Record
from app.services.studio.viewing import troubles_of, view_of
from app.services.studio.writing.splitting import sentences

MOST_TEXT: Final = 20_000
MOST_TOPIC: Final = 300
SAMPLES: Final = {
    "en": "This is how I would read your story.",
    "fr": "Voici comment je lirais votre histoire.",
    "de": "So würde ich Ihre Geschichte lesen.",
    "es": "Así leería yo su historia.",
}
MORE: Final = 3
"""Cards drawn when more candidates are wanted."""


class StudioService:
    """Lives on the service loop."""

    def __init__(self, hands: Hands, jobs: JobEngine, bus: EventBus) -> None:
        self._hands, self._jobs = hands, jobs
        self._store, self._library, self._board = hands.store, hands.library, hands.board
        self._pipeline = Pipeline(hands, jobs)
        bus.on(SettingsChanged, lambda _event: hands.crew.orders.forget_models())
        bus.on(PluginStateChanged, lambda _event: hands.crew.orders.forget_models())

    async def create(self, brief: Brief, *, start: bool = True) -> ProjectId:
        """Begin a project; with `start` its video is made at once.

        `InvalidInput` when there is nothing to make it of, or it is too long
        (``errors.studio_empty``, ``errors.studio_too_long``, ``errors.studio_length``).
        """
        brief = _checked(brief)
        project = ProjectId(secrets.token_hex(8))
        title = brief.topic.strip() or sentences(brief.text)[0][:90]
        record = Record(project, title, ProjectState.DRAFT, brief)
        await self._store.add(record, [StepView(step) for step in Step])
        await self._board.tell(project)
        if start:
            await self.start(project)
        return project

    async def start(self, project: ProjectId) -> None:
        """Make its video, or go on where it was left."""
        record = await self._store.get(project)
        if record.state is ProjectState.RUNNING:
            return
        await self._board.state(project, ProjectState.RUNNING)
        if record.job and record.state in (ProjectState.PAUSED, ProjectState.FAILED):
            try:
                await self._jobs.resume(record.job)
            except AppError:
                pass  # its job was forgotten, or has ended: what is made is kept all the same
            else:
                return
        await self._submit(record)

    async def pause(self, project: ProjectId) -> None:
        """Stop where it is; what is made is kept."""
        record = await self._store.get(project)
        if record.job:
            with contextlib.suppress(NotFound):
                await self._jobs.cancel(record.job)
        if record.state is ProjectState.RUNNING:
            await self._board.state(project, ProjectState.PAUSED)

    async def rerun(self, project: ProjectId, step: Step, scene: str = "") -> None:
        """Make a step anew, for one scene or for all, and what depends on it."""
        record = await self._store.get(project)
        await self.pause(project)
        takes = dict(record.takes)
        key = f"{step.value}:{scene}"
        takes[key] = takes.get(key, 0) + 1
        changes: dict[str, object] = {"takes": takes}
        if step in (Step.KEYWORDS, Step.SCRIPT):
            changes |= {"script": None, "written_by": ""}
        await self._store.change(project, **changes)
        if step in ROLES:
            await self._library.release(project, ROLES[step], [scene] if scene else None)
        if step is Step.MUSIC:
            await self._library.release(project, MUSIC_ROLE)
        await self._begin_again(project, step)

    async def change_brief(self, project: ProjectId, brief: Brief) -> None:
        """Want something else of it; it is made anew when it is started again."""
        record = await self._store.get(project)
        brief = _checked(brief)
        await self.pause(project)
        said = (record.brief.topic, record.brief.text, record.brief.language, record.brief.seconds)
        anew = said != (brief.topic, brief.text, brief.language, brief.seconds)
        changes: dict[str, object] = {"brief": brief}
        if anew:
            changes |= {"script": None, "written_by": ""}
        await self._store.change(project, **changes)
        if brief.pictures is not record.brief.pictures or brief.shape is not record.brief.shape:
            await self._library.release(project, PICTURE_ROLE)
        if Step.CLIPS not in brief.makers and Step.AVATAR not in brief.makers:
            await self._library.drop(project, CLIP_ROLE)
        await self._reset(project, Step.KEYWORDS if anew else Step.VOICE)

    async def change_scene(self, project: ProjectId, scene: Scene) -> None:
        """Change what a scene says or shows; only what depends on it is made anew."""
        record = await self._store.get(project)
        if record.script is None or not scene.narration.strip():
            raise InvalidInput("errors.studio_empty")
        before = self._scene(record, scene.id)
        await self.pause(project)
        if before.narration != scene.narration:  # a recording of other words is of no use
            await self._library.release(project, VOICE_ROLE, [scene.id])
        scenes = tuple(scene if one.id == scene.id else one for one in record.script.scenes)
        await self._store.change(project, script=replace(record.script, scenes=scenes))
        await self._reset(project, Step.VOICE)

    async def choose(self, project: ProjectId, scene: str, asset: AssetId) -> None:
        """Show this in a scene: one of its candidates, or a picture or clip of the library.

        An empty scene means the thumbnail. `NotFound` when there is no such file or scene.
        """
        record = await self._store.get(project)
        one = await self._library.get(asset)
        role = CLIP_ROLE if one.kind is AssetKind.CLIP else PICTURE_ROLE
        if scene:
            self._scene(record, scene)
        else:
            role = THUMBNAIL_ROLE
        uses = await self._library.uses(project, role)
        found = next((use for use in uses if use.scene == scene and use.asset.id == asset), None)
        if found is None and not scene:
            raise NotFound("errors.asset_gone", id=asset[:12])
        use = found or Use(one, scene, role)
        pinned = {**use.more, PINNED: True}
        await self._library.use(project, replace(use, chosen=True, more=pinned))
        if scene:
            await self._reset(project, Step.MONTAGE)
        await self._board.tell(project)

    async def sample(self, plugin: str, voice: str, language: str) -> Path:
        """Let a voice say a sentence; where its sound lies. The budget is asked first."""
        said = SAMPLES.get(language, SAMPLES["en"])
        return self._library.path(await self._hands.crew.sample(plugin, voice, language, said))

    async def candidates(self, project: ProjectId, scene: str) -> None:
        """Draw some more cards for a scene to choose from."""
        record = await self._store.get(project)
        one = self._scene(record, scene)
        there = sum(use.scene == scene for use in await self._library.uses(project, PICTURE_ROLE))
        for variant in range(there, there + MORE):
            await self._hands.crew.card(record, one, variant, chosen=False)
        await self._board.tell(project)

    async def own_file(self, project: ProjectId, scene: str, step: Step, path: Path) -> None:
        """Use the owner's own picture, clip, recording or music in a scene (music: no scene).

        `InvalidInput` (``errors.asset_broken``) when the file is not that.
        """
        record = await self._store.get(project)
        if scene:
            self._scene(record, scene)
        await self._hands.crew.own(record, scene, step, path)
        await self._reset(project, Step.MONTAGE)
        await self._board.tell(project)

    async def preview(self, project: ProjectId) -> Path:
        """Render what is there at 540p; `InvalidInput` while no scene has picture and voice."""
        record = await self._store.get(project)
        uses = await self._library.uses(project)
        return self._library.path(await self._pipeline.rendered(record, uses, preview=True))

    async def list(self, *, archived: bool = False) -> Sequence[ProjectCard]:
        """All projects, the latest first."""
        records = await self._store.all(archived=archived)
        return [await self._board.card(record) for record in records]

    async def view(self, project: ProjectId) -> ProjectView:
        """A project, whole; `NotFound` when there is none."""
        record = await self._store.get(project)
        uses, steps = await self._library.uses(project), await self._store.steps(project)
        troubles = troubles_of(steps, await self._store.lines(project))
        return view_of(
            record, await self._board.card(record, uses), steps, uses, self._library.path,
            await self._store.spent(project), troubles,
        )  # fmt: skip

    async def log(self, project: ProjectId, most: int = 100) -> Sequence[LogLine]:
        """What happened, newest first."""
        return await self._store.lines(project, most)

    async def makers(self, brief: Brief) -> Makers:
        """Who can do what for a brief, and what it costs as it is."""
        return await makers.choices(self._hands.crew, self._hands.crew.services, brief)

    async def duplicate(self, project: ProjectId) -> ProjectId:
        """A second project with the same brief, script and parts; nothing runs."""
        record = await self._store.get(project)
        copy = ProjectId(secrets.token_hex(8))
        steps = [
            StepView(one.step, StepState.WAITING if one.state is not StepState.SKIPPED else
                     StepState.SKIPPED, total=one.total)
            for one in await self._store.steps(project)
        ]  # fmt: skip
        await self._store.add(
            replace(record, id=copy, state=ProjectState.DRAFT, job="", run=0, archived=False), steps
        )
        for use in await self._library.uses(project):
            if use.role != "video":
                await self._library.use(copy, use)
        await self._board.tell(copy)
        return copy

    async def archive(self, project: ProjectId, *, away: bool = True) -> None:
        """Put it away, or take it out again; one that runs is paused."""
        if away:
            await self.pause(project)
        await self._store.change(project, archived=away)
        await self._board.tell(project)

    async def remove(self, project: ProjectId) -> None:
        """Forget a project; its files stay in the asset library for a month."""
        await self.pause(project)
        await self._store.remove(project)
        self._board.gone(project)
        await self._library.remove_unused(UNUSED)

    async def assets(
        self, words: str = "", kind: AssetKind | None = None, before: float = 0.0
    ) -> AssetPage:
        """Some of the asset library, newest first."""
        found, total = await self._library.search(words, kind, before)
        return AssetPage(tuple((one, str(self._library.path(one))) for one in found), total)

    async def export(self, project: ProjectId, out: Path) -> Path:
        """Copy the finished video to a place; a file that is there is never replaced."""
        uses = await self._library.uses(project, "video")
        found = next((use.asset for use in uses if use.chosen), None)
        if found is None:
            raise NotFound("errors.video_not_made")
        return await asyncio.to_thread(_copied, self._library.path(found), out)

    def _scene(self, record: Record, scene: str) -> Scene:
        found = [one for one in (record.script.scenes if record.script else ()) if one.id == scene]
        if not found:
            raise NotFound("errors.scene_gone", scene=scene)
        return found[0]

    async def _begin_again(self, project: ProjectId, step: Step) -> None:
        await self._reset(project, step)
        await self._board.state(project, ProjectState.RUNNING)
        await self._submit(await self._store.get(project))

    async def _reset(self, project: ProjectId, step: Step) -> None:
        """Let a step and all after it wait anew; a finished project is a draft again."""
        record = await self._store.get(project)
        order = list(Step)
        await self._store.reset_steps(project, order[order.index(step) :])
        if record.state is not ProjectState.DRAFT:
            await self._store.change(project, state=ProjectState.DRAFT, job="")
        await self._board.tell(project)

    async def _submit(self, record: Record) -> None:
        run = record.run + 1
        job = f"{record.id}.{run}"
        await self._store.change(record.id, run=run, job=job)
        await self._jobs.submit(KIND, key=job, args={"project": record.id}, title=record.title)


def _checked(brief: Brief) -> Brief:
    if len(brief.text) > MOST_TEXT or len(brief.topic) > MOST_TOPIC:
        raise InvalidInput("errors.studio_too_long", most=MOST_TEXT)
    if not sentences(brief.text) and not any(char.isalnum() for char in brief.topic):
        raise InvalidInput("errors.studio_empty")
    if not SHORTEST <= brief.seconds <= LONGEST:
        raise InvalidInput("errors.studio_length", least=SHORTEST, most=LONGEST)
    return replace(brief, topic=" ".join(brief.topic.split()))


def _copied(source: Path, out: Path) -> Path:
    place = out / source.name if out.is_dir() else out
    try:
        with source.open("rb") as content, place.open("xb") as file:
            shutil.copyfileobj(content, file)
    except FileExistsError as error:
        raise InvalidInput("errors.file_there", path=str(place)) from error
    except OSError as error:
        raise Unavailable("errors.studio_disk", reason=error.strerror or "") from error
    return place
