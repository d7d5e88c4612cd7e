"""Which episode comes next."""

from __future__ import annotations

from dataclasses import replace

from app.domain.media import Card, ItemId, MediaKind
from app.services.playback import upnext


def episode(number: int, season: int | None, place: int | None, watched: bool = False) -> Card:
    return Card(
        ItemId(number), MediaKind.EPISODE, f"Part {number}", season=season, episode=place,
        series="Tides", watched=watched,
    )  # fmt: skip


LINE = [
    episode(9, 0, 1),
    episode(4, 2, 1),
    episode(3, 1, 3),
    episode(1, 1, 1, watched=True),
    episode(2, 1, 2),
    episode(5, None, None),
]


def test_order_puts_specials_last() -> None:
    assert [card.id for card in upnext.ordered(LINE)] == [1, 2, 3, 4, 5, 9]


def test_following_is_the_neighbour_even_over_a_season() -> None:
    after = upnext.following(LINE, ItemId(3))
    assert after is not None
    assert after.id == 4
    assert upnext.following(LINE, ItemId(5)) is None  # a special does not start by itself
    assert upnext.following(LINE, ItemId(9)) is None
    assert upnext.following(LINE, ItemId(77)) is None


def test_next_up_skips_what_was_watched() -> None:
    line = [replace(card, watched=card.id in (1, 2)) for card in LINE]
    offer = upnext.next_up(line, ItemId(1))
    assert offer is not None
    assert offer.id == 3


def test_next_up_when_watching_again_goes_on_from_there() -> None:
    line = [replace(card, watched=True) for card in LINE]
    assert upnext.next_up(line, ItemId(1)) is None
    again = upnext.next_up(line, ItemId(1), again=True)
    assert again is not None
    assert again.id == 2


def test_next_up_offers_specials_at_the_very_end() -> None:
    line = [replace(card, watched=card.id != 9) for card in LINE]
    offer = upnext.next_up(line, ItemId(4))
    assert offer is not None
    assert offer.id == 9
    assert upnext.next_up(line, ItemId(77)) is None


def test_due_prefers_what_was_begun() -> None:
    first = upnext.due(LINE)
    assert first is not None
    assert first.id == 2
    begun = [replace(card, position=50.0 if card.id == 3 else 0.0) for card in LINE]
    assert (upnext.due(begun) or LINE[0]).id == 3
    done = [replace(card, watched=True) for card in LINE]
    assert (upnext.due(done) or LINE[0]).id == 1
    assert upnext.due([]) is None
