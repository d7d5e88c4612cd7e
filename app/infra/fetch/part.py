"""A file while it is being loaded: its bytes, and a journal of which of them are surely there."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import AppError, Refused, Unavailable
from app.infra.atomic import replace_file
from app.infra.fetch.names import settle
from app.infra.growing import Span

Reserve = Callable[[Path, int], None]
"""Called before so many more bytes are written to a folder; raises when they should not be."""
VERSION: Final = 1
MOST_SPANS: Final = 100_000
STEP: Final = 16 << 20
"""A file of unknown length is given room by so many bytes."""
_AWAY: Final = frozenset(
    (errno.ENOENT, errno.ENODEV, errno.EIO, errno.ENXIO, errno.ESTALE, errno.ENOTCONN,
     errno.ENOTDIR)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What the journal says of a file that began to load some time ago."""

    url: str = ""
    etag: str = ""
    modified: str = ""
    size: int | None = None
    spans: tuple[Span, ...] = ()
    inode: int = 0
    """Of the complete file, when it was about to get its name."""


def disk_failure(error: OSError, folder: Path) -> AppError:
    """What it means that the disk refused."""
    told = str(folder)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable("errors.disk_full", folder=told)
    if error.errno == errno.EROFS:
        return Unavailable("errors.disk_read_only", folder=told)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refused("errors.folder_not_writable", folder=told)
    if error.errno == errno.EFBIG:
        return Refused("errors.file_too_big_for_disk", folder=told)
    if error.errno in _AWAY:
        return Unavailable("errors.download_folder_away", folder=told)
    return Unavailable("errors.disk_failed", folder=told, reason=error.strerror or "")


def keep_free(reserve: int) -> Reserve:
    """A rule that leaves so many bytes of a disk free."""

    def judge(folder: Path, more: int) -> None:
        found = os.statvfs(folder)
        if found.f_bavail * found.f_frsize - more < reserve:
            raise Unavailable("errors.disk_full", folder=str(folder))

    return judge


def find(folder: Path, inode: int, size: int) -> Path | None:
    """The file of that number and size in a folder, whatever it is called. May block."""
    with os.scandir(folder) as found:
        for entry in found:
            if inode and entry.inode() == inode and entry.is_file(follow_symlinks=False):
                return Path(entry.path) if entry.stat().st_size == size else None
    return None


def forget(folder: Path, key: str) -> None:
    """Remove what a download left in a folder, finished files aside. May block."""
    for path in (folder / f".{key}.part", folder / f".{key}.json"):
        with contextlib.suppress(OSError):
            path.unlink()
    _sweep(folder / f".{key}.json")


