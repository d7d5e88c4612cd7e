"""Searching: what was searched and kept, who rests, what the owner and the judge decided."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE search_recent (
        identity TEXT NOT NULL CONSTRAINT pk_search_recent PRIMARY KEY,
        typed TEXT NOT NULL,
        at REAL NOT NULL,
        times INTEGER NOT NULL DEFAULT 1
    )""",
    "CREATE INDEX ix_search_recent_at ON search_recent (at)",
    """CREATE TABLE search_saved (
        identity TEXT NOT NULL CONSTRAINT pk_search_saved PRIMARY KEY,
        typed TEXT NOT NULL,
        at REAL NOT NULL
    )""",
    # A title somebody wants to see, or wants to be told about.
    """CREATE TABLE wish (
        id INTEGER NOT NULL CONSTRAINT pk_wish PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        identity TEXT NOT NULL,
        title TEXT NOT NULL,
        year INTEGER,
        work TEXT,
        typed TEXT NOT NULL,
        poster TEXT NOT NULL DEFAULT '',
        picture TEXT,
        added_at REAL NOT NULL,
        checked_at REAL,
        news INTEGER NOT NULL DEFAULT 0,
        CONSTRAINT uq_wish_kind_identity UNIQUE (kind, identity)
    )""",
    """CREATE TABLE wish_seen (
        wish_id INTEGER NOT NULL,
        release TEXT NOT NULL,
        CONSTRAINT pk_wish_seen PRIMARY KEY (wish_id, release)
    )""",
    """CREATE TABLE search_choice (
        identity TEXT NOT NULL,
        release TEXT NOT NULL,
        right INTEGER NOT NULL,
        at REAL NOT NULL,
        CONSTRAINT pk_search_choice PRIMARY KEY (identity, release)
    )""",
    """CREATE TABLE search_opinion (
        identity TEXT NOT NULL,
        release TEXT NOT NULL,
        fits INTEGER NOT NULL,
        confidence REAL NOT NULL,
        reason TEXT NOT NULL,
        at REAL NOT NULL,
        CONSTRAINT pk_search_opinion PRIMARY KEY (identity, release)
    )""",
    """CREATE TABLE source_rest (
        source TEXT NOT NULL CONSTRAINT pk_source_rest PRIMARY KEY,
        failures INTEGER NOT NULL,
        until REAL NOT NULL,
        reason TEXT NOT NULL,
        args TEXT NOT NULL
    )""",
    """CREATE TABLE release_group (
        name TEXT NOT NULL CONSTRAINT pk_release_group PRIMARY KEY,
        good INTEGER NOT NULL DEFAULT 0,
        bad INTEGER NOT NULL DEFAULT 0
    )""",
    # How far somebody watched what is not in the library.
    """CREATE TABLE stream_position (
        stream TEXT NOT NULL CONSTRAINT pk_stream_position PRIMARY KEY,
        position REAL NOT NULL,
        duration REAL NOT NULL,
        updated_at REAL NOT NULL
    )""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
