"""A post that is being written: video, accounts, words, time, and what does not fit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal

from app.domain.post import (
    AccountId,
    Advice,
    Manner,
    Misfit,
    Part,
    Post,
    PostId,
    PostState,
    Repeat,
    Words,
)
from ui.bridge import Bridge, Call
from ui.pages.publishing.days import moved
from ui.pages.publishing.ports import ComposePort

SETTLE_MS = 450
"""Words are checked when nothing was typed for this time."""


class Time(StrEnum):
    """When a post goes out."""

    NOW = "now"
    BEST = "best"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Video:
    """A video that may be posted; `path` is bytes, `pictures` are thumbnails to choose from."""

    path: bytes
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    project: str = ""
    synthetic: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is written so far."""

    video: Video | None = None
    accounts: tuple[AccountId, ...] = ()
    words: Words = field(default_factory=lambda: Words(""))
    manner: Manner = field(default_factory=Manner)
    thumbnail: str = ""
    captions: str = ""
    time: Time = Time.NOW
    at: float = 0.0
    repeat: Repeat = Repeat.NEVER


class EditorModel(QObject):
    """First what all posts share; then, once they are composed, each by itself."""

    changed = Signal()
    """What is written."""
    composed = Signal()
    """There is a post for each account now."""
    post_changed = Signal(str)
    """The id of a post whose words or misfits are new."""
    busy_changed = Signal(bool)
    failed = Signal(object)
    sent = Signal(int)
    """So many posts are on their way."""

    def __init__(
        self,
        bridge: Bridge,
        publishing: ComposePort,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._publishing, self.clock = bridge, publishing, clock
        self.draft = Draft()
        self.posts: dict[PostId, Post] = {}
        self.misfits: dict[PostId, tuple[Misfit, ...]] = {}
        self.best: Advice | None = None
        self._calls: dict[str, Call] = {}
        self._typed: dict[PostId, Words] = {}
        self._chosen: dict[PostId, Manner] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._keep_words)

    @property
    def ready(self) -> bool:
        """Whether there is a video, an account, and a title."""
        draft = self.draft
        return bool(draft.video and draft.accounts and draft.words.title.strip())

    @property
    def at(self) -> float:
        """When it goes out, seconds since 1970; 0: as soon as it may."""
        draft = self.draft
        if draft.time is Time.NOW:
            return 0.0
        if draft.time is Time.BEST:
            return self.best_time() or 0.0
        return max(draft.at, self.clock())

    def begin(self, at: float = 0.0) -> None:
        """A new post; with a time it is planned for then."""
        self.draft = Draft(time=Time.SET if at else Time.NOW, at=at or moved(self.clock(), hours=1))
        self._forget()
        self.changed.emit()
        self._ask_advice()

    def edit(self, post: Post) -> None:
        """Change the words of one that exists."""
        self._forget()
        self.posts = {post.id: post}
        self.composed.emit()
        self.check(post.id)

    def set_video(self, video: Video) -> None:
        """Choose a video: what is known of it is written down, where nothing was yet."""
        words = self.draft.words
        told = Words(
            words.title or video.title, words.description or video.description,
            words.tags or video.tags,
        )  # fmt: skip
        manner = replace(self.draft.manner, synthetic=video.synthetic)
        picture = video.pictures[0] if video.pictures else ""
        self.draft = replace(self.draft, video=video, words=told, manner=manner, thumbnail=picture)
        self.changed.emit()

    def set(self, **changes: object) -> None:
        """Change a field of the draft."""
        fresh = replace(self.draft, **changes)  # type: ignore[arg-type]  # fields by their names
        if fresh != self.draft:
            self.draft = fresh
            self.changed.emit()

    def set_manner(self, **changes: object) -> None:
        """Change how it goes out."""
        self.set(manner=replace(self.draft.manner, **changes))  # type: ignore[arg-type]  # the same

    def toggle(self, account: AccountId, *, on: bool) -> None:
        """Choose an account, or not."""
        rest = tuple(one for one in self.draft.accounts if one != account)
        self.set(accounts=(*rest, account) if on else rest)
        self._ask_advice()

    def best_time(self) -> float | None:
        """The next time the advice names; None while there is none."""
        if self.best is None:
            return None
        now = QDateTime.fromSecsSinceEpoch(int(self.clock()))
        days = (self.best.weekday + 1 - now.date().dayOfWeek()) % 7
        then = now.addDays(days)
        clock = then.time()
        clock.setHMS(self.best.hour, 0, 0)
        then.setTime(clock)
        if then <= now:
            then = then.addDays(7)
        return float(then.toSecsSinceEpoch())

    def compose(self) -> None:
        """Make a draft for each account."""
        draft = self.draft
        if not self.ready or draft.video is None:
            return
        self.busy_changed.emit(True)
        coro = self._publishing.compose(
            draft.video.path, draft.accounts, draft.words, manner=draft.manner,
            thumbnail=os.fsencode(draft.thumbnail), captions=os.fsencode(draft.captions),
            at=self.at, project=draft.video.project,
            source="studio" if draft.video.project else "hand",
            language=draft.video.language or QLocale().name()[:2],
        )  # fmt: skip
        self._bridge.call(coro, self._on_composed, self._on_failed, self)

    def write(self, post: PostId, words: Words) -> None:
        """Other words for one post; they are kept and checked once nothing is typed."""
        self._typed[post] = words
        self._settle.start()

    def choose(self, post: PostId, name: str, value: str) -> None:
        """Make a choice of a post's platform; kept and checked as words are."""
        manner = self._chosen.get(post, self.posts[post].manner)
        self._chosen[post] = replace(manner, choices={**manner.choices, name: value})
        self._settle.start()

    def check(self, post: PostId) -> None:
        """Ask what of a post does not fit."""

        def done(found: Sequence[Misfit]) -> None:
            self.misfits[post] = tuple(found)
            self.post_changed.emit(post)

        self._ask(f"check {post}", lambda: self._bridge.call(
            self._publishing.check(post), done, self.failed.emit, self))  # fmt: skip

    def mend(self, post: PostId, only: Part | None = None) -> None:
        """Make a post fit, or shorten that part alone; this may make a variant of the file."""
        self.busy_changed.emit(True)

        def go() -> None:
            coro = self._publishing.mend(post, only)
            self._bridge.call(coro, self._on_mended, self._on_failed, self)

        def kept(fresh: Post) -> None:
            self.posts[post] = fresh
            go()

        wish = self._change(post)
        if wish is None:
            go()
        else:  # what was just typed is kept first: it is what is mended
            self._bridge.call(wish, kept, self._on_failed, self)

    def drop(self) -> None:
        """Take back the drafts that were composed; what they share is kept."""
        for post in self.posts.values():
            if post.state is PostState.DRAFT:
                self._bridge.call(self._publishing.cancel(post.id), None, self.failed.emit, self)
        self._forget()

    def blocked(self) -> list[PostId]:
        """The posts that cannot go out as they are."""
        return [one for one, found in self.misfits.items() if any(m.blocks for m in found)]

    def send(self) -> None:
        """Let all that fit go out at their time."""
        self._keep_words()
        blocked = set(self.blocked())
        going = [post.id for post in self.posts.values()
                 if post.id not in blocked and post.state is PostState.DRAFT]  # fmt: skip
        if not going:
            self.sent.emit(0)
            return
        self.busy_changed.emit(True)

        def done(_: None) -> None:
            self.busy_changed.emit(False)
            self.sent.emit(len(going))

        self._bridge.call(self._publishing.send(going), done, self._on_failed, self)

    def _forget(self) -> None:
        self._settle.stop()
        self.posts, self.misfits = {}, {}
        self._typed, self._chosen = {}, {}

    def _ask_advice(self) -> None:
        account = self.draft.accounts[0] if len(self.draft.accounts) == 1 else ""

        def done(found: Sequence[Advice]) -> None:
            self.best = found[0] if found else None
            self.changed.emit()

        self._ask("advice", lambda: self._bridge.call(
            self._publishing.advice(account), done, lambda _error: None, self))  # fmt: skip

    def _ask(self, what: str, begin: Callable[[], Call]) -> None:
        before = self._calls.pop(what, None)
        if before is not None:
            before.cancel()
        self._calls[what] = begin()

    def _keep_words(self) -> None:
        self._settle.stop()
        for post in self.posts:
            wish = self._change(post)
            if wish is not None:
                self._bridge.call(wish, self._on_changed, self.failed.emit, self)

    def _change(self, post: PostId) -> Coroutine[Any, Any, Post] | None:
        """Keeps what was typed of a post; None when nothing was."""
        known = self.posts[post]
        words = self._typed.pop(post, known.words)
        manner = self._chosen.pop(post, known.manner)
        if (words, manner) == (known.words, known.manner):
            return None
        return self._publishing.change(post, words=words, manner=manner)

    def _on_composed(self, posts: Sequence[Post]) -> None:
        self.busy_changed.emit(False)
        self.posts = {post.id: post for post in posts}
        self.misfits = {}
        if self.draft.repeat is not Repeat.NEVER:
            for post in posts:
                coro = self._publishing.change(post.id, repeat=self.draft.repeat)
                self._bridge.call(coro, None, self.failed.emit, self)
        self.composed.emit()
        for post in posts:
            self.check(post.id)

    def _on_changed(self, post: Post) -> None:
        self.posts[post.id] = post
        self.check(post.id)

    def _on_mended(self, post: Post) -> None:
        self.busy_changed.emit(False)
        self.posts[post.id] = post
        self.post_changed.emit(post.id)
        self.check(post.id)

    def _on_failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)
