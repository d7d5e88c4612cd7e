"""What the library keeps of its folders, and the writes of a scan."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import NotFound
from app.domain.media import Folder, FolderId, FolderState
from app.domain.quality import size_name
from app.infra.database.engine import Database
from app.services.library import items, seeds
from app.services.library.seeds import Fresh
from app.services.library.walk import Found

KEEP_MISSING = 30 * 86400.0
"""Seconds for which a file that is gone from a healthy folder is still remembered."""

OF_FOLDERS = {b"movie.nfo": False, b"tvshow.nfo": True}
"""Descriptions of all videos of their folder, and whether of those in folders inside it too."""

UNPROBED, PROBED, FAILED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Known:
    """A file as the last scan left it."""

    id: int
    item: int
    path: bytes
    size: int
    mtime_ns: int
    missing: bool
    note: str | None


class LibraryStore:
    """Folders and files. All times are unix seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def folders(self, removed: bool = False) -> tuple[Folder, ...]:
        """The folders the owner added, or those removed and not yet purged."""
        sql = f"""SELECT d.id, d.path, d.display, d.away_since, (SELECT count(DISTINCT i.id)
            FROM file f JOIN item i ON i.id = f.item_id WHERE f.folder_id = d.id)
            FROM folder d WHERE d.removed_at IS {"NOT" if removed else ""} NULL ORDER BY d.id"""  # noqa: S608 - a constant either way
        rows = await self._rows(sql)
        return tuple(
            Folder(FolderId(row[0]), row[1], row[2], _state(row[3]), row[4], row[3]) for row in rows
        )

    async def places(self) -> list[tuple[FolderId, bytes]]:
        """Only the ids and paths of the folders: cheap, for what is asked often."""
        rows = await self._rows("SELECT id, path FROM folder WHERE removed_at IS NULL ORDER BY id")
        return [(FolderId(row[0]), row[1]) for row in rows]

    async def folder_by_path(self, path: bytes) -> tuple[FolderId, bool] | None:
        """The folder of that path and whether it is removed."""
        rows = await self._rows("SELECT id, removed_at FROM folder WHERE path = ?", (path,))
        return (FolderId(rows[0][0]), rows[0][1] is not None) if rows else None

    async def add_folder(self, path: bytes, display: str, device: int) -> FolderId:
        """Store a new folder."""
        sql = "INSERT INTO folder (path, display, device, added_at) VALUES (?, ?, ?, ?)"
        values = (path, display, device, time.time())
        made = await self._database.run_write(lambda raw: raw.execute(sql, values).lastrowid)
        return FolderId(made or 0)

    async def set_removed(self, folder: FolderId, removed: bool) -> None:
        """Hide a folder's items, or show them again."""

        def work(raw: sqlite3.Connection) -> None:
            moment = time.time() if removed else None
            raw.execute("UPDATE folder SET removed_at = ? WHERE id = ?", (moment, folder))
            items.refresh_folder(raw, folder)

        await self._database.run_write(work)

    async def purge(self, before: float) -> None:
        """Forget folders that were removed before that moment; what was watched is kept."""

        def work(raw: sqlite3.Connection) -> None:
            rows = raw.execute("SELECT id FROM folder WHERE removed_at < ?", (before,)).fetchall()
            for (folder,) in rows:
                gone = raw.execute("SELECT item_id FROM file WHERE folder_id = ?", (folder,))
                lost = [row[0] for row in gone]
                raw.execute("DELETE FROM file WHERE folder_id = ?", (folder,))
                raw.execute("DELETE FROM folder WHERE id = ?", (folder,))
                items.drop_empty(raw, lost)

        await self._database.run_write(work)

    async def health(self, folder: FolderId) -> tuple[bytes, str, int | None, str | None, bool]:
        """Path, display text, device, reason of being away, whether it holds files.

        Raises `NotFound` for a folder that was forgotten.
        """
        rows = await self._rows(
            "SELECT path, display, device, away_reason, EXISTS (SELECT 1 FROM file"
            " WHERE folder_id = folder.id AND missing_since IS NULL) FROM folder WHERE id = ?",
            (folder,),
        )
        if not rows:
            raise NotFound("errors.folder_gone", folder=int(folder))
        path, display, device, reason, held = rows[0]
        return path, display, device, reason, bool(held)

    async def set_away(self, folder: FolderId, reason: str | None, device: int | None) -> bool:
        """Grey the folder's items, or bring them back (None). Tells whether that changed."""

        def work(raw: sqlite3.Connection) -> bool:
            row = raw.execute("SELECT away_reason FROM folder WHERE id = ?", (folder,)).fetchone()
            if device is not None:
                raw.execute("UPDATE folder SET device = ? WHERE id = ?", (device, folder))
            if row is None or row[0] == reason:
                return False
            raw.execute(
                "UPDATE folder SET away_reason = ?, away_since = ? WHERE id = ?",
                (reason, None if reason is None else time.time(), folder),
            )
            items.refresh_folder(raw, folder)
            return True

        return await self._database.run_write(work)

    async def known(self, folder: FolderId, paths: Sequence[bytes]) -> dict[bytes, Known]:
        """What is stored of these files of a folder."""

        def work(raw: sqlite3.Connection) -> dict[bytes, Known]:
            rows = raw.execute(
                "SELECT id, item_id, path, size, mtime_ns, missing_since IS NOT NULL, note"  # noqa: S608 - only question marks
                f" FROM file WHERE folder_id = ? AND path IN ({','.join('?' * len(paths))})",
                (folder, *paths),
            )
            return {
                row[2]: Known(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])
                for row in rows
            }

        return await self._database.run_read(work)

    async def twins(self, found: Sequence[Found]) -> dict[bytes, list[tuple[int, bytes]]]:
        """Stored files, of any folder, with the inode, size and time of these: id, full path."""

        def work(raw: sqlite3.Connection) -> dict[bytes, list[tuple[int, bytes]]]:
            told: dict[bytes, list[tuple[int, bytes]]] = {}
            for one in found:
                rows = raw.execute(
                    "SELECT f.id, d.path, f.path FROM file f JOIN folder d ON d.id = f.folder_id"
                    " WHERE f.inode = ? AND f.size = ? AND f.mtime_ns = ?",
                    (one.inode, one.size, one.mtime_ns),
                ).fetchall()
                if rows:
                    told[one.path] = [(row[0], row[1] + b"/" + row[2]) for row in rows]
            return told

        return await self._database.run_read(work)

    async def put(self, folder: FolderId, fresh: Sequence[Fresh], back: Sequence[int]) -> list[int]:
        """Store new and changed files and those seen again; returns the items touched."""
        return await self._database.run_write(lambda raw: seeds.put(raw, folder, fresh, back))

    async def file_ids(self, folder: FolderId, below: bytes, deep: bool) -> dict[int, bytes]:
        """All files of a folder that are not known to be missing, or only those in a part."""

        def work(raw: sqlite3.Connection) -> dict[int, bytes]:
            start = below + b"/" if below else b""
            sql = "SELECT id, path FROM file WHERE folder_id = ? AND missing_since IS NULL"
            values: list[Any] = [folder]
            if start:
                sql += " AND path >= ? AND path < ?"
                values += [start, below + b"0"]  # "0" comes right after "/"
            rows = raw.execute(sql, values)
            return {row[0]: row[1] for row in rows if deep or b"/" not in row[1][len(start) :]}

        return await self._database.run_read(work)

    async def described_by(self, folder: FolderId, notes: Iterable[bytes]) -> list[int]:
        """The items, and their series, that descriptions at these paths in a folder are about.

        One that is named like a video is about that; those of `OF_FOLDERS` about what is there.
        """
        found: set[int] = set()
        for note in notes:
            below, name = os.path.split(note)
            stem = os.path.splitext(note)[0]
            of_all = OF_FOLDERS.get(name.lower())
            files = await self.file_ids(folder, below, deep=bool(of_all))
            found |= {
                file
                for file, path in files.items()
                if of_all is not None or os.path.splitext(path)[0] == stem
            }
        return await self._database.run_read(lambda raw: items.with_series(raw, found))

    async def set_missing(self, ids: Iterable[int]) -> list[int]:
        """Note that these files are gone; returns their items."""
        gone = list(ids)

        def work(raw: sqlite3.Connection) -> list[int]:
            touched: list[int] = []
            for chunk in items.chunks(gone):
                marks = ",".join("?" * len(chunk))
                raw.execute(
                    f"UPDATE file SET missing_since = ? WHERE id IN ({marks})",  # noqa: S608 - only question marks
                    (time.time(), *chunk),
                )
                rows = raw.execute(f"SELECT item_id FROM file WHERE id IN ({marks})", chunk)  # noqa: S608 - only question marks
                touched += [row[0] for row in rows]
            items.refresh(raw, touched)
            return touched

        return await self._database.run_write(work) if gone else []

    async def finish(self, folder: FolderId) -> None:
        """Note a complete scan, and forget files that were missing for very long."""

        def work(raw: sqlite3.Connection) -> None:
            now = time.time()
            raw.execute("UPDATE folder SET scanned_at = ? WHERE id = ?", (now, folder))
            old = (folder, now - KEEP_MISSING)
            rows = raw.execute(
                "SELECT item_id FROM file WHERE folder_id = ? AND missing_since < ?", old
            ).fetchall()
            raw.execute("DELETE FROM file WHERE folder_id = ? AND missing_since < ?", old)
            items.drop_empty(raw, [row[0] for row in rows])

        await self._database.run_write(work)

    async def unprobed(self, folder: FolderId, limit: int) -> list[tuple[int, bytes]]:
        """Files nobody looked into yet."""
        rows = await self._rows(
            "SELECT id, path FROM file WHERE folder_id = ? AND probed = 0"
            " AND missing_since IS NULL ORDER BY id LIMIT ?",
            (folder, limit),
        )
        return [(row[0], row[1]) for row in rows]

    async def count_unprobed(self, folder: FolderId) -> int:
        """How many those are."""
        rows = await self._rows(
            "SELECT count(*) FROM file WHERE folder_id = ? AND probed = 0"
            " AND missing_since IS NULL",
            (folder,),
        )
        return int(rows[0][0])

    async def put_probed(self, told: Sequence[tuple[int, dict[str, Any]]]) -> list[int]:
        """Store what workers told of files; returns the items touched."""

        def work(raw: sqlite3.Connection) -> list[int]:
            touched = []
            for file, found in told:
                failed = found.get("note") is not None
                raw.execute(
                    "UPDATE file SET probed = ?, note = ?, duration = ?, container = ?,"
                    " bit_rate = ?, hdr = ?, resolution = coalesce(?, resolution), media = ?"
                    " WHERE id = ?",
                    (
                        FAILED if failed else PROBED, found.get("note"), found.get("duration"),
                        found.get("container"), found.get("bit_rate"), found.get("hdr"),
                        resolution_of(found),
                        None if failed else json.dumps(
                            {name: found[name] for name in ("tracks", "chapters", "cover")}
                        ),
                        file,
                    ),
                )  # fmt: skip
                row = raw.execute("SELECT item_id FROM file WHERE id = ?", (file,)).fetchone()
                touched += [row[0]] if row else []
            items.refresh(raw, touched)
            return touched

        return await self._database.run_write(work)

    async def notes(self, folder: FolderId) -> int:
        """How many files of a folder have something wrong with them."""
        sql = "SELECT count(*) FROM file WHERE folder_id = ? AND note IS NOT NULL"
        return int((await self._rows(sql, (folder,)))[0][0])

    async def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return await self._database.run_read(lambda raw: raw.execute(sql, values).fetchall())


def resolution_of(told: dict[str, Any]) -> str | None:
    """The usual name for the size of the picture."""
    videos = [track for track in told.get("tracks", ()) if track["kind"] == "video"]
    if not videos or not videos[0].get("width") or not videos[0].get("height"):
        return None
    return size_name(videos[0]["width"], videos[0]["height"])


def _state(away_since: float | None) -> FolderState:
    return FolderState.HERE if away_since is None else FolderState.AWAY
