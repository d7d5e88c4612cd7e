"""Which bytes of a torrent belong to which file, and what of it may be written at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from app.domain.danger import is_program
from app.infra.torrents.metadata import layout_of

if TYPE_CHECKING:
    import libtorrent as lt

PROGRAM: Final = "errors.torrent_program"
LINK: Final = "errors.torrent_link"
# What the owner may wish (0, 1, 4, 7) as libtorrent takes it: those above are for playing.
_LEVELS: Final = {0: 0, 1: 1, 4: 2, 7: 3}
AHEAD: Final = 4
SOON: Final = 5
NEXT: Final = 6
NOW: Final = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `number` counts those that are no padding; `own` is libtorrent's number."""

    number: int
    own: int
    path: str
    offset: int
    size: int
    refused: str = ""

    @property
    def end(self) -> int:
        """The byte behind its last, in the torrent."""
        return self.offset + self.size


class Layout:
    """The files of a torrent in their order."""

    def __init__(self, entries: tuple[Entry, ...], size: int, piece: int, own: int) -> None:
        self.entries = entries
        self.size = size
        self.piece = piece
        self.count = -(-size // piece)
        """Pieces."""
        self._own = own
        self._starts = [entry.offset for entry in entries]

    @classmethod
    def of(cls, info: lt.torrent_info | None) -> Layout:
        """Read it; `InvalidInput` when the torrent is broken or has too many files."""
        files = layout_of(info)
        entries: list[Entry] = []
        for at in range(files.num_files()):
            flags = files.file_flags(at)
            if flags & files.flag_pad_file:
                continue
            path = files.file_path(at)
            refused = PROGRAM if is_program(path) else ""
            if flags & files.flag_symlink:
                refused = LINK
            entry = Entry(
                len(entries), at, path, files.file_offset(at), files.file_size(at), refused
            )
            entries.append(entry)
        return cls(tuple(entries), files.total_size(), files.piece_length(), files.num_files())

    def length(self, piece: int) -> int:
        """Bytes of one piece."""
        return min(self.piece, self.size - piece * self.piece)

    def pieces(self, entry: Entry) -> range:
        """The pieces a file has bytes in."""
        if not entry.size:
            return range(0)
        return range(entry.offset // self.piece, (entry.end - 1) // self.piece + 1)

    def files(self, piece: int) -> Iterator[Entry]:
        """The files that have bytes in a piece."""
        start = piece * self.piece
        end = start + self.length(piece)
        at = max(0, bisect_right(self._starts, start) - 1)
        while at > 0 and self._starts[at - 1] == self._starts[at]:
            at -= 1  # empty files stand at the same byte
        for entry in self.entries[at:]:
            if entry.offset >= end:
                return
            if entry.end > start and entry.size:
                yield entry

    @cached_property
    def borders(self) -> frozenset[int]:
        """Pieces with bytes of a file that is never written, and of one that may be."""
        return self._shared({one.number for one in self.entries if one.refused})

    def mixed(self, wishes: Mapping[int, int]) -> frozenset[int]:
        """Pieces with bytes of a file that is not wanted, and of one that is."""
        return self._shared({one.number for one in self.entries if not wishes.get(one.number)})

    def _shared(self, left_out: set[int]) -> frozenset[int]:
        """Pieces that are only in part those of the files left out: their first and last."""
        within = [self.pieces(one) for one in self.entries if one.number in left_out]
        ends = {end for pieces in within if pieces for end in (pieces[0], pieces[-1])}
        return frozenset(
            piece for piece in ends if any(one.number not in left_out for one in self.files(piece))
        )

    def allowed(self, wishes: Mapping[int, int]) -> dict[int, int]:
        """What the owner wishes of each file by its number; what is refused is never wanted."""
        return {
            entry.number: 0 if entry.refused else wishes.get(entry.number, 4)
            for entry in self.entries
        }

    def levels(self, wishes: Mapping[int, int]) -> list[int]:
        """The same in the order and the numbers of libtorrent; padding is wanted by nobody."""
        told = [0] * self._own
        for entry in self.entries:
            told[entry.own] = 0 if entry.refused else level(wishes.get(entry.number, 4))
        return told

    def piece_levels(self, wishes: Mapping[int, int]) -> list[int]:
        """What each piece is worth by the files it has bytes of."""
        told = [0] * self.count
        for entry in self.entries:
            mine = 0 if entry.refused else level(wishes.get(entry.number, 4))
            for piece in self.pieces(entry) if mine else ():
                told[piece] = max(told[piece], mine)
        return told

    def wishes(self, levels: list[int]) -> dict[int, int]:
        """The other way round."""
        back = {own: wish for wish, own in _LEVELS.items()}
        return {
            entry.number: back.get(levels[entry.own], 4) if entry.own < len(levels) else 4
            for entry in self.entries
        }


def level(wish: int) -> int:
    """Return the priority libtorrent is told for a wish of the owner."""
    if wish in _LEVELS:
        return _LEVELS[wish]
    return 0 if wish <= 0 else max(own for known, own in _LEVELS.items() if known <= wish)
