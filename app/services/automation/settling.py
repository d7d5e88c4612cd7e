"""Tells when a file is whole: its size and time stood still for some looks in a row. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LOOKS: Final = 5
MOST: Final = 2_000
"""So many files are looked at each second; others wait for their turn."""


@dataclass(frozen=True, slots=True)
class Print:
    """A file as its folder lists it."""

    device: int
    inode: int
    size: int
    mtime_ns: int


class Settler:
    """Remembers files that may still be written. Those longest known are looked at first."""

    def __init__(self, looks: int = LOOKS, most: int = MOST) -> None:
        self._looks, self._most = looks, most
        self._known: dict[bytes, tuple[Print, int]] = {}

    def __len__(self) -> int:
        """How many files wait to be whole."""
        return len(self._known)

    def __contains__(self, path: bytes) -> bool:
        """Whether a file waits to be whole."""
        return path in self._known

    def put(self, path: bytes, found: Print) -> bool:
        """A file is there; False when there is no room for it now: it is found again."""
        if path in self._known:
            return True
        if len(self._known) >= self._most:
            return False
        self._known[path] = (found, 0)
        return True

    def waiting(self) -> tuple[bytes, ...]:
        """Those to look at now."""
        return tuple(self._known)

    def look(self, found: Mapping[bytes, Print | None]) -> list[tuple[bytes, Print]]:
        """What a look saw of those that wait (None: gone); returns those that are whole.

        An empty file waits for ever: whoever made it is about to write into it.
        """
        whole: list[tuple[bytes, Print]] = []
        for path, now in found.items():
            if path not in self._known:
                continue
            before, still = self._known[path]
            if now is None:
                del self._known[path]
            elif now != before or not now.size:
                self._known[path] = (now, 0)
            elif still + 1 >= self._looks:
                del self._known[path]
                whole.append((path, now))
            else:
                self._known[path] = (now, still + 1)
        return whole
