"""Studio: projects, their steps, the asset library, what uses which asset, and what was paid."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `brief`, `script`, `details` and `takes` (how often a part was made anew) are JSON.
    # `run` counts the jobs a project had.
    """CREATE TABLE studio_project (
        id TEXT NOT NULL CONSTRAINT pk_studio_project PRIMARY KEY,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        brief TEXT NOT NULL,
        script TEXT,
        details TEXT,
        takes TEXT NOT NULL,
        written_by TEXT NOT NULL,
        run INTEGER NOT NULL,
        job TEXT NOT NULL,
        archived INTEGER NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL
    )""",
    "CREATE INDEX ix_studio_project_updated ON studio_project (archived, updated)",
    """CREATE TABLE studio_step (
        project TEXT NOT NULL,
        step TEXT NOT NULL,
        state TEXT NOT NULL,
        done INTEGER NOT NULL,
        total INTEGER NOT NULL,
        seconds REAL NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL,
        by TEXT NOT NULL,
        price INTEGER NOT NULL,
        CONSTRAINT pk_studio_step PRIMARY KEY (project, step),
        CONSTRAINT fk_studio_step_project_studio_project FOREIGN KEY (project)
            REFERENCES studio_project (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    # The id is the SHA-256 of the file's bytes: what is the same is there once.
    """CREATE TABLE studio_asset (
        id TEXT NOT NULL CONSTRAINT pk_studio_asset PRIMARY KEY,
        kind TEXT NOT NULL,
        ending TEXT NOT NULL,
        size INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        seconds REAL NOT NULL,
        source TEXT NOT NULL,
        prompt TEXT NOT NULL,
        credit TEXT,
        created REAL NOT NULL
    )""",
    "CREATE INDEX ix_studio_asset_created ON studio_asset (created)",
    # What a scene (empty: the whole video) has of a role; one of them is chosen.
    """CREATE TABLE studio_use (
        project TEXT NOT NULL,
        scene TEXT NOT NULL,
        role TEXT NOT NULL,
        asset TEXT NOT NULL,
        work TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        score INTEGER NOT NULL,
        reason TEXT NOT NULL,
        more TEXT NOT NULL,
        at REAL NOT NULL,
        CONSTRAINT pk_studio_use PRIMARY KEY (project, scene, role, asset),
        CONSTRAINT fk_studio_use_project_studio_project FOREIGN KEY (project)
            REFERENCES studio_project (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    # A piece of work, known by everything it depends on. `remote` is kept before it is asked for.
    """CREATE TABLE studio_work (
        mark TEXT NOT NULL CONSTRAINT pk_studio_work PRIMARY KEY,
        plugin TEXT NOT NULL,
        remote TEXT NOT NULL,
        asset TEXT NOT NULL,
        more TEXT NOT NULL,
        price INTEGER NOT NULL,
        at REAL NOT NULL
    )""",
    """CREATE TABLE studio_log (
        id INTEGER NOT NULL CONSTRAINT pk_studio_log PRIMARY KEY AUTOINCREMENT,
        project TEXT NOT NULL,
        at REAL NOT NULL,
        step TEXT NOT NULL,
        scene TEXT NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL,
        price INTEGER NOT NULL,
        seconds REAL NOT NULL,
        CONSTRAINT fk_studio_log_project_studio_project FOREIGN KEY (project)
            REFERENCES studio_project (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_studio_log_project ON studio_log (project, id)",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
