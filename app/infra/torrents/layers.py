"""The hashes of single pieces of newer torrents (BEP 52): of each file a tree with 16 KiB leaves.

A .torrent file tells the layer of the tree that stands for pieces; to whoever came by a magnet link
peers tell it bit by bit, and it is kept with the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import libtorrent as lt

from app.infra.torrents.layout import Entry, Layout

BLOCK: Final = 16 * 1024
_SIZE: Final = 32
_NOTHING: Final = bytes(_SIZE)


class Layers:
    """What is known of them. Pure, but for reading what was written down."""

    def __init__(self, info: lt.torrent_info, layout: Layout) -> None:
        told: Any = info  # its stubs know the deprecated name only
        files = told.layout()
        self._piece = layout.piece
        self._wide = layout.piece // BLOCK
        self._roots = {one.own: bytes(files.root(one.own).to_bytes()) for one in layout.entries}
        self._layers: dict[int, list[bytes]] = {}
        self._entries = layout.entries

    def learn(self, content: bytes) -> None:
        """Take in what a .torrent file says, or what was kept. Nonsense teaches nothing."""
        try:
            told: Any = lt.bdecode(content)
        except RuntimeError:
            return
        if not isinstance(told, dict):
            return
        layers, trees = told.get(b"piece layers"), told.get(b"trees")
        for entry in self._entries:
            if entry.size <= self._piece:
                continue
            if isinstance(layers, dict):
                self._learn_layer(entry, layers.get(self._roots[entry.own]))
            if isinstance(trees, list) and entry.own < len(trees):
                self._learn_tree(entry, trees[entry.own])

    def proof(self, entry: Entry, piece: int) -> bytes:
        """The root of the tree over a piece of a file, counted in the torrent; empty: unknown."""
        if entry.size <= self._piece:
            return self._roots[entry.own]
        at = piece - entry.offset // self._piece
        layer = self._layers.get(entry.own, [])
        return layer[at] if at < len(layer) else b""

    def root(self, entry: Entry, blocks: Iterable[bytes]) -> bytes:
        """The root of the tree over the blocks of one piece of a file."""
        leaves = [hashlib.sha256(block).digest() for block in blocks]
        wide = self._wide if entry.size > self._piece else _power(len(leaves))
        return _root(leaves, wide, _NOTHING)

    def _learn_layer(self, entry: Entry, told: object) -> None:
        count = -(-entry.size // self._piece)
        if not isinstance(told, bytes) or len(told) != count * _SIZE:
            return
        layer = [told[at : at + _SIZE] for at in range(0, len(told), _SIZE)]
        empty = _root([], self._wide, _NOTHING)
        if _root(layer, _power(count), empty) == self._roots[entry.own]:
            self._layers[entry.own] = layer

    def _learn_tree(self, entry: Entry, told: object) -> None:
        """A kept tree: those of its nodes that are known, from the root on, row by row."""
        nodes = _nodes(told) if isinstance(told, dict) else {}
        blocks = -(-entry.size // BLOCK)
        leaves = _power(blocks)
        first = leaves // self._wide - 1
        layer = self._layers.setdefault(entry.own, [b""] * -(-entry.size // self._piece))
        for at in range(len(layer)):
            start = at * self._wide
            inner = [nodes.get(leaves - 1 + start + one, b"") for one in range(self._wide)]
            here = inner[: blocks - start]
            found = nodes.get(first + at, b"")
            if not found and all(here):
                found = _root(here, self._wide, _NOTHING)
            layer[at] = layer[at] or found


def _nodes(told: Mapping[Any, Any]) -> dict[int, bytes]:
    hashes, mask = told.get(b"hashes"), told.get(b"mask")
    if not isinstance(hashes, bytes):
        return {}
    kept = [hashes[at : at + _SIZE] for at in range(0, len(hashes), _SIZE)]
    if not isinstance(mask, bytes):
        return dict(enumerate(kept))
    places = [at for at in range(8 * len(mask)) if mask[at // 8] & (0x80 >> at % 8)]
    return dict(zip(places, kept, strict=False))


def _power(count: int) -> int:
    """The next power of two."""
    return 1 << max(0, count - 1).bit_length()


def _root(leaves: Sequence[bytes], wide: int, empty: bytes) -> bytes:
    """The root over so many leaves; those that are missing are as `empty`."""
    row = list(leaves)
    while wide > 1:
        if len(row) % 2:
            row.append(empty)
        row = [hashlib.sha256(row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
        empty = hashlib.sha256(empty + empty).digest()
        wide //= 2
    return row[0] if row else empty
