"""A torrent in which programs share pieces with films, and what lies of it on the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.swarm import PIECE, Seed, bencode, listed, seeding

TINY = os.urandom(900)
LARGE = os.urandom(60_000)
FILMS = {f"film {number}.mkv": os.urandom(100_000 + number) for number in range(3)}
CONTENTS = {
    "film 0.mkv": FILMS["film 0.mkv"],
    "film 0.scr": TINY,
    "film 1.mkv": FILMS["film 1.mkv"],
    "film 1.mkv.exe": LARGE,
    "film 2.mkv": FILMS["film 2.mkv"],
}
SHARED = 4
"""Pieces that hold a film and a program."""


def written(place: Path) -> Path:
    """The folder of somebody who has it."""
    folder = place / "seed" / "Pack"
    folder.mkdir(parents=True)
    for name, content in CONTENTS.items():
        (folder / name).write_bytes(content)
    return folder


@contextmanager
def giving(source: Path) -> Iterator[tuple[bytes, Seed]]:
    """Its .torrent file, and somebody who gives it."""
    content = in_order(source)
    with seeding(content, source.parent) as seed:
        yield content, seed


def in_order(source: Path) -> bytes:
    """A .torrent with its files as they stand above, whatever the disk's own order."""
    files = [(name, (source / name).read_bytes()) for name in CONTENTS]
    whole = b"".join(content for _name, content in files)
    pieces = [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)]
    return bencode(
        {
            "info": {
                "name": source.name,
                "piece length": PIECE,
                "pieces": b"".join(hashlib.sha1(one).digest() for one in pieces),  # noqa: S324 - as torrents are
                "files": [listed(name, length=len(content)) for name, content in files],
            }
        }
    )


def traces(folder: Path) -> list[str]:
    """Files that hold any 24 bytes of a program."""
    found = []
    marks = [one[at : at + 24] for one in (TINY, LARGE) for at in range(0, len(one) - 24, 200)]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [str(path)] if any(mark in content for mark in marks) else []
    return found


def wanted() -> dict[str, bytes]:
    """What is to lie in the folder at the end."""
    return {f"Pack/{name}": content for name, content in FILMS.items()}


def all_files(folder: Path) -> dict[str, bytes]:
    """What lies there."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.*")}
