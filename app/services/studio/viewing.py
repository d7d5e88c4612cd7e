"""Puts a project together as the window shows it; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.domain.project import Asset, ProjectState, Scene, Step, StepState
from app.domain.studio import Candidate, LogLine, ProjectCard, ProjectView, SceneView, StepView
from app.services.studio.assembling import line_of, spans, words_of
from app.services.studio.assets import Use
from app.services.studio.crew import CLIP_ROLE, PICTURE_ROLE, THUMBNAIL_ROLE, VOICE_ROLE
from app.services.studio.store import Record

OURS: Final = ("cards", "own", "folder", "montage")
"""Sources that are no plugin: the reason of a candidate says it better."""


def view_of(
    record: Record,
    card: ProjectCard,
    steps: Sequence[StepView],
    uses: Sequence[Use],
    path: Callable[[Asset], Path],
    spent: int,
    troubles: Mapping[str, LogLine] = MappingProxyType({}),
) -> ProjectView:
    """A project, whole; `troubles` is what went wrong last in a scene, by its id."""
    times = spans(record.script, uses) if record.script else {}
    busy = {view.step for view in steps if view.state is StepState.RUNNING}
    running = record.state is ProjectState.RUNNING
    scenes = tuple(
        _scene(scene, times[scene.id], uses, path, running and bool(busy), troubles.get(scene.id))
        for scene in (record.script.scenes if record.script else ())
    )
    video = next((use.asset for use in uses if use.role == "video" and use.chosen), None)
    thumbnails = tuple(_candidate(use, path) for use in uses if use.role == THUMBNAIL_ROLE)
    return ProjectView(
        card, record.brief, tuple(steps), scenes, record.script, record.details,
        str(path(video)) if video is not None and _whole(steps) else "", "", thumbnails, spent,
        written_by=record.written_by,
    )  # fmt: skip


def troubles_of(steps: Sequence[StepView], lines: Sequence[LogLine]) -> dict[str, LogLine]:
    """What made a step of each scene fail, of the steps that failed; `lines` newest first."""
    failed = {view.step for view in steps if view.state is StepState.FAILED}
    found = dict[str, LogLine]()
    for line in lines:
        if line.scene and line.step in failed and line.key.startswith("errors."):
            found.setdefault(line.scene, line)
    return found


def _whole(steps: Sequence[StepView]) -> bool:
    """Whether the montage is of what the project is now."""
    return any(view.step is Step.MONTAGE and view.state is StepState.DONE for view in steps)


def _scene(
    scene: Scene,
    span: tuple[float, float],
    uses: Sequence[Use],
    path: Callable[[Asset], Path],
    running: bool,
    trouble: LogLine | None,
) -> SceneView:
    own = [use for use in uses if use.scene == scene.id]
    chosen = {use.role: use for use in own if use.chosen}
    shown, voice = chosen.get(CLIP_ROLE) or chosen.get(PICTURE_ROLE), chosen.get(VOICE_ROLE)
    return SceneView(
        scene.id, scene.title, scene.narration, scene.on_screen_text, scene.visual_prompt,
        span[0], span[1], str(path(shown.asset)) if shown else "",
        str(path(voice.asset)) if voice else "", running and (shown is None or voice is None),
        "" if trouble is None else trouble.key, {} if trouble is None else trouble.args,
        words=words_of(voice) if voice else (),
        candidates=tuple(
            _candidate(use, path) for use in own if use.role in (PICTURE_ROLE, CLIP_ROLE)
        ),
    )  # fmt: skip


def _candidate(use: Use, path: Callable[[Asset], Path]) -> Candidate:
    credit = line_of(use.asset.credit) if use.asset.credit is not None else ""
    source = "" if use.asset.source in OURS else use.asset.source
    return Candidate(
        use.asset.id, str(path(use.asset)), use.score, use.reason, source, credit,
        use.chosen,
    )  # fmt: skip
