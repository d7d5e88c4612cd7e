"""Deletes what a torrent left on the disk: its own files and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import libtorrent as lt

from app.infra.torrents.places import Place
from app.infra.torrents.seals import sealed_at

log = logging.getLogger(__name__)


def clear(kept: Path, place: Place | None, hashes: lt.info_hash_t, paths: Iterable[str]) -> None:
    """Blocking. Delete what was kept of a torrent, its leftovers, and the files of `paths`.

    What cannot be deleted stays, and is written to the log.
    """
    for path_kept in (kept, sealed_at(kept)):
        path_kept.unlink(missing_ok=True)
    if place is None:
        return
    names = {str(one) for one in (hashes.v1, hashes.v2, hashes.get_best())}
    # Pieces that reach into files that were not wanted are kept beside them.
    for path in (*(f".{name}.parts" for name in names), *paths):
        try:
            place.delete(path)
        except OSError as error:
            log.warning("%s could not be deleted: %s", place.path / path, error)
