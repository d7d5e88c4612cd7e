"""The tables of the watch folder, and how their rows are read."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Column, Float, Integer, LargeBinary, Table, Text

from app.domain.post import PostId, Words
from app.domain.results import WatchedFile, WatchedState
from app.infra.database.metadata import metadata

folder = Table(
    "curator_folder",
    metadata,
    Column("path", LargeBinary, primary_key=True),
    Column("since", Float, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("device", "empty")),
    extend_existing=True,
)

seen = Table(
    "curator_seen",
    metadata,
    Column("path", LargeBinary, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in ("device", "inode", "size", "mtime_ns")),
    Column("digest", Text, nullable=False),
    extend_existing=True,
)

file = Table(
    "curator_file",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("path", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),
    *(Column(name, Float, nullable=False) for name in ("found", "due")),
    *(Column(name, Integer, nullable=False) for name in ("tries",)),
    *(Column(name, Text, nullable=False) for name in ("words", "posts", "message", "args")),
    *(Column(name, LargeBinary, nullable=False) for name in ("thumbnail", "captions")),
    extend_existing=True,
)


def words_text(words: Words) -> str:
    """Words as their column holds them."""
    return json.dumps([words.title, words.description, list(words.tags)])


def words_in(text: str) -> Words | None:
    """Words out of their column; None before there are any."""
    if not text:
        return None
    title, description, tags = json.loads(text)
    return Words(title, description, tuple(tags))


def view(row: Any) -> WatchedFile:  # noqa: ANN401 - a row of whichever result
    """A row as people see it."""
    words = words_in(row["words"])
    return WatchedFile(
        row["digest"], row["path"], row["size"], WatchedState(row["state"]), row["found"],
        words.title if words else "", row["thumbnail"],
        tuple(PostId(one) for one in json.loads(row["posts"])), row["message"],
        json.loads(row["args"]),
    )  # fmt: skip
