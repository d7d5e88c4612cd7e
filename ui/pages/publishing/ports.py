"""What the Publishing page asks of the station."""

from __future__ import annotations

from array import array
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.domain.access import Link, LinkDay, LinkId, LinkWish, PassId
from app.domain.media import Card, Details, ItemId, LibraryQuery
from app.domain.options import Option
from app.domain.post import (
    AccountId,
    AccountView,
    Advice,
    Channel,
    ChannelId,
    Manner,
    Misfit,
    Part,
    Post,
    PostId,
    Repeat,
    Words,
)
from app.domain.project import ProjectId
from app.domain.results import (
    ABTest,
    Overview,
    Proposal,
    Rule,
    RuleId,
    TestId,
    Variant,
    WatchedFile,
)
from app.domain.studio import ProjectCard, ProjectView
from app.services.audit.chain import Entry


class CalendarPort(Protocol):
    """The posts there are, and what is done with one."""

    def posts(self, start: float, end: float) -> Coroutine[Any, Any, tuple[Post, ...]]:
        """Return those of a time, ended ones too."""

    def queue(self) -> Coroutine[Any, Any, tuple[Post, ...]]:
        """Return those that have not ended, by time."""

    def send(self, posts: Sequence[PostId]) -> Coroutine[Any, Any, None]:
        """Let drafts go out at their time."""

    def approve(self, post: PostId) -> Coroutine[Any, Any, None]:
        """Say yes to one that asks."""

    def move(self, post: PostId, at: float) -> Coroutine[Any, Any, None]:
        """Give it another time."""

    def cancel(self, post: PostId) -> Coroutine[Any, Any, None]:
        """Take it out of the queue."""

    def restore(self, post: PostId) -> Coroutine[Any, Any, None]:
        """Have a cancelled one back."""

    def again(self, post: PostId) -> Coroutine[Any, Any, Post]:
        """Try one that failed again."""

    def answer(self, post: PostId, *, is_out: bool, url: str = "") -> Coroutine[Any, Any, None]:
        """Say whether an unconfirmed one is out."""

    def change(self, post: PostId, *, repeat: Repeat | None = None) -> Coroutine[Any, Any, Post]:
        """Say how often it goes out."""

    def pause(
        self, *, account: AccountId | str = "", channel: ChannelId | str = "", paused: bool
    ) -> Coroutine[Any, Any, None]:
        """Hold an account, a channel, or (with neither) everything."""

    def paused(self) -> Coroutine[Any, Any, bool]:
        """Say whether everything is held."""


class ComposePort(Protocol):
    """How a post is written."""

    def compose(
        self,
        video: bytes,
        accounts: Sequence[AccountId],
        words: Words,
        *,
        manner: Manner = ...,
        thumbnail: bytes = ...,
        captions: bytes = ...,
        at: float = ...,
        project: str = ...,
        source: str = ...,
        language: str = ...,
    ) -> Coroutine[Any, Any, tuple[Post, ...]]:
        """Return the drafts of one video, one for each account."""

    def change(
        self,
        post: PostId,
        *,
        words: Words | None = None,
        manner: Manner | None = None,
        thumbnail: bytes | None = None,
        captions: bytes | None = None,
        repeat: Repeat | None = None,
    ) -> Coroutine[Any, Any, Post]:
        """Change one that is not out yet."""

    def check(self, post: PostId) -> Coroutine[Any, Any, tuple[Misfit, ...]]:
        """Return what its platform will not take."""

    def mend(self, post: PostId, only: Part | None = None) -> Coroutine[Any, Any, Post]:
        """Make it fit; `only` shortens that part alone."""

    def move(self, post: PostId, at: float) -> Coroutine[Any, Any, None]:
        """Give it another time."""

    def send(self, posts: Sequence[PostId]) -> Coroutine[Any, Any, None]:
        """Let drafts go out at their time."""

    def cancel(self, post: PostId) -> Coroutine[Any, Any, None]:
        """Take a draft back."""

    def advice(self, account: AccountId | str = "") -> Coroutine[Any, Any, tuple[Advice, ...]]:
        """Return the best times to post, the best first."""


