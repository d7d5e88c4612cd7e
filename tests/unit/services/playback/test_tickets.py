"""A ticket that two want: the player, and a TV that borrows what plays here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.domain.errors import NotFound
from app.domain.media import Card, ItemId, MediaKind
from app.infra.database.engine import Database
from app.services.playback.request import PlayRequest, StreamRequest, Ticket
from app.services.playback.store import PositionStore
from app.services.playback.tickets import MOST, Tickets


class Way:
    """The one way; how often it was opened and closed."""

    def __init__(self) -> None:
        self.opened = self.closed = 0

    async def open(self) -> PlayRequest:
        self.opened += 1
        card = Card(ItemId(0), MediaKind.FILM, "Film")
        return StreamRequest(
            title="Film", caption="", card=card, address=f"http://here/{self.opened}", stream="s"
        )

    async def failed(self, key: str, args: Mapping[str, object]) -> None:
        raise AssertionError(key, args)

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def tickets(database: Database) -> Tickets:
    return Tickets(PositionStore(database))


async def test_who_borrows_gets_what_is_open_and_closes_nothing(tickets: Tickets) -> None:
    way = Way()
    ticket = tickets.add(way)
    played = await tickets.open(ticket, from_start=False)
    lent = await tickets.borrow(ticket)
    assert (lent.location, way.opened) == (played.location, 1)
    await tickets.give_back(ticket)
    assert way.closed == 0
    await tickets.close(ticket)
    assert way.closed == 1


async def test_what_is_lent_stays_open_when_the_player_leaves(tickets: Tickets) -> None:
    way = Way()
    ticket = tickets.add(way)
    await tickets.open(ticket, from_start=False)
    await tickets.borrow(ticket)
    await tickets.close(ticket)
    assert way.closed == 0
    await tickets.give_back(ticket)
    assert way.closed == 1


async def test_who_borrows_what_nobody_plays_opens_it_and_it_closes_with_the_last(
    tickets: Tickets,
) -> None:
    way = Way()
    ticket = tickets.add(way)
    await tickets.borrow(ticket)
    await tickets.borrow(ticket)
    await tickets.give_back(ticket)
    assert (way.opened, way.closed) == (1, 0)
    await tickets.give_back(ticket)
    assert way.closed == 1
    await tickets.borrow(ticket)
    assert way.opened == 2


async def test_what_is_lent_outlives_newer_tickets(tickets: Tickets) -> None:
    lent = Way()
    ticket = tickets.add(lent)
    await tickets.borrow(ticket)
    others = []
    for _ in range(MOST + 5):
        others.append(tickets.add(Way()))
        await tickets.open(others[-1], from_start=True)
    assert lent.closed == 0
    await tickets.borrow(ticket)
    with pytest.raises(NotFound):
        await tickets.open(others[0], from_start=True)
    with pytest.raises(NotFound):
        await tickets.borrow(Ticket(9_999))
