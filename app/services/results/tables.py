"""The tables of results, and how their rows are written and read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Float, Integer, LargeBinary, RowMapping, Table, Text

from app.domain.post import PostId
from app.domain.results import (
    Counts,
    Proposal,
    ProposalState,
    Rule,
    Variant,
)
from app.infra.database.metadata import metadata

COUNTS: Final = tuple(Counts.__dataclass_fields__)

snapshot = Table(
    "results_snapshot",
    metadata,
    Column("post", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("at", Float, nullable=False),
    *(Column(name, Float if name == "watched" else Integer) for name in COUNTS),
    extend_existing=True,
)

look = Table(
    "results_look",
    metadata,
    Column("account", Text, primary_key=True),
    Column("at", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("message", "args")),
    extend_existing=True,
)

test = Table(
    "results_test",
    metadata,
    Column("id", Text, primary_key=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("post", "way", "state", "variants", "shares", "outcome")
    ),
    *(Column(name, Text, nullable=False) for name in ("title", "platform", "message", "args")),
    Column("window_hours", Float, nullable=False),
    Column("showing", Integer, nullable=False),
    Column("winner", Integer),
    Column("final", Integer),
    *(Column(name, Float, nullable=False) for name in ("started", "ended")),
    extend_existing=True,
)

window = Table(
    "results_window",
    metadata,
    Column("test", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in ("block", "variant")),
    *(Column(name, Float, nullable=False) for name in ("at", "begun", "ended")),
    *(Column(name, Text, nullable=False) for name in ("before", "after")),
    extend_existing=True,
)

rule = Table(
    "results_rule",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("created", Float, nullable=False),
    extend_existing=True,
)

proposal = Table(
    "results_proposal",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("rule", "post")),
    *(Column(name, Text, nullable=False) for name in ("body", "title", "state", "project")),
    Column("at", Float, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("video", LargeBinary, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("posts", "message", "args")),
    extend_existing=True,
)

_RULE: Final = msgspec.json.Decoder(Rule)
_COUNTS: Final = msgspec.json.Decoder(Counts)


def counts_text(counts: Counts | None) -> str:
    """Counts as a column holds them; empty where there are none."""
    return "" if counts is None else msgspec.json.encode(counts).decode()


def counts_in(text: str) -> Counts | None:
    """Counts out of such a column."""
    return _COUNTS.decode(text) if text else None


def rule_text(one: Rule) -> str:
    """A rule as its column holds it."""
    return msgspec.json.encode(one).decode()


def rule_in(text: str) -> Rule:
    """A rule out of its column."""
    return _RULE.decode(text)


def variants_text(variants: tuple[Variant, ...]) -> str:
    """Variants as their column holds them."""
    return json.dumps([[one.title, one.thumbnail.decode("latin-1")] for one in variants])


def variants_in(text: str) -> tuple[Variant, ...]:
    """Variants out of their column."""
    return tuple(Variant(title, path.encode("latin-1")) for title, path in json.loads(text))


def proposal_of(row: RowMapping) -> Proposal:
    """A row as a proposal."""
    made = rule_in(row["body"])
    return Proposal(
        made.id, made.name, PostId(row["post"]), row["title"], made.remake,
        ProposalState(row["state"]), row["at"], row["seen"], row["video"], row["project"],
        tuple(PostId(one) for one in json.loads(row["posts"])), row["message"],
        json.loads(row["args"]),
    )  # fmt: skip


def count_values(counts: Counts) -> dict[str, Any]:
    """Counts as the columns of a snapshot."""
    return asdict(counts)
