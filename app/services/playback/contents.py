"""What a file may be before mpv gets it: a film, never a list of other files."""

from __future__ import annotations

import os
import stat

from app.domain.errors import Unavailable, Unsupported

HEAD = 4096  # bytes looked at

_EBML = b"\x1a\x45\xdf\xa3"
_LISTS = (
    *(b"#extm3u", b"[playlist]", b"# mpv edl", b"mpv edl", b"ffconcat", b"file ", b"<?xml"),
    *(b"<smil", b"<asx", b"<playlist", b"[reference]", b"#!", b"rtsptext", b"smil", b'title "'),
    *(b"rem ", b"performer ", b"catalog ", b"http://", b"https://", b"rtsp://", b"[internetshort"),
)


def demuxer_for(path: bytes, name: str) -> str:
    """The one mpv demuxer that may open this file.

    Reads its first bytes, so call it in a thread. Raises `Unavailable` when it cannot be read and
    `Unsupported` for playlists, empty files and what is no regular file. `name` is for messages.
    """
    head = _read_head(path, name)
    if head.startswith(_EBML):
        return "mkv"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_LISTS):
        raise Unsupported("errors.file_is_playlist", name=name)
    if not start:
        raise Unsupported("errors.file_unplayable", name=name)
    return "lavf"


def _read_head(path: bytes, name: str) -> bytes:
    try:
        # NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as exc:
        raise Unavailable("errors.file_gone", name=name) from exc
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unsupported("errors.file_unplayable", name=name)
        return os.read(descriptor, HEAD)
    except OSError as exc:
        raise Unavailable("errors.file_gone", name=name) from exc
    finally:
        os.close(descriptor)
