"""Decides which pieces are asked for first: what is read now, then what will be read soon."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from app.infra.torrents.layout import AHEAD, NEXT, NOW, SOON
from app.infra.torrents.pieces import Pieces

if TYPE_CHECKING:
    import libtorrent as lt

STEP: Final = 50
"""Milliseconds between two deadlines: they say an order more than a time."""
LEAST_BYTES: Final = 256 * 1024
MOST_NOW: Final = 64
MOST_AHEAD: Final = 512
REST: Final = 0.05
"""Seconds between two changes of mind, but for a seek."""


class Reader(Protocol):
    """Somebody who reads a file of the torrent."""

    def wanted(self) -> Iterable[range]:
        """Stretches of pieces, the most urgent first."""


class Aim:
    """The wishes of all readers of one torrent, as libtorrent understands them.

    Deadlines are for what comes within a second at today's speed, one piece at least; more would
    come all at once and out of order. Those behind have levels that fall with the distance: on
    a slow line pieces come one after the other, on a fast one nobody waits.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._handle: lt.torrent_handle | None = None
        self._base: Sequence[int] = ()
        self._readers: list[Reader] = []
        self._levels: dict[int, int] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.speed = 0.0
        """Bytes a second that come."""

    def attach(self, handle: lt.torrent_handle | None, base: Sequence[int]) -> None:
        """Take a handle, and the priority of each file by libtorrent's number.

        Whatever was set before is gone.
        """
        self._handle, self._base, self._levels = handle, base, {}
        if handle is not None and self._readers:
            self.update()

    def join(self, reader: Reader) -> None:
        """Hear a reader from now on."""
        self._readers.append(reader)

    def leave(self, reader: Reader) -> None:
        """Hear it no more."""
        if reader in self._readers:
            self._readers.remove(reader)
            self.update()

    def piece_came(self) -> None:
        """The window may move on, soon."""
        if self._timer is None and (self._readers or self._levels):
            self._timer = asyncio.get_running_loop().call_later(REST, self.update)

    def close(self) -> None:
        """Decide nothing any more."""
        self.attach(None, ())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def update(self) -> None:
        """Tell libtorrent what is wanted now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._handle is not None:
            self._set(self._handle, self._wanted())

    def _wanted(self) -> dict[int, int]:
        """Levels of pieces, in the order they are wanted."""
        missing = self._in_order()
        room = max(LEAST_BYTES, self.speed)
        now = min(MOST_NOW, max(1, int(room // self._pieces.layout.piece)))
        wanted = dict.fromkeys(islice(missing, now), NOW)
        wanted |= dict.fromkeys(islice(missing, now), NEXT)
        wanted |= dict.fromkeys(islice(missing, 2 * now), SOON)
        return wanted | dict.fromkeys(islice(missing, MOST_AHEAD), AHEAD)

    def _in_order(self) -> Iterator[int]:
        """What is missing of all wishes; each reader in turn gets its next."""
        seen: set[int] = set()
        lines = [self._missing(reader) for reader in self._readers]
        while lines:
            for line in list(lines):
                piece = next((one for one in line if one not in seen), None)
                if piece is None:
                    lines.remove(line)
                    continue
                seen.add(piece)
                yield piece

    def _missing(self, reader: Reader) -> Iterator[int]:
        have = self._pieces.have
        for stretch in reader.wanted():
            at = have.find(0, stretch.start, stretch.stop)
            while at >= 0:
                yield at
                at = have.find(0, at + 1, stretch.stop)

    def _set(self, handle: lt.torrent_handle, wanted: dict[int, int]) -> None:
        have, before = self._pieces.have, self._levels
        now = [piece for piece, level in wanted.items() if level == NOW]
        late = [one for one, level in before.items() if level == NOW and one not in now]
        late = [piece for piece in late if not have[piece]]
        # With none left, the next one set takes back all requests that are under way: a seek.
        jumped = bool(now) and before.get(now[0], AHEAD) == AHEAD and NOW in before.values()
        if jumped:
            handle.clear_piece_deadlines()
            late = [piece for piece, level in before.items() if level == NOW and not have[piece]]
        else:
            for piece in late:
                handle.reset_piece_deadline(piece)
        changed = {
            piece: self._plain(piece) for piece in before if piece not in wanted and not have[piece]
        }
        for piece, level in wanted.items():
            if level != NOW and (before.get(piece) != level or piece in late):
                changed[piece] = level
        if changed:
            handle.prioritize_pieces(list(changed.items()))
        for rank, piece in enumerate(now):
            handle.set_piece_deadline(piece, rank * STEP)
        self._levels = wanted

    def _plain(self, piece: int) -> int:
        """What a piece is worth without any reader."""
        files = self._pieces.layout.files(piece)
        return max((self._base[one.own] for one in files if one.own < len(self._base)), default=0)
