"""Reads .torrent files and magnet links that strangers wrote, and refuses those made to hurt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    import libtorrent as lt

LARGEST: Final = 10_000_000
"""A .torrent file of more bytes is refused."""
MOST_FILES: Final = 20_000
MOST_PIECES: Final = 0x80000
LIMITS: Final = (("max_buffer_size", 4 * LARGEST), ("max_pieces", MOST_PIECES))


@dataclass(frozen=True, slots=True)
class TorrentFile:
    """One file of a torrent: its path as text with ``/`` between the parts, its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class TorrentContents:
    """What a torrent holds, in its own order. Padding is no file."""

    name: str
    info_hash: str
    files: tuple[TorrentFile, ...]
    piece_length: int


def read_torrent(content: bytes) -> TorrentContents:
    """Read a .torrent file; `InvalidInput` when it is none, is broken, or is made to hurt."""
    found = of_file(content)
    try:
        return contents_of(found.ti)
    except (RuntimeError, UnicodeError) as error:
        raise InvalidInput("errors.torrent_broken") from error


def read_magnet(link: str) -> tuple[str, str]:
    """Return the name in a magnet link, often empty, and its hash; `InvalidInput` if it is none."""
    found = of_magnet(link)
    return found.name, key_of(found.info_hashes)


def of_file(content: bytes) -> lt.add_torrent_params:
    """Return what libtorrent takes to add a .torrent file; `InvalidInput` as `read_torrent`."""
    import libtorrent as lt

    if len(content) > LARGEST:
        raise InvalidInput("errors.torrent_too_large")
    load: Any = lt.load_torrent_buffer  # its stubs name another dictionary
    limits = dict(LIMITS) | {"max_buffer_size": LARGEST}
    try:
        made: lt.add_torrent_params = load(content, limits)
    except (RuntimeError, UnicodeError) as error:
        raise InvalidInput("errors.torrent_broken") from error
    return made


def of_magnet(link: str) -> lt.add_torrent_params:
    """Return what libtorrent takes to add a magnet link; `InvalidInput` when it is none."""
    import libtorrent as lt

    try:
        found = lt.parse_magnet_uri(link)
    except (RuntimeError, UnicodeError) as error:
        raise InvalidInput("errors.magnet_broken") from error
    if not key_of(found.info_hashes).strip("0"):
        raise InvalidInput("errors.magnet_broken")
    return found


def layout_of(info: lt.torrent_info | None) -> lt.file_storage:
    """Return the files of a torrent; `InvalidInput` when it is broken or has too many."""
    if info is None or not info.is_valid():
        raise InvalidInput("errors.torrent_broken")
    told: Any = info  # its stubs know the deprecated name only
    files: lt.file_storage = told.layout()
    if files.num_files() > MOST_FILES:
        raise InvalidInput("errors.torrent_too_many_files", most=MOST_FILES)
    return files


def contents_of(info: lt.torrent_info | None) -> TorrentContents:
    """Return what a torrent holds; `InvalidInput` as `layout_of`."""
    files = layout_of(info)
    assert info is not None
    return TorrentContents(
        name=info.name(),
        info_hash=key_of(info.info_hashes()),
        files=tuple(
            TorrentFile(files.file_path(at), files.file_size(at))
            for at in range(files.num_files())
            if not files.file_flags(at) & files.flag_pad_file
        ),
        piece_length=info.piece_length(),
    )


def key_of(hashes: lt.info_hash_t) -> str:
    """Return the hash a torrent is known by: the newer kind where it has both."""
    return str(hashes.get_best())
