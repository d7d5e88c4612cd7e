"""The table of the audit log; triggers of the database refuse every change but erasing."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, Table, Text

from app.infra.database.metadata import metadata

entry = Table(
    "audit_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "about")),
    *(Column(name, Text) for name in ("salt", "facts")),
    *(Column(name, Text, nullable=False) for name in ("sealed", "previous", "own")),
    extend_existing=True,
)
