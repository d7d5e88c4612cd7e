"""Names the parts of a stream by where they stand: a name means the same part after a restart."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Final

from app.services.playback.playlists import ending_of

MOST: Final = 20_000
"""The addresses of so many parts are kept; older ones are found again by their names."""
_PLACE: Final = r"\d{1,18}(?:x\d{1,4})?"
_NAME: Final = re.compile(rf"{_PLACE}(?:-{_PLACE}){{0,3}}")


class Parts:
    """The parts of one stream that are known: ``2-7`` is the seventh of its second playlist."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[str, str] = OrderedDict()
        self._beside: dict[str, str] = {}  # names of keys and the like, by what they belong to

    def address(self, name: str) -> str | None:
        """Where a part lies; None while its playlist was not read."""
        return self._addresses.get(name)

    def name(self, parent: str, address: str, place: str) -> str:
        """The file name of what stands at a place of a playlist; the stream's own is ``""``."""
        name = f"{parent}-{place}" if parent else place
        if "x" in place:
            # A key stands beside every part it is for: as the list moves on, it keeps its name.
            name = self._beside.setdefault(f"{parent} {address}", name)
        self._addresses[name] = address
        self._addresses.move_to_end(name)
        if len(self._addresses) > MOST:
            old, gone = self._addresses.popitem(last=False)
            self._beside.pop(f"{old.rpartition('-')[0]} {gone}", None)
        return f"{name}.{ending_of(address)}"


def is_name(text: str) -> bool:
    """Whether it can be the name of a part."""
    return _NAME.fullmatch(text) is not None


def steps(name: str) -> list[tuple[str, str]]:
    """The way to a part from the stream's own playlist: each playlist, and what it leads to."""
    places = name.split("-")
    names = ["-".join(places[:many]) for many in range(len(places) + 1)]
    return list(zip(names, names[1:], strict=False))
