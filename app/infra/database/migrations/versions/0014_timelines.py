"""Timelines: what the video of each project was cut by."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE studio_timeline (
        project TEXT NOT NULL CONSTRAINT pk_studio_timeline PRIMARY KEY,
        data TEXT NOT NULL,
        at REAL NOT NULL,
        CONSTRAINT fk_studio_timeline_project_studio_project FOREIGN KEY (project)
            REFERENCES studio_project (id) ON DELETE CASCADE
    )""",
)


def upgrade() -> None:
    """Create the table."""
    for statement in STATEMENTS:
        op.execute(statement)
