"""Folds offers of the same thing into one row, and keeps the others under it as fall-backs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.release import Release
from app.domain.search import HitKind, Judged, Offer, Result, ResultId
from app.domain.text import fold

CLOSE: Final = 0.02
"""Two sizes that differ by less than this part are the same file."""
MOST_UNDER_ONE: Final = 40
Key = tuple[object, ...]


class Folder:
    """The rows of one search, growing as offers come; a row keeps its id."""

    def __init__(self) -> None:
        self._rows: dict[ResultId, list[Judged]] = {}
        self._built: dict[ResultId, Result] = {}
        self._by_hash: dict[str, ResultId] = {}
        self._by_release: dict[Key, list[ResultId]] = {}
        self._by_address: dict[str, ResultId] = {}
        self._next = 1

    def add(self, judged: Iterable[Judged]) -> None:
        """Take offers in; each finds its row or begins one."""
        for one in judged:
            row = self._find(one)
            if row is None:
                row = ResultId(self._next)
                self._next += 1
                self._rows[row] = []
            if len(self._rows[row]) < MOST_UNDER_ONE:
                self._rows[row].append(one)
                self._built.pop(row, None)
            self._know(one, row)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def offers(self) -> list[tuple[Offer, Release]]:
        """Every offer, for judging all of them anew."""
        return [(one.offer, one.release) for held in self._rows.values() for one in held]

    def renew(self, judged: Sequence[Judged]) -> None:
        """Take new judgements of what `offers()` gave, in the same order."""
        rest = iter(judged)
        for held in self._rows.values():
            held[:] = [next(rest) for _ in held]
        self._built.clear()

    def results(self) -> tuple[Result, ...]:
        """All rows, the best first, each with its best offer first."""
        rows = [self._result(row, held) for row, held in self._rows.items()]
        rows.sort(key=lambda row: (-row.score, -_popularity(row.best.offer), row.id))
        return tuple(rows)

    def _result(self, row: ResultId, held: list[Judged]) -> Result:
        made = self._built.get(row)
        if made is None:
            made = Result(row, tuple(sorted(held, key=_worth, reverse=True)))
            self._built[row] = made
        return made

    def _find(self, one: Judged) -> ResultId | None:
        offer = one.offer
        if offer.info_hash and offer.info_hash in self._by_hash:
            return self._by_hash[offer.info_hash]
        address = _address(offer)
        if address and address in self._by_address:
            return self._by_address[address]
        for row in self._by_release.get(_release_key(one.release, offer), ()):
            if any(_same_size(offer, other.offer) for other in self._rows[row]):
                return row
        return None

    def _know(self, one: Judged, row: ResultId) -> None:
        offer = one.offer
        if offer.info_hash:
            self._by_hash.setdefault(offer.info_hash, row)
        address = _address(offer)
        if address:
            self._by_address.setdefault(address, row)
        rows = self._by_release.setdefault(_release_key(one.release, offer), [])
        if row not in rows:
            rows.append(row)


def _address(offer: Offer) -> str:
    """What is certainly the same place: the link, or a source's own name for it."""
    if offer.item is not None:
        return f"item {offer.item}"
    return offer.link or (f"{offer.plugin} {offer.reference}" if offer.reference else "")


def _release_key(release: Release, offer: Offer) -> Key:
    """What two names must agree in to be one release. Ways to get it are not mixed."""
    return (
        fold(release.title), release.year, release.season, release.episode,
        release.absolute_episode, release.date, release.resolution or offer.height,
        release.source, release.video_codec, (release.group or "").casefold(),
        release.edition, release.proper, offer.kind is HitKind.NZB,
    )  # fmt: skip


def _same_size(one: Offer, other: Offer) -> bool:
    if one.size is None or other.size is None:
        return one.size is other.size and fold(one.name) == fold(other.name)
    return abs(one.size - other.size) <= CLOSE * max(one.size, other.size)


def _worth(one: Judged) -> tuple[bool, int, int]:
    return (one.hidden is None, one.score.total, _popularity(one.offer))


def _popularity(offer: Offer) -> int:
    return offer.seeders or 0
