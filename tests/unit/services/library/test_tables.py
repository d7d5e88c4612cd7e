"""The tables as declared are the tables as migrated; changes are told at a bearable rate."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table, create_engine

from app.domain.events import LibraryChanged, ScanPhase, ScanProgressed
from app.domain.media import FolderId
from app.infra.database.metadata import metadata
from app.infra.database.schema import migrate
from app.runtime.bus import EventBus
from app.services.library import tables
from app.services.library.announce import Announcer
from app.services.search import tables as searching


def test_tables_match_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    migrate(path)
    engine = create_engine(f"sqlite:///{path}")
    declared = [one for one in vars(searching).values() if isinstance(one, Table)]
    mine = {one.name for one in (tables.folder, tables.item, tables.file, *declared)}
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda thing, name, kind, _reflected, _other: (
                    kind not in {"index", "unique_constraint"}
                    and (kind != "table" or name in mine)
                    and getattr(getattr(thing, "table", None), "name", name) in mine
                )
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


async def test_changes_are_gathered() -> None:
    bus = EventBus()
    told: list[LibraryChanged] = []
    bus.on(LibraryChanged, told.append)
    announcer = Announcer(bus)
    for number in range(50):
        announcer.changed([number + 1])
        await asyncio.sleep(0.01)
    announcer.flush()
    assert 1 <= len(told) <= 3
    assert sorted({item for event in told for item in event.items}) == list(range(1, 51))
    announcer.changed(range(1, 1000))
    announcer.flush()
    assert told[-1].items == ()


async def test_progress_is_told_four_times_a_second_and_each_phase_once() -> None:
    bus = EventBus()
    told: list[ScanProgressed] = []
    bus.on(ScanProgressed, told.append)
    announcer = Announcer(bus)
    for phase in (ScanPhase.NAMES, ScanPhase.PROBING, ScanPhase.DONE):
        for number in range(30):
            announcer.progress(ScanProgressed(FolderId(1), "x", phase, number, None))
            if phase is ScanPhase.DONE:
                break
    assert [event.phase for event in told] == [ScanPhase.NAMES, ScanPhase.PROBING, ScanPhase.DONE]
