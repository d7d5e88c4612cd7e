"""What is known of the project that is open, and what the owner wants of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.budget import Scope, Span
from app.domain.errors import NotFound
from app.domain.events import StudioChanged, StudioMoved
from app.domain.project import Asset, AssetId, Brief, ProjectId, Scene, Step
from app.domain.spending import LimitState, Spending
from app.domain.studio import LogLine, ProjectView, SceneView, StepView
from app.services.playback.request import Ticket
from ui.bridge import Bridge, Call
from ui.pages.studio.assets_model import AssetsModel
from ui.pages.studio.ports import AssetPort, PlayPort, ProjectPort, SpendingPort

SETTLE_MS = 350
"""A project that moves is asked for at most so often."""


class StudioPort(ProjectPort, AssetPort, Protocol):
    """What is asked of the Studio for one project."""


class ProjectModel(QObject):
    """Keeps one project true to the Studio. While it moves its steps are mended in place."""

    changed = Signal()
    """`view` is new."""
    step_moved = Signal(object)
    """One step of `view` is new."""
    lost = Signal(object)
    """The project cannot be shown: the error."""
    failed = Signal(object)
    """A wish failed: the error."""
    busy_changed = Signal(str, bool)
    """A wish is under way: ``play``, ``export``, ``start``, ``scene``."""
    play_ready = Signal(object)
    exported = Signal(str)
    logged = Signal(object)
    month_changed = Signal()
    scene_kept = Signal(str)
    brief_kept = Signal()

    def __init__(
        self,
        bridge: Bridge,
        studio: StudioPort,
        player: PlayPort,
        budget: SpendingPort | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._studio = bridge, studio
        self._player, self._budget = player, budget
        self._loading: Call | None = None
        self._awake = False
        self.project = ProjectId("")
        self.view: ProjectView | None = None
        self.month: Spending | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(StudioChanged, self._on_changed, self)
        bridge.on(StudioMoved, self._on_moved, self)

    def open(self, project: ProjectId) -> None:
        """Show this project; what was shown before is forgotten when it is another."""
        self._awake = True
        if project != self.project:
            self.project, self.view = project, None
            self.changed.emit()
        self.load()
        if self._budget is not None:
            self._bridge.call(self._budget.spending(), self._on_month, lambda _error: None, self)

    def rest(self) -> None:
        """Nobody looks; what is shown stays, so that one comes back to where one was."""
        self._awake = False
        self._settle.stop()

    def load(self) -> None:
        """Ask for the project."""
        if not self.project:
            return
        if self._loading is not None:
            self._loading.cancel()
        coro = self._studio.view(self.project)
        self._loading = self._bridge.call(coro, self._on_view, self._on_lost, self)

    @property
    def limit(self) -> LimitState | None:
        """The limit of the month for everything, when there is one."""
        limits = self.month.limits if self.month is not None else ()
        return next(
            (one for one in limits
             if one.limit.scope is Scope.TOTAL and one.limit.span is Span.MONTH), None,
        )  # fmt: skip

    def scene(self, scene: str) -> SceneView | None:
        """A scene of the project that is shown."""
        shown = self.view.scenes if self.view is not None else ()
        return next((one for one in shown if one.id == scene), None)

    def start(self) -> None:
        """Make the video, or go on, or try again."""
        self._wish(self._studio.start(self.project), "start")

    def pause(self) -> None:
        """Stop where it is."""
        self._wish(self._studio.pause(self.project), "start")

    def asset_search(self) -> AssetsModel:
        """A search of the asset library of its own, for a panel."""
        return AssetsModel(self._bridge, self._studio, self)

    def rerun(self, step: Step, scene: str = "") -> None:
        """Make a step anew, and what depends on it."""
        self._wish(self._studio.rerun(self.project, step, scene), "start")

    def change_brief(self, brief: Brief) -> None:
        """Make it with something else; what does not depend on that is kept."""
        if self.view is None or brief == self.view.brief:
            self.brief_kept.emit()
            return
        self._wish(self._changed(self.project, brief), "brief", self.brief_kept.emit)

    def change_scene(self, scene: str, narration: str, on_screen: str, prompt: str) -> None:
        """Keep other words of a scene, when they are others."""
        script = self.view.script if self.view is not None else None
        before = next((one for one in script.scenes if one.id == scene), None) if script else None
        if before is None:
            return
        after: Scene = replace(
            before, narration=narration.strip(), on_screen_text=on_screen.strip(),
            visual_prompt=prompt.strip(),
        )  # fmt: skip
        if after == before:
            self.scene_kept.emit(scene)
            return
        coro = self._studio.change_scene(self.project, after)
        self._wish(coro, "scene", lambda: self.scene_kept.emit(scene))

    def choose(self, scene: str, asset: AssetId) -> None:
        """Show a candidate or a file of the library; an empty scene means the thumbnail."""
        self._wish(self._studio.choose(self.project, scene, asset), "choose")

    def more_candidates(self, scene: str) -> None:
        """Draw more to choose from."""
        self._wish(self._studio.candidates(self.project, scene), "candidates")

    def own_file(self, scene: str, step: Step, path: str) -> None:
        """Use a file of the owner's."""
        coro = self._studio.own_file(self.project, scene, step, Path(path))
        self._wish(coro, "scene")

    def play(self) -> None:
        """Play the finished video; while it is unfinished, what is there in small."""
        if self.view is not None:
            self.busy_changed.emit("play", True)
            coro = self._tickets(self.view)
            self._bridge.call(coro, self._on_ticket, lambda error: self._fail("play", error), self)

    def play_asset(self, asset: Asset, path: str) -> None:
        """Play a file of the asset library."""
        name = asset.prompt or Path(path).name
        coro = self._player.offer_file(Path(path), name, f"studio:asset:{asset.id[:16]}")
        self._bridge.call(coro, self.play_ready.emit, self.failed.emit, self)

    def export(self, folder: bytes) -> None:
        """Copy the finished video into a folder."""
        self.busy_changed.emit("export", True)

        def done(path: Path) -> None:
            self.busy_changed.emit("export", False)
            self.exported.emit(os.fsencode(path).decode("utf-8", "replace"))

        coro = self._studio.export(self.project, Path(os.fsdecode(folder)))
        self._bridge.call(coro, done, lambda error: self._fail("export", error), self)

    def ask_log(self) -> None:
        """Ask what happened."""
        self._bridge.call(self._studio.log(self.project), self._on_log, self.failed.emit, self)

    async def _changed(self, project: ProjectId, brief: Brief) -> None:
        await self._studio.change_brief(project, brief)
        await self._studio.start(project)

    async def _tickets(self, view: ProjectView) -> Ticket:
        if view.video:
            path, kind = Path(view.video), "video"
        else:
            path, kind = await self._studio.preview(view.card.id), "preview"
        name = f"studio:{view.card.id}:{kind}:{path.stem}"
        return await self._player.offer_file(path, view.card.title, name)

    def _wish(
        self, coro: Coroutine[Any, Any, None], name: str, kept: Callable[[], None] | None = None
    ) -> None:
        self.busy_changed.emit(name, True)

        def done(_: None) -> None:
            self.busy_changed.emit(name, False)
            if kept is not None:
                kept()
            self.load()

        self._bridge.call(coro, done, lambda error: self._fail(name, error), self)

    def _fail(self, name: str, error: BaseException) -> None:
        self.busy_changed.emit(name, False)
        self.failed.emit(error)

    def _on_ticket(self, ticket: Ticket) -> None:
        self.busy_changed.emit("play", False)
        self.play_ready.emit(ticket)

    def _on_log(self, lines: Sequence[LogLine]) -> None:
        self.logged.emit(tuple(lines))

    def _on_month(self, month: Spending) -> None:
        self.month = month
        self.month_changed.emit()

    def _on_view(self, view: ProjectView) -> None:
        self._loading = None
        if view.card.id == self.project and view != self.view:
            self.view = view
            self.changed.emit()

    def _on_lost(self, error: BaseException) -> None:
        self._loading = None
        if self.view is None:
            self.lost.emit(error)
        else:
            self.failed.emit(error)

    def _on_changed(self, event: StudioChanged) -> None:
        if event.project != self.project:
            return
        if event.card is not None:
            self._load_soon()
        else:
            self.view = None
            self.lost.emit(NotFound("errors.project_gone", id=event.project))

    def _on_moved(self, event: StudioMoved) -> None:
        if event.card.id != self.project or self.view is None:
            return
        before = next((one for one in self.view.steps if one.step is event.step.step), None)
        steps: tuple[StepView, ...] = tuple(
            event.step if one.step is event.step.step else one for one in self.view.steps
        )
        self.view = replace(self.view, card=event.card, steps=steps)
        self.step_moved.emit(event.step)
        # A long piece only gets on; a part that is made, or another state, brings more to show.
        if before is None or before.state is not event.step.state or event.step.total != 100:
            self._load_soon()

    def _load_soon(self) -> None:
        if self._awake and not self._settle.isActive():
            self._settle.start()
