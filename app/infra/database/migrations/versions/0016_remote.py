"""The remote on the phone: who may command, and what was heard already."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE remote_person (
        plugin TEXT NOT NULL,
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        since REAL NOT NULL,
        CONSTRAINT pk_remote_person PRIMARY KEY (plugin, id)
    )""",
    """CREATE TABLE remote_heard (
        bot TEXT NOT NULL CONSTRAINT pk_remote_heard PRIMARY KEY,
        number INTEGER NOT NULL,
        at REAL NOT NULL
    )""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
