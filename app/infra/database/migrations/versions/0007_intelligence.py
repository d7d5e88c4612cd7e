"""Intelligence: what models answered, by what they were asked."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE model_answer (
        mark TEXT NOT NULL CONSTRAINT pk_model_answer PRIMARY KEY,
        task TEXT NOT NULL,
        source TEXT NOT NULL,
        by TEXT NOT NULL,
        answer TEXT NOT NULL,
        at REAL NOT NULL
    )""",
    "CREATE INDEX ix_model_answer_at ON model_answer (at)",
)


def upgrade() -> None:
    """Create the table."""
    for statement in STATEMENTS:
        op.execute(statement)
