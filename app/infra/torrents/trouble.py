"""What it means for a torrent that the disk refused."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Final

from app.domain.errors import AppError, Refused, Unavailable

_AWAY: Final = frozenset(
    (errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE,
     errno.ENOTCONN, errno.ESHUTDOWN, errno.ETIMEDOUT, errno.EHOSTDOWN)
)  # fmt: skip
_KEYS: Final[dict[int, tuple[Callable[..., AppError], str]]] = {
    errno.ENOSPC: (Unavailable, "errors.disk_full"),
    errno.EDQUOT: (Unavailable, "errors.disk_full"),
    errno.EROFS: (Unavailable, "errors.disk_read_only"),
    errno.EBADF: (Unavailable, "errors.disk_read_only"),  # it could be opened for reading only
    errno.EACCES: (Refused, "errors.folder_not_writable"),
    errno.EPERM: (Refused, "errors.folder_not_writable"),
    errno.EFBIG: (Refused, "errors.file_too_big_for_disk"),
    errno.ELOOP: (Refused, "errors.folder_not_writable"),
}


def disk_failure(number: int, words: str, folder: str) -> AppError:
    """Return the error for an error number of the system, met in `folder`."""
    kind, key = _KEYS.get(number, (Unavailable, ""))
    if key:
        return kind(key, folder=folder)
    if number in _AWAY:
        return Unavailable("errors.disk_away", folder=folder)
    return Unavailable("errors.disk_failed", folder=folder, reason=words)
