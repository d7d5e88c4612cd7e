"""Keeps the owner's title and words of a video: beside it, as media centres do, and by its name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from app.domain.errors import InvalidInput, Refused
from app.domain.text import searchable, sort_title
from app.infra.atomic import replace_file

LONGEST_TITLE: Final = 200
LONGEST_WORDS: Final = 8_000
MOST_TAGS: Final = 40


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the owner calls a video, and says of it."""

    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""


def tidied(words: OwnWords) -> OwnWords:
    """The same on one line each, within bounds; `InvalidInput` without a title."""
    title = _line(words.title)[:LONGEST_TITLE].strip()
    if not title:
        raise InvalidInput("errors.no_title")
    tags = (_line(tag)[:LONGEST_TITLE] for tag in words.tags[:MOST_TAGS])
    return OwnWords(
        title,
        _line(words.description)[:LONGEST_WORDS],
        tuple(dict.fromkeys(tag for tag in tags if tag)),
        _line(words.category)[:LONGEST_TITLE],
    )


def write_beside(film: bytes, words: OwnWords) -> str:
    """Blocking. Write them into the .nfo file of a video; returns that file's name.

    One that was there is kept as ``.nfo.bak``. `Refused` ``errors.words_not_kept`` when nothing
    can be written there, or when the name is that of a link.
    """
    place = Path(os.fsdecode(os.path.splitext(film)[0] + b".nfo"))  # noqa: PTH122 - bytes
    try:
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise Refused("errors.words_not_kept", name=place.name, why="")
        replace_file(place, nfo(words), mode=0o644, keep_previous=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused("errors.words_not_kept", name=place.name, why=why) from error
    return place.name


def nfo(words: OwnWords) -> bytes:
    """They as an .nfo file says them."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
                      "<movie>", *_elements(words), "</movie>", ""]).encode()  # fmt: skip


def retitle(raw: sqlite3.Connection, item: int, title: str) -> None:
    """Call an item so, until its file has another name."""
    raw.execute(
        "UPDATE item SET title = ?, sort_title = ?, folded = ? WHERE id = ?",
        (title, sort_title(title), searchable(title), item),
    )


def _elements(words: OwnWords) -> Iterator[str]:
    yield f"  <title>{escape(words.title)}</title>"
    if words.description:
        yield f"  <plot>{escape(words.description)}</plot>"
    if words.category:
        yield f"  <genre>{escape(words.category)}</genre>"
    for tag in words.tags:
        yield f"  <tag>{escape(tag)}</tag>"


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
