"""The library's tables, as the migrations make them."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from app.infra.database.metadata import metadata

folder = Table(
    "folder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", LargeBinary, nullable=False, unique=True),
    Column("display", Text, nullable=False),
    Column("device", Integer),
    Column("added_at", REAL, nullable=False),
    Column("scanned_at", REAL),
    Column("away_since", REAL),
    Column("away_reason", Text),
    Column("removed_at", REAL),
)

item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("sort_title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("year", Integer),
    Column("season", Integer),
    Column("episode", Integer),
    Column("series_id", Integer, ForeignKey("item.id")),
    Column("duration", REAL),
    Column("resolution", Text),
    Column("overview", Text),
    Column("poster", Text),
    Column("backdrop", Text),
    Column("pictured", Integer, nullable=False),
    Column("note", Text),
    Column("offline", Integer, nullable=False),
    Column("hidden", Integer, nullable=False),
    Column("added_at", REAL, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder_id", Integer, ForeignKey("folder.id"), nullable=False),
    Column("item_id", Integer, ForeignKey("item.id"), nullable=False),
    Column("path", LargeBinary, nullable=False),
    Column("inode", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", Integer, nullable=False),
    Column("added_at", REAL, nullable=False),
    Column("missing_since", REAL),
    Column("probed", Integer, nullable=False),
    Column("note", Text),
    Column("duration", REAL),
    Column("container", Text),
    Column("bit_rate", Integer),
    Column("hdr", Text),
    Column("resolution", Text),
    Column("edition", Text),
    Column("media", Text),
    UniqueConstraint("folder_id", "path"),
)