class PlatformView(Protocol):
    """A platform one can have accounts at."""

    @property
    def id(self) -> str:
        """The kind of its plugin."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def signs_in(self) -> bool:
        """Whether one signs in in the browser."""

    @property
    def options(self) -> Sequence[Option]:
        """What an account is set up with."""

    @property
    def added(self) -> bool:
        """Whether there is an account already."""

    @property
    def steps(self) -> Sequence[str]:
        """How to come by an app of one's own there, as message keys."""

    @property
    def strings(self) -> Mapping[str, Mapping[str, str]]:
        """The words of its options, by language and label."""


class AccountsPort(Protocol):
    """The accounts and channels of the owner."""

    def accounts(self) -> Coroutine[Any, Any, tuple[AccountView, ...]]:
        """Return all."""

    def platforms(self) -> Coroutine[Any, Any, Sequence[PlatformView]]:
        """Return where one can have accounts."""

    def add(
        self, platform: str, name: str, values: Mapping[str, object]
    ) -> Coroutine[Any, Any, AccountId]:
        """Add an account."""

    def remove(self, account: AccountId) -> Coroutine[Any, Any, None]:
        """Forget one."""

    def sign_in(self, account: AccountId) -> Coroutine[Any, Any, str]:
        """Return the address to open in a browser."""

    def signing_in(self) -> Coroutine[Any, Any, frozenset[AccountId]]:
        """Return the accounts whose browser is waited for."""

    def cancel_sign_in(self, account: AccountId) -> Coroutine[Any, Any, None]:
        """Wait no longer for the browser."""

    def sign_out(self, account: AccountId) -> Coroutine[Any, Any, None]:
        """Forget the sign-in."""

    def channels(self) -> Coroutine[Any, Any, tuple[Channel, ...]]:
        """Return the brands."""

    def set_channel(self, channel: Channel) -> Coroutine[Any, Any, Channel]:
        """Keep one; an empty id makes a new one."""

    def remove_channel(self, channel: ChannelId) -> Coroutine[Any, Any, None]:
        """Forget one; its accounts stay."""


class StudioPort(Protocol):
    """The videos made here."""

    def list(self, *, archived: bool = False) -> Coroutine[Any, Any, Sequence[ProjectCard]]:
        """Return all projects."""

    def view(self, project: ProjectId) -> Coroutine[Any, Any, ProjectView]:
        """Return one, whole."""


