"""Finds folders of this machine that hold video, for an empty library's first page."""

from __future__ import annotations

import os
import time

from app.domain.text import display
from app.services.library.walk import is_ignored_folder, is_video

SECONDS = 2.0
DEEPEST = 3
MOST = 6
MOST_ENTRIES = 2000
SMALLEST = 1024 * 1024
_NAMES = (b"Videos", b"Movies", b"Films", b"Vid\xc3\xa9os", b"Downloads")
_MOUNTS = (b"/media", b"/mnt", b"/srv", b"/run/media")


def suggest(
    home: bytes, videos: bytes | None, skip: frozenset[bytes]
) -> list[tuple[bytes, str, int]]:
    """Folders with video, the fullest first: path, display text, bytes found within the time.

    Blocking, for two seconds at most where the disks answer; run it in a thread of its own.
    """
    deadline = time.monotonic() + SECONDS
    told: dict[bytes, int] = {}
    places = _places(home, videos)
    for at, place in enumerate(places):
        share = (deadline - time.monotonic()) / (len(places) - at)
        if share <= 0:
            break
        if any(place == each or place.startswith(each + b"/") for each in skip):
            continue
        size = _video_bytes(place, time.monotonic() + share)
        if size >= SMALLEST:
            told[place] = size
    best = sorted(told.items(), key=lambda each: -each[1])[:MOST]
    return [(path, display(path), size) for path, size in best]


def videos_folder(home: bytes) -> bytes | None:
    """What the desktop calls the folder for videos (`user-dirs.dirs`)."""
    config = os.fsencode(os.environ.get("XDG_CONFIG_HOME") or os.fsdecode(home) + "/.config")
    try:
        with open(config + b"/user-dirs.dirs", "rb") as file:  # noqa: PTH123 - the path is bytes
            lines = file.read(20_000).splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith(b"XDG_VIDEOS_DIR="):
            value = line.partition(b"=")[2].strip().strip(b'"').replace(b"$HOME", home)
            return value if value.startswith(b"/") and value != home else None
    return None


def _places(home: bytes, videos: bytes | None) -> list[bytes]:
    found = [videos] if videos else []
    found += [os.path.join(home, name) for name in _NAMES]
    for mount in _MOUNTS:
        for inner in _folders(mount):
            below = _folders(inner)
            found += below if mount in (b"/media", b"/run/media") and below else [inner]
    return [place for place in dict.fromkeys(found) if os.path.isdir(place)]


def _folders(place: bytes) -> list[bytes]:
    try:
        with os.scandir(place) as entries:
            return sorted(e.path for e in entries if e.is_dir(follow_symlinks=False))[:20]
    except OSError:
        return []


def _video_bytes(top: bytes, deadline: float) -> int:
    total, waiting, left = 0, [(top, 0)], MOST_ENTRIES
    while waiting and left > 0 and time.monotonic() < deadline:
        place, depth = waiting.pop(0)
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    left -= 1
                    if left < 0 or time.monotonic() > deadline:
                        break
                    if entry.is_dir(follow_symlinks=False):
                        if depth < DEEPEST and not is_ignored_folder(entry.name):
                            waiting.append((entry.path, depth + 1))
                    elif is_video(entry.name) and entry.is_file(follow_symlinks=False):
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total
