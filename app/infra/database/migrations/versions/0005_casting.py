"""Casting: the devices that were met, what they played, and what plays on them now."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE cast_device (
        id TEXT NOT NULL CONSTRAINT pk_cast_device PRIMARY KEY,
        protocol TEXT NOT NULL,
        name TEXT NOT NULL,
        maker TEXT NOT NULL,
        model TEXT NOT NULL,
        form TEXT,
        seen_at REAL NOT NULL
    )""",
    # `kind` is what a film is made of, `method` a form of it: whether it played there.
    """CREATE TABLE cast_outcome (
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        method TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at REAL NOT NULL,
        CONSTRAINT pk_cast_outcome PRIMARY KEY (device, kind, method)
    )""",
    """CREATE TABLE cast_running (
        device TEXT NOT NULL CONSTRAINT pk_cast_running PRIMARY KEY,
        protocol TEXT NOT NULL,
        what TEXT NOT NULL,
        url TEXT NOT NULL,
        plan TEXT NOT NULL,
        offset REAL NOT NULL
    )""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