class LibraryPort(Protocol):
    """The owner's own videos."""

    def listing(self, query: LibraryQuery) -> Coroutine[Any, Any, array[int]]:
        """Return ids."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """Return what belongs to them."""

    def details(self, item: ItemId) -> Coroutine[Any, Any, Details]:
        """Return one with its files."""


class LinksPort(Protocol):
    """Access links."""

    @property
    def held(self) -> bool:
        """Whether all are closed because the clock was set back; on the service loop alone."""

    def trust_clock(self) -> Coroutine[Any, Any, None]:
        """Say that the clock is right as it is now."""

    def days(self, link: LinkId, count: int = 30) -> Coroutine[Any, Any, tuple[LinkDay, ...]]:
        """Return the figures of the last days, of those on which something happened."""

    def links(self) -> Coroutine[Any, Any, tuple[Link, ...]]:
        """Return all, the latest first."""

    def make(self, wish: LinkWish) -> Coroutine[Any, Any, Link]:
        """Make one."""

    def revoke(self, link: LinkId) -> Coroutine[Any, Any, None]:
        """Close it at once."""

    def restore(self, link: LinkId) -> Coroutine[Any, Any, None]:
        """Open a revoked one again."""

    def revoke_recipient(self, recipient: PassId) -> Coroutine[Any, Any, None]:
        """Take back the address of one recipient."""

    def restore_recipient(self, recipient: PassId) -> Coroutine[Any, Any, None]:
        """Undo that."""

    def forget(self, link: LinkId) -> Coroutine[Any, Any, None]:
        """Remove it from the list for good."""

    def code(self, recipient: PassId, form: str = "svg") -> Coroutine[Any, Any, bytes]:
        """Return an address as a picture (``svg``, ``png``) or as a ``card`` to be printed."""

    def text(self, recipient: PassId) -> Coroutine[Any, Any, str]:
        """Return words to be copied and sent."""

    def send(self, recipient: PassId, way: str, to: str = "") -> Coroutine[Any, Any, None]:
        """Send it by an account that sends."""


class AbTestsPort(Protocol):
    """A/B tests."""

    def list(self) -> Coroutine[Any, Any, tuple[ABTest, ...]]:
        """Return all, the running ones first."""

    def begin(self, post: PostId, variants: Sequence[Variant]) -> Coroutine[Any, Any, ABTest]:
        """Begin one in which the station changes the post in turns."""

    def guide(self, post: PostId, variants: Sequence[Variant]) -> Coroutine[Any, Any, ABTest]:
        """Begin one the platform makes."""

    def enter(
        self, test: TestId, shares: Sequence[float | None], winner: int | None = None
    ) -> Coroutine[Any, Any, ABTest]:
        """Write down what came out of a guided one."""

    def stop(self, test: TestId, keep: int = 0) -> Coroutine[Any, Any, ABTest]:
        """Stop it and keep a variant."""


class RulesPort(Protocol):
    """Rules that make more of what does well."""

    def rules(self) -> Coroutine[Any, Any, tuple[Rule, ...]]:
        """Return all."""

    def put(self, rule: Rule) -> Coroutine[Any, Any, Rule]:
        """Keep one; an empty id makes a new one."""

    def remove(self, rule: RuleId) -> Coroutine[Any, Any, None]:
        """Forget one."""

    def proposals(self) -> Coroutine[Any, Any, tuple[Proposal, ...]]:
        """Return what they found."""

    def send(self, rule: RuleId, post: PostId) -> Coroutine[Any, Any, None]:
        """Publish what was made."""

    def dismiss(self, rule: RuleId, post: PostId) -> Coroutine[Any, Any, None]:
        """Leave it."""

    def again(self, rule: RuleId, post: PostId) -> Coroutine[Any, Any, None]:
        """Try to make it again."""


class ResultsPort(Protocol):
    """How posts do."""

    @property
    def tests(self) -> AbTestsPort:
        """A/B tests."""

    @property
    def repurposing(self) -> RulesPort:
        """Rules."""

    def overview(
        self, start: float, end: float, account: AccountId | str = ""
    ) -> Coroutine[Any, Any, Overview]:
        """Return how everything does."""

    def fetch(self) -> Coroutine[Any, Any, int]:
        """Look at all posts now."""

    def export(self, out: Path) -> Coroutine[Any, Any, Path]:
        """Write all figures as CSV."""


class AuditPort(Protocol):
    """What went out and what was allowed."""

    def entries(
        self, after: int = 0, limit: int = 100, about: str | None = None
    ) -> Coroutine[Any, Any, tuple[Entry, ...]]:
        """Return entries in order."""

    def last(self) -> Coroutine[Any, Any, int]:
        """Return the number of the latest."""

    def check(self) -> Coroutine[Any, Any, int | None]:
        """Return the first that is not as it was written; None: all are."""

    def export(self, path: Path) -> Coroutine[Any, Any, Path]:
        """Write all into a file of a folder."""

    def forget(self, about: str) -> Coroutine[Any, Any, int]:
        """Erase what they tell about somebody or something."""


class WatchPort(Protocol):
    """New videos of watched folders."""

    def files(self) -> Coroutine[Any, Any, tuple[WatchedFile, ...]]:
        """Return those that were taken, the latest first."""

    def again(self, digest: str) -> Coroutine[Any, Any, None]:
        """Try one again."""


class SendPort(Protocol):
    """What is asked of publishing for them."""

    def send(self, posts: Sequence[PostId]) -> Coroutine[Any, Any, None]:
        """Let drafts go out."""

    def post(self, post: PostId) -> Coroutine[Any, Any, Post]:
        """Return one."""
