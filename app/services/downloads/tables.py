"""The table of downloads, as the migrations make it."""

from __future__ import annotations

from sqlalchemy import REAL, Column, Integer, LargeBinary, Table, Text

from app.infra.database.metadata import metadata

download = Table(
    "download",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("content", LargeBinary),
    Column("identity", Text, nullable=False),
    Column("headers", Text, nullable=False),
    Column("own_hosts", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folder", LargeBinary, nullable=False),
    Column("device", Integer),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reason_args", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    Column("limits", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("size", Integer),
    Column("done", Integer, nullable=False),
    Column("uploaded", Integer, nullable=False),
    Column("seeded", REAL, nullable=False),
    Column("files", Integer, nullable=False),
    Column("playable", Integer),
    Column("filed", Text, nullable=False),
    Column("added_at", REAL, nullable=False),
    Column("finished_at", REAL),
    Column("removed_at", REAL),
    Column("remove_files", Integer, nullable=False),
)
