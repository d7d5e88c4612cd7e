"""The media server's tables, as the migrations make them."""

from __future__ import annotations

from sqlalchemy import REAL, Column, Integer, Table, Text

from app.infra.database.metadata import metadata

guest = Table(
    "media_server_guest",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("mac", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("allowed", Integer),
    Column("folders", Text),
    Column("token", Text, nullable=False),
    Column("token_until", REAL, nullable=False),
    Column("met_at", REAL, nullable=False),
    Column("seen_at", REAL, nullable=False),
)

fact = Table(
    "media_server_fact",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

genre = Table(
    "media_server_genre",
    metadata,
    Column("item_id", Integer, primary_key=True),
    Column("genre", Text, primary_key=True),
)
