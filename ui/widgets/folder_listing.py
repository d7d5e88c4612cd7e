"""What folders there are, found off the window's thread; names may be any bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

MOST = 5000
MOUNTS = Path("/proc/self/mounts")
MEDIA_ROOTS = (b"/media", b"/run/media", b"/mnt")
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone")
SYSTEM = ("/boot", "/proc", "/sys", "/dev", "/run/user", "/snap", "/etc", "/var")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to go to. `kind` is ``home``, ``videos``, ``disk``, ``root`` or ``folder``."""

    path: bytes
    name: str
    kind: str = "folder"


@dataclass(frozen=True, slots=True)
class Listing:
    """The folders inside a folder. `error` is the system's words when it cannot be read."""

    path: bytes
    folders: tuple[Place, ...] = ()
    error: str = ""
    cut: bool = False  # more than are shown


def display(path: bytes) -> str:
    """A path or name for people: what is no text becomes a mark, line ends become spaces."""
    text = path.decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else " " for letter in text)


def list_folders(path: bytes) -> Listing:
    """Read the visible folders inside a folder, in the order of their names."""
    found: list[Place] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if len(found) >= MOST:
                    break
                if not entry.name.startswith(b".") and _is_folder(entry):
                    found.append(Place(entry.path, display(entry.name)))
    except OSError as error:
        return Listing(path, error=error.strerror or str(error))
    found.sort(key=lambda place: place.name.casefold())
    return Listing(path, tuple(found), cut=len(found) >= MOST)


def places() -> tuple[Place, ...]:
    """Where people keep their films: home, its videos, and every disk."""
    home = os.fsencode(Path.home())
    result = [Place(home, display(os.path.basename(home)) or "~", "home")]  # noqa: PTH119 - paths are bytes
    for name in (b"Videos", b"Vid\xc3\xa9os", b"Movies", b"Films"):
        path = os.path.join(home, name)  # noqa: PTH118 - paths are bytes
        if os.path.isdir(path):  # noqa: PTH112 - paths are bytes
            result.append(Place(path, display(name), "videos"))
    seen = {place.path for place in result} | {b"/"}
    for path in (*_mounted(), *_media()):
        if path not in seen:
            seen.add(path)
            result.append(Place(path, display(path), "disk"))
    result.append(Place(b"/", "/", "root"))
    return tuple(result)


def parent(path: bytes) -> bytes:
    """The folder a folder lies in; the root is its own."""
    return os.path.dirname(path.rstrip(b"/")) or b"/"  # noqa: PTH120 - paths are bytes


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a loop of links, a disk that went
        return False


def _mounted() -> list[bytes]:
    try:
        lines = MOUNTS.read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines[:2000]:
        parts = line.split(b" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace(b"\\040", b" ").replace(b"\\011", b"\t")
        own = parts[0].startswith(b"/dev/") or parts[2].decode("ascii", "replace") in NETWORK
        if own and not display(point).startswith(SYSTEM) and os.path.isdir(point):  # noqa: PTH112 - a path in bytes
            found.append(point)
    return found


def _media() -> list[bytes]:
    found = []
    for root in MEDIA_ROOTS:
        listed = list_folders(root).folders
        found += [place.path for place in listed if root == b"/mnt"]
        if root != b"/mnt":
            found += [
                inner.path for place in listed for inner in list_folders(place.path).folders
            ] or [place.path for place in listed]
    return found[:40]


class _Work(QRunnable):
    def __init__(self, reader: FolderReader, path: bytes | None) -> None:
        super().__init__()
        self._reader, self._path = reader, path

    def run(self) -> None:
        found = places() if self._path is None else list_folders(self._path)
        try:
            self._reader.arrived.emit(found)
        except RuntimeError:
            return  # whoever asked has gone


class FolderReader(QObject):
    """Reads folders in a thread; `listed` and `places_found` come back on this object's thread."""

    arrived = Signal(object)
    listed = Signal(object)
    places_found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = b""
        self.arrived.connect(self._on_arrived)

    def read(self, path: bytes) -> None:
        """Read a folder; the answer to an earlier wish is dropped."""
        self._wanted = path
        QThreadPool.globalInstance().start(_Work(self, path))

    def find_places(self) -> None:
        """Look for the places."""
        QThreadPool.globalInstance().start(_Work(self, None))

    def _on_arrived(self, found: object) -> None:
        if isinstance(found, tuple):
            self.places_found.emit(found)
        elif isinstance(found, Listing) and found.path == self._wanted:
            self.listed.emit(found)
