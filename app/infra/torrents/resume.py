"""What is kept of a torrent between two runs, and what a kill left on the disk beyond it."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import libtorrent as lt

from app.infra.atomic import replace_file
from app.infra.torrents.layers import BLOCK, Layers
from app.infra.torrents.layout import Entry, Layout
from app.infra.torrents.metadata import LIMITS
from app.infra.torrents.places import Place

log = logging.getLogger(__name__)

_CHUNK: Final = 1 << 20
_MOST_OPEN: Final = 100
Part = tuple[Entry, int, int]
"""A stretch of a file: its first byte, and how many."""


def kept_at(folder: Path, key: str) -> Path:
    """Where it is kept."""
    return folder / f"{key}.resume"


def load(path: Path) -> lt.add_torrent_params | None:
    """Blocking. Return what was kept, None when nothing was or it cannot be read any more."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError, UnicodeError) as error:
        log.warning("What was kept of torrent %s cannot be read: %s", path.stem, error)
        return None


def parse(data: bytes) -> lt.add_torrent_params:
    """Return what `packed` packed. `RuntimeError` when it is damaged."""
    read: Any = lt.read_resume_data  # its stubs name another dictionary
    params: lt.add_torrent_params = read(data, dict(LIMITS))
    return params


def packed(
    params: lt.add_torrent_params, settled: bytes | None, sums: tuple[int, int] = (0, 0)
) -> bytes:
    """Return what is kept of a torrent.

    `sums` are the bytes it received and gave, in all its time.

    `settled` says which pieces are in the files: only those are vouched for, and no part of a
    piece. None: all is.
    """
    if settled is not None:
        params.have_pieces = [
            bool(here and sure) for here, sure in zip(params.have_pieces, settled, strict=False)
        ]
        params.unfinished_pieces = {}
    params.total_downloaded, params.total_uploaded = sums
    params.piece_priorities = []  # those of the files, and what is being played, say it all
    return bytes(lt.write_resume_data_buf(params))


def wishing(data: bytes, levels: Sequence[int]) -> bytes:
    """Return what was packed with other priorities of its files, as libtorrent counts both."""
    params = parse(data)
    params.file_priorities = list(levels)
    return bytes(lt.write_resume_data_buf(params))


def write(path: Path, data: bytes, place: Place | None, changed: Sequence[Entry]) -> None:
    """Blocking. Keep it, once what it vouches for is safe from a power cut too."""
    if place is not None:
        for entry in changed:
            _sync(place, entry)
    replace_file(path, data)


def _sync(place: Place, entry: Entry) -> None:
    try:
        number = place.open(entry.path)
    except OSError:
        return  # nothing of it is written, or it is gone: a check will find that
    try:
        os.fdatasync(number)
    finally:
        os.close(number)


def recover(
    params: lt.add_torrent_params, layout: Layout, place: Place, told: Iterable[bytes] = ()
) -> int:
    """Blocking. Find pieces that lie in the files though nothing that was kept says so.

    Everything that came after the last time it was kept would else be fetched again. Only what
    is really written is read (files have holes where nothing came), and only what proves to be
    right counts. `told` are a .torrent file or what was kept: of newer torrents only those tell
    the hashes of pieces. Returns how many were found.
    """
    info = params.ti
    have = list(params.have_pieces)
    if info is None or not have:
        return 0  # without anything kept libtorrent looks at the files itself
    have += [False] * (layout.count - len(have))
    with Files(place) as files:
        prove = _old_proof(info, layout, files)
        if not info.info_hashes().has_v1():
            prove = _new_proof(info, layout, files, told)
        found = _found(layout, have, _levels(params, layout), files, prove)
    if found is None:
        params.have_pieces = []  # only libtorrent can prove these
        return 0
    for piece in found:
        have[piece] = True
    params.have_pieces = have
    params.unfinished_pieces = {
        piece: blocks for piece, blocks in params.unfinished_pieces.items() if not have[piece]
    }
    return len(found)


def _levels(params: lt.add_torrent_params, layout: Layout) -> dict[int, int]:
    told = params.file_priorities
    return {
        entry.number: 0 if entry.refused else told[entry.own] if entry.own < len(told) else 4
        for entry in layout.entries
    }


Prove = Callable[[int, Sequence[Part]], bool | None]
"""Whether a piece is right; None: that cannot be said."""


def _old_proof(info: lt.torrent_info, layout: Layout, files: Files) -> Prove:
    return lambda piece, parts: files.digest(layout, piece, parts) == info.hash_for_piece(piece)


def _new_proof(info: lt.torrent_info, layout: Layout, files: Files, told: Iterable[bytes]) -> Prove:
    """In newer torrents a piece is of one file."""
    layers = Layers(info, layout)
    for content in told:
        layers.learn(content)

    def prove(piece: int, parts: Sequence[Part]) -> bool | None:
        entry = parts[0][0]
        wanted = layers.proof(entry, piece)
        if len(parts) != 1 or not wanted:
            return None
        return layers.root(entry, files.read(parts[0], BLOCK)) == wanted

    return prove


def _found(
    layout: Layout, have: list[bool], levels: dict[int, int], files: Files, prove: Prove
) -> list[int] | None:
    """The pieces that are there and right; None when some are there and cannot be proved."""
    found = []
    for piece in range(layout.count):
        if have[piece]:
            continue
        parts = list(parts_of(layout, piece))
        if not all(levels[part[0].number] and files.written(*part) for part in parts):
            continue
        right = prove(piece, parts) if parts else None
        if right is None:
            return None
        if right:
            found.append(piece)
    return found


def parts_of(layout: Layout, piece: int) -> Iterable[Part]:
    """The stretches of files a piece is made of."""
    start = piece * layout.piece
    end = start + layout.length(piece)
    for entry in layout.files(piece):
        first = max(start, entry.offset)
        yield entry, first - entry.offset, min(end, entry.end) - first


class Files:
    """The files of a torrent, opened as they are needed."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._open: dict[int, int] = {}

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        for number in self._open.values():
            if number >= 0:
                os.close(number)

    def written(self, entry: Entry, start: int, length: int) -> bool:
        """Whether all of a stretch was written: it has no hole."""
        number = self._number(entry)
        if number < 0:
            return False
        try:
            return os.lseek(number, start, os.SEEK_HOLE) >= start + length
        except OSError:  # beyond its end
            return False

    def digest(self, layout: Layout, piece: int, parts: Sequence[Part]) -> bytes:
        """The hash of a piece as it lies there; padding between files is zeros."""
        digest = hashlib.sha1(usedforsecurity=False)
        at = piece * layout.piece
        end = at + layout.length(piece)
        for part in parts:
            entry, start, length = part
            digest.update(bytes(entry.offset + start - at))
            done = 0
            for read in self.read(part, _CHUNK):
                digest.update(read)
                done += len(read)
            if done < length:
                return b""
            at = entry.offset + start + length
        digest.update(bytes(end - at))
        return digest.digest()

    def read(self, part: Part, most: int) -> Iterator[bytes]:
        """The bytes of a stretch, `most` at a time; it ends where the file does."""
        entry, start, length = part
        for done in range(0, length, most):
            try:
                read = os.pread(self._number(entry), min(most, length - done), start + done)
            except OSError:
                return
            yield read
            if len(read) < min(most, length - done):
                return

    def _number(self, entry: Entry) -> int:
        known = self._open.get(entry.number)
        if known is None:
            if len(self._open) >= _MOST_OPEN:
                self.__exit__()
                self._open.clear()
            try:
                known = self._place.open(entry.path)
            except OSError:
                known = -1
            self._open[entry.number] = known
        return known
