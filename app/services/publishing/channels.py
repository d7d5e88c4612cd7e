"""Keeps channels (accounts that belong together), and what of publishing is paused."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.errors import InvalidInput, NotFound
from app.domain.post import AccountId, Channel, ChannelId
from app.infra.database.engine import Database
from app.services.publishing import tables as t

LONGEST_NAME: Final = 60
MOST: Final = 100
MOST_PER_DAY: Final = 1000
EVERYTHING: Final = AccountId("")


class ChannelStore:
    """An account belongs to one channel at most: the last it was put into."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Channel, ...]:
        """Every channel, by name."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(t.channel))).mappings().all()
        found = [t.channel_of(dict(row)) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))

    async def get(self, channel: ChannelId) -> Channel:
        """One channel; `NotFound` (``errors.channel_gone``)."""
        for one in await self.all():
            if one.id == channel:
                return one
        raise NotFound("errors.channel_gone", id=channel)

    async def of(self, account: AccountId) -> Channel | None:
        """The channel an account belongs to."""
        return next((one for one in await self.all() if account in one.accounts), None)

    async def put(self, channel: Channel) -> Channel:
        """Keep a channel, new when its id is empty; returns it as it is kept.

        Its accounts leave the channels they were in. `InvalidInput` for a name that says nothing
        and for a limit that cannot be.
        """
        name = " ".join(channel.name.split())[:LONGEST_NAME]
        if not name:
            raise InvalidInput("errors.channel_name")
        if not 0 <= channel.per_day <= MOST_PER_DAY:
            raise InvalidInput("errors.channel_per_day", most=MOST_PER_DAY)
        others = [one for one in await self.all() if one.id != channel.id]
        if not channel.id and len(others) >= MOST:
            raise InvalidInput("errors.channels_too_many", most=MOST)
        made = replace(
            channel,
            id=channel.id or ChannelId(secrets.token_hex(8)),
            name=name,
            accounts=tuple(dict.fromkeys(channel.accounts)),
        )
        async with self._database.write() as connection:
            await self._write(connection, made)
            for other in others:
                left = tuple(one for one in other.accounts if one not in made.accounts)
                if left != other.accounts:
                    await self._write(connection, replace(other, accounts=left))
        return made

    async def remove(self, channel: ChannelId) -> None:
        """Forget a channel; its accounts stay."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.channel).where(t.channel.c.id == channel))

    async def forget(self, account: AccountId) -> None:
        """Take an account that is gone out of its channel, and out of what is paused."""
        found = await self.of(account)
        if found is not None:
            left = tuple(one for one in found.accounts if one != account)
            await self.put(replace(found, accounts=left))
        await self.set_paused(account, paused=False)

    async def paused(self) -> frozenset[AccountId]:
        """The accounts that are paused; `EVERYTHING` among them: all are."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(t.pause.c.account))).scalars().all()
        return frozenset(AccountId(one) for one in rows)

    async def set_paused(self, account: AccountId, *, paused: bool) -> None:
        """Pause an account, or `EVERYTHING`, or let it go on."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.pause).where(t.pause.c.account == account))
            if paused:
                await connection.execute(insert(t.pause).values(account=account))

    @staticmethod
    async def _write(connection: Any, channel: Channel) -> None:  # noqa: ANN401 - SQLAlchemy's own
        values = t.channel_values(channel)
        changed = {name: value for name, value in values.items() if name != "id"}
        await connection.execute(
            upsert(t.channel).values(values).on_conflict_do_update(["id"], set_=changed)
        )
