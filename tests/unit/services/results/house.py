"""Results over a real database and job engine, with posts and platforms that stand still."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from app.api.capabilities import Capability
from app.api.publishing import Figures, PostWanted
from app.api.thinking import SoundQuestion, Transcript
from app.domain.errors import AppError, NotFound
from app.domain.events import FiguresChanged, NoticeRaised
from app.domain.intelligence import Made, Policy
from app.domain.post import (
    AccountId,
    Attached,
    BundleId,
    ChannelId,
    Manner,
    Post,
    PostId,
    PostState,
    Words,
)
from app.domain.project import Brief, ProjectId, ProjectState
from app.domain.results import Counts
from app.domain.studio import ProjectCard, ProjectView
from app.infra.database.engine import Database
from app.infra.ffmpeg.running import Outside
from app.infra.file_cache import FileCache
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.casting.subtitles import Letters
from app.services.intelligence.asking import Asker, Services
from app.services.intelligence.service import IntelligenceService
from app.services.intelligence.store import AnswerStore
from app.services.results.abtests import ABTests
from app.services.results.comparing import day_of
from app.services.results.fetching import Fetcher
from app.services.results.remaking import Remaker
from app.services.results.repurposing import Repurposing
from app.services.results.service import Desks, ResultsService
from app.services.results.spoken import Senses, Spoken
from app.services.results.store import ResultsStore
from app.services.results.swapping import Swapper
from app.services.results.variants import Variants
from app.services.results.windows import ABStore
from tests.fakes.thinking import CountingPurse, ScriptedHere, ScriptedServices

NOW = 1_790_000_000.0
HOUR = 3_600.0
DAY = 24 * HOUR


class Posts:
    """What is published, as Publishing tells it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.kept: dict[PostId, Post] = {}
        self.sent: list[PostId] = []
        self.composed = 0
        self.after_compose: AppError | None = None  # raised once, when the drafts are there
        self._clock = clock

    def put(self, account: str = "youtube1", days: float = 10.0, **changes: Any) -> Post:
        """A post that has been out for so many days."""
        number = PostId(secrets.token_hex(16))
        made = Post(
            number, BundleId(f"b{len(self.kept)}"), AccountId(account), account.rstrip("123"),
            Words(f"Video {len(self.kept)}"), state=PostState.DONE, remote=f"r{len(self.kept)}",
            ended=self._clock() - days * DAY, account_name=account.title(),
        )  # fmt: skip
        made = replace(made, **changes)
        self.kept[made.id] = made
        return made

    async def posts(self, start: float, end: float) -> tuple[Post, ...]:
        return tuple(one for one in self.kept.values() if start <= one.ended < end)

    async def post(self, post: PostId) -> Post:
        if post not in self.kept:
            raise NotFound("errors.post_gone")
        return self.kept[post]

    async def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = Manner(),  # noqa: B008 - it is frozen
        thumbnail: bytes = b"",
        captions: bytes = b"",
        at: float = 0.0,
        project: str = "",
        source: str = "hand",
        language: str = "en",
        channel: str = "",
        bundle: str = "",
    ) -> tuple[Post, ...]:
        there = tuple(one for one in self.kept.values() if one.bundle == bundle)
        if there:
            return there
        assert len(bytes.fromhex(bundle)) == 16
        self.composed += 1
        made = [
            Post(
                PostId(secrets.token_hex(16)), BundleId(bundle), account, "tiktok", words,
                Attached(video, thumbnail, captions), manner, ChannelId(channel), at,
                project=project, source=source, language=language, created=self._clock(),
            )
            for account in accounts
        ]  # fmt: skip
        self.kept |= {one.id: one for one in made}
        error, self.after_compose = self.after_compose, None
        if error is not None:
            raise error
        return tuple(made)

    async def send(self, posts: Sequence[PostId]) -> None:
        for one in posts:
            assert self.kept[one].state is PostState.DRAFT
            self.kept[one] = replace(self.kept[one], state=PostState.PLANNED)
        self.sent += posts


class Platforms:
    """Plugins of accounts: `seen` is what they count, `troubles` what they raise next."""

    def __init__(self) -> None:
        self.accounts = ["youtube1", "tiktok1"]
        self.can = {Capability.REPORTS_FIGURES, Capability.CHANGES_POSTS}
        self.seen: dict[str, Counts] = {}
        self.troubles: dict[str, deque[AppError]] = {}  # by method
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.changed: list[tuple[str, PostWanted]] = []
        self.lost = 0  # so many changes are made, but their answers do not come
        self.on_change: Callable[[str, PostWanted], Awaitable[None]] | None = None

    def offering(self, capability: Capability) -> tuple[str, ...]:
        return tuple(self.accounts) if capability in self.can else ()

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: Any,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        waiting = self.troubles.get(f"{plugin} {method}") or self.troubles.get(method)
        if waiting:
            raise waiting.popleft()
        if method == "figures":
            self.asked.append((plugin, args[0]))
            return [_figures(one, self.seen[one]) for one in args[0] if one in self.seen]
        assert method == "change"
        remote, wanted = args
        self.changed.append((remote, wanted))
        if self.on_change is not None:
            await self.on_change(remote, wanted)
        return None


