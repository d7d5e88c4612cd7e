"""Meaning: what is known of each item in words, its vector, and an index of the words."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS = (
    # `hash` is that of `text`; `asked_at` is 0 when it is to be asked anew.
    """CREATE TABLE meaning_about (
        item_id INTEGER NOT NULL CONSTRAINT pk_meaning_about PRIMARY KEY,
        title TEXT NOT NULL,
        year INTEGER,
        text TEXT NOT NULL,
        hash INTEGER NOT NULL,
        asked_at REAL NOT NULL,
        CONSTRAINT fk_meaning_about_item_id_item FOREIGN KEY (item_id)
            REFERENCES item (id) ON DELETE CASCADE
    )""",
    """CREATE TABLE meaning_word (
        kind TEXT NOT NULL,
        word TEXT NOT NULL,
        item_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        CONSTRAINT pk_meaning_word PRIMARY KEY (kind, word, item_id),
        CONSTRAINT fk_meaning_word_item_id_item FOREIGN KEY (item_id)
            REFERENCES item (id) ON DELETE CASCADE
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_meaning_word_item_id ON meaning_word (item_id)",
    # `hash` is that of the text the vector was made of: another one there, and it is outdated.
    """CREATE TABLE meaning_vector (
        item_id INTEGER NOT NULL CONSTRAINT pk_meaning_vector PRIMARY KEY,
        model TEXT NOT NULL,
        hash INTEGER NOT NULL,
        vector BLOB NOT NULL,
        CONSTRAINT fk_meaning_vector_item_id_item FOREIGN KEY (item_id)
            REFERENCES item (id) ON DELETE CASCADE
    )""",
    # So that the hashes can be read without the vectors.
    "CREATE INDEX ix_meaning_vector_hash ON meaning_vector (item_id, model, hash)",
    """CREATE VIRTUAL TABLE meaning_search USING fts5 (
        text, content = 'meaning_about', content_rowid = 'item_id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER meaning_about_added AFTER INSERT ON meaning_about BEGIN
        INSERT INTO meaning_search (rowid, text) VALUES (new.item_id, new.text);
    END""",
    """CREATE TRIGGER meaning_about_gone AFTER DELETE ON meaning_about BEGIN
        INSERT INTO meaning_search (meaning_search, rowid, text)
            VALUES ('delete', old.item_id, old.text);
    END""",
    """CREATE TRIGGER meaning_about_changed AFTER UPDATE OF text ON meaning_about BEGIN
        INSERT INTO meaning_search (meaning_search, rowid, text)
            VALUES ('delete', old.item_id, old.text);
        INSERT INTO meaning_search (rowid, text) VALUES (new.item_id, new.text);
    END""",
)


def upgrade() -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
