"""Keeps which devices were met, what each of them played, and what plays on them now.

What finds a found stream again may hold a login: the database tells only that there is such a
thing, and it lies where the passwords do.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlalchemy import Column, Float, RowMapping, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.casting import DeviceId, Method, Protocol
from app.domain.errors import AppError
from app.infra.database.engine import Database
from app.infra.database.metadata import metadata
from app.infra.secrets import ScopedSecrets
from app.services.casting.running import Entry, Running, read, written

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
        """What played when the station ended. What is written there in a damaged way is dropped."""
        async with self._database.read() as connection:
            rows = [row._mapping for row in await connection.execute(select(cast_running))]
        found: list[Running] = []
        for row in rows:
            try:
                found.append(read(row))
            except ValueError as error:
                log.warning("What a screen played cannot be read any more: %s", error)
                await self.end(row["device"])
        return found

    async def run(self, running: Running) -> None:
        """Write down what a device is to play now, and what follows; then tell the device."""
        async with self._turn:
            before = await self._of(running.device)
            if before is not None:  # a seal of another film is still to be deleted
                instead = before.url if before.sent else before.instead
                running = replace(running, sealed=before.sealed, instead=instead)
            await self._write(running)

    async def sent(self, device: DeviceId, url: str) -> None:
        """Write down that it has taken it."""
        async with self._turn:
            running = await self._of(device)
            if running is not None and running.url == url:
                await self._write(replace(running, sent=True, due=0.0, instead=""))

    async def wait(self, device: DeviceId, waiting: tuple[Entry, ...], due: float) -> None:
        """Write down what follows on a device, and when; nothing when it plays nothing of ours."""
        async with self._turn:
            running = await self._of(device)
            if running is not None:
                due = due if running.sent else running.due
                await self._write(replace(running, waiting=waiting, due=due))

    async def seal(self, device: DeviceId, url: str, again: str) -> None:
        """Keep what finds it again, when the device still plays that; it may hold a login.

        Where secrets cannot be kept now, it is not found again after a restart.
        """
        async with self._turn:
            running = await self._of(device)
            if running is not None and running.url == url:
                await self._hide(running, url=url, again=again)

    async def seal_waiting(self, device: DeviceId, again: dict[str, str]) -> None:
        """The same of what follows, by the names of the streams."""
        async with self._turn:
            running = await self._of(device)
            if running is not None:
                await self._hide(running, waiting=again)

    async def unseal(self, running: Running) -> str:
        """What finds it again; empty when nothing does."""
        if not running.sealed:
            return ""
        told = await self._hidden(running.device)
        return str(told.get("again", "")) if told.get("url") == running.url else ""

    async def unseal_waiting(self, running: Running) -> tuple[Entry, ...]:
        """It, and what follows, each with what finds it again."""
        told: object = {}
        if running.sealed:
            try:
                told = (await self._hidden(running.device)).get("waiting")
            except AppError as error:
                log.info("What waits on %s is not found again: %s", running.device, error)
        again = told if isinstance(told, dict) else {}
        first = Entry(running.what, "", running.stream, before=True)
        return tuple(
            replace(one, again=str(again.get(one.stream, ""))) for one in (first, *running.waiting)
        )

    async def end(self, device: DeviceId) -> None:
        """It plays nothing of ours any more, and nothing follows."""
        async with self._turn:
            row = await self._row(device)
            if row is None:
                return
            async with self._database.write() as connection:
                mine = cast_running.c.device == device
                await connection.execute(delete(cast_running).where(mine))
            running = _whole(row)
            if running is None or running.sealed:
                try:
                    await self._secrets.delete(device)
                except AppError as error:
                    log.info("What played on %s stays among the secrets: %s", device, error)

    async def _of(self, device: DeviceId) -> Running | None:
        row = await self._row(device)
        return None if row is None else _whole(row)

    async def _row(self, device: DeviceId) -> RowMapping | None:
        chosen = select(cast_running).where(cast_running.c.device == device)
        async with self._database.read() as connection:
            row = (await connection.execute(chosen)).first()
            return None if row is None else row._mapping

    async def _write(self, running: Running) -> None:
        await self._put(cast_running, written(running), ("device",))

    async def _hide(self, running: Running, **told: object) -> None:
        await self._write(replace(running, sealed=True))
        device = running.device
        try:
            held = await self._hidden(device) if running.sealed else {}
            await self._secrets.set(device, json.dumps({**held, **told}))
        except AppError as error:
            log.info("What plays on %s is not found again after a restart: %s", device, error)

    async def _hidden(self, device: DeviceId) -> dict[str, Any]:
        try:
            told = json.loads(await self._secrets.get(device) or "{}")
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

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


def _whole(row: RowMapping) -> Running | None:
    try:
        return read(row)
    except ValueError:
        return None  # damaged: the next one is written over it
