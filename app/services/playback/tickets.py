"""Things to play that are not in the library: each has a ticket, and one or more ways to it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from app.domain.errors import NotFound
from app.services.playback.request import PlayRequest, StreamRequest, Ticket
from app.services.playback.store import PositionStore

log = logging.getLogger(__name__)

MOST: Final = 50
"""So many tickets are good at the same time; the oldest goes first."""


class Ways(Protocol):
    """Something to play, and how it can be had."""

    async def open(self) -> PlayRequest:
        """Open it by the best way left. Raises what the last of them raised."""

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        """The way that was opened does not play: it is not tried again."""

    async def close(self) -> None:
        """Let go of what is open."""


class Tickets:
    """The tickets that are good now. Lives on the service loop.

    One opener, the player, opens and closes; others borrow what is open, as a TV does of what
    plays here already.
    """

    def __init__(self, positions: PositionStore) -> None:
        self._positions = positions
        self._ways: OrderedDict[Ticket, Ways] = OrderedDict()
        self._turns: dict[Ticket, asyncio.Lock] = {}
        self._open: dict[Ticket, PlayRequest] = {}
        self._held: set[Ticket] = set()  # by the player
        self._borrowed: Counter[Ticket] = Counter()
        self._last = 0

    def add(self, ways: Ways) -> Ticket:
        """Give a ticket out."""
        self._last += 1
        ticket = Ticket(self._last)
        self._ways[ticket] = ways
        self._turns[ticket] = asyncio.Lock()
        return ticket

    async def open(self, ticket: Ticket, from_start: bool) -> PlayRequest:
        """Open what a ticket stands for, where it was left. `NotFound` when it is too old."""
        ways = self._good(ticket)
        self._ways.move_to_end(ticket)
        await self._drop_old()
        async with self._turns[ticket]:
            self._open.pop(ticket, None)
            request = self._open[ticket] = replace(await ways.open(), ticket=ticket)
            self._held.add(ticket)
        return request if from_start else await self._where_left(request)

    async def borrow(self, ticket: Ticket) -> PlayRequest:
        """The same, but what is open already is shared and not opened anew; then `give_back`."""
        ways = self._good(ticket)
        async with self._turns[ticket]:
            request = self._open.get(ticket)
            if request is None:
                request = self._open[ticket] = replace(await ways.open(), ticket=ticket)
            self._borrowed[ticket] += 1
        return await self._where_left(request)

    async def give_back(self, ticket: Ticket) -> None:
        """A borrower needs it no more."""
        self._borrowed[ticket] -= 1
        if self._borrowed[ticket] <= 0:
            del self._borrowed[ticket]
            if ticket not in self._held:
                await self._close(ticket)

    async def failed(self, ticket: Ticket, key: str, args: Mapping[str, object]) -> PlayRequest:
        """Open it by the next way."""
        ways = self._good(ticket)
        await ways.failed(key, args)
        return await self.open(ticket, from_start=False)

    async def close(self, ticket: Ticket) -> None:
        """Let go of what is open; the ticket stays good, so that it can be opened again."""
        self._held.discard(ticket)
        if ticket not in self._borrowed:
            await self._close(ticket)

    async def close_all(self) -> None:
        """Let go of everything."""
        for ticket in list(self._ways):
            await self._close(ticket)

    def _good(self, ticket: Ticket) -> Ways:
        ways = self._ways.get(ticket)
        if ways is None:
            raise NotFound("errors.ticket_gone")
        return ways

    async def _where_left(self, request: PlayRequest) -> PlayRequest:
        if not isinstance(request, StreamRequest) or request.live:
            return request
        return replace(request, start=await self._positions.get_stream(request.stream))

    async def _close(self, ticket: Ticket) -> None:
        self._open.pop(ticket, None)
        ways = self._ways.get(ticket)
        if ways is not None:
            await ways.close()

    async def _drop_old(self) -> None:
        for ticket in list(self._ways):
            if len(self._ways) <= MOST:
                return
            if ticket in self._borrowed:
                continue  # a TV plays it
            ways = self._ways.pop(ticket)
            del self._turns[ticket]
            self._open.pop(ticket, None)
            self._held.discard(ticket)
            await ways.close()