class PartFile:
    """The growing file and its journal. Opened and closed once; written by many threads."""

    def __init__(self, folder: Path, key: str, reserve: Reserve | None) -> None:
        self.folder = folder
        self.path = folder / f".{key}.part"
        self.journal = folder / f".{key}.json"
        self._reserve = reserve
        self._number = -1
        self._place: tuple[int, int] | None = None
        self._room = 0

    @property
    def number(self) -> int:
        """Its descriptor, or -1."""
        return self._number

    def open(self) -> Path | None:
        """Open or create it; nobody else may have it open.

        Returns the finished file when all that an earlier run left undone was to say so.
        """
        with self._telling():
            finished = self._finished()
            if finished is not None:
                return finished
            self._place = _identity(self.folder.stat())
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._number = os.open(self.path, flags, 0o666)
            try:
                fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self.close()
                raise Unavailable("errors.download_busy", name=self.path.name) from error
            _sweep(self.journal)
        return None

    def close(self) -> None:
        """Close it."""
        number, self._number = self._number, -1
        if number >= 0:
            os.close(number)

    def load(self) -> Kept | None:
        """What the journal says, as far as the bytes are there; None without a good one."""
        kept = read_journal(self.journal)
        if kept is None:
            return None
        with self._telling():
            length = os.fstat(self._number).st_size if self._number >= 0 else 0
        spans = tuple(
            Span(one.start, min(one.end, length)) for one in kept.spans if one.start < length
        )
        return Kept(kept.url, kept.etag, kept.modified, kept.size, spans)

    def save(self, kept: Kept) -> None:
        """Bring the bytes to the disk, and then say in the journal that they are there."""
        with self._telling():
            os.fdatasync(self._number)
            self._check_there()
            replace_file(self.journal, _told(kept))

    def make_room(self, size: int) -> None:
        """Take the space of the whole file at once, so that a full disk is met now."""
        with self._telling():
            self._ask_for(size - os.fstat(self._number).st_blocks * 512)
            _allocate(self._number, size)
            self._room = size

    def grow_to(self, size: int) -> None:
        """Take room for a file of unknown length, bit by bit."""
        with self._telling():
            while self._room < size:
                self._ask_for(STEP)
                self._room += STEP

    def write(self, view: memoryview, place: int) -> None:
        """Write bytes where they belong."""
        try:
            while view:
                count = os.pwrite(self._number, view, place)
                view, place = view[count:], place + count
        except OSError as error:
            raise disk_failure(error, self.folder) from error

    def settle(self, name: str, size: int) -> Path:
        """Bring the complete file to the disk and give it its name, or the next free one.

        Until it is acknowledged, `open` finds it again.
        """
        with self._telling():
            os.ftruncate(self._number, size)
            os.fsync(self._number)
            self._check_there()
            inode = os.fstat(self._number).st_ino
            replace_file(self.journal, _told(Kept(size=size, inode=inode)))
            return settle(self.path, self.folder, name)

    def acknowledge(self) -> None:
        """Forget a finished file: whoever wanted it knows where it is."""
        with contextlib.suppress(OSError):
            self.journal.unlink()

    def empty(self) -> None:
        """Throw its bytes away."""
        with self._telling():
            os.ftruncate(self._number, 0)
            self._room = 0
            self.journal.unlink(missing_ok=True)

    def _finished(self) -> Path | None:
        """The file that has its name already, though the journal still lies there."""
        kept = read_journal(self.journal)
        if kept is None or self.path.exists():
            return None
        return find(self.folder, kept.inode, kept.size or 0)

    def _ask_for(self, more: int) -> None:
        if self._reserve is not None and more > 0:
            self._reserve(self.folder, more)

    def _check_there(self) -> None:
        """Notice that the folder is gone, or another one: the disk was taken away."""
        if _identity(self.folder.stat()) != self._place or _identity(self.path.stat()) != (
            _identity(os.fstat(self._number))
        ):
            raise FileNotFoundError(errno.ENOENT, "it is not there any more", str(self.path))

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise disk_failure(error, self.folder) from error


def _sweep(journal: Path) -> None:
    """Remove new journals that a kill left half written."""
    for path in journal.parent.glob(f".{journal.name}.*"):
        with contextlib.suppress(OSError):
            path.unlink()


def read_journal(path: Path) -> Kept | None:
    """A journal, None when there is no good one: a stranger, or half of the disk, may be in it."""
    try:
        told = json.loads(path.read_bytes())
        if told["version"] != VERSION or len(told["spans"]) > MOST_SPANS:
            return None
        spans = tuple(Span(int(start), int(end)) for start, end in told["spans"])
        size = None if told["size"] is None else int(told["size"])
        texts = [str(told[name]) for name in ("url", "etag", "modified")]
        inode = int(told["inode"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if any(one.start < 0 or one.end < one.start or one.end > (size or 0) for one in spans):
        return None
    return Kept(texts[0], texts[1], texts[2], size, spans, inode)


def _told(kept: Kept) -> bytes:
    told = {
        "version": VERSION,
        "url": kept.url,
        "etag": kept.etag,
        "modified": kept.modified,
        "size": kept.size,
        "spans": [[one.start, one.end] for one in kept.spans],
        "inode": kept.inode,
    }
    return json.dumps(told).encode()


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _allocate(number: int, size: int) -> None:
    """`fallocate` of the kernel. The C library's own would write whole disks of zeros by hand."""
    if size <= 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    failed = errno.EINTR
    while failed == errno.EINTR:
        if libc.fallocate(number, 0, ctypes.c_longlong(0), ctypes.c_longlong(size)) == 0:
            return
        failed = ctypes.get_errno()
    if failed not in (errno.EOPNOTSUPP, errno.ENOSYS):
        raise OSError(failed, os.strerror(failed))
    free = os.fstatvfs(number)
    missing = size - os.fstat(number).st_blocks * 512
    if free.f_bavail * free.f_frsize < missing:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if os.fstat(number).st_size < size:
        os.ftruncate(number, size)
