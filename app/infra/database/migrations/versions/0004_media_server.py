"""The media server: who may look into it, what it must not forget, and the genres of films."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `allowed` is NULL until the owner said something; `folders` is NULL for all that are shared.
    """CREATE TABLE media_server_guest (
        id TEXT NOT NULL CONSTRAINT pk_media_server_guest PRIMARY KEY,
        address TEXT NOT NULL,
        mac TEXT NOT NULL,
        name TEXT NOT NULL,
        agent TEXT NOT NULL,
        allowed INTEGER,
        folders TEXT,
        token TEXT NOT NULL,
        token_until REAL NOT NULL,
        met_at REAL NOT NULL,
        seen_at REAL NOT NULL
    )""",
    # "udn": the name of this server for ever; "update": counts changes; "boot": counts starts.
    """CREATE TABLE media_server_fact (
        name TEXT NOT NULL CONSTRAINT pk_media_server_fact PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    # The empty genre says that an item was asked about.
    """CREATE TABLE media_server_genre (
        item_id INTEGER NOT NULL,
        genre TEXT NOT NULL,
        CONSTRAINT pk_media_server_genre PRIMARY KEY (item_id, genre)
    )""",
    "CREATE INDEX ix_media_server_genre_genre ON media_server_genre (genre)",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
