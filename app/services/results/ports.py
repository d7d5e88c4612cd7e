"""What results ask of the rest of the station; the composition root gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.api.capabilities import Capability
from app.domain.post import AccountId, Manner, Post, PostId, Words
from app.domain.project import Brief, ProjectId
from app.domain.studio import ProjectView


class Services(Protocol):
    """The plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """The plugins that are on and can do it."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call one."""


class Publishing(Protocol):
    """The posts."""

    async def posts(self, start: float, end: float) -> tuple[Post, ...]:
        """Those between two moments, ended ones too."""

    async def post(self, post: PostId) -> Post:
        """One; `NotFound`."""

    async def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = ...,
        thumbnail: bytes = b"",
        captions: bytes = b"",
        at: float = 0.0,
        project: str = "",
        source: str = "hand",
        language: str = "en",
        channel: str = "",
        bundle: str = "",
    ) -> tuple[Post, ...]:
        """Drafts of one video; a `bundle` (32 hex digits) is made once."""

    async def send(self, posts: Sequence[PostId]) -> None:
        """Let drafts go out."""


class Projects(Protocol):
    """The Studio."""

    async def create(self, brief: Brief, *, start: bool = True) -> ProjectId:
        """Begin a project."""

    async def start(self, project: ProjectId) -> None:
        """Make its video."""

    async def view(self, project: ProjectId) -> ProjectView:
        """How it stands; `NotFound`."""
