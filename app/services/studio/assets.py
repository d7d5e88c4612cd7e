"""The asset library: every file a video was made of, known by its bytes, shared by all projects."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.domain.project import Asset, AssetId, AssetKind, Credit, ProjectId
from app.infra.atomic import replace_file
from app.infra.database.engine import Database
from app.services.studio import tables as t

ENDINGS: Final[Mapping[AssetKind, frozenset[str]]] = {
    AssetKind.PICTURE: frozenset({"png", "jpg", "jpeg", "webp"}),
    AssetKind.CLIP: frozenset({"mp4", "mov", "webm", "mkv"}),
    AssetKind.VOICE: frozenset({"wav", "mp3", "flac", "ogg", "opus", "m4a"}),
    AssetKind.MUSIC: frozenset({"wav", "mp3", "flac", "ogg", "opus", "m4a"}),
    AssetKind.THUMBNAIL: frozenset({"jpg", "png"}),
    AssetKind.VIDEO: frozenset({"mp4"}),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file turned out to be; a picture comes back as clean bytes of that ending."""

    width: int = 0
    height: int = 0
    seconds: float = 0.0
    content: bytes | None = None
    ending: str = ""


class Checker(Protocol):
    """Looks into files of strangers before anything else does."""

    async def check(self, path: Path, kind: AssetKind) -> Checked:
        """Return what it is; `InvalidInput` (``errors.asset_broken``) when it is not that."""


@dataclass(frozen=True, slots=True)
class Use:
    """An asset in a scene. `work` is the mark of what made it; `more` holds what belongs to it."""

    asset: Asset
    scene: str
    role: str
    work: str = ""
    chosen: bool = True
    score: int = 0
    reason: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


