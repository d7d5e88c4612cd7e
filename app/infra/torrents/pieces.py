"""Which pieces of a torrent are here, and which of them lie in their files already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.infra.torrents.layout import Entry, Layout

MOST_SHOWN = 400


class Pieces:
    """What is here: verified (`have`), and of that what reads of the files would find.

    A piece that is verified may still be on its way to the file.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.have = bytearray(layout.count)
        self.settled = bytearray(layout.count)
        self.sealed = bytearray(layout.count)
        """What is wanted of it is in the files and proved, though not as a whole piece."""
        self.age = 0
        """Rises when the files are changed: what was flushed before says nothing any more."""
        self.changing = False

    def know(self, have: Iterable[bool]) -> None:
        """Take over what a check found."""
        found = bytearray(have)[: self.layout.count].ljust(self.layout.count, b"\0")
        self.have = self._with_sealed(found)
        self.unsettle(changing=False)

    def forget(self) -> None:
        """Nothing of it is certain any more."""
        self.know(())

    def unsettle(self, *, changing: bool) -> None:
        """The files are about to be changed, or are others now; nothing settles while `changing`.

        What goes into a file that was not wanted before lies elsewhere for a moment.
        """
        self.settled = bytearray(self.layout.count if changing else self.sealed)
        self.age += 1
        self.changing = changing

    def settle(self, here: bytes, age: int) -> None:
        """What was here at a certain age is in the files now."""
        if age != self.age or self.changing:
            return
        both = int.from_bytes(here, "big") & int.from_bytes(self.have, "big")
        self.settled = self._with_sealed(both.to_bytes(self.layout.count, "big"))

    def seal(self, pieces: Iterable[int]) -> None:
        """Take over which pieces are sealed; those that no longer are, are not here."""
        before, self.sealed = self.sealed, bytearray(self.layout.count)
        for piece in pieces:
            self.sealed[piece] = 1
        for piece in range(self.layout.count) if any(before) else ():
            if before[piece] and not self.sealed[piece]:
                self.have[piece] = self.settled[piece] = 0
        self.have = self._with_sealed(self.have)
        if not self.changing:
            self.settled = self._with_sealed(self.settled)

    def open_ones(self, pieces: Iterable[int]) -> bool:
        """Whether any of those pieces is here and not sealed."""
        return any(self.have[piece] and not self.sealed[piece] for piece in pieces)

    def _with_sealed(self, bits: bytes | bytearray) -> bytearray:
        both = int.from_bytes(bits, "big") | int.from_bytes(self.sealed, "big")
        return bytearray(both.to_bytes(self.layout.count, "big"))

    def ready(self, entry: Entry, start: int) -> int:
        """Bytes of a file from `start` on that are here without a gap."""
        return self._reach(self.have, entry, start)

    def on_disk(self, entry: Entry, start: int) -> int:
        """Bytes of a file from `start` on that may be read from it."""
        return self._reach(self.settled, entry, start)

    def done(self, entry: Entry) -> int:
        """Bytes of a file that are here."""
        within = self.layout.pieces(entry)
        if not within:
            return 0
        first, last = within.start, within.stop - 1
        if first == last:
            return entry.size * self.have[first]
        inner = self.have.count(1, first + 1, last) * self.layout.piece
        head = ((first + 1) * self.layout.piece - entry.offset) * self.have[first]
        return inner + head + (entry.end - last * self.layout.piece) * self.have[last]

    def whole(self, entry: Entry) -> bool:
        """Whether all of a file is here."""
        within = self.layout.pieces(entry)
        return self.have.find(0, within.start, within.stop) < 0

    def wanted(self, wishes: Mapping[int, int]) -> tuple[int, int]:
        """Bytes that are wanted, and how many of them are here."""
        entries = [one for one in self.layout.entries if wishes.get(one.number)]
        return sum(one.size for one in entries), sum(map(self.done, entries))

    def shown(self) -> bytes:
        """At most 400 values, 0 to 255: how much of each part is here."""
        count = self.layout.count
        parts = min(count, MOST_SHOWN)
        edges = [at * count // parts for at in range(parts + 1)] if parts else [0]
        return bytes(
            self.have.count(1, start, end) * 255 // (end - start)
            for start, end in zip(edges, edges[1:], strict=False)
        )

    def _reach(self, bits: bytearray, entry: Entry, start: int) -> int:
        if start < 0 or start >= entry.size:
            return 0
        within = self.layout.pieces(entry)
        missing = bits.find(0, (entry.offset + start) // self.layout.piece, within.stop)
        end = entry.end if missing < 0 else min(entry.end, missing * self.layout.piece)
        return max(0, end - entry.offset - start)
