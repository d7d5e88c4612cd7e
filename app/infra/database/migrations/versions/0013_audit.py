"""Audit: everything that went out or was allowed, in a chain of hashes."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `sealed` is the SHA-256 of salt, about and facts, `own` of number, at, kind, sealed and
    # previous: salt, about and facts may be erased, and the chain still holds.
    """CREATE TABLE audit_entry (
        number INTEGER NOT NULL CONSTRAINT pk_audit_entry PRIMARY KEY,
        at REAL NOT NULL,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        salt TEXT,
        facts TEXT,
        sealed TEXT NOT NULL,
        previous TEXT NOT NULL,
        own TEXT NOT NULL
    )""",
    "CREATE INDEX ix_audit_entry_about ON audit_entry (about, number)",
    "CREATE INDEX ix_audit_entry_at ON audit_entry (at)",
    """CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry
        WHEN NEW.number IS NOT 1 + (SELECT COALESCE(MAX(number), 0) FROM audit_entry)
            OR NEW.previous IS NOT COALESCE(
                (SELECT own FROM audit_entry ORDER BY number DESC LIMIT 1), '')
            OR NEW.facts IS NULL OR NEW.salt IS NULL
        BEGIN SELECT RAISE(ABORT, 'an audit entry follows the last one'); END""",
    # The one change there is: what an entry tells is erased, its hashes stay.
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
        WHEN OLD.facts IS NULL OR NEW.facts IS NOT NULL OR NEW.salt IS NOT NULL
            OR NEW.about IS NOT '' OR NEW.number IS NOT OLD.number OR NEW.at IS NOT OLD.at
            OR NEW.kind IS NOT OLD.kind OR NEW.sealed IS NOT OLD.sealed
            OR NEW.previous IS NOT OLD.previous OR NEW.own IS NOT OLD.own
        BEGIN SELECT RAISE(ABORT, 'an audit entry is not changed'); END""",
    """CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'an audit entry is not removed'); END""",
)


def upgrade() -> None:
    """Create the table and what guards it."""
    for statement in STATEMENTS:
        op.execute(statement)
