"""Finds channels among hundreds of thousands by their names; pure, no input or output."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.live_tv.parsers import Channel

MOST_LOOKED_AT = 50_000
LONGEST_REFERENCE = 200
LONGEST_QUESTION = 200

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_SIGNS = re.compile(r"[\W_]+")
_MARKS = dict.fromkeys(range(0x24B6, 0x24EA), " ")
"""Letters in circles, with which lists mark channels: they are no part of a name."""


def fold(words: str) -> str:
    """Return words without case, accents and punctuation, one space between them."""
    if words.isascii():
        plain = words.lower()
    else:
        apart = unicodedata.normalize("NFKD", words.translate(_MARKS)).casefold()
        plain = _ACCENTS.sub("", apart)
    return _SIGNS.sub(" ", plain).strip()


class Index:
    """Channels by name and by reference.

    All folded names lie in one text, a line each, so that finding is the work of `str.find`; where
    each line begins tells whose it is.
    """

    def __init__(self, channels: Sequence[Channel], folded: Sequence[str], guide: str = "") -> None:
        self.channels = channels
        self.guide = guide
        self._text = "\n" + "\n".join(folded) + "\n"
        self._starts = array("I", accumulate((len(name) + 1 for name in folded), initial=1))
        self._by_id: dict[str, int] = {}
        self._by_hash: dict[str, int] = {}
        for place, channel in enumerate(channels):
            if (
                not _names_itself(channel)
                or self._by_id.setdefault(channel.guide_id, place) != place
            ):
                self._by_hash.setdefault(_hashed(channel), place)

    def find(self, asked: str, limit: int) -> list[int]:
        """Return the places of the channels with such a name, best first.

        First those whose name begins so, then those in which a word does, then those that hold it
        anywhere, last those that hold all the words in any order.
        """
        wanted = fold(asked[:LONGEST_QUESTION])
        found: dict[int, None] = {}
        if not wanted or limit < 1:
            return []
        for pattern in (f"\n{wanted}\n", f"\n{wanted}", f" {wanted}", wanted):
            self._add(self._places(pattern), found, limit)
        if " " in wanted:
            self._add(self._with_all(wanted.split(), limit), found, limit)
        return list(found)

    def reference(self, place: int) -> str:
        """Return what finds a channel again, in a later list too."""
        channel = self.channels[place]
        if self._by_id.get(channel.guide_id) == place:
            return channel.guide_id
        return _hashed(channel)

    def get(self, reference: str) -> Channel | None:
        """Return the channel of a reference, if it is still in the list."""
        place = self._by_id.get(reference, self._by_hash.get(reference))
        return None if place is None else self.channels[place]

    def guide_keys(self) -> tuple[set[str], set[str]]:
        """Return under which ids and which folded names a guide may know the channels."""
        ids: set[str] = set()
        names = set(self._text.split("\n"))
        for channel in self.channels:
            ids.update(guide_ids(channel))
            names.update(guide_names(channel))
        names.discard("")
        return ids, names

    @staticmethod
    def _add(places: Iterator[int], found: dict[int, None], limit: int) -> None:
        while len(found) < limit:
            place = next(places, None)
            if place is None:
                return
            found.setdefault(place)

    def _places(self, pattern: str) -> Iterator[int]:
        """The channels whose line holds a pattern, in the order of the list."""
        at = self._text.find(pattern)
        while at >= 0:
            place = bisect_right(self._starts, at + pattern.startswith("\n")) - 1
            yield place
            at = self._text.find(pattern, self._starts[place + 1] - 1)

    def _with_all(self, words: Sequence[str], limit: int) -> Iterator[int]:
        """The channels that have all the words, those in which words begin so first."""
        text, rarest = self._text, min(words, key=self._text.count)
        rest = [word for word in words if word != rarest]
        others: list[int] = []
        begins = looked_at = 0
        at = text.find(rarest)
        while at >= 0 and begins < limit and looked_at < MOST_LOOKED_AT:
            looked_at += 1
            start, end = text.rfind("\n", 0, at), text.find("\n", at)
            if all(text.find(word, start, end) >= 0 for word in rest):
                place = bisect_right(self._starts, start + 1) - 1
                name = f" {text[start + 1 : end]}"
                if all(f" {word}" in name for word in words):
                    begins += 1
                    yield place
                else:
                    others.append(place)
            at = text.find(rarest, end)
        yield from others


def guide_ids(channel: Channel) -> tuple[str, ...]:
    """Return the ids a guide may know a channel by: its own, and without the name of its feed."""
    told = channel.guide_id.casefold()
    bare = told.partition("@")[0]
    return tuple(dict.fromkeys(one for one in (told, bare) if one))


def guide_names(channel: Channel) -> tuple[str, ...]:
    """Return the folded names a guide may know a channel by, without marks in brackets."""
    told = (channel.guide_name, channel.name)
    return tuple(dict.fromkeys(fold(_BRACKETS.sub(" ", one)) for one in told if one))


def _names_itself(channel: Channel) -> bool:
    told = channel.guide_id
    return 0 < len(told) <= LONGEST_REFERENCE and told.isprintable() and not told.startswith("#")


def _hashed(channel: Channel) -> str:
    told = f"{channel.name}\n{channel.address}".encode("utf-8", "replace")
    return "#" + hashlib.blake2b(told, digest_size=9).hexdigest()
