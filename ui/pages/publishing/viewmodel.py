"""What the Publishing page knows of posts: the calendar, the queue, and what needs the owner."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import PostChanged, PublishingChanged
from app.domain.post import ENDED, MOVABLE, AccountView, Post, PostId, PostState, Repeat
from ui import publishing_words as said
from ui.bridge import Bridge, Call
from ui.pages.publishing.days import Span, Stretch, place_of, stretch, turned
from ui.pages.publishing.ports import AccountsPort, CalendarPort

SETTLE_MS = 120
"""Changes of posts within this time are shown as one."""
LOOK_BACK = 14 * 86_400.0
"""Posts that failed so many seconds ago still need the owner."""


class NeedKind(StrEnum):
    """What the owner is asked to do."""

    SIGN_IN = "sign_in"
    RENEW = "renew"  # signed in, but not for long
    APPROVE = "approve"
    CONFIRM = "confirm"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for the owner; `waiting` is how many posts of an account wait."""

    kind: NeedKind
    post: Post | None = None
    account: AccountView | None = None
    waiting: int = 0

    @property
    def key(self) -> str:
        """What it is known by."""
        of = self.post.id if self.post is not None else self.account.id if self.account else ""
        return f"{self.kind}:{of}"


class PublishingViewModel(QObject):
    """Keeps the shown days and the queue true to the service."""

    posts_changed = Signal()
    """Other posts, or other days."""
    queue_changed = Signal()
    """The queue, what needs the owner, or the pause."""
    failed = Signal(object)
    moved = Signal(object, float)
    """A post with its new time, and the one it had."""
    cancelled = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        publishing: CalendarPort,
        accounts: AccountsPort,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._publishing, self._desk = bridge, publishing, accounts
        self.clock = clock
        self.span = Span.WEEK
        self._around = said.local(clock()).date()
        self._posts: dict[PostId, Post] | None = None
        self._queue: dict[PostId, Post] | None = None
        self._sorted: tuple[Post, ...] | None = None  # the queue, until it changes
        self._failed: dict[PostId, Post] = {}
        self._accounts: tuple[AccountView, ...] = ()
        self._met = False  # whether the accounts are known
        self.paused = False
        """Whether everything is held."""
        self.error: BaseException | None = None
        self._loading: dict[str, Call] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        bridge.on(PostChanged, self._on_post_changed, self)
        bridge.on(PublishingChanged, self._on_changed, self)

    @property
    def shown(self) -> Stretch:
        """The days of the calendar."""
        return stretch(self.span, self._around)

    @property
    def posts(self) -> tuple[Post, ...] | None:
        """Those of the days shown; None while they are not known."""
        return None if self._posts is None else tuple(self._posts.values())

    @property
    def queue(self) -> tuple[Post, ...] | None:
        """What has not ended, by time; None while it is not known."""
        if self._queue is None:
            return None
        if self._sorted is None:
            now = self.clock()
            going = self._queue.values()
            self._sorted = tuple(sorted(going, key=lambda one: (place_of(one, now), one.id)))
        return self._sorted

    @property
    def next(self) -> Post | None:
        """What goes out next."""
        going = (one for one in self.queue or () if one.state is PostState.PLANNED)
        return next(going, None)

    @property
    def needs(self) -> tuple[Need, ...]:
        """What waits for the owner, the most pressing first."""
        found: list[Need] = []
        out = {one.id for one in self._accounts if one.signs_in and not one.signed_in}
        queue = self.queue or ()
        counted = Counter(post.account for post in queue)
        for account in self._accounts:
            waiting = counted[account.id]
            if account.id in out:
                found.append(Need(NeedKind.SIGN_IN, account=account, waiting=waiting))
            elif said.ends_soon(account, self.clock()):
                found.append(Need(NeedKind.RENEW, account=account, waiting=waiting))
        kinds = {
            PostState.UNCONFIRMED: NeedKind.CONFIRM,
            PostState.ASKING: NeedKind.APPROVE,
            PostState.HELD: NeedKind.HELD,
        }
        asked = [(kinds[post.state], post) for post in queue if post.state in kinds]
        found += [
            Need(kind, post)
            for kind, post in asked
            if not (kind is NeedKind.HELD and post.account in out)
        ]
        return (*found, *(Need(NeedKind.FAILED, post) for post in self._failed.values()))

    @property
    def bare(self) -> bool:
        """Whether there is no account yet but those that work by themselves."""
        return self._met and not any(account.signs_in for account in self._accounts)

    def load(self) -> None:
        """Ask for everything."""
        self._load_posts()
        self._load_queue()
        self._ask("accounts", self._desk.accounts(), self._on_accounts)

    def show_span(self, span: Span) -> None:
        """Show weeks or months."""
        if span is not self.span:
            self.span = span
            self._turned()

    def turn(self, by: int) -> None:
        """Show what comes before (-1) or after (1); 0 is today."""
        today = said.local(self.clock()).date()
        self._around = turned(self.span, self._around, by) if by else today
        self._turned()

    def move(self, post: Post, at: float) -> None:
        """Give a post another time, not in the past; it is shown there at once."""
        at, before = max(at, self.clock()), post.at
        if post.state in MOVABLE and at != before:
            self._move(post, at, lambda moved: self.moved.emit(moved, before))

    def put_back(self, post: Post, at: float) -> None:
        """Take a move back; what was due by then goes out at once."""
        self._move(self.post(post.id) or post, at, lambda _moved: None)

    def _move(self, post: Post, at: float, done: Callable[[Post], None]) -> None:
        now = replace(post, at=at)
        self._take(now)
        self._tell()
        self._bridge.call(
            self._publishing.move(post.id, at), lambda _: done(now), self._on_wish_failed, self
        )

    def cancel(self, post: Post) -> None:
        """Take a post out of the queue; it can be had back."""

        def done(_: None) -> None:
            self.cancelled.emit(post)

        self._bridge.call(self._publishing.cancel(post.id), done, self._on_wish_failed, self)

    def restore(self, post: PostId) -> None:
        """Have a cancelled post back."""
        self._wish(self._publishing.restore(post))

    def approve(self, post: PostId) -> None:
        """Say yes."""
        self._wish(self._publishing.approve(post))

    def again(self, post: PostId) -> None:
        """Try it again."""
        self._wish(self._publishing.again(post))

    def send(self, post: PostId) -> None:
        """Let a draft go out."""
        self._wish(self._publishing.send([post]))

    def repeat(self, post: PostId, repeat: Repeat) -> None:
        """Say how often it goes out."""
        self._wish(self._publishing.change(post, repeat=repeat))

    def answer(self, post: PostId, *, is_out: bool) -> None:
        """Say whether a post is out."""
        self._wish(self._publishing.answer(post, is_out=is_out))

    def pause(self, *, paused: bool) -> None:
        """Hold everything, or let it go on."""
        self._wish(self._publishing.pause(paused=paused))
        self.paused = paused
        self.queue_changed.emit()

    def account(self, post: Post) -> AccountView | None:
        """The account of a post."""
        return next((one for one in self._accounts if one.id == post.account), None)

    def post(self, post: PostId) -> Post | None:
        """A post by its id, as it is known now."""
        for known in (self._posts or {}, self._queue or {}, self._failed):
            if post in known:
                return known[post]
        return None

    def _turned(self) -> None:
        self._posts = None
        self.posts_changed.emit()
        self._load_posts()

    def _load_posts(self) -> None:
        shown = self.shown
        coro = self._publishing.posts(shown.start, shown.end)
        self._ask("posts", coro, self._on_posts, self._on_posts_failed)

    def _load_queue(self) -> None:
        self._ask("queue", self._look(), self._on_queue)

    async def _look(self) -> tuple[tuple[Post, ...], tuple[Post, ...], bool]:
        """The queue, what ended of late, and whether everything is held."""
        now = self.clock()
        return (
            await self._publishing.queue(),
            await self._publishing.posts(now - LOOK_BACK, now + 1.0),
            await self._publishing.paused(),
        )

    def _ask(
        self,
        what: str,
        coro: Coroutine[Any, Any, Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        before = self._loading.pop(what, None)
        if before is not None:
            before.cancel()
        self._loading[what] = self._bridge.call(coro, done, failed or self.failed.emit, self)

    def _wish(self, coro: Coroutine[Any, Any, object]) -> None:
        self._bridge.call(coro, None, self._on_wish_failed, self)

    def _on_posts(self, posts: tuple[Post, ...]) -> None:
        self.error = None
        self._posts = {post.id: post for post in posts}
        self.posts_changed.emit()

    def _on_posts_failed(self, error: BaseException) -> None:
        self.error = error
        self.failed.emit(error)
        self.posts_changed.emit()

    def _on_queue(self, found: tuple[tuple[Post, ...], tuple[Post, ...], bool]) -> None:
        queue, late, self.paused = found
        self._sorted = None
        self._queue = {post.id: post for post in queue if post.state not in ENDED}
        self._failed = {post.id: post for post in late if post.state is PostState.FAILED}
        self.queue_changed.emit()

    def _on_accounts(self, accounts: tuple[AccountView, ...]) -> None:
        self._accounts, self._met = tuple(accounts), True
        self.queue_changed.emit()

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.load()

    def _take(self, post: Post) -> None:
        """Put a post where it belongs now."""
        shown, now = self.shown, self.clock()
        if self._posts is not None:
            self._posts.pop(post.id, None)
            if shown.start <= place_of(post, now) < shown.end:
                self._posts[post.id] = post
        if self._queue is not None:
            self._sorted = None
            self._queue.pop(post.id, None)
            if post.state not in ENDED:
                self._queue[post.id] = post
        self._failed.pop(post.id, None)
        if post.state is PostState.FAILED:
            self._failed[post.id] = post

    def _tell(self) -> None:
        self._settle.stop()
        if self._posts is not None:
            self.posts_changed.emit()
        if self._queue is not None:
            self.queue_changed.emit()

    def _on_post_changed(self, event: PostChanged) -> None:
        self._take(event.post)
        if not self._settle.isActive():
            self._settle.start()

    def _on_changed(self, _event: PublishingChanged) -> None:
        self.load()
