"""Keeps what was asked for and how far it is; what loads right now is asked of who loads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Limits, Priority
from app.infra.database.engine import Database
from app.services.downloads.tables import download


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One download as it is kept. `content` is that of a .torrent file.

    `filed` are the paths it has in the library. `device` is the disk its folder was on.
    """

    id: DownloadId
    kind: DownloadKind
    link: str
    identity: str
    name: str
    folder: bytes
    state: DownloadState
    place: int
    added_at: float
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    own_hosts: frozenset[str] = frozenset()
    device: int | None = None
    reason: str = ""
    reason_args: Mapping[str, object] = field(default_factory=dict)
    chosen: Mapping[int, Priority] = field(default_factory=dict)
    limits: Limits = Limits()
    origin: str = ""
    size: int | None = None
    done: int = 0
    uploaded: int = 0
    seeded: float = 0.0
    files: int = 1
    playable: int | None = None
    filed: tuple[bytes, ...] = ()
    finished_at: float | None = None
    removed_at: float | None = None
    remove_files: bool = False


class DownloadStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Record]:
        """Every download, those on their way out too, in the order of the queue."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(download).order_by(download.c.place))
            return [_record(row._mapping) for row in rows]

    async def put(self, record: Record) -> None:
        """Write one down, new or known."""
        values = _values(record)
        statement = insert(download).values(values)
        statement = statement.on_conflict_do_update(
            index_elements=["id"],
            set_={name: statement.excluded[name] for name in values if name != "id"},
        )
        async with self._database.write() as connection:
            await connection.execute(statement)

    async def note(self, figures: Mapping[DownloadId, Mapping[str, Any]]) -> None:
        """Write some columns of some downloads: `done`, `uploaded`, `seeded`, `place`."""
        if not figures:
            return
        async with self._database.write() as connection:
            for number, values in figures.items():
                statement = update(download).where(download.c.id == number).values(**values)
                await connection.execute(statement)

    async def forget(self, number: DownloadId) -> None:
        """Drop one."""
        async with self._database.write() as connection:
            await connection.execute(delete(download).where(download.c.id == number))

    async def last_place(self) -> int:
        """The place of the last in the queue; -1 for an empty one."""
        async with self._database.read() as connection:
            found = (await connection.execute(select(func.max(download.c.place)))).scalar()
            return -1 if found is None else int(found)


def _values(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind.value,
        "link": record.link,
        "content": record.content,
        "identity": record.identity,
        "headers": json.dumps(dict(record.headers)),
        "own_hosts": json.dumps(sorted(record.own_hosts)),
        "name": record.name,
        "folder": record.folder,
        "device": record.device,
        "state": record.state.value,
        "reason": record.reason,
        "reason_args": json.dumps(dict(record.reason_args), default=str),
        "chosen": json.dumps({str(index): int(rank) for index, rank in record.chosen.items()}),
        "limits": json.dumps(asdict(record.limits)),
        "place": record.place,
        "origin": record.origin,
        "size": record.size,
        "done": record.done,
        "uploaded": record.uploaded,
        "seeded": record.seeded,
        "files": record.files,
        "playable": record.playable,
        "filed": json.dumps([path.decode("utf-8", "surrogateescape") for path in record.filed]),
        "added_at": record.added_at,
        "finished_at": record.finished_at,
        "removed_at": record.removed_at,
        "remove_files": int(record.remove_files),
    }


def _record(row: RowMapping) -> Record:
    told: dict[str, Any] = dict(row)
    told |= {
        "id": DownloadId(row["id"]),
        "kind": DownloadKind(row["kind"]),
        "state": DownloadState(row["state"]),
        "headers": json.loads(row["headers"]),
        "own_hosts": frozenset(json.loads(row["own_hosts"])),
        "reason_args": json.loads(row["reason_args"]),
        "chosen": {int(at): Priority(rank) for at, rank in json.loads(row["chosen"]).items()},
        "limits": Limits(**json.loads(row["limits"])),
        "filed": tuple(
            path.encode("utf-8", "surrogateescape") for path in json.loads(row["filed"])
        ),
        "remove_files": bool(row["remove_files"]),
    }
    return Record(**told)
