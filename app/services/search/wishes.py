"""The tables of what the owner keeps: recent and saved searches, the watchlist, the followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.media import PosterKey
from app.domain.search import Work
from app.domain.wishes import KeptSearch, Wish, WishKind
from app.infra.database.engine import Database
from app.services.search.tables import recent, saved, wish, wish_seen

MOST_RECENT = 100


class WishStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, identity: str, typed: str, at: float) -> None:
        """Note that this was searched; the oldest beyond a hundred are forgotten."""
        statement = insert(recent).values(identity=identity, typed=typed, at=at, times=1)
        statement = statement.on_conflict_do_update(
            index_elements=["identity"],
            set_={"typed": typed, "at": at, "times": recent.c.times + 1},
        )
        kept = select(recent.c.identity).order_by(recent.c.at.desc()).limit(MOST_RECENT)
        async with self._database.write() as connection:
            await connection.execute(statement)
            await connection.execute(delete(recent).where(recent.c.identity.not_in(kept)))

    async def recent(self, limit: int = 12) -> list[KeptSearch]:
        """What was searched, latest first."""
        return await self._searches(recent, limit)

    async def forget_recent(self, identity: str | None = None) -> list[KeptSearch]:
        """Forget one recent search, or all; returns what was forgotten, for undoing."""
        gone = await self._searches(recent, MOST_RECENT)
        if identity is not None:
            gone = [one for one in gone if one.identity == identity]
        names = [one.identity for one in gone]
        async with self._database.write() as connection:
            await connection.execute(delete(recent).where(recent.c.identity.in_(names)))
        return gone

    async def restore_recent(self, gone: Sequence[KeptSearch]) -> None:
        """Undo `forget_recent`."""
        rows = [
            {"identity": one.identity, "typed": one.typed, "at": one.at, "times": 1} for one in gone
        ]
        if rows:
            async with self._database.write() as connection:
                await connection.execute(insert(recent).on_conflict_do_nothing(), rows)

    async def save(self, identity: str, typed: str, at: float) -> None:
        """Keep a search until the owner removes it."""
        statement = insert(saved).values(identity=identity, typed=typed, at=at)
        async with self._database.write() as connection:
            await connection.execute(statement.on_conflict_do_nothing())

    async def unsave(self, identity: str) -> None:
        """Keep it no longer."""
        async with self._database.write() as connection:
            await connection.execute(delete(saved).where(saved.c.identity == identity))

    async def saved(self) -> list[KeptSearch]:
        """The saved searches, latest first."""
        return await self._searches(saved, 500)

    async def wishes(self, kind: WishKind) -> list[Wish]:
        """What is on the watchlist, or followed, latest first."""
        rows = select(wish).where(wish.c.kind == kind).order_by(wish.c.added_at.desc())
        async with self._database.read() as connection:
            return [_wish(row) for row in await connection.execute(rows)]

    async def add(self, made: Wish) -> Wish:
        """Put a title on a list; one that is there already is returned as it is."""
        values = {
            "kind": made.kind.value, "identity": made.identity, "title": made.title,
            "year": made.year, "work": made.work.value if made.work else None,
            "typed": made.typed, "poster": made.poster, "added_at": made.added_at,
            "checked_at": made.checked_at, "news": made.news, "picture": made.picture,
        }  # fmt: skip
        async with self._database.write() as connection:
            await connection.execute(insert(wish).values(values).on_conflict_do_nothing())
            found = select(wish).where(
                wish.c.kind == made.kind.value, wish.c.identity == made.identity
            )
            return _wish((await connection.execute(found)).one())

    async def remove(self, kind: WishKind, identity: str) -> Wish | None:
        """Take a title off a list; returns what stood there, for undoing."""
        mine = wish.c.kind == kind.value, wish.c.identity == identity
        which = select(wish.c.id).where(*mine)
        async with self._database.write() as connection:
            row = (await connection.execute(select(wish).where(*mine))).one_or_none()
            await connection.execute(delete(wish_seen).where(wish_seen.c.wish_id.in_(which)))
            await connection.execute(delete(wish).where(wish.c.id.in_(which)))
        return _wish(row) if row is not None else None

    async def seen(self, wanted: Wish) -> set[str]:
        """The releases of a followed title that are known."""
        rows = select(wish_seen.c.release).where(wish_seen.c.wish_id == wanted.id)
        async with self._database.read() as connection:
            return {row.release for row in await connection.execute(rows)}

    async def unseen(self, wanted: Wish, releases: Sequence[str], at: float) -> list[str]:
        """Note that a followed title was looked for; returns the releases not seen before."""
        async with self._database.write() as connection:
            rows = await connection.execute(
                select(wish_seen.c.release).where(wish_seen.c.wish_id == wanted.id)
            )
            known = {row.release for row in rows}
            new = [release for release in dict.fromkeys(releases) if release not in known]
            if new:
                values = [{"wish_id": wanted.id, "release": release} for release in new]
                await connection.execute(insert(wish_seen).on_conflict_do_nothing(), values)
            await connection.execute(
                update(wish).where(wish.c.id == wanted.id).values(checked_at=at)
            )
        return new

    async def add_news(self, wanted: Wish, amount: int) -> None:
        """Note that so much is new of a followed title."""
        counted = update(wish).where(wish.c.id == wanted.id).values(news=wish.c.news + amount)
        async with self._database.write() as connection:
            await connection.execute(counted)

    async def no_news(self, identity: str) -> bool:
        """The owner has looked at a followed title; False when nothing was new of it."""
        which = wish.c.identity == identity, wish.c.news > 0
        async with self._database.write() as connection:
            done = await connection.execute(update(wish).where(*which).values(news=0))
        return bool(done.rowcount)

    async def _searches(self, table: Table, limit: int) -> list[KeptSearch]:
        rows = select(table).order_by(table.c.at.desc()).limit(limit)
        async with self._database.read() as connection:
            return [
                KeptSearch(row.identity, row.typed, row.at)
                for row in await connection.execute(rows)
            ]


def _wish(row: Row[Any]) -> Wish:
    return Wish(
        id=row.id,
        kind=WishKind(row.kind),
        identity=row.identity,
        title=row.title,
        typed=row.typed,
        year=row.year,
        work=Work(row.work) if row.work else None,
        poster=row.poster,
        picture=PosterKey(row.picture) if row.picture else None,
        added_at=row.added_at,
        checked_at=row.checked_at,
        news=row.news,
    )
