"""Walks a folder by bytes and finds the videos in it, without opening anything.

Links to folders are not followed, links to files are looked at but never opened, and whatever is
not a plain file (FIFO, socket, device) is only noted.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VIDEOS = frozenset(
    b".mkv .mp4 .m4v .avi .mov .wmv .flv .webm .ts .m2ts .mts .mpg .mpeg .mpe .vob .ogm .ogv .divx "
    b".3gp .3g2 .asf .rm .rmvb .mk3d .f4v".split()
)
SUBTITLES = frozenset(b".srt .ass .ssa .sub .vtt .sup .smi".split())
UNFINISHED = frozenset(b".part .!qb .crdownload .tmp .partial .aria2 .download .!ut .bc!".split())
EXTRAS = frozenset(
    b"extras extra trailers trailer samples sample featurettes featurette bonus interviews scenes "
    b"shorts".split()
) | {b"behind the scenes", b"deleted scenes"}
IGNORED = frozenset({b"lost+found", b"$recycle.bin", b"system volume information", b"@eadir"})
DEEPEST = 40
SAMPLE_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """A video as the folder lists it. `path` is relative to the watched folder."""

    path: bytes
    inode: int
    size: int
    mtime_ns: int
    note: str | None = None  # a key under `notes.` when it must not be opened


@dataclass(slots=True)
class Walked:
    """What a walk met besides videos. `failed` are folders that could not be listed."""

    failed: list[bytes]
    folders: int = 0


def walk(
    root: bytes,
    below: bytes = b"",
    stopped: Callable[[], bool] = lambda: False,
    walked: Walked | None = None,
    deep: bool = True,
) -> Iterator[Found]:
    """Yield the videos under `root`, only those under its folder `below` if given.

    Raises `OSError` when `below` itself cannot be listed; folders further down that cannot are
    put into `walked`. A folder is listed once, however many ways lead to it.
    """
    told = walked if walked is not None else Walked([])
    top = os.path.join(root, below) if below else root
    info = os.stat(top)
    real_root = os.path.realpath(root)
    seen = {(info.st_dev, info.st_ino)}
    waiting = [(below, below.count(b"/") + 1 if below else 0)]
    while waiting and not stopped():
        folder, depth = waiting.pop()
        place = os.path.join(root, folder) if folder else root
        try:
            with os.scandir(place) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            if folder == below:
                raise
            told.failed.append(folder)
            continue
        told.folders += 1
        inner: list[tuple[bytes, int]] = []
        for entry in entries:
            path = os.path.join(folder, entry.name) if folder else entry.name
            if _is_new_folder(entry, seen):
                if deep and depth < DEEPEST:
                    inner.append((path, depth + 1))
            elif is_video(entry.name):
                found = _look(entry, path, real_root)
                if found is not None:
                    yield found
        waiting.extend(reversed(inner))


def is_video(name: bytes) -> bool:
    """Whether a name is one of a video that should be looked at."""
    lower = name.lower()
    return not name.startswith(b".") and os.path.splitext(lower)[1] in VIDEOS


def is_ignored_folder(name: bytes) -> bool:
    """Whether a folder of that name never holds what the library shows."""
    lower = name.lower()
    return name.startswith(b".") or lower in EXTRAS or lower in IGNORED


def _is_new_folder(entry: os.DirEntry[bytes], seen: set[tuple[int, int]]) -> bool:
    """Whether to go into it. Links are no folders here, whatever they point to."""
    try:
        if not entry.is_dir(follow_symlinks=False) or is_ignored_folder(entry.name):
            return False
        info = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    mark = (info.st_dev, info.st_ino)
    if mark in seen:
        return False
    seen.add(mark)
    return True


def _look(entry: os.DirEntry[bytes], path: bytes, real_root: bytes) -> Found | None:
    try:
        info = entry.stat(follow_symlinks=False)
    except OSError:
        return None  # gone between the listing and now
    if stat.S_ISDIR(info.st_mode):
        return None
    note = None
    if stat.S_ISLNK(info.st_mode):
        note = _link_note(os.path.join(real_root, path), real_root)
        if note is None:
            return None
    elif not stat.S_ISREG(info.st_mode):
        note = "notes.not_a_file"
    elif info.st_size == 0:
        note = "notes.empty"
    elif _is_sample(entry.name, info.st_size):
        return None
    return Found(path, info.st_ino, info.st_size, info.st_mtime_ns, note)


def _link_note(place: bytes, real_root: bytes) -> str | None:
    """None for a link to something that the walk meets anyway, or to a folder."""
    try:
        target = os.path.realpath(place, strict=True)
        if stat.S_ISDIR(os.stat(target).st_mode):
            return None
    except OSError:
        return "notes.link_broken"
    return None if target.startswith(real_root + b"/") else "notes.link_outside"


def _is_sample(name: bytes, size: int) -> bool:
    stem = os.path.splitext(name.lower())[0]
    marked = stem == b"sample" or stem.endswith((b"-sample", b".sample", b"_sample"))
    return size < SAMPLE_BYTES and (marked or stem.endswith((b"-trailer", b".trailer")))
