"""Keeps which devices were met, what each of them played, and what plays on them now.

What finds a found stream again may hold a login: the database tells only that there is such a
thing, and it lies where the passwords do.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlalchemy import Column, Float, RowMapping, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.casting import Castable, DeviceId, Method, Plan, Protocol
from app.domain.errors import AppError
from app.infra.database.engine import Database
from app.infra.database.metadata import metadata
from app.infra.secrets import ScopedSecrets
from app.services.casting.waiting import MOST, Entry

log = logging.getLogger(__name__)

SCOPE: Final = "casting"
"""Under this name the secrets of what plays are kept."""

cast_device = Table(
    "cast_device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("protocol", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("maker", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("form", Text),
    Column("seen_at", Float, nullable=False),
    extend_existing=True,
)

cast_outcome = Table(
    "cast_outcome",
    metadata,
    Column("device", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("method", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("at", Float, nullable=False),
    extend_existing=True,
)

cast_running = Table(
    "cast_running",
    metadata,
    Column("device", Text, primary_key=True),
    Column("protocol", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("offset", Float, nullable=False),
    extend_existing=True,
)


@dataclass(frozen=True, slots=True)
class Met:
    """A device that was met once. `seen_at` is unix time."""

    id: DeviceId
    protocol: Protocol
    name: str
    maker: str = ""
    model: str = ""
    form: Method | None = None
    seen_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Running:
    """What a device was playing for us. `offset` is the second of the film its stream begins at.

    `stream` names what a ticket stood for: the tickets of one start mean nothing to the next.
    One that is `sealed` is found again by what `CastStore.unseal` tells of it.
    """

    device: DeviceId
    protocol: Protocol
    what: Castable
    url: str
    plan: Plan
    offset: float
    stream: str = ""
    sealed: bool = False
    waiting: tuple[Entry, ...] = ()  # what follows there


class CastStore:
    """Reads and writes them."""

    def __init__(self, database: Database, secrets: ScopedSecrets) -> None:
        self._database = database
        self._secrets = secrets
        self._turn = asyncio.Lock()  # of what plays, and its secrets

    async def devices(self) -> list[Met]:
        """Every device that was met and not forgotten."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(cast_device))
            return [_met(row._mapping) for row in rows]

    async def meet(self, met: Met) -> None:
        """Write down a device, new or known."""
        values = asdict(met)
        await self._put(cast_device, values, ("id",))

    async def forget(self, device: DeviceId) -> None:
        """Forget a device and all that was learnt of it."""
        await self.end(device)
        async with self._database.write() as connection:
            await connection.execute(delete(cast_device).where(cast_device.c.id == device))
            await connection.execute(delete(cast_outcome).where(cast_outcome.c.device == device))

    async def outcomes(self, device: DeviceId, kind: str) -> dict[Method, bool]:
        """What is known of a device for films of a kind: which forms played, and which not."""
        chosen = select(cast_outcome).where(
            cast_outcome.c.device == device, cast_outcome.c.kind == kind
        )
        async with self._database.read() as connection:
            rows = await connection.execute(chosen)
            return {Method(row.method): row.outcome == "played" for row in rows}

    async def learn(
        self, device: DeviceId, kind: str, method: Method, played: bool, at: float
    ) -> None:
        """Remember whether a form of films of a kind played on a device."""
        outcome = "played" if played else "refused"
        values = {
            "device": device, "kind": kind, "method": method.value, "outcome": outcome, "at": at,
        }  # fmt: skip
        await self._put(cast_outcome, values, ("device", "kind", "method"))

    async def unlearn(self, device: DeviceId) -> None:
        """Forget which forms played: the owner chose another, or the device is another now."""
        async with self._database.write() as connection:
            await connection.execute(delete(cast_outcome).where(cast_outcome.c.device == device))

    async def running(self) -> list[Running]:
        """What played when the station ended."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(cast_running))
            return [_running(row._mapping) for row in rows]

    async def run(self, running: Running) -> None:
        """Write down what a device plays now."""
        async with self._turn:
            before = await self._of(running.device)
            if before is not None:  # a seal of another film is still to be deleted
                waiting = before.waiting
                if waiting and waiting[0][0] == running.what:  # its turn has come
                    waiting = waiting[1:]
                running = replace(running, sealed=before.sealed, waiting=waiting)
            await self._write(running)

    async def wait(self, device: DeviceId, waiting: tuple[Entry, ...]) -> None:
        """Write down what follows on a device; nothing when nothing of ours plays there."""
        async with self._turn:
            running = await self._of(device)
            if running is not None:
                await self._write(replace(running, waiting=waiting))

    async def seal(self, device: DeviceId, url: str, again: str) -> None:
        """Keep what finds it again, when the device still plays that; it may hold a login.

        Where secrets cannot be kept now, it is not found again after a restart.
        """
        async with self._turn:
            running = await self._of(device)
            if running is None or running.url != url:
                return
            await self._write(replace(running, sealed=True))
            try:
                await self._secrets.set(device, json.dumps({"url": url, "again": again}))
            except AppError as error:
                log.info("What plays on %s is not found again after a restart: %s", device, error)

    async def unseal(self, running: Running) -> str:
        """What finds it again; empty when nothing does."""
        if not running.sealed:
            return ""
        held = await self._secrets.get(running.device)
        try:
            told = json.loads(held or "{}")
        except ValueError:
            return ""
        mine = isinstance(told, dict) and told.get("url") == running.url
        return str(told.get("again", "")) if mine else ""

    async def end(self, device: DeviceId) -> None:
        """It plays nothing of ours any more."""
        async with self._turn:
            running = await self._of(device)
            if running is None:
                return
            async with self._database.write() as connection:
                mine = cast_running.c.device == device
                await connection.execute(delete(cast_running).where(mine))
            if running.sealed:
                try:
                    await self._secrets.delete(device)
                except AppError as error:
                    log.info("What played on %s stays among the secrets: %s", device, error)

    async def _of(self, device: DeviceId) -> Running | None:
        chosen = select(cast_running).where(cast_running.c.device == device)
        async with self._database.read() as connection:
            row = (await connection.execute(chosen)).first()
            return None if row is None else _running(row._mapping)

    async def _write(self, running: Running) -> None:
        what = _told(running.what)
        what["stream"], what["sealed"] = running.stream, running.sealed
        what["waiting"] = [{**_told(one), "title": title} for one, title in running.waiting]
        values = {
            "device": running.device,
            "protocol": running.protocol.value,
            "what": json.dumps(what),
            "url": running.url,
            "plan": json.dumps(asdict(running.plan)),
            "offset": running.offset,
        }
        await self._put(cast_running, values, ("device",))

    async def _put(self, table: Table, values: dict[str, Any], keys: tuple[str, ...]) -> None:
        statement = insert(table).values(values)
        statement = statement.on_conflict_do_update(
            index_elements=list(keys),
            set_={name: statement.excluded[name] for name in values if name not in keys},
        )
        async with self._database.write() as connection:
            await connection.execute(statement)


def _met(row: RowMapping) -> Met:
    return Met(
        id=DeviceId(row["id"]),
        protocol=Protocol(row["protocol"]),
        name=row["name"],
        maker=row["maker"],
        model=row["model"],
        form=None if row["form"] is None else Method(row["form"]),
        seen_at=row["seen_at"],
    )


def _running(row: RowMapping) -> Running:
    what = json.loads(row["what"])
    stream, sealed = what.pop("stream", ""), what.pop("sealed", False)
    waiting = _waiting(what.pop("waiting", []))
    plan = json.loads(row["plan"])
    plan["method"] = Method(plan["method"])
    return Running(
        device=DeviceId(row["device"]),
        protocol=Protocol(row["protocol"]),
        what=_castable(what),
        url=row["url"],
        plan=Plan(**plan),
        offset=row["offset"],
        stream=stream,
        sealed=sealed,
        waiting=waiting,
    )


def _told(what: Castable) -> dict[str, Any]:
    return {**asdict(what), "path": what.path.hex()}


def _castable(told: Mapping[str, Any]) -> Castable:
    return Castable(**{**told, "path": bytes.fromhex(told["path"])})


def _waiting(told: object) -> tuple[Entry, ...]:
    """What follows; an entry that is damaged is left out, and holds up none of the others."""
    found: list[Entry] = []
    for one in told[:MOST] if isinstance(told, list) else ():
        try:
            entry = {name: one[name] for name in ("item", "file", "ticket", "path")}
            found.append((_castable(entry), str(one["title"])))
        except (KeyError, TypeError, ValueError) as error:
            log.warning("Something that waited cannot be read any more: %s", error)
    return tuple(found)
