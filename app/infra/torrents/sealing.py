"""Knows of a torrent which pieces are sealed, and whether bytes of a program are still held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.infra.torrents.layout import Layout
from app.infra.torrents.pieces import Pieces
from app.infra.torrents.seals import Seals


class Sealing:
    """The seals of one torrent. Lives on the service loop."""

    def __init__(self) -> None:
        self.seals: Seals = {}
        self.given_up = False
        """Whether they could not be sealed: nothing can be written down."""
        self._pieces: Pieces | None = None
        self._mixed: frozenset[int] = frozenset()

    def take(self, seals: Seals, pieces: Pieces, wishes: Mapping[int, int]) -> None:
        """Take over what was sealed as it was opened."""
        self._pieces, self.given_up = pieces, False
        self._mixed = _mixed(pieces.layout, wishes)
        self._set(seals)

    @property
    def exposed(self) -> bool:
        """Whether bytes of a program are held, because it shares pieces that are here."""
        pieces = self._pieces
        return pieces is not None and not self.given_up and pieces.open_ones(self._mixed)

    def want(self, wishes: Mapping[int, int]) -> None:
        """Other files are wanted: what is sealed for fewer of them is not here any more."""
        if self._pieces is None:
            return
        layout = self._pieces.layout
        self._mixed = _mixed(layout, wishes)
        self._set({at: one for at, one in self.seals.items() if one.covers(layout, at, wishes)})

    def drop(self, pieces: Iterable[int]) -> None:
        """These are not what they were."""
        wrong = set(pieces)
        self._set({piece: one for piece, one in self.seals.items() if piece not in wrong})

    def _set(self, seals: Seals) -> None:
        self.seals = seals
        if self._pieces is not None:
            self._pieces.seal(seals)


def _mixed(layout: Layout, wishes: Mapping[int, int]) -> frozenset[int]:
    return layout.mixed(wishes) if layout.borders else frozenset()
