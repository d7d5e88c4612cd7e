"""Alerts: what goes on, what was, and what has still to be told where."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    # told_began, told_ended: 0 while it waits for the end of the quiet hours.
    """CREATE TABLE alert (
        id TEXT NOT NULL CONSTRAINT pk_alert PRIMARY KEY,
        rule TEXT NOT NULL,
        subject TEXT NOT NULL,
        level TEXT NOT NULL,
        since REAL NOT NULL,
        ended REAL,
        seen INTEGER NOT NULL,
        args TEXT NOT NULL,
        told_began INTEGER NOT NULL,
        told_ended INTEGER NOT NULL
    )""",
    # No event begins twice without an end in between, whatever happens to the station.
    """CREATE UNIQUE INDEX ix_alert_rule_subject ON alert (rule, subject)
        WHERE ended IS NULL""",
    "CREATE INDEX ix_alert_since ON alert (since)",
    """CREATE TABLE alert_message (
        id INTEGER NOT NULL CONSTRAINT pk_alert_message PRIMARY KEY AUTOINCREMENT,
        target TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        kind TEXT NOT NULL,
        at REAL NOT NULL,
        due REAL NOT NULL,
        tries INTEGER NOT NULL
    )""",
    "CREATE INDEX ix_alert_message_target_id ON alert_message (target, id)",
    """CREATE TABLE alert_held (
        id INTEGER NOT NULL CONSTRAINT pk_alert_held PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        kind TEXT NOT NULL,
        at REAL NOT NULL
    )""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