def _figures(remote: str, counts: Counts) -> Figures:
    return Figures(
        remote, counts.views, counts.likes, counts.comments, counts.shares, counts.watched,
        counts.shown, counts.clicked,
    )  # fmt: skip


class Projects:
    """The Studio."""

    def __init__(self) -> None:
        self.views: dict[str, ProjectView] = {}
        self.started: list[str] = []

    def put(self, brief: Brief, state: ProjectState, **more: Any) -> ProjectId:
        number = ProjectId(f"p{len(self.views)}")
        card = ProjectCard(number, brief.topic, state)
        self.views[number] = ProjectView(card, brief, (), **more)
        return number

    async def create(self, brief: Brief, *, start: bool = True) -> ProjectId:
        assert not start
        return self.put(brief, ProjectState.DRAFT)

    async def start(self, project: ProjectId) -> None:
        self.started.append(project)
        self.set(project, ProjectState.RUNNING)

    async def view(self, project: ProjectId) -> ProjectView:
        if project not in self.views:
            raise NotFound("errors.project_gone", id=project)
        return self.views[project]

    def set(self, project: str, state: ProjectState, **more: Any) -> None:
        view = self.views[project]
        self.views[project] = replace(view, card=replace(view.card, state=state), **more)


class Ears:
    """Hears what a test says, and counts how often it was asked."""

    def __init__(self) -> None:
        self.heard: Transcript | None = None
        self.asked = 0

    async def hear(
        self, question: SoundQuestion, on_progress: Callable[[float], None] | None = None
    ) -> Made[Transcript] | None:
        self.asked += 1
        return None if self.heard is None else Made(self.heard)

    @asynccontextmanager
    async def sound(self, video: bytes) -> AsyncIterator[Path]:
        yield Path(video.decode())


class House:
    """Everything of one test; `now` is its clock."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.now = NOW
        self.bus = EventBus()
        self.posts, self.platforms = Posts(self.clock), Platforms()
        self.projects, self.ears = Projects(), Ears()
        self.folder = folder
        self.database = database
        self.store, self.windows = ResultsStore(database, self.clock), ABStore(database)
        self.fetcher = Fetcher(
            self.platforms, self.posts, self.store, lambda at: day_of(at, UTC), self.clock
        )
        self.swapper = self.new_swapper()
        self.tests = ABTests(
            self.platforms, self.posts, self.swapper, self.windows, self.bus, folder / "tests",
            self.clock,
        )  # fmt: skip
        self.here, self.purse = ScriptedHere(), CountingPurse()
        self.services: Services = ScriptedServices()
        self.repurposing = self.new_repurposing()
        folder.mkdir(parents=True, exist_ok=True)
        self.jobs = JobEngine(folder / "jobs.db", self.bus)
        desks = Desks(self.store, self.fetcher, self.tests, self.repurposing)
        self.results = ResultsService(desks, self.jobs, self.bus, self.clock, UTC)
        self.notices: list[NoticeRaised] = []
        self.told: list[FiguresChanged] = []
        self.bus.on(NoticeRaised, self.notices.append)
        self.bus.on(FiguresChanged, self.told.append)

    def clock(self) -> float:
        return self.now

    def new_swapper(self) -> Swapper:
        """One more, as a restart makes it."""
        return Swapper(self.platforms, self.posts, self.fetcher, self.windows, self.bus, self.clock)

    def new_repurposing(self) -> Repurposing:
        """One more, as a restart makes it, over models that stand still."""
        asker = Asker(
            self.services, self.here, self.purse, AnswerStore(self.database),
            lambda _task: Policy.HERE_FIRST, self.clock,
        )  # fmt: skip
        sources = cast("Any", SimpleNamespace(hearer=None))
        mind = IntelligenceService(
            EventBus(), asker, AnswerStore(self.database), sources, lambda: "en"
        )
        heard = FileCache(self.folder / "heard")
        letters = Letters(self.folder / "letters")
        senses = Senses(letters, self.ears, self.ears.sound, heard)
        self.remaker = Remaker(Spoken(senses, mind), outside=Outside())
        variants = Variants(self.projects, mind, self.remaker, self.folder / "variants")
        return Repurposing(self.store, self.posts, variants, self.bus)

    def count(self, post: Post, **counts: Any) -> None:
        """What the platform counts of a post from now on."""
        self.platforms.seen[post.remote] = Counts(**counts)
