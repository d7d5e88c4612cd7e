"""Keeps links, their recipients, the devices that use them, and what was made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import RowMapping, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.access import Giving, LinkDay, LinkId, LinkWish, PassId, Shared, SharedKind
from app.domain.errors import NotFound
from app.domain.media import ItemId
from app.infra.database.engine import Database
from app.services.sharing import tables as t

USE_SECONDS: Final = 12 * 3600.0
"""So long one use of a device goes on: seeking, pausing and coming back cost no other."""
_FIGURES: Final = ("opens", "plays", "downloads", "bytes", "devices")
_KNOWN: Final = """EXISTS (SELECT 1 FROM sharing_device d
    WHERE d.pass = sharing_pass.id AND d.id = :device)"""
# All of it in one statement: whoever comes beside finds it done or not begun.
_CLAIM: Final = text(f"""UPDATE sharing_pass SET used = used + 1, last_use = :now,
        devices = devices + (NOT {_KNOWN})
    WHERE id = :pass AND revoked IS NULL
    AND NOT EXISTS (SELECT 1 FROM sharing_device d
        WHERE d.pass = sharing_pass.id AND d.id = :device AND d.ends > :now)
    AND EXISTS (SELECT 1 FROM sharing_link l WHERE l.id = sharing_pass.link
        AND l.revoked IS NULL AND l.start <= :now AND (l.until IS NULL OR l.until > :now)
        AND (l.uses = 0 OR sharing_pass.used < l.uses)
        AND (l.devices = 0 OR sharing_pass.devices < l.devices OR {_KNOWN}))""")  # noqa: S608 - constants


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRow:
    """A recipient as the database has him, with the figures of all days."""

    id: PassId
    name: str
    contact: str
    key_number: int
    used: int
    devices: int
    made: float
    revoked: float | None
    last_use: float | None
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link as the database has it."""

    id: LinkId
    wish: LinkWish
    title: str
    made: float
    revoked: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to. `session` is when the use of the device that asks ends."""

    link: LinkRow
    who: PassRow
    session: float = 0.0
    known: bool = False  # the device used it before


@dataclass(frozen=True, slots=True)
class Tally:
    """What is added to the figures of a recipient's day."""

    who: PassId
    day: str
    figures: Mapping[str, int]


