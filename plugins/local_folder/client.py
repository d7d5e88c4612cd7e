"""Puts the files of posts into a folder, piece by piece, and writes the feed. Blocking."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.api import InvalidInput, NotFound, Unavailable
from app.api.publishing import PostFile, PostWanted
from plugins.local_folder.parsers import (
    LARGEST_SIDECAR,
    SIDECAR,
    Feed,
    Sidecar,
    ending_of_key,
    feed_text,
    file_name,
    folder_name,
    is_hidden,
    is_key,
    is_name,
    parse_sidecar,
    sidecar_of,
    sidecar_text,
)

FEED = "feed.xml"
PIECE = 8_000_000
BLOCK = 1 << 20
SPARE = 50_000_000
"""Bytes that stay free on the disk."""
MOST_POSTS = 20_000
UNUSED = 14 * 86_400.0
"""Seconds after which a post that was begun and never went out is begun anew."""


class Client:
    """The folder. `own`: the owner named it, so it is not made where a disk may be missing."""

    def __init__(self, folder: Path, feed: Feed, log: logging.Logger, *, own: bool) -> None:
        self.folder = folder
        self._feed = feed
        self._log = log
        self._own = own

    def prepare(self, wanted: PostWanted) -> None:
        """Make room for a post; `Unavailable` when the folder is away, or full."""
        room = sum(file.size for _role, file in files_of(wanted))
        with self._told():
            if not self._own:
                self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            if shutil.disk_usage(self.folder).free < room + SPARE:
                raise Unavailable("errors.post_disk_full", folder=str(self.folder))
            self._tidy()
            self._hidden(wanted).mkdir(mode=0o755, exist_ok=True)

    def copy(self, wanted: PostWanted, role: str, start: int) -> int:
        """Copy the next piece of a file from `start` on, and return where it ends."""
        file = dict(files_of(wanted))[role]
        target = self._hidden(wanted) / file_name(role, file)
        count = min(PIECE, file.size - start)
        with self._told(), _source(file.path) as source:
            number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
            try:
                place = start
                while place < start + count:
                    block = os.pread(source, min(BLOCK, start + count - place), place)
                    if not block:
                        raise NotFound("errors.post_file_gone", name=_name(file.path))
                    place += os.pwrite(number, block, place)
                if place >= file.size:
                    os.ftruncate(number, file.size)
                    os.fsync(number)
            finally:
                os.close(number)
        return start + count

    def whole(self, wanted: PostWanted) -> bool:
        """Whether every file of a post lies there, whole, before it appears."""
        hidden = self._hidden(wanted)
        for role, file in files_of(wanted):
            try:
                if (hidden / file_name(role, file)).stat().st_size != file.size:
                    return False
            except OSError:
                return False
        return True

    def describe(self, wanted: PostWanted) -> None:
        """Write what the feed says of a post beside its files."""
        with self._told():
            hidden = self._hidden(wanted)
            replace_file(hidden / SIDECAR, sidecar_text(sidecar_of(wanted, time.time())))
            sync(hidden)

    def appear(self, wanted: PostWanted) -> str:
        """Let a post appear, by one rename; returns its folder. Again it is there already."""
        found = self.found(wanted)
        if found:
            return found
        name = folder_name(wanted)
        if not self.whole(wanted) or not (self._hidden(wanted) / SIDECAR).is_file():
            raise Unavailable("errors.post_upload_lost", name="Folder")
        with self._told():
            self._hidden(wanted).rename(self.folder / name)
            sync(self.folder)
        return name

    def found(self, wanted: PostWanted) -> str:
        """The folder of a post that is there; nothing when it is not.

        `Unavailable` when the folder itself is away: then nobody can tell.
        """
        ending = ending_of_key(wanted.key)
        with self._told():
            names = [one.name for one in self.folder.iterdir()]
        for name in names:
            if not name.endswith(ending) or not is_name(name):
                continue
            sidecar = self._sidecar(name)
            if sidecar is not None and sidecar.key == wanted.key:
                return name
        return ""

    def change(self, name: str, wanted: PostWanted) -> None:
        """Give a post other words, and another poster; `NotFound` when it has gone."""
        old = self._sidecar(name) if is_name(name) else None
        if old is None:
            raise NotFound("errors.post_unknown_there", name=name[:60])
        with self._told():
            poster = old.poster
            if wanted.thumbnail is not None:
                poster = file_name("poster", wanted.thumbnail)
                with _source(wanted.thumbnail.path) as source:
                    content = os.pread(source, min(wanted.thumbnail.size, 40_000_000), 0)
                replace_file(self.folder / name / poster, content)
            new = Sidecar(
                old.key, wanted.title, wanted.description, tuple(wanted.tags), wanted.language,
                wanted.link or old.link, old.at, old.video, old.size, old.seconds, old.width,
                old.height, poster, old.captions,
            )  # fmt: skip
            replace_file(self.folder / name / SIDECAR, sidecar_text(new))
            if old.poster and old.poster != poster:
                (self.folder / name / old.poster).unlink(missing_ok=True)

    def write_feed(self) -> None:
        """Write the feed anew, of all posts that lie in the folder; whole or not at all."""
        with self._told():
            posts = {
                name: sidecar
                for name in sorted(one.name for one in self.folder.iterdir())[:MOST_POSTS]
                if is_name(name) and (sidecar := self._sidecar(name)) is not None
            }
            replace_file(
                self.folder / FEED, feed_text(self._feed, list(posts.items()), time.time())
            )

    def link(self, name: str) -> str:
        """Where a post is to be seen: on the web, when the folder has an address there."""
        sidecar = self._sidecar(name)
        served = self._feed.place.startswith("http")
        if sidecar is None or not served:
            return ""
        from urllib.parse import quote

        return f"{self._feed.place}{quote(name)}/{quote(sidecar.video)}"

    def _tidy(self) -> None:
        """Remove what was copied long ago for posts that never went out."""
        for one in self.folder.iterdir():
            if is_hidden(one.name) and time.time() - one.lstat().st_mtime > UNUSED:
                shutil.rmtree(one, ignore_errors=True)

    def _sidecar(self, name: str) -> Sidecar | None:
        try:
            with (self.folder / name / SIDECAR).open("rb") as file:
                return parse_sidecar(file.read(LARGEST_SIDECAR))
        except OSError:
            return None

    def _hidden(self, wanted: PostWanted) -> Path:
        if not is_key(wanted.key):
            raise InvalidInput("errors.post_choice", name="Folder", choice="key")
        return self.folder / f".{wanted.key}.part"

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the disk says into ours."""
        try:
            yield
        except OSError as error:
            self._log.info("The folder %s: %s", self.folder, error.strerror)
            raise Unavailable("errors.post_folder", folder=str(self.folder)) from error


def files_of(wanted: PostWanted) -> list[tuple[str, PostFile]]:
    """The files of a post, each with what it is."""
    roles: Mapping[str, PostFile | None] = {
        "video": wanted.video, "poster": wanted.thumbnail, "captions": wanted.captions,
    }  # fmt: skip
    return [(role, file) for role, file in roles.items() if file is not None]


def replace_file(path: Path, content: bytes) -> None:
    """Write a file by a temporary name, fsync and rename."""
    number, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextlib.contextmanager
def _source(path: bytes) -> Iterator[int]:
    try:
        number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise NotFound("errors.post_file_gone", name=_name(path)) from error
    try:
        yield number
    finally:
        os.close(number)


def _name(path: bytes) -> str:
    return os.path.basename(path).decode("utf-8", "replace")  # noqa: PTH119 - bytes
