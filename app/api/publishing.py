"""What a plugin that publishes is asked, and what it answers.

A post goes out in small actions, each of which the station may be killed in. `Publishes.advance`
does what may be done twice without harm: open an upload, send a piece, look how it is worked on.
`Publishes.commit` is the one action after which people may see the post; the station writes down
that it is about to happen, and when it does not learn how it ended it asks `Publishes.find`
before anything is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

LARGEST_SESSION = 16_000
"""Characters of a session; what is longer has no place in it."""


class Privacy(StrEnum):
    """Who may see a post."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class PostFile:
    """A file that goes along: its path, bytes, format (``mp4``, ``jpg``, ``srt``) and SHA-256.

    `seconds`, `width` and `height` are 0 where they do not apply.
    """

    path: bytes
    size: int
    ending: str
    digest: str = ""
    seconds: float = 0.0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class PostWanted:
    """What is to be published. `key` (32 hex digits) stands for this one intent for ever.

    `publish_at` is when the platform itself shows it (seconds since 1970), None: at once.
    `choices` are the platform's own: a subreddit, a chat, a category.
    """

    key: str
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    language: str = "en"  # ISO 639-1
    privacy: Privacy = Privacy.PUBLIC
    video: PostFile | None = None
    thumbnail: PostFile | None = None
    captions: PostFile | None = None
    link: str = ""
    publish_at: float | None = None
    for_children: bool = False
    synthetic: bool = False  # made with the help of a model: platforms want it said
    notify: bool = True  # tell followers, where the platform can
    draft: bool = False  # only into the platform's own drafts, where it has them
    choices: Mapping[str, str] = field(default_factory=dict)


class Stage(StrEnum):
    """How far a post is."""

    SENDING = "sending"  # `advance` again, at once
    WORKING = "working"  # the platform works on it: `advance` again after `wait`
    READY = "ready"  # all is there: `commit` comes next
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PostStep:
    """How a post stands after an action. `session` is the plugin's own and comes back to it.

    `remote` names the post there as soon as that is known; `note` is a message key of what is
    worth telling (“processing takes long”).
    """

    stage: Stage
    session: str
    fraction: float | None = None  # 0 to 1, of what is sent
    wait: float = 0.0  # seconds
    remote: str = ""
    url: str = ""
    note: str = ""


class Trace(StrEnum):
    """What a platform says of a post nobody knows the end of."""

    THERE = "there"
    ABSENT = "absent"  # certainly not, nor will it come: `commit` may be tried again
    UNKNOWN = "unknown"  # it cannot be told: only the owner can


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of `Publishes.find`; `step` says how a post that is there stands."""

    trace: Trace
    step: PostStep | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in: the platform's own id of them, and how they are called there."""

    id: str
    name: str
    url: str = ""


class Publishes(Protocol):
    """Puts a post on a platform.

    Everything raises `AuthRequired` when the owner must sign in (again), `Refused` when the
    platform will not have this post, `InvalidInput` when something of it does not fit,
    `Unavailable` (with ``retry_after`` where it is told) when it may work later.
    """

    async def account(self) -> Account:
        """Return who posts."""

    async def advance(self, wanted: PostWanted, session: str) -> PostStep:
        """Do one next action that may be repeated; `session` is empty at the beginning.

        An action sends 8 MB at most or asks once. A session the platform has forgotten begins
        anew. After `commit` it goes on with what belongs to the post: thumbnail, captions.
        """

    async def commit(self, wanted: PostWanted, session: str) -> PostStep:
        """Make it public, once. The answer is DONE, or WORKING when `advance` has more to do.

        An `AppError` that is no `Unavailable` says that it has not happened.
        """

    async def find(self, wanted: PostWanted, session: str) -> Found:
        """Ask the platform whether a `commit` that was begun has happened."""


class ChangesPosts(Protocol):
    """Changes a post that is out: its words, its thumbnail."""

    async def change(self, remote: str, wanted: PostWanted) -> None:
        """Give a post these words, and its thumbnail when there is one; may be repeated."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a post does, from its beginning until now. None: the platform does not say."""

    remote: str
    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    watched: float | None = None  # seconds, of all viewers
    shown: int | None = None  # how often it was offered
    clicked: int | None = None


class ReportsFigures(Protocol):
    """Knows how posts do."""

    async def figures(self, remotes: Sequence[str]) -> Sequence[Figures]:
        """Return those of the posts it still knows, 50 asked for at most."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """Where the browser comes back to on this machine. Port 0: any that is free.

    Some platforms know only addresses they were told before: then host, port and path are fixed.
    """

    host: str = "127.0.0.1"
    port: int = 0
    path: str = "/"


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The page of the platform where the owner signs in; `state` comes back with the answer."""

    url: str
    state: str


@dataclass(frozen=True, slots=True)
class SignInStanding:
    """Whether somebody is signed in. Times are seconds since 1970, None: nobody knows.

    `expires`: the access, which is renewed by itself while `ends` (the refresh) is not over;
    after that the owner must sign in again. `note` is a message key of what else is worth telling
    (“so many units are left today”).
    """

    signed_in: bool
    name: str = ""
    since: float | None = None
    expires: float | None = None
    ends: float | None = None
    renews: bool = True
    note: str = ""
    note_args: Mapping[str, object] = field(default_factory=dict)


class SignsIn(Protocol):
    """Has the owner sign in in the browser (OAuth 2 with PKCE), with an app of his own."""

    async def doorway(self) -> Doorway:
        """Say where the browser is to come back to."""

    async def begin_sign_in(self, redirect: str) -> SignInPage:
        """Return the page to open; `redirect` is the address the browser comes back to.

        `AuthRequired` when the owner's app (client id, secret) is not set up.
        """

    async def finish_sign_in(self, answer: Mapping[str, str]) -> Account:
        """Take what the browser brought back (``code``, ``state``, or ``error``)."""

    async def standing(self) -> SignInStanding:
        """Say how it stands, without asking the platform."""

    async def sign_out(self) -> None:
        """Forget all that was kept of the sign-in; the platform is told when it can be."""
