"""The segments of a stream on the disk: which are here, which come next, who waits for which."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from app.domain.errors import Unavailable
from app.infra.atomic import replace_file
from app.infra.fetch.part import disk_failure
from app.infra.fetch.playlist import MOST_SEGMENTS, Media, Piece, Segment

VERSION: Final = 1
NEAR: Final = 3
"""So many segments from the play head on are loaded before any other."""
_ENDINGS: Final = frozenset(("ts", "m4s", "mp4", "m4a", "m4v", "aac", "mp3", "ac3", "ec3"))


@dataclass(slots=True, eq=False)
class Item:
    """One file of a stream: a segment, or the head of some."""

    name: str
    piece: Piece | None  # None: its address is not known any more
    seconds: float = 0.0
    sequence: int = 0
    mark: str = ""  # by which it is known again
    head: Item | None = None
    breaks: bool = False
    here: bool = False
    lost: bool = False  # it will never come
    size: int = 0
    dropped: bool = False  # its load was broken off for a more urgent one
    waiting: set[asyncio.Future[None]] = field(default_factory=set)

    def tell(self) -> None:
        """Wake those who wait for it."""
        for future in self.waiting:
            if not future.done():
                future.set_result(None)


class Track:
    """The segments of picture or sound, in order."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.items: list[Item] = []
        self.heads: list[Item] = []
        self.ended = False
        self.target = 6.0

    @property
    def all(self) -> list[Item]:
        """Heads first."""
        return [*self.heads, *self.items]

    @property
    def seconds(self) -> float:
        """Length of all its segments."""
        return sum(item.seconds for item in self.items)

    def extend(self, media: Media) -> bool:
        """Take in what a playlist says now; False when it is another stream.

        Segments that are known keep their files and get their addresses anew.
        """
        known = {item.sequence: item for item in self.items}
        last = self.items[-1].sequence if self.items else -1
        fresh: list[Segment] = []
        for segment in media.segments:
            item = known.get(segment.sequence)
            if item is None:
                fresh.append(segment)
            elif item.mark != _mark(segment):
                return False
            else:
                item.piece = segment.piece
                item.head = self._head(segment.head)
        if any(segment.sequence <= last for segment in fresh):
            return False
        if media.ended and (not media.segments or media.segments[-1].sequence < last):
            return False
        for segment in fresh:
            self._append(segment, gap=last >= 0 and segment.sequence != last + 1)
            last = segment.sequence
        self.ended, self.target = media.ended, media.target
        return True

    def _append(self, segment: Segment, *, gap: bool) -> None:
        if len(self.items) >= MOST_SEGMENTS:
            raise Unavailable("errors.stream_too_long", most=MOST_SEGMENTS)
        name = f"{self.prefix}{len(self.items):06d}.{_ending(segment)}"
        self.items.append(
            Item(
                name, segment.piece, segment.seconds, segment.sequence, _mark(segment),
                self._head(segment.head), segment.breaks or gap, lost=segment.missing,
            )
        )  # fmt: skip

    def _head(self, piece: Piece | None) -> Item | None:
        if piece is None:
            return None
        mark = _mark_of(piece)
        for head in self.heads:
            if head.mark == mark:
                head.piece = piece
                return head
        made = Item(f"{self.prefix}head{len(self.heads):04d}.mp4", piece, mark=mark)
        self.heads.append(made)
        return made

    # For the journal.

    def rows(self) -> dict[str, Any]:
        """What is needed to know everything again."""
        places = {id(head): number for number, head in enumerate(self.heads)}
        return {
            "heads": [head.mark for head in self.heads],
            "items": [
                [one.sequence, one.seconds, one.mark, one.name, one.breaks,
                 -1 if one.head is None else places[id(one.head)], one.lost]
                for one in self.items
            ],
        }  # fmt: skip

    def restore(self, rows: dict[str, Any]) -> None:
        """Take in what `rows` once said. `ValueError` and the like when it is nonsense."""
        heads = [
            Item(f"{self.prefix}head{number:04d}.mp4", None, mark=str(mark))
            for number, mark in enumerate(rows["heads"])
        ]
        items = []
        for number, row in enumerate(rows["items"]):
            sequence, seconds, mark, name, breaks, head, lost = row
            stem, _dot, ending = str(name).partition(".")
            if stem != f"{self.prefix}{number:06d}" or ending not in _ENDINGS:
                raise ValueError("a strange name")
            items.append(
                Item(
                    str(name), None, float(seconds), int(sequence), str(mark),
                    heads[head] if head >= 0 else None, bool(breaks), lost=bool(lost),
                )
            )  # fmt: skip
        self.heads, self.items = heads, items


class PartFolder:
    """The folder the segments lie in, with its journal. May block."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.path = folder / f".{key}.segments"
        self._journal = self.path / "journal.json"
        self._lock = -1

    def open(self) -> dict[str, Any] | None:
        """Make or find it; nobody else may use it. What its journal says, if it is good."""
        try:
            if not self.folder.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self.path.mkdir(exist_ok=True)
            self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise Unavailable("errors.download_busy", name=self.path.name) from error
        except OSError as error:
            raise disk_failure(error, self.folder) from error
        try:
            told = json.loads(self._journal.read_bytes())
            return dict(told) if told["version"] == VERSION else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def close(self) -> None:
        """Let others use it."""
        number, self._lock = self._lock, -1
        if number >= 0:
            os.close(number)

    def save(self, told: dict[str, Any]) -> None:
        """Write the journal."""
        try:
            if not self.path.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            replace_file(self._journal, json.dumps({"version": VERSION, **told}).encode())
        except OSError as error:
            raise disk_failure(error, self.folder) from error

    def sizes(self) -> dict[str, int]:
        """The files that are here by name."""
        with os.scandir(self.path) as found:
            return {
                entry.name: entry.stat(follow_symlinks=False).st_size
                for entry in found
                if entry.is_file(follow_symlinks=False)
            }

    def clear(self, *, all_of_it: bool = True) -> None:
        """Remove every file in it, or all but the journal."""
        with contextlib.suppress(OSError):
            for name in self.sizes():
                if all_of_it or name != self._journal.name:
                    (self.path / name).unlink()

    def remove(self) -> None:
        """Remove it with everything in it."""
        self.close()
        shutil.rmtree(self.path, ignore_errors=True)


def forget_stream(folder: Path, key: str) -> None:
    """Remove what a stream left in a folder, finished files aside. May block."""
    shutil.rmtree(folder / f".{key}.segments", ignore_errors=True)
    with contextlib.suppress(OSError):
        (folder / f".{key}.joined").unlink()


def _ending(segment: Segment) -> str:
    if segment.head is not None:
        return "m4s"
    told = urlsplit(segment.piece.url).path.rpartition(".")[2].lower()
    return told if told in _ENDINGS else "ts"


def _mark(segment: Segment) -> str:
    return f"{_mark_of(segment.piece)} {segment.seconds:.3f}"


def _mark_of(piece: Piece) -> str:
    """By its name and stretch: what stands before and behind in an address may change daily."""
    name = urlsplit(piece.url).path.rpartition("/")[2][-120:]
    span = piece.span
    return name if span is None else f"{name} {span.start}-{span.end}"
