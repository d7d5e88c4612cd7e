"""A file that is still being loaded, as those who read it see it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file: `start` is its first byte, `end` the one behind its last."""

    start: int
    end: int


class Growing(Protocol):
    """One reader of a file that is still being loaded. Lives on the service loop.

    Several may be open on one file; each has wishes of its own, and all are heard.
    """

    @property
    def name(self) -> str:
        """The last part of its name."""

    @property
    def size(self) -> int:
        """Bytes of the whole file."""

    def ready(self, start: int) -> int:
        """Return how many bytes from `start` on are here and verified, without a gap."""

    async def read(self, start: int, most: int) -> bytes:
        """Return some verified bytes from `start` on: at least one, at most `most`.

        Waits until they are here and asks for them before anything else. Nothing at the end of
        the file. Raises `Unavailable` when the download ends before they come.
        """

    def aim(self, wishes: Sequence[Span]) -> None:
        """Say what is wanted next, the most urgent first; replaces this reader's earlier wishes."""

    def close(self) -> None:
        """Want nothing any more; a `read` that waits raises `Unavailable`."""


class Whole:
    """A file that is here, in the shape of one that loads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.size = path.stat().st_size

    def ready(self, start: int) -> int:
        """All of it."""
        return max(0, self.size - start)

    async def read(self, start: int, most: int) -> bytes:
        """Some bytes of it."""
        return await asyncio.to_thread(self._read, start, most)

    def aim(self, wishes: Sequence[Span]) -> None:
        """Nothing is wanted: it is here."""

    def close(self) -> None:
        """Nothing is open."""

    def _read(self, start: int, most: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(most)
