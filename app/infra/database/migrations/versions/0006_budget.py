"""Budget: what calls that cost money hold and have cost, what was asked, and what was told."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _added(row: str, sign: str) -> str:
    """The statement of a trigger that adds an entry to the sums, or with a minus takes it off."""
    keys = ("day", "state", "service", "task", "kind", "currency")
    sums = {
        "amount": f"{row}.amount",
        "dollars": f"{row}.dollars",
        "excess": f"max({row}.amount - {row}.held, 0)",
        "calls": f"({row}.amount > 0 OR {row}.state = 'reserved')",
    }
    names = ", ".join((*keys, *sums))
    values = ", ".join((*(f"{row}.{key}" for key in keys), *(sign + of for of in sums.values())))
    grow = ", ".join(f"{name} = {name} + excluded.{name}" for name in sums)
    return (
        f"INSERT INTO budget_total ({names}) VALUES ({values}) "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {grow};"
    )


STATEMENTS = (
    # Amounts are whole millionths: `dollars` of a US dollar, `amount` and `held` of `currency`.
    # `amount` is what counts now, `held` what was set aside before the call.
    """CREATE TABLE budget_entry (
        id INTEGER NOT NULL CONSTRAINT pk_budget_entry PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        service TEXT NOT NULL,
        task TEXT NOT NULL,
        what TEXT NOT NULL,
        state TEXT NOT NULL,
        currency TEXT NOT NULL,
        rate INTEGER NOT NULL,
        dollars INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        held INTEGER NOT NULL,
        at REAL NOT NULL,
        day TEXT NOT NULL,
        expires REAL NOT NULL
    )""",
    "CREATE INDEX ix_budget_entry_day ON budget_entry (day, state)",
    "CREATE INDEX ix_budget_entry_expires ON budget_entry (state, expires)",
    # The same added up, so that a limit is checked alike in a month of ten calls and of a million.
    # The triggers below keep it true within the very statement that changes an entry.
    """CREATE TABLE budget_total (
        day TEXT NOT NULL,
        state TEXT NOT NULL,
        service TEXT NOT NULL,
        task TEXT NOT NULL,
        kind TEXT NOT NULL,
        currency TEXT NOT NULL,
        amount INTEGER NOT NULL,
        dollars INTEGER NOT NULL,
        excess INTEGER NOT NULL,
        calls INTEGER NOT NULL,
        CONSTRAINT pk_budget_total PRIMARY KEY (day, state, service, task, kind, currency)
    ) WITHOUT ROWID""",
    f"CREATE TRIGGER budget_entry_added AFTER INSERT ON budget_entry BEGIN {_added('NEW', '')} END",
    "CREATE TRIGGER budget_entry_changed AFTER UPDATE ON budget_entry "
    f"BEGIN {_added('OLD', '-')} {_added('NEW', '')} END",
    f"CREATE TRIGGER budget_entry_gone AFTER DELETE ON budget_entry BEGIN {_added('OLD', '-')} END",
    # A call whose price nobody knows. `answer` is NULL until the owner says something.
    """CREATE TABLE budget_question (
        id INTEGER NOT NULL CONSTRAINT pk_budget_question PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        service TEXT NOT NULL,
        task TEXT NOT NULL,
        what TEXT NOT NULL,
        at REAL NOT NULL,
        answer INTEGER,
        CONSTRAINT uq_budget_question_call UNIQUE (kind, service, task, what)
    )""",
    # Which share of which limit was told in which month or day, so that it is told once.
    """CREATE TABLE budget_alert (
        bound TEXT NOT NULL,
        period TEXT NOT NULL,
        percent INTEGER NOT NULL,
        CONSTRAINT pk_budget_alert PRIMARY KEY (bound, period, percent)
    )""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
