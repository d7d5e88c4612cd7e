"""The tables of results and of the watch folder as declared are those that were migrated."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, create_engine

from app.infra.database.metadata import metadata
from app.infra.database.schema import migrate
from app.services.automation import tables as curator
from app.services.results import tables as results

MINE = {
    one.name
    for module in (results, curator)
    for one in vars(module).values()
    if isinstance(one, Table)
}


def test_tables_match_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    migrate(path)
    engine = create_engine(f"sqlite:///{path}")
    assert len(MINE) == 9
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": False,  # REAL and FLOAT are one to SQLite
                "include_object": lambda thing, name, kind, _reflected, _other: (
                    kind not in {"index", "unique_constraint", "foreign_key_constraint"}
                    and (kind != "table" or name in MINE)
                    and getattr(getattr(thing, "table", None), "name", name) in MINE
                ),
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()
