"""The tables of searching, as the migrations make them."""

from __future__ import annotations

from sqlalchemy import REAL, Column, Integer, Table, Text

from app.infra.database.metadata import metadata

recent = Table(
    "search_recent",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("typed", Text, nullable=False),
    Column("at", REAL, nullable=False),
    Column("times", Integer, nullable=False),
)

saved = Table(
    "search_saved",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("typed", Text, nullable=False),
    Column("at", REAL, nullable=False),
)

wish = Table(
    "wish",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("year", Integer),
    Column("work", Text),
    Column("typed", Text, nullable=False),
    Column("poster", Text, nullable=False),
    Column("picture", Text),
    Column("added_at", REAL, nullable=False),
    Column("checked_at", REAL),
    Column("news", Integer, nullable=False),
)

wish_seen = Table(
    "wish_seen",
    metadata,
    Column("wish_id", Integer, primary_key=True),
    Column("release", Text, primary_key=True),
)

choice = Table(
    "search_choice",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("release", Text, primary_key=True),
    Column("right", Integer, nullable=False),
    Column("at", REAL, nullable=False),
)

opinion = Table(
    "search_opinion",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("release", Text, primary_key=True),
    Column("fits", Integer, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", REAL, nullable=False),
)

source_rest = Table(
    "source_rest",
    metadata,
    Column("source", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", REAL, nullable=False),
    Column("reason", Text, nullable=False),
    Column("args", Text, nullable=False),
)

release_group = Table(
    "release_group",
    metadata,
    Column("name", Text, primary_key=True),
    Column("good", Integer, nullable=False),
    Column("bad", Integer, nullable=False),
)
