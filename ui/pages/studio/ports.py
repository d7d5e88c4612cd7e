"""What the Studio page asks of the station."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.domain.post import AccountView
from app.domain.project import AssetId, AssetKind, Brief, ProjectId, Scene, Step
from app.domain.spending import Spending
from app.domain.studio import AssetPage, LogLine, Makers, ProjectCard, ProjectView
from app.services.playback.request import Ticket


class ListPort(Protocol):
    """Projects as a whole."""

    def list(self, *, archived: bool = False) -> Coroutine[Any, Any, Sequence[ProjectCard]]:
        """Return all projects, the latest first."""

    def create(self, brief: Brief, *, start: bool = True) -> Coroutine[Any, Any, ProjectId]:
        """Begin a project."""

    def duplicate(self, project: ProjectId) -> Coroutine[Any, Any, ProjectId]:
        """Make a second one like it."""

    def archive(self, project: ProjectId, *, away: bool = True) -> Coroutine[Any, Any, None]:
        """Put it away, or take it out again."""

    def pause(self, project: ProjectId) -> Coroutine[Any, Any, None]:
        """Stop where it is."""

    def remove(self, project: ProjectId) -> Coroutine[Any, Any, None]:
        """Forget it."""


class ProjectPort(Protocol):
    """One project."""

    def view(self, project: ProjectId) -> Coroutine[Any, Any, ProjectView]:
        """Return it, whole."""

    def start(self, project: ProjectId) -> Coroutine[Any, Any, None]:
        """Make its video, or go on."""

    def pause(self, project: ProjectId) -> Coroutine[Any, Any, None]:
        """Stop where it is."""

    def change_brief(self, project: ProjectId, brief: Brief) -> Coroutine[Any, Any, None]:
        """Want something else of it."""

    def rerun(self, project: ProjectId, step: Step, scene: str = "") -> Coroutine[Any, Any, None]:
        """Make a step anew."""

    def change_scene(self, project: ProjectId, scene: Scene) -> Coroutine[Any, Any, None]:
        """Change what a scene says or shows."""

    def choose(self, project: ProjectId, scene: str, asset: AssetId) -> Coroutine[Any, Any, None]:
        """Show another candidate."""

    def candidates(self, project: ProjectId, scene: str) -> Coroutine[Any, Any, None]:
        """Draw more to choose from."""

    def own_file(
        self, project: ProjectId, scene: str, step: Step, path: Path
    ) -> Coroutine[Any, Any, None]:
        """Use a file of the owner's."""

    def preview(self, project: ProjectId) -> Coroutine[Any, Any, Path]:
        """Render what is there."""

    def log(self, project: ProjectId, most: int = 100) -> Coroutine[Any, Any, Sequence[LogLine]]:
        """Return what happened, newest first."""

    def export(self, project: ProjectId, out: Path) -> Coroutine[Any, Any, Path]:
        """Copy the finished video to a place."""


class BriefPort(Protocol):
    """What a new video may be made with."""

    def makers(self, brief: Brief) -> Coroutine[Any, Any, Makers]:
        """Return who can do what, and what it costs."""

    def sample(self, plugin: str, voice: str, language: str) -> Coroutine[Any, Any, Path]:
        """Let a voice say a sentence; where its sound lies."""


class AccountsPort(Protocol):
    """Where videos are published."""

    def accounts(self) -> Coroutine[Any, Any, Sequence[AccountView]]:
        """Return the owner's accounts."""


class AssetPort(Protocol):
    """The asset library."""

    def assets(
        self, words: str = "", kind: AssetKind | None = None, before: float = 0.0
    ) -> Coroutine[Any, Any, AssetPage]:
        """Return some of it, newest first."""


class PlayPort(Protocol):
    """Where a finished file is played."""

    def offer_file(self, path: Path, title: str, stream: str) -> Coroutine[Any, Any, Ticket]:
        """Return a ticket the player opens."""


class SpendingPort(Protocol):
    """What was spent in a month."""

    def spending(self, period: str = "") -> Coroutine[Any, Any, Spending]:
        """Return what a month cost, and its limits."""
