"""A post: what goes out, to which account, when, and how it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NewType

PostId = NewType("PostId", str)
"""32 hex digits, made once for each intent; the same that goes along as client key."""
BundleId = NewType("BundleId", str)
"""One video that goes to several places: its posts share this."""
ChannelId = NewType("ChannelId", str)
AccountId = NewType("AccountId", str)
"""The id of the plugin, or of the one of several of it, that posts."""


class PostState(StrEnum):
    """How a post stands."""

    DRAFT = "draft"  # being written
    ASKING = "asking"  # waits for the owner's yes
    PLANNED = "planned"  # waits for its time, or for its turn
    SENDING = "sending"
    WORKING = "working"  # the platform works on it
    HELD = "held"  # goes on by itself once the owner has done something: signed in, plugged a disk
    UNCONFIRMED = "unconfirmed"  # it may be out; only the owner can tell
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({PostState.DONE, PostState.FAILED, PostState.CANCELLED})
UNDER_WAY: Final = frozenset({PostState.SENDING, PostState.WORKING})
NEEDS_OWNER: Final = frozenset(
    {PostState.ASKING, PostState.HELD, PostState.UNCONFIRMED, PostState.FAILED}
)
MOVABLE: Final = frozenset({PostState.DRAFT, PostState.ASKING, PostState.PLANNED, PostState.HELD})
"""States in which a post may still get another time and other words."""


class Repeat(StrEnum):
    """How often an evergreen post goes out again."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said with a post."""

    title: str
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a post goes out. `choices` are the platform's own (a subreddit, a chat)."""

    privacy: str = "public"  # public, unlisted, private
    for_children: bool = False
    synthetic: bool = False
    notify: bool = True
    draft: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a post: paths as bytes, empty where there is none."""

    video: bytes = b""
    thumbnail: bytes = b""
    captions: bytes = b""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the owner sees it. Times are seconds since 1970; `at` 0: as soon as it may.

    `reason` is a message key: why it is held, unconfirmed or failed. `fraction` is of sending.
    `project` is the Studio's, empty for other videos; `source` what made it: `hand`, `studio`,
    `watch`, `repurpose`, `evergreen`, `command`.
    """

    id: PostId
    bundle: BundleId
    account: AccountId
    platform: str  # the plugin's kind: "youtube"
    words: Words
    attached: Attached = Attached()
    manner: Manner = Manner()
    channel: ChannelId = ChannelId("")
    at: float = 0.0
    state: PostState = PostState.DRAFT
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)
    fraction: float | None = None
    remote: str = ""
    url: str = ""
    tries: int = 0
    repeat: Repeat = Repeat.NEVER
    language: str = "en"
    project: str = ""
    source: str = "hand"
    created: float = 0.0
    ended: float = 0.0
    account_name: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A brand: accounts on several platforms that belong together. `per_day` 0: no own limit."""

    id: ChannelId
    name: str
    accounts: tuple[AccountId, ...] = ()
    per_day: int = 0
    approve: bool = False  # nothing goes out before the owner said yes
    paused: bool = False


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account of the owner's. `expires` and `ends`: see the sign-in of the plugin.

    `reason` is a message key: what is wrong with it, empty when nothing is; `note` one of what is
    worth telling. `meant_by` is what it can be named by beside its id: its platform and its name.
    """

    id: AccountId
    platform: str
    platform_name: str
    name: str
    signed_in: bool
    signs_in: bool = True  # False: a platform that needs no sign-in
    expires: float | None = None
    ends: float | None = None
    paused: bool = False
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)
    channel: ChannelId = ChannelId("")
    meant_by: tuple[str, ...] = ()
    note: str = ""
    note_args: Mapping[str, object] = field(default_factory=dict)


class Part(StrEnum):
    """What of a post can be shortened by itself; `TEXT` is title and description as one."""

    TITLE = "title"
    DESCRIPTION = "description"
    TEXT = "text"
    TAGS = "tags"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something of a post that its platform will not take.

    `key` is a message key with `args`; `mends`: the station can make it fit by itself, and
    `blocks`: as it is, it cannot go out. `long` is the part that can be shortened, if one can.
    """

    key: str
    args: Mapping[str, object] = field(default_factory=dict)
    mends: bool = False
    blocks: bool = True
    long: Part | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """The best time to post. `hour` is the local one, `weekday` 0 for Monday.

    `posts` is how many own posts it rests on; 0: only what is usual.
    """

    weekday: int
    hour: int
    score: float
    posts: int = 0
