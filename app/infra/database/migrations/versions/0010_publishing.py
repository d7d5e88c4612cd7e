"""Publishing: posts, their intents and sessions, channels, and what is paused."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `post` is the whole of it as JSON; the other columns are what is asked by, and what the
    # station alone needs: `shown` is its place in the calendar, `due` when something is to be
    # done about it (null: nothing by itself), `slot` when its sending began (limits count that),
    # `before` what a cancelled one was, `prints` size, digest and time of each file when it was
    # planned. The id goes along as the client key of the intent.
    """CREATE TABLE publish_post (
        id TEXT NOT NULL CONSTRAINT pk_publish_post PRIMARY KEY,
        bundle TEXT NOT NULL,
        account TEXT NOT NULL,
        platform TEXT NOT NULL,
        channel TEXT NOT NULL,
        state TEXT NOT NULL,
        at REAL NOT NULL,
        created REAL NOT NULL,
        shown REAL NOT NULL,
        due REAL,
        slot REAL NOT NULL,
        before TEXT NOT NULL,
        prints TEXT NOT NULL,
        post TEXT NOT NULL
    )""",
    "CREATE INDEX ix_publish_post_shown ON publish_post (shown, id)",
    "CREATE INDEX ix_publish_post_state ON publish_post (state, due)",
    "CREATE INDEX ix_publish_post_slot ON publish_post (slot)",
    "CREATE INDEX ix_publish_post_bundle ON publish_post (bundle)",
    # Each try to make a post exist is written down before it is made: attempting, then
    # confirmed or absent.
    """CREATE TABLE publish_intent (
        post TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL,
        at REAL NOT NULL,
        ended REAL NOT NULL,
        CONSTRAINT pk_publish_intent PRIMARY KEY (post, number),
        CONSTRAINT fk_publish_intent_post_publish_post FOREIGN KEY (post)
            REFERENCES publish_post (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    # The platform's own session of a post. `since`: when it began to work on it, `best`: the
    # furthest it was sent, `finds`: how often the platform was asked for it.
    """CREATE TABLE publish_session (
        post TEXT NOT NULL CONSTRAINT pk_publish_session PRIMARY KEY,
        session TEXT NOT NULL,
        stage TEXT NOT NULL,
        since REAL NOT NULL,
        best REAL NOT NULL,
        finds INTEGER NOT NULL,
        CONSTRAINT fk_publish_session_post_publish_post FOREIGN KEY (post)
            REFERENCES publish_post (id) ON DELETE CASCADE
    )""",
    """CREATE TABLE publish_channel (
        id TEXT NOT NULL CONSTRAINT pk_publish_channel PRIMARY KEY,
        name TEXT NOT NULL,
        accounts TEXT NOT NULL,
        per_day INTEGER NOT NULL,
        approve INTEGER NOT NULL,
        paused INTEGER NOT NULL
    )""",
    # Accounts that are paused; the empty one is everything.
    "CREATE TABLE publish_pause (account TEXT NOT NULL CONSTRAINT pk_publish_pause PRIMARY KEY)",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
