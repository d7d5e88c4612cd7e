"""The tables of publishing, and how their rows are written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Float, Integer, Table, Text

from app.api.publishing import Stage
from app.domain.post import (
    AccountId,
    Channel,
    ChannelId,
    Post,
    PostState,
)
from app.infra.database.metadata import metadata

post = Table(
    "publish_post",
    metadata,
    Column("id", Text, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("bundle", "account", "platform", "channel", "state")
    ),
    *(Column(name, Float, nullable=False) for name in ("at", "created", "shown")),
    Column("due", Float),
    Column("slot", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("before", "prints", "post")),
    extend_existing=True,
)

intent = Table(
    "publish_intent",
    metadata,
    Column("post", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("ended", Float, nullable=False),
    extend_existing=True,
)

session = Table(
    "publish_session",
    metadata,
    Column("post", Text, primary_key=True),
    Column("session", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", Float, nullable=False),
    Column("best", Float, nullable=False),
    Column("finds", Integer, nullable=False),
    extend_existing=True,
)

channel = Table(
    "publish_channel",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("accounts", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("per_day", "approve", "paused")),
    extend_existing=True,
)

pause = Table(
    "publish_pause", metadata, Column("account", Text, primary_key=True), extend_existing=True
)


@dataclass(frozen=True, slots=True)
class Print:
    """What a file was when its post was planned; `time` (ns) saves reading it again."""

    size: int
    digest: str
    time: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A post with what the station alone needs to know of it; see the columns."""

    post: Post
    due: float | None = None
    slot: float = 0.0
    before: str = ""
    prints: Mapping[str, Print] = field(default_factory=dict)
    """By the names of `Attached`."""


class IntentState(StrEnum):
    """How a try to make a post exist ended, as far as is known."""

    ATTEMPTING = "attempting"
    CONFIRMED = "confirmed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Intent:
    """The last try; `number` 0: there was none."""

    number: int = 0
    state: IntentState = IntentState.ABSENT

    @property
    def open(self) -> bool:
        """Whether its end is not known."""
        return self.state is IntentState.ATTEMPTING

    @property
    def out(self) -> bool:
        """Whether the post exists."""
        return self.state is IntentState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Session:
    """The plugin's own words about a post it sends; see the columns."""

    text: str = ""
    stage: Stage = Stage.SENDING
    since: float = 0.0
    best: float = -1.0
    finds: int = 0


def shown_at(one: Post) -> float:
    """When a post stands in the calendar."""
    if one.state is PostState.DONE and one.ended:
        return one.ended
    return one.at or one.created


def values(kept: Kept) -> dict[str, Any]:
    """A post as its row holds it."""
    one = kept.post
    return {
        "id": one.id, "bundle": one.bundle, "account": one.account, "platform": one.platform,
        "channel": one.channel, "state": one.state.value, "at": one.at, "created": one.created,
        "shown": shown_at(one), "due": kept.due, "slot": kept.slot, "before": kept.before,
        "prints": msgspec.json.encode(kept.prints).decode(),
        "post": msgspec.json.encode(one).decode(),
    }  # fmt: skip


NAMES: Final = ("post", "due", "slot", "before", "prints")
"""The columns `kept_of` reads, in its order."""
_POST: Final = msgspec.json.Decoder(Post)
_PRINTS: Final = msgspec.json.Decoder(dict[str, Print])


def post_of(text: str | bytes) -> Post:
    """A post from its column."""
    return _POST.decode(text)


def kept_of(row: Sequence[Any]) -> Kept:
    """A row, in the order of `NAMES`."""
    text, due, slot, before, prints = row
    return Kept(_POST.decode(text), due, slot, before, _PRINTS.decode(prints))


def changed(kept: Kept, changes: Mapping[str, Any]) -> Kept:
    """A post with some of its fields changed, and of what the station knows of it, by name."""
    mine = {name: value for name, value in changes.items() if name in _STATION}
    files = {name: value for name, value in changes.items() if name in _FILES}
    rest = {
        name: value
        for name, value in changes.items()
        if name not in _STATION and name not in _FILES
    }
    if files:
        rest["attached"] = replace(kept.post.attached, **files)
    if "reason_args" in rest:
        rest["reason_args"] = _plain(rest["reason_args"])
    return replace(kept, post=replace(kept.post, **rest), **mine)


_STATION: Final = frozenset({"due", "slot", "before", "prints"})
_FILES: Final = frozenset({"video", "thumbnail", "captions"})


def _plain(args: Mapping[str, object]) -> dict[str, object]:
    """What a message says: values that can be written down."""
    return {
        name: value if isinstance(value, (str, int, float, bool)) else str(value)
        for name, value in args.items()
        if value is not None
    }


def channel_values(one: Channel) -> dict[str, Any]:
    """A channel as its row holds it."""
    return {
        "id": one.id, "name": one.name, "accounts": json.dumps(list(one.accounts)),
        "per_day": one.per_day, "approve": int(one.approve), "paused": int(one.paused),
    }  # fmt: skip


def channel_of(row: Mapping[str, Any]) -> Channel:
    """A row as a channel."""
    accounts = tuple(AccountId(one) for one in json.loads(row["accounts"]))
    return Channel(
        ChannelId(row["id"]), row["name"], accounts, row["per_day"], bool(row["approve"]),
        bool(row["paused"]),
    )  # fmt: skip
