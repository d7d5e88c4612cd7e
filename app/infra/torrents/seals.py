"""Vouches for the wanted part of pieces whose other part, of a program or so, is thrown away.

A piece can be proved only as a whole. When it was, the sum of what is wanted of it is written down:
from then on that proves it, and nobody else is given it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.infra.atomic import replace_file
from app.infra.torrents.layout import Layout
from app.infra.torrents.metadata import key_of
from app.infra.torrents.resume import Files, parts_of

if TYPE_CHECKING:
    import libtorrent as lt

    from app.infra.torrents.places import Place

log = logging.getLogger(__name__)

LARGEST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Seal:
    """The files of a piece that were wanted, by their numbers, and the sum of their bytes."""

    files: frozenset[int]
    proof: str

    def covers(self, layout: Layout, piece: int, wishes: Mapping[int, int]) -> bool:
        """Whether all is vouched for that is wanted of the piece now."""
        return _wanted(layout, piece, wishes) <= self.files


Seals = Mapping[int, Seal]
"""By the number of the piece."""


def sealed_at(kept: Path) -> Path:
    """Where they are written down, beside what else is kept of a torrent."""
    return kept.with_suffix(".seals")


def renew(
    kept: Path,
    params: lt.add_torrent_params,
    layout: Layout,
    wishes: Mapping[int, int],
    place: Place,
) -> Seals:
    """Blocking. Seal every piece that is here and is not wanted as a whole; return what holds.

    `params` do not vouch for such a piece any more, nor for a part of one. `OSError` when it
    cannot be written down: nothing is changed then.
    """
    key = key_of(params.ti.info_hashes()) if params.ti is not None else ""
    before = dict(_load(sealed_at(kept), key))
    mixed = layout.mixed(wishes)
    have = list(params.have_pieces)
    here = [piece for piece in mixed if piece < len(have) and have[piece]]
    # What was proved once stays the measure: the files may have been spoilt since.
    made = {piece: _made(layout, piece, wishes, place) for piece in here if piece not in before}
    now = before | made
    wrong = set(broken(now, layout, place))
    holding = {
        piece: one
        for piece, one in now.items()
        if piece not in wrong and one.covers(layout, piece, wishes)
    }
    if holding != before:
        _write(sealed_at(kept), key, holding)
    for piece in here:
        have[piece] = False
    params.have_pieces = have
    params.unfinished_pieces = {
        piece: blocks for piece, blocks in params.unfinished_pieces.items() if piece not in mixed
    }
    return holding


def broken(seals: Seals, layout: Layout, place: Place) -> list[int]:
    """Blocking. The pieces of which the wanted part is not what it was."""
    with Files(place) as files:
        return [
            piece
            for piece, one in seals.items()
            if not one.proof or _proof(files, layout, piece, one.files) != one.proof
        ]


def _made(layout: Layout, piece: int, wishes: Mapping[int, int], place: Place) -> Seal:
    wanted = _wanted(layout, piece, wishes)
    with Files(place) as files:
        return Seal(wanted, _proof(files, layout, piece, wanted))


def _proof(files: Files, layout: Layout, piece: int, wanted: Iterable[int]) -> str:
    """The sum of the wanted bytes, as if there was nothing between them; empty: some are away."""
    parts = [part for part in parts_of(layout, piece) if part[0].number in wanted]
    return files.digest(layout, piece, parts).hex()


def _wanted(layout: Layout, piece: int, wishes: Mapping[int, int]) -> frozenset[int]:
    return frozenset(one.number for one in layout.files(piece) if wishes.get(one.number))


def _load(path: Path, key: str) -> Seals:
    """What was written down; nothing when there is nothing good of this torrent."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        told = json.loads(path.read_bytes())
        if told["torrent"] != key:
            return {}
        return {
            int(piece): Seal(frozenset(map(int, one["files"])), str(one["proof"]))
            for piece, one in told["pieces"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        log.warning("What was sealed of torrent %s cannot be read: %s", path.stem, error)
        return {}


def _write(path: Path, key: str, seals: Seals) -> None:
    pieces = {
        str(piece): {"files": sorted(one.files), "proof": one.proof}
        for piece, one in sorted(seals.items())
    }
    replace_file(path, json.dumps({"torrent": key, "pieces": pieces}).encode())
