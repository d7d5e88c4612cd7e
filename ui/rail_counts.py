"""Keeps the figures in the rail true, whether their pages were visited or not."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from app.domain.downloads import UNDER_WAY, Download, DownloadId, DownloadState
from app.domain.events import (
    BudgetChanged,
    DownloadsChanged,
    PostChanged,
    PriceAsked,
    PublishingChanged,
    StudioChanged,
)
from app.domain.post import NEEDS_OWNER, Post, PostId, PostState
from app.domain.project import ProjectId, ProjectState
from app.domain.spending import PriceQuestion
from app.domain.studio import ProjectCard
from ui.bridge import Bridge, Call

GOING = UNDER_WAY | {DownloadState.HELD}
SETTLE_MS = 250
"""Changes of the budget within this time are one: each paid call makes several."""
LOOK_BACK = 14 * 86_400.0
"""Posts that failed so many seconds ago still need the owner."""


class RowsPort(Protocol):
    """What is asked of the downloads."""

    def rows(self) -> Coroutine[Any, Any, tuple[Download, ...]]:
        """Return every download."""


class RailCounts(QObject):
    """Tells `show` how many downloads are under way, each time that changes."""

    def __init__(
        self, bridge: Bridge, downloads: RowsPort, show: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._going: set[DownloadId] = set()
        bridge.on(DownloadsChanged, self._on_downloads_changed, self)
        bridge.call(downloads.rows(), self._on_rows, lambda _error: None, self)

    def _on_rows(self, rows: tuple[Download, ...]) -> None:
        self._going = {row.id for row in rows if row.state in GOING}
        self._show(len(self._going))

    def _on_downloads_changed(self, event: DownloadsChanged) -> None:
        before = len(self._going)
        self._going.difference_update(event.gone, (row.id for row in event.rows))
        self._going.update(row.id for row in event.rows if row.state in GOING)
        if len(self._going) != before:
            self._show(len(self._going))


class QuestionsPort(Protocol):
    """What is asked of the budget."""

    def questions(self) -> Coroutine[Any, Any, tuple[PriceQuestion, ...]]:
        """Return calls of unknown price that wait for the owner."""


class OpenQuestions(QObject):
    """Tells `show` how many prices the owner is asked about, each time that may have changed."""

    def __init__(
        self, bridge: Bridge, budget: QuestionsPort, show: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._budget, self._show = bridge, budget, show
        self._asking: Call | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        bridge.on(BudgetChanged, self._on_changed, self)
        bridge.on(PriceAsked, self._on_changed, self)
        self._ask()

    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._bridge.call(
            self._budget.questions(), self._on_questions, lambda _error: None, self
        )

    def _on_questions(self, questions: tuple[PriceQuestion, ...]) -> None:
        self._asking = None
        self._show(len(questions))

    def _on_changed(self, _event: BudgetChanged | PriceAsked) -> None:
        if not self._settle.isActive():
            self._settle.start()


class ProjectsPort(Protocol):
    """What is asked of the Studio."""

    def list(self) -> Coroutine[Any, Any, Sequence[ProjectCard]]:
        """Return every project that was not put away."""


class RunningProjects(QObject):
    """Tells `show` how many videos are being made, each time that changes."""

    def __init__(
        self, bridge: Bridge, studio: ProjectsPort, show: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._running: set[ProjectId] = set()
        bridge.on(StudioChanged, self._on_changed, self)
        bridge.call(studio.list(), self._on_listed, lambda _error: None, self)

    def _on_listed(self, cards: Sequence[ProjectCard]) -> None:
        self._running = {card.id for card in cards if card.state is ProjectState.RUNNING}
        self._show(len(self._running))

    def _on_changed(self, event: StudioChanged) -> None:
        before = len(self._running)
        self._running.discard(event.project)
        if event.card is not None and event.card.state is ProjectState.RUNNING:
            self._running.add(event.project)
        if len(self._running) != before:
            self._show(len(self._running))


class PostsPort(Protocol):
    """What is asked of publishing."""

    def queue(self) -> Coroutine[Any, Any, tuple[Post, ...]]:
        """Return what has not gone out yet."""

    def posts(self, start: float, end: float) -> Coroutine[Any, Any, tuple[Post, ...]]:
        """Return the posts of a time, ended ones too."""


class AskingPosts(QObject):
    """Tells `show` how many posts need the owner, each time that changes."""

    def __init__(
        self, bridge: Bridge, publishing: PostsPort, show: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._publishing, self._show = bridge, publishing, show
        self._asking: set[PostId] = set()
        self._call: Call | None = None
        bridge.on(PostChanged, self._on_post, self)
        bridge.on(PublishingChanged, self._on_many, self)
        self._ask()

    def _ask(self) -> None:
        if self._call is not None:
            self._call.cancel()
        self._call = self._bridge.call(self._look(), self._on_posts, lambda _error: None, self)

    async def _look(self) -> tuple[Post, ...]:
        now = time.time()
        late = await self._publishing.posts(now - LOOK_BACK, now)
        failed = (post for post in late if post.state is PostState.FAILED)
        return (*await self._publishing.queue(), *failed)

    def _on_posts(self, posts: Sequence[Post]) -> None:
        self._call = None
        self._asking = {post.id for post in posts if post.state in NEEDS_OWNER}
        self._show(len(self._asking))

    def _on_post(self, event: PostChanged) -> None:
        before = len(self._asking)
        self._asking.discard(event.post.id)
        if event.post.state in NEEDS_OWNER:
            self._asking.add(event.post.id)
        if len(self._asking) != before:
            self._show(len(self._asking))

    def _on_many(self, _event: PublishingChanged) -> None:
        self._ask()
