"""Keeps who may command, and up to where each bot was heard."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError

from app.domain.errors import Unavailable
from app.domain.remote import Person
from app.infra.database.engine import Database
from app.services.remote import tables as t

FORGOTTEN: Final = 3 * 86_400.0
"""Seconds after which a number says nothing: what nobody fetched is gone after a day, and after a
week without a message the service begins to count elsewhere."""


class RemoteStore:
    """Reads and writes them; `Unavailable` when the disk does not take it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, plugin: str) -> list[Person]:
        """Who may command through a chat service, the first paired first."""
        asked = select(t.person).where(t.person.c.plugin == plugin)
        with _telling():
            async with self._database.read() as connection:
                order = asked.order_by(t.person.c.since, t.person.c.id)
                rows = (await connection.execute(order)).mappings().all()
        return [Person(row["id"], row["name"], row["since"]) for row in rows]

    async def add(self, plugin: str, person: Person) -> None:
        """Let somebody in; one who was in has the new name."""
        row = upsert(t.person).values(
            plugin=plugin, id=person.id, name=person.name, since=person.since
        )
        kept = row.on_conflict_do_update(
            index_elements=["plugin", "id"], set_={"name": person.name, "since": person.since}
        )
        with _telling():
            async with self._database.write() as connection:
                await connection.execute(kept)

    async def remove(self, plugin: str, person: int) -> None:
        """Let somebody in no more."""
        gone = delete(t.person).where(t.person.c.plugin == plugin, t.person.c.id == person)
        with _telling():
            async with self._database.write() as connection:
                await connection.execute(gone)

    async def heard(self, bot: str, now: float) -> int:
        """The number up to which a bot was heard; 0 when there is none that says anything."""
        asked = select(t.heard.c.number, t.heard.c.at).where(t.heard.c.bot == bot)
        with _telling():
            async with self._database.read() as connection:
                row = (await connection.execute(asked)).first()
        return 0 if row is None or abs(now - row.at) > FORGOTTEN else int(row.number)

    async def hear(self, bot: str, number: int, now: float) -> None:
        """Note a number: on the disk when this returns, so that nothing is done twice."""
        row = upsert(t.heard).values(bot=bot, number=number, at=now)
        kept = row.on_conflict_do_update(index_elements=["bot"], set_={"number": number, "at": now})
        with _telling():
            async with self._database.write() as connection:
                await connection.execute(kept)


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Unavailable("errors.remote_disk") from error
