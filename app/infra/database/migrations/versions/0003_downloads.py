"""Downloads: what was asked for, how far it is, where it lies."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `state` is what was last known; what really runs is found out anew at each start.
    """CREATE TABLE download (
        id TEXT NOT NULL CONSTRAINT pk_download PRIMARY KEY,
        kind TEXT NOT NULL,
        link TEXT NOT NULL,
        content BLOB,
        identity TEXT NOT NULL,
        headers TEXT NOT NULL DEFAULT '{}',
        own_hosts TEXT NOT NULL DEFAULT '[]',
        name TEXT NOT NULL,
        folder BLOB NOT NULL,
        device INTEGER,
        state TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        reason_args TEXT NOT NULL DEFAULT '{}',
        chosen TEXT NOT NULL DEFAULT '{}',
        limits TEXT NOT NULL DEFAULT '{}',
        place INTEGER NOT NULL,
        origin TEXT NOT NULL DEFAULT '',
        size INTEGER,
        done INTEGER NOT NULL DEFAULT 0,
        uploaded INTEGER NOT NULL DEFAULT 0,
        seeded REAL NOT NULL DEFAULT 0,
        files INTEGER NOT NULL DEFAULT 1,
        playable INTEGER,
        filed TEXT NOT NULL DEFAULT '[]',
        added_at REAL NOT NULL,
        finished_at REAL,
        removed_at REAL,
        remove_files INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX ix_download_place ON download (place)",
    "CREATE INDEX ix_download_identity ON download (identity)",
)


def upgrade() -> None:
    """Create the table."""
    for statement in STATEMENTS:
        op.execute(statement)
