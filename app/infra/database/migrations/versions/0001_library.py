"""The first tables: folders, items, files, positions, and the search index."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE folder (
        id INTEGER NOT NULL CONSTRAINT pk_folder PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL CONSTRAINT uq_folder_path UNIQUE,
        display TEXT NOT NULL,
        device INTEGER,
        added_at REAL NOT NULL,
        scanned_at REAL,
        away_since REAL,
        away_reason TEXT,
        removed_at REAL
    )""",
    """CREATE TABLE item (
        id INTEGER NOT NULL CONSTRAINT pk_item PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        key TEXT NOT NULL CONSTRAINT uq_item_key UNIQUE,
        title TEXT NOT NULL,
        sort_title TEXT NOT NULL,
        folded TEXT NOT NULL,
        year INTEGER,
        season INTEGER,
        episode INTEGER,
        series_id INTEGER CONSTRAINT fk_item_series_id_item REFERENCES item (id),
        duration REAL,
        resolution TEXT,
        overview TEXT,
        poster TEXT,
        backdrop TEXT,
        pictured INTEGER NOT NULL DEFAULT 0,
        note TEXT,
        offline INTEGER NOT NULL DEFAULT 0,
        hidden INTEGER NOT NULL DEFAULT 0,
        added_at REAL NOT NULL
    )""",
    "CREATE INDEX ix_item_added ON item (kind, hidden, added_at, id)",
    "CREATE INDEX ix_item_title ON item (kind, hidden, sort_title, id)",
    "CREATE INDEX ix_item_year ON item (kind, hidden, year DESC, sort_title, id)",
    "CREATE INDEX ix_item_duration ON item (kind, hidden, duration, id)",
    "CREATE INDEX ix_item_resolution ON item (kind, hidden, resolution)",
    "CREATE INDEX ix_item_series ON item (series_id, season, episode)",
    "CREATE INDEX ix_item_folded ON item (folded, kind, hidden)",
    "CREATE INDEX ix_item_pictured ON item (id) WHERE pictured = 0",
    """CREATE TABLE file (
        id INTEGER NOT NULL CONSTRAINT pk_file PRIMARY KEY AUTOINCREMENT,
        folder_id INTEGER NOT NULL CONSTRAINT fk_file_folder_id_folder REFERENCES folder (id),
        item_id INTEGER NOT NULL CONSTRAINT fk_file_item_id_item REFERENCES item (id),
        path BLOB NOT NULL,
        inode INTEGER NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        added_at REAL NOT NULL,
        missing_since REAL,
        probed INTEGER NOT NULL DEFAULT 0,
        note TEXT,
        duration REAL,
        container TEXT,
        bit_rate INTEGER,
        hdr TEXT,
        resolution TEXT,
        edition TEXT,
        media TEXT,
        CONSTRAINT uq_file_folder_id_path UNIQUE (folder_id, path)
    )""",
    "CREATE INDEX ix_file_item ON file (item_id)",
    "CREATE INDEX ix_file_inode ON file (inode, size)",
    "CREATE INDEX ix_file_unprobed ON file (folder_id, id) WHERE probed = 0",
    # No foreign key: what somebody watched outlives the file and even the item.
    """CREATE TABLE position (
        item_id INTEGER NOT NULL CONSTRAINT pk_position PRIMARY KEY,
        file_id INTEGER,
        position REAL NOT NULL DEFAULT 0,
        duration REAL NOT NULL DEFAULT 0,
        watched INTEGER NOT NULL DEFAULT 0,
        hidden INTEGER NOT NULL DEFAULT 0,
        updated_at REAL NOT NULL DEFAULT 0,
        plays INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX ix_position_updated ON position (updated_at)",
    """CREATE VIRTUAL TABLE item_search USING fts5(
        folded, content='item', content_rowid='id', tokenize='trigram', detail='full')""",
    """CREATE TRIGGER item_search_insert AFTER INSERT ON item BEGIN
        INSERT INTO item_search (rowid, folded) VALUES (new.id, new.folded);
    END""",
    """CREATE TRIGGER item_search_delete AFTER DELETE ON item BEGIN
        INSERT INTO item_search (item_search, rowid, folded)
        VALUES ('delete', old.id, old.folded);
    END""",
    """CREATE TRIGGER item_search_update AFTER UPDATE OF folded ON item
    WHEN old.folded IS NOT new.folded BEGIN
        INSERT INTO item_search (item_search, rowid, folded)
        VALUES ('delete', old.id, old.folded);
        INSERT INTO item_search (rowid, folded) VALUES (new.id, new.folded);
    END""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
