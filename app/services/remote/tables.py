"""The tables of the remote, as the migrations make them."""

from __future__ import annotations

from sqlalchemy import REAL, Column, Integer, Table, Text

from app.infra.database.metadata import metadata

person = Table(
    "remote_person",
    metadata,
    Column("plugin", Text, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("since", REAL, nullable=False),
    extend_existing=True,
)

heard = Table(
    "remote_heard",
    metadata,
    Column("bot", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", REAL, nullable=False),
    extend_existing=True,
)
