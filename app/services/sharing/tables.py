"""The tables of access links, as the migrations make them."""

from __future__ import annotations

from sqlalchemy import REAL, Column, ForeignKey, Integer, LargeBinary, Table, Text

from app.infra.database.metadata import metadata

link = Table(
    "sharing_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("item", Integer),
    Column("path", LargeBinary, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("title", "name", "giving")),
    *(Column(name, Text, nullable=False) for name in ("price", "pay", "note")),
    Column("start", REAL, nullable=False),
    Column("until", REAL),
    *(Column(name, Integer, nullable=False) for name in ("uses", "devices")),
    Column("made", REAL, nullable=False),
    Column("revoked", REAL),
    extend_existing=True,
)

pass_ = Table(
    "sharing_pass",
    metadata,
    Column("id", Text, primary_key=True),
    Column("link", Text, ForeignKey("sharing_link.id", ondelete="CASCADE"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("name", "contact")),
    *(Column(name, Integer, nullable=False) for name in ("key_number", "used", "devices")),
    Column("made", REAL, nullable=False),
    Column("revoked", REAL),
    Column("last_use", REAL),
    extend_existing=True,
)

device = Table(
    "sharing_device",
    metadata,
    Column("pass", Text, ForeignKey("sharing_pass.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    *(Column(name, REAL, nullable=False) for name in ("first", "ends")),
    extend_existing=True,
)

day = Table(
    "sharing_day",
    metadata,
    Column("pass", Text, ForeignKey("sharing_pass.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True),
    *(
        Column(name, Integer, nullable=False)
        for name in ("opens", "plays", "downloads", "bytes", "devices")
    ),
    extend_existing=True,
)

clock = Table(
    "sharing_clock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seen", REAL, nullable=False),
    extend_existing=True,
)