class SharingStore:
    """Reads and writes them. `NotFound` (``errors.link_gone``) for a link that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, row: LinkRow, people: Sequence[PassRow]) -> None:
        """Keep a new link with its recipients."""
        async with self._database.write() as connection:
            await connection.execute(insert(t.link).values(_link_values(row)))
            await connection.execute(insert(t.pass_), [_pass_values(row.id, who) for who in people])

    async def add_people(self, link: LinkId, people: Sequence[PassRow]) -> None:
        """Keep more recipients of a link."""
        async with self._database.write() as connection:
            await connection.execute(insert(t.pass_), [_pass_values(link, who) for who in people])

    async def links(self, link: LinkId | None = None) -> list[tuple[LinkRow, list[PassRow]]]:
        """Every link with its recipients, the newest first; or the one."""
        links, people = select(t.link), select(t.pass_)
        sums = select(t.day.c["pass"], *(func.sum(t.day.c[name]).label(name) for name in _FIGURES))
        if link is not None:
            links, people = links.where(t.link.c.id == link), people.where(t.pass_.c.link == link)
            ours = select(t.pass_.c.id).where(t.pass_.c.link == link)
            sums = sums.where(t.day.c["pass"].in_(ours))
        async with self._database.read() as connection:
            asked = links.order_by(t.link.c.made.desc(), t.link.c.id)
            found = [_link(row) for row in (await connection.execute(asked)).mappings()]
            told = (await connection.execute(sums.group_by(t.day.c["pass"]))).mappings()
            figures = {row["pass"]: {name: int(row[name]) for name in _FIGURES} for row in told}
            by_link: dict[str, list[PassRow]] = {}
            order = people.order_by(t.pass_.c.made, t.pass_.c.name, t.pass_.c.id)
            for row in (await connection.execute(order)).mappings():
                by_link.setdefault(row["link"], []).append(_pass(row, figures.get(row["id"], {})))
        return [(one, by_link.get(one.id, [])) for one in found]

    async def found(self, who: PassId, device: str = "") -> Found | None:
        """What a recipient's address leads to now."""
        async with self._database.read() as connection:
            asked = select(t.pass_).where(t.pass_.c.id == who)
            row = (await connection.execute(asked)).mappings().first()
            if row is None:
                return None
            asked_link = select(t.link).where(t.link.c.id == row["link"])
            link = (await connection.execute(asked_link)).mappings().one()
            ends = None
            if device:
                seen = select(t.device.c.ends).where(
                    t.device.c["pass"] == who, t.device.c.id == device
                )
                ends = (await connection.execute(seen)).scalar()
        return Found(_link(link), _pass(row, {}), ends or 0.0, ends is not None)

    async def claim(self, who: PassId, device: str, now: float, day: str) -> bool:
        """Begin a use; False when none is left, or the device's last one still goes on."""
        told = {"pass": who, "device": device, "now": now}
        async with self._database.write() as connection:
            if (await connection.execute(_CLAIM, told)).rowcount != 1:
                return False
            row = {"pass": who, "id": device, "first": now, "ends": now + USE_SECONDS}
            kept = upsert(t.device).values(row)
            again = kept.on_conflict_do_update(
                index_elements=["pass", "id"], set_={"ends": row["ends"]}
            ).returning(t.device.c.first)
            is_new = (await connection.execute(again)).scalar() == now
            added = _added(Tally(who, day, {"devices": int(is_new)}))
            await connection.execute(added)
        return True

    async def add_up(self, tallies: Iterable[Tally]) -> None:
        """Add to the figures; those of who is gone are left out."""
        async with self._database.write() as connection:
            there = {row[0] for row in await connection.execute(select(t.pass_.c.id))}
            for tally in tallies:
                if tally.who in there:
                    await connection.execute(_added(tally))

    async def days(self, link: LinkId, since: str) -> tuple[LinkDay, ...]:
        """The figures of a link day by day; days without any are left out."""
        asked = (
            select(t.day.c.day, *(func.sum(t.day.c[name]) for name in _FIGURES))
            .where(
                t.day.c["pass"].in_(select(t.pass_.c.id).where(t.pass_.c.link == link)),
                t.day.c.day >= since,
            )
            .group_by(t.day.c.day)
            .order_by(t.day.c.day)
        )
        async with self._database.read() as connection:
            return tuple(LinkDay(*row) for row in await connection.execute(asked))

    async def change(self, link: LinkId, row: LinkRow) -> None:
        """Change what a link says; its recipients keep their addresses."""
        values = _link_values(row)
        async with self._database.write() as connection:
            done = await connection.execute(
                update(t.link).where(t.link.c.id == link).values(values)
            )
        if not done.rowcount:
            raise NotFound("errors.link_gone")

    async def revoke(self, link: LinkId | None, at: float | None) -> None:
        """Take back a link, or all; or, without a time, give it again."""
        asked = update(t.link).values(revoked=at)
        asked = (
            asked.where(t.link.c.id == link) if link else asked.where(t.link.c.revoked.is_(None))
        )
        async with self._database.write() as connection:
            done = await connection.execute(asked)
        if link and not done.rowcount:
            raise NotFound("errors.link_gone")

    async def revoke_pass(self, who: PassId, at: float | None) -> LinkId:
        """Take back one recipient's address, or give it again; returns the link it is of."""
        async with self._database.write() as connection:
            done = await connection.execute(
                update(t.pass_)
                .where(t.pass_.c.id == who)
                .values(revoked=at)
                .returning(t.pass_.c.link)
            )
            row = done.first()
        if row is None:
            raise NotFound("errors.link_gone")
        return LinkId(row[0])

    async def remove(self, links: Collection[LinkId]) -> None:
        """Forget links, with all that was made of them."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.link).where(t.link.c.id.in_(list(links))))

    async def over_before(self, at: float) -> tuple[LinkId, ...]:
        """Links that ended, or were taken back, before a time."""
        asked = select(t.link.c.id).where(
            (t.link.c.until < at) | (t.link.c.revoked.is_not(None) & (t.link.c.revoked < at))
        )
        async with self._database.read() as connection:
            return tuple(LinkId(row[0]) for row in await connection.execute(asked))

    async def keys_in_use(self, now: float) -> frozenset[int]:
        """The numbers of the keys some address that may still open is signed with."""
        asked = (
            select(t.pass_.c.key_number)
            .join(t.link, t.link.c.id == t.pass_.c.link)
            .where((t.link.c.until.is_(None)) | (t.link.c.until > now))
            .distinct()
        )
        async with self._database.read() as connection:
            return frozenset(row[0] for row in await connection.execute(asked))

    async def highest_time(self) -> float:
        """The highest time that was ever seen."""
        async with self._database.read() as connection:
            return float((await connection.execute(select(t.clock.c.seen))).scalar() or 0.0)

    async def keep_time(self, seen: float) -> None:
        """Remember the highest time seen."""

        def work(raw: sqlite3.Connection) -> None:
            raw.execute(
                "INSERT INTO sharing_clock (id, seen) VALUES (1, ?)"
                " ON CONFLICT (id) DO UPDATE SET seen = excluded.seen",
                (seen,),
            ).close()

        await self._database.run_write(work)


def _added(tally: Tally) -> Any:  # noqa: ANN401 - a statement of SQLAlchemy's dialect
    figures = {name: tally.figures.get(name, 0) for name in _FIGURES}
    kept = upsert(t.day).values({"pass": tally.who, "day": tally.day, **figures})
    return kept.on_conflict_do_update(
        index_elements=["pass", "day"],
        set_={name: t.day.c[name] + kept.excluded[name] for name in _FIGURES},
    )


def _link_values(row: LinkRow) -> dict[str, Any]:
    wish = row.wish
    return {
        "id": row.id, "kind": wish.what.kind.value, "item": wish.what.item,
        "path": wish.what.path, "title": row.title, "name": wish.name,
        "giving": wish.giving.value, "price": wish.price, "pay": wish.pay, "note": wish.note,
        "start": wish.start, "until": wish.until, "uses": wish.uses, "devices": wish.devices,
        "made": row.made, "revoked": row.revoked,
    }  # fmt: skip


def _link(row: RowMapping) -> LinkRow:
    item = None if row["item"] is None else ItemId(row["item"])
    wish = LinkWish(
        what=Shared(SharedKind(row["kind"]), item, row["path"]),
        name=row["name"], giving=Giving(row["giving"]), price=row["price"], pay=row["pay"],
        note=row["note"], start=row["start"], until=row["until"], uses=row["uses"],
        devices=row["devices"],
    )  # fmt: skip
    return LinkRow(
        id=LinkId(row["id"]), wish=wish, title=row["title"], made=row["made"],
        revoked=row["revoked"],
    )  # fmt: skip


def _pass_values(link: LinkId, row: PassRow) -> dict[str, Any]:
    return {
        "id": row.id, "link": link, "name": row.name, "contact": row.contact,
        "key_number": row.key_number, "used": row.used, "devices": row.devices,
        "made": row.made, "revoked": row.revoked, "last_use": row.last_use,
    }  # fmt: skip


def _pass(row: RowMapping, figures: Mapping[str, int]) -> PassRow:
    return PassRow(
        id=PassId(row["id"]), name=row["name"], contact=row["contact"],
        key_number=row["key_number"], used=row["used"], devices=row["devices"], made=row["made"],
        revoked=row["revoked"], last_use=row["last_use"], figures=figures,
    )  # fmt: skip
