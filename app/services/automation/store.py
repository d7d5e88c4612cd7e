"""What the watch folder has dealt with, in the database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.errors import NotFound
from app.domain.post import PostId, Words
from app.domain.results import WatchedFile, WatchedState
from app.infra.database.engine import Database
from app.services.automation import tables as t
from app.services.automation.settling import Print

MOST: Final = 500
OPEN: Final = (WatchedState.FOUND, WatchedState.DESCRIBING, WatchedState.HELD)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is watched. `empty`: nothing lay in it when it was first seen."""

    device: int
    empty: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as the curator works on it."""

    view: WatchedFile
    words: Words | None
    captions: bytes
    tries: int


class WatchStore:
    """Reads and writes them."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def folder(self, path: bytes) -> Folder | None:
        """What is kept of a folder; None: it is new."""
        asked = select(t.folder).where(t.folder.c.path == path)
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).mappings().first()
        return None if row is None else Folder(row["device"], bool(row["empty"]))

    async def begin(self, path: bytes, device: int, there: Sequence[tuple[bytes, Print]]) -> None:
        """Watch a folder from now on; what lies in it is left alone."""
        now = self._clock()

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO curator_seen (path, device, inode, size, mtime_ns, digest)"
                " VALUES (?, ?, ?, ?, ?, '')",
                ((name, one.device, one.inode, one.size, one.mtime_ns) for name, one in there),
            )
            connection.execute(
                "INSERT OR REPLACE INTO curator_folder (path, since, device, empty)"
                " VALUES (?, ?, ?, ?)",
                (path, now, device, int(not there)),
            )

        await self._database.run_write(write)  # there may be very many

    async def filled(self, path: bytes) -> None:
        """Something came into a folder that was empty."""
        async with self._database.write() as connection:
            await connection.execute(
                update(t.folder).where(t.folder.c.path == path).values(empty=0)
            )

    async def forget_folders(self, kept: Sequence[bytes]) -> None:
        """Forget folders that are watched no more: when they are again, they are new."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.folder).where(t.folder.c.path.not_in(kept)))

    async def seen(self, root: bytes) -> dict[bytes, Print]:
        """The names under a folder that were dealt with."""
        below = root.rstrip(b"/")

        def read(connection: sqlite3.Connection) -> dict[bytes, Print]:
            rows = connection.execute(
                "SELECT path, device, inode, size, mtime_ns FROM curator_seen"
                " WHERE path > ? AND path < ?",
                (below + b"/", below + b"0"),
            )
            return {row[0]: Print(*row[1:]) for row in rows}

        return await self._database.run_read(read)  # there may be very many

    async def renamed(self, new: Mapping[bytes, Print]) -> set[bytes]:
        """Which new names are those of files that were dealt with; they are kept as such."""
        wanted = sorted({one.inode for one in new.values()})
        digests: dict[Print, str] = {}
        async with self._database.read() as connection:
            for start in range(0, len(wanted), MOST):
                asked = select(t.seen).where(t.seen.c.inode.in_(wanted[start : start + MOST]))
                for row in (await connection.execute(asked)).mappings():
                    digests[_print(row)] = row["digest"]
        known = {path: one for path, one in new.items() if one in digests}
        if known:
            rows = [_row(path, one, digests[one]) for path, one in known.items()]
            async with self._database.write() as connection:
                await connection.execute(_seen(), rows)
        return set(known)

    async def take(self, path: bytes, found: Print, digest: str) -> bool:
        """A file whose content is known now; False when that was taken before.

        One that had gone before it was taken is taken up again.
        """
        return bool(await self.take_all([(path, found, digest)]))

    async def take_all(self, files: Sequence[tuple[bytes, Print, str]]) -> int:
        """Take these, in one step; how many of them are new."""
        if not files:
            return 0
        now, new = self._clock(), 0
        async with self._database.write() as connection:
            await connection.execute(_seen(), [_row(*one) for one in files])
            for path, found, digest in {one[2]: one for one in files}.values():
                values = {
                    "path": path, "size": found.size, "state": WatchedState.FOUND.value,
                    "found": now, "due": 0.0, "tries": 0, "words": "", "thumbnail": b"",
                    "captions": b"", "posts": "[]", "message": "", "args": "{}",
                }  # fmt: skip
                names = ("path", "state", "due", "tries", "message", "args")
                asked = (
                    insert(t.file)
                    .values(digest=digest, **values)
                    .on_conflict_do_update(
                        ["digest"], set_={name: values[name] for name in names},
                        where=t.file.c.state == WatchedState.GONE.value,
                    )
                )  # fmt: skip
                new += bool((await connection.execute(asked)).rowcount)
        return new

    async def following(self) -> Taken | None:
        """The file to work on now: those found first go first."""
        asked = (
            select(t.file)
            .where(t.file.c.state.in_([one.value for one in OPEN]), t.file.c.due <= self._clock())
            .order_by(t.file.c.due, t.file.c.found, t.file.c.digest)
            .limit(1)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).mappings().first()
        return None if row is None else _taken(row)

    async def waits(self) -> tuple[int, float | None]:
        """How many files are to be worked on now, and in how many seconds the next one is."""
        mine = t.file.c.state.in_([one.value for one in OPEN])
        now = self._clock()
        async with self._database.read() as connection:
            count = select(func.count()).where(mine, t.file.c.due <= now)
            ready = int((await connection.execute(count)).scalar_one())
            least = select(func.min(t.file.c.due)).where(mine, t.file.c.due > now)
            due = (await connection.execute(least)).scalar_one()
        return ready, None if due is None else max(0.0, due - now)

    async def wake(self) -> None:
        """Let what is held be tried again now."""
        async with self._database.write() as connection:
            await connection.execute(
                update(t.file).where(t.file.c.state == WatchedState.HELD.value).values(due=0.0)
            )

    async def names(self, digest: str) -> list[tuple[bytes, Print]]:
        """Under which names a content was seen."""
        asked = select(t.seen).where(t.seen.c.digest == digest)
        async with self._database.read() as connection:
            return [
                (row["path"], _print(row)) for row in (await connection.execute(asked)).mappings()
            ]

    async def get(self, digest: str) -> Taken:
        """One file; `NotFound` (``errors.watch_unknown``)."""
        async with self._database.read() as connection:
            asked = select(t.file).where(t.file.c.digest == digest)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            raise NotFound("errors.watch_unknown")
        return _taken(row)

    async def files(self) -> tuple[WatchedFile, ...]:
        """Files that were taken, the latest first."""
        asked = select(t.file).order_by(t.file.c.found.desc(), t.file.c.digest).limit(MOST)
        async with self._database.read() as connection:
            return tuple(t.view(row) for row in (await connection.execute(asked)).mappings())

    async def change(self, digest: str, **changes: object) -> None:
        """Change columns of a file."""
        values = {name: _plain(value) for name, value in changes.items()}
        async with self._database.write() as connection:
            await connection.execute(update(t.file).where(t.file.c.digest == digest).values(values))


def _plain(value: object) -> object:
    if isinstance(value, WatchedState):
        return value.value
    if isinstance(value, Words):
        return t.words_text(value)
    if isinstance(value, (tuple, list, Mapping)):
        return json.dumps(value, default=str)
    return value


def _seen() -> Any:  # noqa: ANN401 - an insert of SQLite's own kind
    made = insert(t.seen)
    names = ("device", "inode", "size", "mtime_ns", "digest")
    changed = {name: made.excluded[name] for name in names}
    return made.on_conflict_do_update(["path"], set_=changed)


def _row(path: bytes, one: Print, digest: str) -> dict[str, object]:
    return {
        "path": path, "device": one.device, "inode": one.inode, "size": one.size,
        "mtime_ns": one.mtime_ns, "digest": digest,
    }  # fmt: skip


def _print(row: Any) -> Print:  # noqa: ANN401 - a row of whichever result
    return Print(row["device"], row["inode"], row["size"], row["mtime_ns"])


def _taken(row: Any) -> Taken:  # noqa: ANN401 - as above
    return Taken(
        t.view(row), t.words_in(row["words"]), row["captions"], row["tries"],
    )  # fmt: skip


def ids(posts: Sequence[PostId]) -> tuple[str, ...]:
    """Posts as their column holds them."""
    return tuple(str(one) for one in posts)
