"""Makes a video as one durable job: step after step, over every kill and restart."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.errors import AppError
from app.domain.project import (
    SIDE_BY_SIDE,
    Asset,
    AssetId,
    AssetKind,
    ProjectId,
    ProjectState,
    Scene,
    Step,
    StepState,
)
from app.domain.studio import LogLine
from app.runtime.jobs import JobContext, JobEngine, JobKind
from app.services.studio import telling
from app.services.studio.assembling import credits_of, spans, timeline_of
from app.services.studio.assets import AssetLibrary, Use
from app.services.studio.board import Board
from app.services.studio.crew import (
    CLIP_ROLE,
    PICTURE_ROLE,
    THUMBNAIL_ROLE,
    VOICE_ROLE,
    Crew,
    Part,
)
from app.services.studio.ports import Editor, Finished, Publisher
from app.services.studio.store import ProjectStore, Record
from app.services.studio.telling import Describer
from app.services.studio.works import Work, WorkBook, mark_of
from app.services.studio.writing.writer import Writer

log = logging.getLogger(__name__)

KIND: Final = "studio.make"
AT_ONCE: Final = 4
VIDEO_ROLE: Final = "video"
LONGEST_PROMPT: Final = 20_000
"""Letters of a question that are kept with a project."""
ROLES: Final = {
    Step.VOICE: VOICE_ROLE, Step.PICTURES: PICTURE_ROLE, Step.CLIPS: CLIP_ROLE,
    Step.AVATAR: CLIP_ROLE,
}  # fmt: skip
UNUSED: Final = 30 * 86_400.0
"""Seconds after which a file that no project uses goes."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a step is tried, and how many seconds each time; of the owner's settings."""

    tries: int = 3
    seconds: float = 300.0
    interval: float = 2.0


@dataclass(frozen=True, slots=True)
class Hands:
    """Everything a video is made with."""

    store: ProjectStore
    library: AssetLibrary
    works: WorkBook
    board: Board
    writer: Writer
    crew: Crew
    editor: Editor
    describer: Describer
    publisher: Publisher
    folder: Path  # videos lie here until they are in the library
    patience: Callable[[Step], Patience]


