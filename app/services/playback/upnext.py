"""Which episode comes next: pure rules over the episodes of one series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.media import Card, ItemId

_LAST = 1 << 30


def ordered(episodes: Iterable[Card]) -> list[Card]:
    """Sort by season and episode; specials (season 0) and unnumbered ones come last."""
    return sorted(episodes, key=_place)


def following(episodes: Iterable[Card], item: ItemId) -> Card | None:
    """The episode right after this one, watched or not; None after the last.

    A special never follows the last regular episode by itself.
    """
    line = ordered(episodes)
    for index, card in enumerate(line[:-1]):
        if card.id == item:
            after = line[index + 1]
            return after if _special(after) == _special(card) else None
    return None


def next_up(episodes: Iterable[Card], last: ItemId, *, again: bool = False) -> Card | None:
    """What to offer after `last` was watched to its end; None when nothing is left.

    It is the first unwatched episode after it. When `last` was watched `again`, it is simply the
    following one. Specials are offered after all regular episodes.
    """
    line = ordered(episodes)
    places = [index for index, card in enumerate(line) if card.id == last]
    if not places:
        return None
    if again:
        return following(line, last)
    return next((card for card in line[places[0] + 1 :] if not card.watched), None)


def due(episodes: Sequence[Card]) -> Card | None:
    """What "Play" on a series plays: one begun, else the first unwatched one, else the first."""
    line = ordered(episodes)
    begun = [card for card in line if card.position > 0 and not card.watched]
    if begun:
        return begun[-1]
    return next((card for card in line if not card.watched), line[0] if line else None)


def _special(card: Card) -> bool:
    return card.season == 0


def _place(card: Card) -> tuple[int, int, int, int]:
    season = _LAST if card.season is None else card.season
    episode = _LAST if card.episode is None else card.episode
    return (1 if _special(card) else 0, season, episode, card.id)
