"""How entries of the audit log hang together by hashes, and where a chain is broken. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

FORGOTTEN: Final = "audit.forgotten"
"""The kind of entries that say which others were erased: they vouch for those."""
MOST_SPANS: Final = 400
"""Spans of numbers one such entry names."""
_LONGEST_WORD: Final = 2_000
_LARGEST: Final = 32_000
_HASH: Final = 64

Row = tuple[object, ...]
"""number, at, kind, about, salt, facts, sealed, previous, own: as the table holds it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened. `facts` is None when they were erased; `about` is empty then."""

    number: int
    at: float  # seconds since 1970
    kind: str
    about: str
    facts: Mapping[str, object] | None
    own: str  # 64 hex digits


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry that is vouched for outside of the database; 0: none yet."""

    number: int = 0
    own: str = ""


@dataclass(slots=True)
class Walk:
    """Goes along a chain; `broken` is the first number that is not as it was written."""

    broken: int | None = None
    last: Head = Head()
    _erased: set[int] = field(default_factory=set)

    def step(self, row: Row) -> bool:
        """Look at the next row; False once the chain is broken."""
        number, facts = row[0], row[5]
        if number != self.last.number + 1 or row[7] != self.last.own or not whole(row):
            self.broken = self.last.number + 1
            return False
        assert isinstance(number, int)
        if facts is None:
            self._erased.add(number)
        elif row[2] == FORGOTTEN:
            self._erased.difference_update(_named(facts))
        self.last = Head(number, str(row[8]))
        return True

    def end(self, head: Head | None) -> int | None:
        """Say where the chain is broken, seen to its end; `head` is what vouches for it.

        None as `head`: it cannot be believed itself, so nothing vouches for the end.
        """
        if self.broken is not None:
            return self.broken
        if self._erased:
            return min(self._erased)
        cut = head is None or head.number > self.last.number
        return self.last.number + 1 if cut else None


def whole(row: Row) -> bool:
    """Whether an entry is what its own hashes say; its place among others is not looked at."""
    number, at, kind, about, salt, facts, sealed, previous, own = row
    texts = (kind, about, sealed, previous, own)
    if not (isinstance(number, int) and isinstance(at, float)):
        return False
    if not all(isinstance(one, str) for one in texts) or len(str(sealed)) != _HASH:
        return False
    if own != own_of(number, at, str(kind), str(sealed), str(previous)):
        return False
    if facts is None:
        return salt is None and about == ""
    if not (isinstance(facts, str) and isinstance(salt, str)):
        return False
    return sealed == sealed_of(salt, str(about), facts)


def sealed_of(salt: str, about: str, facts: str) -> str:
    """The hash of what can be erased; the salt goes with it, so it cannot be guessed after."""
    return _hash(json.dumps([salt, about, facts]))


def own_of(number: int, at: float, kind: str, sealed: str, previous: str) -> str:
    """The hash of an entry, over what stays of it for ever."""
    return _hash(json.dumps([number, repr(at), kind, sealed, previous]))


def written(facts: Mapping[str, object]) -> str:
    """Facts as canonical JSON: sorted, without spaces, in ASCII; long texts are cut.

    `ValueError` when there are more of them than an entry may hold, `TypeError` for what JSON
    does not know.
    """
    text = json.dumps(
        _short(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )
    if len(text) > _LARGEST:
        raise ValueError("too many facts for an entry")
    return text


def spans(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as spans: first and last of each."""
    made: list[list[int]] = []
    for number in sorted(numbers):
        if made and made[-1][1] == number - 1:
            made[-1][1] = number
        else:
            made.append([number, number])
    return made


def _named(facts: object) -> set[int]:
    """The numbers an entry of the kind `FORGOTTEN` names; its hash was checked before."""
    told = json.loads(str(facts)).get("numbers", [])
    return {number for first, last in told for number in range(first, last + 1)}


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > _LONGEST_WORD:
        return value[: _LONGEST_WORD - 1] + "…"
    if isinstance(value, Mapping):
        return {str(name): _short(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_short(one) for one in value]
    return value


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
