"""Makes a torrent ready for the engine: from its link, from what was kept, from what lies there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import libtorrent as lt

from app.domain.errors import AppError, InvalidInput, Unavailable
from app.infra.torrents import resume, seals
from app.infra.torrents.aside import Aside, way_to
from app.infra.torrents.layout import Layout
from app.infra.torrents.metadata import of_file, of_magnet
from app.infra.torrents.places import Place, hold
from app.infra.torrents.trouble import disk_failure

_FLAGS = lt.torrent_flags
_CLEARED: Final = (
    _FLAGS.auto_managed | _FLAGS.paused | _FLAGS.upload_mode | _FLAGS.default_dont_download
    | _FLAGS.sequential_download | _FLAGS.stop_when_ready | _FLAGS.seed_mode | _FLAGS.share_mode
    | _FLAGS.super_seeding | _FLAGS.disable_pex | _FLAGS.no_verify_files
)  # fmt: skip
_ALWAYS: Final = _FLAGS.duplicate_is_error | _FLAGS.update_subscribe


@dataclass(slots=True)
class Opened:
    """What the engine takes, and what is known of it. Without a `place` it has failed."""

    params: lt.add_torrent_params
    layout: Layout | None
    wishes: dict[int, int]
    place: Place | None
    failure: AppError | None = None
    found: int = 0
    """Pieces on the disk that were not written down."""
    sealed: seals.Seals = field(default_factory=dict)
    aside: Path | None = None
    """Where bytes of what is never written go, if there are any."""


def open_torrent(
    kept: Path,
    source: bytes | str,
    save: Path,
    wishes: Mapping[int, int] | None,
    device: int | None = None,
    also: str = "",
    aside: Aside | None = None,
) -> Opened:
    """Blocking. Read what was kept of a torrent, or begin anew, and take hold of its folder.

    `wishes` are priorities by the numbers of its files; None: those that were kept. `device` is
    the disk it lay on: when its folder is on another now and empty, its disk is away. `also` is
    a magnet link whose trackers and peers are tried too.
    `InvalidInput` when the source is broken or made to hurt. A folder that is away is a failure
    when something of it was kept, and is made when not.
    """
    params = of_file(source) if isinstance(source, bytes) else of_magnet(source)
    if also and isinstance(source, bytes):
        _add_ways(params, of_magnet(also))
    params, resumed = _gone_on(kept, params)
    layout = _layout(params.ti)
    told = dict(wishes or {})
    if layout is not None:
        if resumed and wishes is None:
            told = layout.wishes(params.file_priorities)
        told = layout.allowed(told)
        params.file_priorities = layout.levels(told)
        params.piece_priorities = []
    opened = Opened(params, layout, told, None)
    try:
        opened.place = hold(save, make=not resumed and device is None)
    except OSError as error:
        opened.failure = disk_failure(error.errno or 0, error.strerror or "", str(save))
        return opened
    if resumed and layout is not None:
        if device not in (None, opened.place.device) and not _anything(layout, opened.place):
            opened.place.close()
            opened.place = None
            opened.failure = Unavailable("errors.disk_away", folder=str(save))
            return opened
        opened.found = resume.recover(params, layout, opened.place, _told(kept, source))
    if layout is not None and layout.borders and aside is not None:
        _shut_out(opened, layout, kept, aside)
    return opened


def _told(kept: Path, source: bytes | str) -> Iterator[bytes]:
    with contextlib.suppress(OSError):
        yield kept.read_bytes()
    if isinstance(source, bytes):
        yield source


def _shut_out(opened: Opened, layout: Layout, kept: Path, aside: Aside) -> None:
    """See to it that no byte of a program goes below the folder, and seal what it shares."""
    params, place = opened.params, opened.place
    assert place is not None
    key = kept.stem
    try:
        opened.sealed = seals.renew(kept, params, layout, opened.wishes, place)
        opened.aside = aside.make(key, min(layout.size, 2 * layout.piece * len(layout.borders)))
    except OSError as error:
        place.close()
        opened.place = None
        told = disk_failure(error.errno or 0, error.strerror or "", str(kept.parent))
        opened.failure = told
        return
    for name in {str(one) for one in _both(hashes_of(params))}:
        with contextlib.suppress(OSError):  # of an earlier time, or none
            place.delete(f".{name}.parts")
    params.part_file_dir = way_to(opened.aside, place)
    # Where a file of its name lies, libtorrent would write into it.
    params.renamed_files = {
        one.own: f".{key}.{one.own}.refused" for one in layout.entries if one.refused and one.size
    }
    if opened.sealed:
        levels = layout.piece_levels(opened.wishes)
        for piece in opened.sealed:
            levels[piece] = 0
        params.piece_priorities = levels


def _both(hashes: lt.info_hash_t) -> tuple[object, ...]:
    return (hashes.v1, hashes.v2, hashes.get_best())


def _gone_on(kept: Path, params: lt.add_torrent_params) -> tuple[lt.add_torrent_params, bool]:
    """What was kept of it, and that it was; or what it began with."""
    former = resume.load(kept)
    if former is None or not same(former.info_hashes, params.info_hashes):
        return params, False
    former.ti = former.ti or params.ti
    former.peers = [*params.peers, *former.peers]
    return former, True


def as_file(params: lt.add_torrent_params) -> bytes:
    """Return what a .torrent file of it holds; nothing when something of it is missing."""
    write: Any = lt.write_torrent_file  # its stubs know the older argument only
    try:
        return lt.bencode(write(params))
    except RuntimeError:
        return b""


def prepare(opened: Opened, *, paused: bool, pex: bool) -> lt.add_torrent_params:
    """Set what the engine needs. Without contents nothing but those is asked for."""
    params = opened.params
    assert opened.place is not None
    params.save_path = opened.place.name
    params.flags = (params.flags & ~_CLEARED) | _ALWAYS
    if paused:
        params.flags |= _FLAGS.paused
    if not pex:
        params.flags |= _FLAGS.disable_pex
    if opened.layout is None:
        params.flags |= _FLAGS.upload_mode | _FLAGS.default_dont_download
    return params


def same(one: lt.info_hash_t, other: lt.info_hash_t) -> bool:
    """Whether two torrents share a hash; a magnet link may name one of two."""
    v1 = one.has_v1() and other.has_v1() and one.v1 == other.v1
    return v1 or (one.has_v2() and other.has_v2() and one.v2 == other.v2)


def hashes_of(params: lt.add_torrent_params) -> lt.info_hash_t:
    """Return the hashes of what is to be added."""
    if params.ti is not None:
        return params.ti.info_hashes()
    return params.info_hashes


def _anything(layout: Layout, place: Place) -> bool:
    """Whether any file of it is there."""
    for entry in layout.entries:
        try:
            os.close(place.open(entry.path))
        except OSError:
            continue
        return True
    return False


def _add_ways(params: lt.add_torrent_params, more: lt.add_torrent_params) -> None:
    """The content of a torrent may have been told by peers: its trackers stand in its link."""
    params.trackers = [*params.trackers, *more.trackers]
    params.peers = [*params.peers, *more.peers]
    params.url_seeds = [*params.url_seeds, *more.url_seeds]


def _layout(info: Any) -> Layout | None:  # noqa: ANN401 - libtorrent's own, or None
    if info is None:
        return None
    try:
        return Layout.of(info)
    except (RuntimeError, UnicodeError) as error:
        raise InvalidInput("errors.torrent_broken") from error