class AssetLibrary:
    """Lives on the service loop; files lie below `folder`, two letters of their name each."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        checker: Checker,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._folder = database, folder
        self._checker, self._clock = checker, clock

    def path(self, asset: Asset) -> Path:
        """Where its file lies."""
        return self._folder / asset.id[:2] / f"{asset.id}.{asset.ending}"

    async def put(
        self,
        kind: AssetKind,
        content: bytes,
        ending: str,
        *,
        source: str = "",
        prompt: str = "",
        credit: Credit | None = None,
        seconds: float = 0.0,
    ) -> Asset:
        """Check bytes that arrived and keep them; the same bytes are kept once.

        `InvalidInput` (``errors.asset_broken``) when they are not what they should be,
        `Unavailable` (``errors.disk_full``) when they cannot be written.
        """
        ending = ending.lower().lstrip(".")
        if ending not in ENDINGS[kind] or not content:
            raise InvalidInput("errors.asset_broken", name=f".{ending[:10]}")
        incoming = self._folder / "incoming" / f"{os.urandom(8).hex()}.{ending}"
        try:
            await asyncio.to_thread(_write, incoming, content)
            checked = await self._checker.check(incoming, kind)
        finally:
            await asyncio.to_thread(incoming.unlink, missing_ok=True)
        content, ending = checked.content or content, checked.ending or ending
        digest = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        made = Asset(
            AssetId(digest), kind, ending, len(content), checked.width, checked.height,
            checked.seconds or seconds, source, prompt[:2_000], credit, self._clock(),
        )  # fmt: skip
        await asyncio.to_thread(_write, self.path(made), content)
        return await self._keep(made)

    async def adopt(self, kind: AssetKind, path: Path, *, source: str = "") -> Asset:
        """Take a file that was made here, such as a finished video, into the library."""
        checked = await self._checker.check(path, kind)
        digest, size = await asyncio.to_thread(_digest, path)
        made = Asset(
            AssetId(digest), kind, path.suffix.lstrip(".").lower(), size,
            checked.width, checked.height, checked.seconds, source, "", None, self._clock(),
        )  # fmt: skip
        place = self.path(made)
        await asyncio.to_thread(_move, path, place)
        return await self._keep(made)

    async def get(self, asset: AssetId) -> Asset:
        """One of them; `NotFound` when it is not there."""
        async with self._database.read() as connection:
            asked = select(t.asset).where(t.asset.c.id == asset)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            raise NotFound("errors.asset_gone", id=asset[:12])
        return t.asset_of(row)

    async def search(
        self, words: str = "", kind: AssetKind | None = None, before: float = 0.0, most: int = 60
    ) -> tuple[list[Asset], int]:
        """Assets whose prompt, source or credit has these words, newest first; how many in all."""
        rules = [t.asset.c.kind == kind.value] if kind is not None else []
        for word in words.split()[:8]:
            like = f"%{word.replace('%', '').replace('_', ' ')}%"
            rules.append(
                or_(t.asset.c.prompt.like(like), t.asset.c.source.like(like),
                    t.asset.c.credit.like(like))
            )  # fmt: skip
        page = [*rules, t.asset.c.created < before] if before else rules
        async with self._database.read() as connection:
            asked = select(t.asset).where(*page).order_by(t.asset.c.created.desc()).limit(most)
            found = [t.asset_of(row) for row in (await connection.execute(asked)).mappings()]
            count = select(func.count()).select_from(t.asset).where(*rules)
            return found, (await connection.execute(count)).scalar_one()

    async def use(self, project: ProjectId, use: Use) -> None:
        """Give a scene an asset; a chosen one takes the place of the one before."""
        row = {
            "project": project, "scene": use.scene, "role": use.role, "asset": use.asset.id,
            "work": use.work, "chosen": int(use.chosen), "score": use.score,
            "reason": use.reason, "more": json.dumps(dict(use.more)), "at": self._clock(),
        }  # fmt: skip
        keys = ("project", "scene", "role", "asset")
        async with self._database.write() as connection:
            if use.chosen:
                await connection.execute(
                    update(t.use)
                    .where(*(t.use.c[key] == row[key] for key in keys[:3]))
                    .values(chosen=0)
                )
            there = select(t.project.c.id).where(t.project.c.id == project)
            if (await connection.execute(there)).first() is None:
                raise NotFound("errors.project_gone", id=project)
            changed = {key: value for key, value in row.items() if key not in keys}
            await connection.execute(
                insert(t.use).values(row).on_conflict_do_update(list(keys), set_=changed)
            )

    async def uses(self, project: ProjectId, role: str | None = None) -> list[Use]:
        """What a project uses, the chosen and the best first."""
        rules = [t.use.c.project == project]
        if role is not None:
            rules.append(t.use.c.role == role)
        asked = (
            select(t.use, *(column.label(f"a_{column.name}") for column in t.asset.c))
            .join(t.asset, t.asset.c.id == t.use.c.asset)
            .where(*rules)
            .order_by(t.use.c.chosen.desc(), t.use.c.score.desc(), t.use.c.at, t.use.c.asset)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(asked)).mappings().all()
        return [_use(row) for row in rows]

    async def release(
        self, project: ProjectId, role: str, scenes: Sequence[str] | None = None
    ) -> None:
        """Let scenes (None: all) choose anew; what they had stays a candidate."""
        rules = [t.use.c.project == project, t.use.c.role == role]
        if scenes is not None:
            rules.append(t.use.c.scene.in_(list(scenes)))
        async with self._database.write() as connection:
            await connection.execute(update(t.use).where(*rules).values(chosen=0))

    async def drop(self, project: ProjectId, role: str) -> None:
        """Forget what a project has of a role; the files stay."""
        rules = [t.use.c.project == project, t.use.c.role == role]
        async with self._database.write() as connection:
            await connection.execute(delete(t.use).where(*rules))

    async def remove_unused(self, older_than: float) -> int:
        """Remove files no project uses that are older than so many seconds; returns how many."""
        limit = self._clock() - older_than
        used = exists().where(t.use.c.asset == t.asset.c.id)
        asked = select(t.asset).where(~used, t.asset.c.created < limit)
        async with self._database.write() as connection:
            found = [t.asset_of(row) for row in (await connection.execute(asked)).mappings()]
            marks = [one.id for one in found]
            await connection.execute(delete(t.asset).where(t.asset.c.id.in_(marks)))
            await connection.execute(delete(t.work).where(t.work.c.asset.in_(marks)))
        for one in found:
            await asyncio.to_thread(self.path(one).unlink, missing_ok=True)
        return len(found)

    async def _keep(self, made: Asset) -> Asset:
        values = t.asset_values(made)
        async with self._database.write() as connection:
            await connection.execute(insert(t.asset).values(values).on_conflict_do_nothing(["id"]))
        return await self.get(made.id)


def _use(row: Any) -> Use:  # noqa: ANN401 - a row of a join
    own = {column.name: row[f"a_{column.name}"] for column in t.asset.c}
    return Use(
        t.asset_of(own), row["scene"], row["role"], row["work"], bool(row["chosen"]),
        row["score"], row["reason"], json.loads(row["more"]),
    )  # fmt: skip


def _write(place: Path, content: bytes) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, content)
    except OSError as error:
        raise Unavailable("errors.studio_disk", reason=error.strerror or "") from error


def _move(source: Path, place: Path) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as file:
            os.fsync(file.fileno())
        source.replace(place)
    except OSError as error:
        raise Unavailable("errors.studio_disk", reason=error.strerror or "") from error


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