class Pipeline:
    """Lives on the service loop; registered before the job engine starts."""

    def __init__(self, hands: Hands, jobs: JobEngine) -> None:
        self._hands = hands
        self._works: dict[Step, Callable[[Record, Scene, int], Awaitable[Part]]] = {
            Step.VOICE: hands.crew.voice,
            Step.PICTURES: hands.crew.picture,
            Step.CLIPS: hands.crew.clip,
            Step.AVATAR: hands.crew.avatar,
        }
        jobs.register(JobKind(KIND, self._job, concurrency=2, max_recoveries=50))

    async def _job(self, job: JobContext, project: str) -> dict[str, Any]:
        own = ProjectId(project)
        try:
            await self._one(job, own, Step.KEYWORDS, self._keywords)
            scenes = await self._one(job, own, Step.SCRIPT, self._script)
            await self._each(job, own, Step.VOICE, scenes["voice"], asyncio.Semaphore(AT_ONCE))
            await self._close(job, own, Step.VOICE, scenes["voice"])
            at_once = asyncio.Semaphore(AT_ONCE)
            waits = [
                self._each(job, own, step, scenes[step.value], at_once)
                for step in SIDE_BY_SIDE
                if step is not Step.MUSIC
            ]
            waits.append(self._one(job, own, Step.MUSIC, self._music))
            _first_failure(await asyncio.gather(*waits, return_exceptions=True))
            for step in SIDE_BY_SIDE:
                if step is not Step.MUSIC:
                    await self._close(job, own, step, scenes[step.value])
            await self._one(job, own, Step.MONTAGE, self._montage)
            await self._one(job, own, Step.THUMBNAIL, self._thumbnail)
            await self._one(job, own, Step.DETAILS, self._details)
            await self._one(job, own, Step.UPLOAD, self._upload)
            await self._one(job, own, Step.AB_TEST, self._ab_test)
            result: dict[str, Any] = await job.step("finish", self._finish, project)
        except AppError:
            with contextlib.suppress(AppError):  # it was removed meanwhile
                await self._hands.board.state(own, ProjectState.FAILED)
            raise
        return result

    async def _one(
        self,
        job: JobContext,
        project: ProjectId,
        step: Step,
        work: Callable[[Record], Coroutine[Any, Any, Any]],
    ) -> Any:  # noqa: ANN401 - a JSON value of that step
        """A step that is one piece."""

        async def run() -> Any:  # noqa: ANN401 - as above
            hands = self._hands
            await hands.board.begin(project, step)
            return await self._guarded(project, step, "", work(await hands.store.get(project)))

        return await self._step(job, step, step.value, run)

    async def _each(
        self,
        job: JobContext,
        project: ProjectId,
        step: Step,
        scenes: Sequence[str],
        at_once: asyncio.Semaphore,
    ) -> None:
        """A step that has a piece for each scene; `at_once` of them run side by side.

        The pieces begin in their order whatever takes how long, as a durable job must.
        """

        async def piece(scene: str) -> None:
            async def run() -> bool:
                began = time.monotonic()
                await self._hands.board.begin(project, step, len(scenes))
                await self._guarded(project, step, scene, self._piece(project, step, scene, began))
                return True

            async with at_once:
                await self._step(job, step, f"{step.value} {scene}", run)

        done = await asyncio.gather(*(piece(scene) for scene in scenes), return_exceptions=True)
        _first_failure(done)

    async def _close(
        self, job: JobContext, project: ProjectId, step: Step, scenes: Sequence[str]
    ) -> None:
        """All pieces of a step are there. Not within `_each`: its moment would be by chance."""

        async def run() -> bool:
            state = StepState.DONE if scenes else StepState.SKIPPED
            await self._hands.board.end(project, step, state)
            return True

        await self._step(job, step, f"{step.value} end", run)

    async def _piece(self, project: ProjectId, step: Step, scene: str, began: float) -> None:
        hands = self._hands
        record = await hands.store.get(project)
        assert record.script is not None
        one = next(each for each in record.script.scenes if each.id == scene)
        part = await self._works[step](record, one, record.take(step, scene))
        uses = await hands.library.uses(project, ROLES[step])
        done = len({use.scene for use in uses if use.chosen})
        await hands.board.part(project, step, scene, part, done, time.monotonic() - began)

    async def _step(
        self, job: JobContext, step: Step, name: str, run: Callable[[], Awaitable[Any]]
    ) -> Any:  # noqa: ANN401 - a JSON value of that step
        patience = self._hands.patience(step)
        return await job.step(
            name, run, retries=patience.tries - 1, interval=patience.interval,
            timeout=patience.seconds,
        )  # fmt: skip

    async def _guarded(
        self, project: ProjectId, step: Step, scene: str, work: Coroutine[Any, Any, Any]
    ) -> Any:  # noqa: ANN401 - whatever the work returns
        """Let the board know of a failure; it is tried again, or ends the job."""
        try:
            return await work
        except AppError as error:
            await self._hands.board.failed(project, step, scene, error)
            raise

    async def _keywords(self, record: Record) -> list[str]:
        own = record.brief.text.strip()
        found = () if own else await self._hands.writer.keywords(record.brief)
        state = StepState.DONE if found else StepState.SKIPPED
        await self._hands.board.end(record.id, Step.KEYWORDS, state)
        return list(found)

    async def _script(self, record: Record) -> dict[str, list[str]]:
        """Write the script, unless there is one; returns which scenes each step has to do."""
        hands, by = self._hands, record.written_by
        script = record.script
        if script is None:
            brief, writer = record.brief, hands.writer
            keywords = await writer.keywords(brief) if not brief.text.strip() else ()
            facts = await writer.facts(brief)
            made = await writer.write(brief, facts, keywords, record.take(Step.SCRIPT))
            script, by = made.value, made.by
            await hands.store.change(
                record.id, script=script, written_by=by, title=record.title or script.title
            )
            args: dict[str, Any] = {"by": by, "scenes": len(script.scenes)}
            if by:
                args["prompt"] = writer.question(brief, facts, keywords)[:LONGEST_PROMPT]
            await hands.store.log(
                record.id, LogLine(0.0, Step.SCRIPT, "", "studio.did_script", args)
            )
        await hands.board.end(record.id, Step.SCRIPT, by=by)
        ids = [scene.id for scene in script.scenes]
        makers = record.brief.makers
        ends = [ids[0], ids[-1]] if len(ids) > 1 else ids
        return {
            "voice": ids,
            "pictures": ids,
            "clips": ids if Step.CLIPS in makers else [],
            "avatar": ends if Step.AVATAR in makers else [],
        }

    async def _music(self, record: Record) -> bool:
        hands = self._hands
        if record.brief.music == "none":
            await hands.library.drop(record.id, "music")
            await hands.board.end(record.id, Step.MUSIC, StepState.SKIPPED)
            return True
        uses = await hands.library.uses(record.id)
        assert record.script is not None
        seconds = max(end for _start, end in spans(record.script, uses).values())
        part = await hands.crew.music(record, seconds + 2.0, record.take(Step.MUSIC))
        await hands.board.part(record.id, Step.MUSIC, "", part, 1, 0.0)
        await hands.board.end(record.id, Step.MUSIC, by=part.by)
        return True

    async def _montage(self, record: Record) -> str:
        hands = self._hands
        uses = await hands.library.uses(record.id)
        asset = await self.rendered(record, uses)
        await hands.library.use(record.id, Use(asset, "", VIDEO_ROLE))
        await hands.board.end(record.id, Step.MONTAGE)
        return asset.id

    async def rendered(
        self, record: Record, uses: Sequence[Use], *, preview: bool = False
    ) -> Asset:
        """The video of a project, rendered unless just this one is there."""
        hands = self._hands
        timeline = timeline_of(record, uses, hands.library.path, partly=preview)
        mark = mark_of("montage", repr(timeline), preview)
        work = await hands.works.find(mark)
        if work is not None and work.asset:
            return await hands.library.get(AssetId(work.asset))
        out = hands.folder / f"{mark[:24]}.mp4"
        async with self._telling(record.id, Step.MONTAGE) as told:
            shown = _unsaid if preview else told
            await hands.editor.render(timeline, out, preview=preview, on_progress=shown)
        asset = await hands.library.adopt(AssetKind.VIDEO, out, source="montage")
        await hands.works.keep(Work(mark, asset=asset.id))
        if not preview:
            await hands.store.keep_timeline(record.id, timeline)
        return asset

    async def _thumbnail(self, record: Record) -> bool:
        assert record.script is not None
        await self._hands.crew.thumbnails(record, record.script.title, record.take(Step.THUMBNAIL))
        await self._hands.board.end(record.id, Step.THUMBNAIL)
        return True

    async def _details(self, record: Record) -> bool:
        hands = self._hands
        assert record.script is not None
        uses = await hands.library.uses(record.id)
        times = spans(record.script, uses)
        made = await telling.tell(hands.describer, record, times, credits_of(record, uses))
        await hands.store.change(record.id, details=made.value)
        await hands.board.end(record.id, Step.DETAILS, by=made.by)
        return True

    async def _upload(self, record: Record) -> bool:
        """Hand the video over to Publishing, when the owner named accounts."""
        hands, step = self._hands, Step.UPLOAD
        if not record.brief.publish or record.details is None:
            await hands.board.end(record.id, step, StepState.SKIPPED, "studio.publish_by_hand")
            return False
        uses = {use.role: use for use in await hands.library.uses(record.id) if use.chosen}
        shown = uses.get(THUMBNAIL_ROLE)
        finished = Finished(
            _key(record), record.id, hands.library.path(uses[VIDEO_ROLE].asset),
            None if shown is None else hands.library.path(shown.asset), record.details,
            record.brief.language, record.brief.publish,
        )  # fmt: skip
        async with self._telling(record.id, step) as told:
            went = await hands.publisher.publish(finished, told)
        args = {**went.args, "out": went.out, "posts": went.posts}
        await hands.board.end(record.id, step, message=went.message, args=args)
        return True

    async def _ab_test(self, record: Record) -> int:
        """Let the thumbnails compete where the video is out."""
        hands, begun = self._hands, 0
        if record.brief.publish and record.brief.ab_test:
            uses = await hands.library.uses(record.id, THUMBNAIL_ROLE)
            drawn = [hands.library.path(use.asset) for use in uses]
            begun = await hands.publisher.try_thumbnails(_key(record), drawn)
        state = StepState.DONE if begun else StepState.SKIPPED
        message = "studio.ab_test_runs" if begun else "studio.ab_test_not"
        await hands.board.end(record.id, Step.AB_TEST, state, message, {"tests": begun})
        return begun

    @contextlib.asynccontextmanager
    async def _telling(
        self, project: ProjectId, step: Step
    ) -> AsyncIterator[Callable[[float], None]]:
        """Tell the board how far one long piece is; all is told when it ends."""
        loop = asyncio.get_running_loop()
        tasks: set[asyncio.Task[None]] = set()

        def told(fraction: float) -> None:
            task = loop.create_task(self._hands.board.moved(project, step, fraction))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        try:
            yield told
        finally:
            if tasks:
                await asyncio.wait(tasks)

    async def _finish(self, project: str) -> dict[str, Any]:
        own = ProjectId(project)
        await self._hands.board.state(own, ProjectState.DONE)
        await self._hands.library.remove_unused(UNUSED)
        return {"project": project}


def _unsaid(_fraction: float) -> None:
    """A preview is not a step: nobody is told how far it is."""


def _key(record: Record) -> str:
    """The one wish to publish a project: made anew, it does not go out a second time by itself."""
    return hashlib.sha256(f"studio {record.id}".encode()).hexdigest()[:32]


def _first_failure(done: Sequence[object]) -> None:
    """Raise what failed first, once all the others have ended."""
    for one in done:
        if isinstance(one, BaseException):
            raise one
