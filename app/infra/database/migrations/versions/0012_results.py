"""Results: figures of posts day by day, A/B tests, rules of repurposing, watched files."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    # The last look at a post on a day of the owner's calendar. NULL: the platform did not say.
    """CREATE TABLE results_snapshot (
        post TEXT NOT NULL,
        day TEXT NOT NULL,
        account TEXT NOT NULL,
        at REAL NOT NULL,
        views INTEGER,
        likes INTEGER,
        comments INTEGER,
        shares INTEGER,
        watched REAL,
        shown INTEGER,
        clicked INTEGER,
        CONSTRAINT pk_results_snapshot PRIMARY KEY (post, day)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_results_snapshot_day ON results_snapshot (day)",
    # How the last look at an account went; an empty message: well.
    """CREATE TABLE results_look (
        account TEXT NOT NULL CONSTRAINT pk_results_look PRIMARY KEY,
        at REAL NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL
    )""",
    # `variants` and `shares` are JSON. `showing` is -1 while nobody knows which one is set.
    # `final` is the variant that stays, `outcome` the state the test has once that one is set.
    """CREATE TABLE results_test (
        id TEXT NOT NULL CONSTRAINT pk_results_test PRIMARY KEY,
        post TEXT NOT NULL,
        way TEXT NOT NULL,
        state TEXT NOT NULL,
        variants TEXT NOT NULL,
        shares TEXT NOT NULL,
        window_hours REAL NOT NULL,
        showing INTEGER NOT NULL,
        winner INTEGER,
        final INTEGER,
        outcome TEXT NOT NULL,
        title TEXT NOT NULL,
        platform TEXT NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL,
        started REAL NOT NULL,
        ended REAL NOT NULL
    )""",
    "CREATE INDEX ix_results_test_state ON results_test (state)",
    # A window of a test: planned for `at`, its variant certainly set from `begun` on. `before`
    # and `after` are JSON counts. Windows of one block hold one of each variant.
    """CREATE TABLE results_window (
        test TEXT NOT NULL,
        number INTEGER NOT NULL,
        block INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        at REAL NOT NULL,
        begun REAL NOT NULL,
        ended REAL NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        CONSTRAINT pk_results_window PRIMARY KEY (test, number),
        CONSTRAINT fk_results_window_test_results_test FOREIGN KEY (test)
            REFERENCES results_test (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    """CREATE TABLE results_rule (
        id TEXT NOT NULL CONSTRAINT pk_results_rule PRIMARY KEY,
        body TEXT NOT NULL,
        created REAL NOT NULL
    )""",
    # What a rule found, once for a rule and a post: it stays when the rule goes. `body` is the
    # rule as it was, `posts` JSON.
    """CREATE TABLE results_proposal (
        rule TEXT NOT NULL,
        post TEXT NOT NULL,
        body TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        at REAL NOT NULL,
        seen INTEGER NOT NULL,
        project TEXT NOT NULL,
        video BLOB NOT NULL,
        posts TEXT NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL,
        CONSTRAINT pk_results_proposal PRIMARY KEY (rule, post)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_results_proposal_state ON results_proposal (state)",
    # A folder that is watched: what lay in it when it was first seen is nobody's business.
    """CREATE TABLE curator_folder (
        path BLOB NOT NULL CONSTRAINT pk_curator_folder PRIMARY KEY,
        since REAL NOT NULL,
        device INTEGER NOT NULL,
        empty INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # A name in a watched folder that was dealt with. An empty digest: it was there before.
    """CREATE TABLE curator_seen (
        path BLOB NOT NULL CONSTRAINT pk_curator_seen PRIMARY KEY,
        device INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        digest TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_curator_seen_inode ON curator_seen (inode)",
    # A video, known by the SHA-256 of its bytes. `words` and `posts` are JSON.
    """CREATE TABLE curator_file (
        digest TEXT NOT NULL CONSTRAINT pk_curator_file PRIMARY KEY,
        path BLOB NOT NULL,
        size INTEGER NOT NULL,
        state TEXT NOT NULL,
        found REAL NOT NULL,
        due REAL NOT NULL,
        tries INTEGER NOT NULL,
        words TEXT NOT NULL,
        thumbnail BLOB NOT NULL,
        captions BLOB NOT NULL,
        posts TEXT NOT NULL,
        message TEXT NOT NULL,
        args TEXT NOT NULL
    )""",
    "CREATE INDEX ix_curator_file_state ON curator_file (state, due)",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
