"""What each platform takes, read from ``rules.json``: words, videos, pictures, captions."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from app.api.captions import utf16
from app.api.weighing import weighted_length

FILE: Final = Path(__file__).with_name("rules.json")


class Counted(StrEnum):
    """How a platform counts the letters of a text."""

    CHARACTERS = "characters"
    BYTES = "bytes"
    UTF16 = "utf16"
    X = "x"

    def size(self, text: str) -> int:
        """How long a text is, counted so."""
        if self is Counted.BYTES:
            return len(text.encode("utf-8", "replace"))
        if self is Counted.UTF16:
            return utf16(text)
        return weighted_length(text) if self is Counted.X else len(text)


class Way(StrEnum):
    """What becomes of tags: fields of their own, words of the text, or nothing."""

    LIST = "list"
    HASHTAGS = "hashtags"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Room:
    """Room for one text. `forbidden` are signs that may not be in it."""

    most: int
    counted: Counted = Counted.CHARACTERS
    needed: bool = False
    forbidden: str = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """Room for tags; `letters` in all, with two between each. 0: no limit."""

    way: Way = Way.NONE
    count: int = 0
    letters: int = 0
    forbidden: str = ""


@dataclass(frozen=True, slots=True)
class Video:
    """What a video may be. 0 and empty: it does not matter. Seconds, bytes, pixels.

    `containers` and codecs are named as `MediaFacts` has them. `plain`: 8 bits, 4:2:0, no HDR.
    A shape is width by height. `sent_without`: a larger one is told of by a link instead.
    """

    needed: bool = False
    smallest: int = 0
    largest: int = 0
    shortest: float = 0.0
    longest: float = 0.0
    endings: tuple[str, ...] = ()  # of its name
    containers: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    plain: bool = False
    fast_start: bool = False
    slowest: float = 0.0  # frames a second
    fastest: float = 0.0
    bits: int = 0  # a second, of everything
    loudest: int = 0  # samples of sound a second
    narrowest: int = 0  # either side
    widest: int = 0
    short_side: int = 0  # the shorter one, at most
    least_shape: float = 0.0
    most_shape: float = 0.0
    sent_without: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What a thumbnail may be, and how large one is made. `box`: its shape may be any in it."""

    largest: int
    formats: tuple[str, ...]
    width: int
    height: int
    needed: bool = False
    narrowest: int = 0
    box: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a platform takes; `name` is what people call it.

    Either `text` holds all words, or `title` and `description` do. `needs` are choices of the
    platform's own that somebody must make.
    """

    name: str = ""
    title: Room | None = None
    description: Room | None = None
    text: Room | None = None
    tags: Tags = Tags()
    mentions: int = 0
    video: Video = Video()
    thumbnail: Picture | None = None
    captions: tuple[str, ...] = ()
    privacy: tuple[str, ...] = ("public",)
    needs: tuple[str, ...] = ()
    says_synthetic: bool = False
    says_children: bool = False
    drafts: bool = False
    plans: bool = False  # shows a post at a time by itself


ANY: Final = Rules(title=Room(1_000), description=Room(100_000), tags=Tags(Way.LIST))
"""Of a platform nobody wrote rules for: it says itself what it does not take."""


def rules_of(platform: str, options: Mapping[str, object] | None = None) -> Rules:
    """Return what a platform takes from an account with these options."""
    known = _tables().get(platform)
    if known is None:
        return replace(ANY, name=platform)
    table = dict(known)
    for option, changes in table.pop("with", {}).items():
        if (options or {}).get(option):
            table = _changed(table, changes)
    return msgspec.convert(table, Rules)


def platforms() -> tuple[str, ...]:
    """Return those there are rules for."""
    return tuple(_tables())


@functools.cache
def _tables() -> Mapping[str, dict[str, Any]]:
    """The file; it comes with the program and does not change while it runs."""
    return MappingProxyType(json.loads(FILE.read_text("utf-8")))


def _changed(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(table)
    for name, value in changes.items():
        inner = made.get(name)
        both = isinstance(value, dict) and isinstance(inner, dict)
        made[name] = {**inner, **value} if both and inner is not None else value
    return made
