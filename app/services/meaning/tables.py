"""The tables of meaning, as the migrations make them; its full-text index is not among them."""

from __future__ import annotations

from sqlalchemy import REAL, Column, ForeignKey, Integer, LargeBinary, Table, Text

from app.infra.database.metadata import metadata
from app.services.library.tables import item

about = Table(
    "meaning_about",
    metadata,
    Column("item_id", Integer, ForeignKey(item.c.id, ondelete="CASCADE"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("year", Integer),
    Column("text", Text, nullable=False),
    Column("hash", Integer, nullable=False),
    Column("asked_at", REAL, nullable=False),
)

word = Table(
    "meaning_word",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("item_id", Integer, ForeignKey(item.c.id, ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
)

vector = Table(
    "meaning_vector",
    metadata,
    Column("item_id", Integer, ForeignKey(item.c.id, ondelete="CASCADE"), primary_key=True),
    Column("model", Text, nullable=False),
    Column("hash", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)
