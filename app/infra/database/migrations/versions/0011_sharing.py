"""Sharing: access links, their recipients, the devices that use them, and what was made of them."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = (
    # Times are unix seconds; 0 uses or devices: any number.
    """CREATE TABLE sharing_link (
        id TEXT NOT NULL CONSTRAINT pk_sharing_link PRIMARY KEY,
        kind TEXT NOT NULL,
        item INTEGER,
        path BLOB NOT NULL,
        title TEXT NOT NULL,
        name TEXT NOT NULL,
        giving TEXT NOT NULL,
        price TEXT NOT NULL,
        pay TEXT NOT NULL,
        note TEXT NOT NULL,
        start REAL NOT NULL,
        until REAL,
        uses INTEGER NOT NULL,
        devices INTEGER NOT NULL,
        made REAL NOT NULL,
        revoked REAL
    )""",
    "CREATE INDEX ix_sharing_link_made ON sharing_link (made)",
    # A recipient. The id is random: his address is it, signed with the key of that number.
    """CREATE TABLE sharing_pass (
        id TEXT NOT NULL CONSTRAINT pk_sharing_pass PRIMARY KEY,
        link TEXT NOT NULL,
        name TEXT NOT NULL,
        contact TEXT NOT NULL,
        key_number INTEGER NOT NULL,
        used INTEGER NOT NULL,
        devices INTEGER NOT NULL,
        made REAL NOT NULL,
        revoked REAL,
        last_use REAL,
        CONSTRAINT fk_sharing_pass_link_sharing_link FOREIGN KEY (link)
            REFERENCES sharing_link (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_sharing_pass_link ON sharing_pass (link)",
    # A device that used it; up to `ends` its use goes on, and costs no other.
    """CREATE TABLE sharing_device (
        pass TEXT NOT NULL,
        id TEXT NOT NULL,
        first REAL NOT NULL,
        ends REAL NOT NULL,
        CONSTRAINT pk_sharing_device PRIMARY KEY (pass, id),
        CONSTRAINT fk_sharing_device_pass_sharing_pass FOREIGN KEY (pass)
            REFERENCES sharing_pass (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    """CREATE TABLE sharing_day (
        pass TEXT NOT NULL,
        day TEXT NOT NULL,
        opens INTEGER NOT NULL,
        plays INTEGER NOT NULL,
        downloads INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        devices INTEGER NOT NULL,
        CONSTRAINT pk_sharing_day PRIMARY KEY (pass, day),
        CONSTRAINT fk_sharing_day_pass_sharing_pass FOREIGN KEY (pass)
            REFERENCES sharing_pass (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    # The highest time seen: a clock behind it cannot be believed.
    """CREATE TABLE sharing_clock (
        id INTEGER NOT NULL CONSTRAINT pk_sharing_clock PRIMARY KEY,
        seen REAL NOT NULL
    )""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
