"""Where a finished film or episode goes in the library, and under what name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from app.domain.endings import SUBTITLES, VIDEOS, ending_of
from app.domain.filenames import safe_name
from app.domain.release import Release, parse, parse_path

_LEAST_PART: Final = 0.1
"""A film smaller than this part of the largest is a sample or an extra."""


class Shelf(StrEnum):
    """Where in the library."""

    FILMS = "films"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Move:
    """One file, and its place in the library: the path below the shelf's folder."""

    source: str
    shelf: Shelf
    target: tuple[str, ...]


def plan(files: Sequence[tuple[str, int]], name: str) -> tuple[Move, ...]:
    """Say where the files of a download go: films and episodes, each with its subtitles.

    `files` are paths with ``/`` and sizes in bytes, `name` is that of the whole download. Samples,
    extras, pictures and texts stay where they are.
    """
    videos = [(path, size) for path, size in files if ending_of(path) in VIDEOS]
    largest = max((size for _path, size in videos), default=0)
    chosen = [path for path, size in videos if size >= largest * _LEAST_PART]
    moves: list[Move] = []
    taken: set[tuple[str, ...]] = set()
    for path in chosen:
        release = _read(path, name, alone=len(chosen) == 1)
        if release.extra and release.number is None:
            continue
        move = _place(path, release)
        if move.target in taken:  # two that read alike keep their own names beside each other
            folder = move.target[:-1]
            move = Move(path, move.shelf, (*folder, safe_name(path.rpartition("/")[2])))
        taken.add(move.target)
        moves.append(move)
        moves += _subtitles(files, path, move, alone=len(chosen) == 1)
    return tuple(moves)


def _read(path: str, name: str, *, alone: bool) -> Release:
    """What a file is: by its own name and folders, or by the download's when that says more."""
    own = parse_path(path.split("/"))
    if not alone:
        return own
    whole = parse(name)
    says_more = bool(whole.title) and (whole.year is not None or whole.number is not None)
    own_says = own.year is not None or own.number is not None
    return whole if says_more and not own_says else own


def _place(path: str, release: Release) -> Move:
    ending = f".{ending_of(path)}"
    title = release.title or PurePosixPath(path).stem
    picture = f" [{release.resolution}]" if release.resolution else ""
    if release.number is not None or release.date is not None or release.season is not None:
        named = f"{title} ({release.year})" if release.year else title
        season = "Specials" if release.season == 0 else f"Season {release.season or 1:02}"
        told = f"{named} {_mark(release)}{picture}".strip()
        place = (safe_name(named), season, safe_name(told + ending))
        return Move(path, Shelf.SERIES, place)
    edition = f" {{{release.edition}}}" if release.edition else ""
    named = f"{title} ({release.year})" if release.year else title
    return Move(
        path, Shelf.FILMS, (safe_name(named), safe_name(named + edition + picture + ending))
    )


def _mark(release: Release) -> str:
    if release.number is None:
        return release.date or ""
    last = f"-E{release.episode_end:02}" if release.episode_end else ""
    return f"S{1 if release.season is None else release.season:02}E{release.number:02}{last}"


def _subtitles(
    files: Sequence[tuple[str, int]], film: str, move: Move, *, alone: bool
) -> list[Move]:
    """Subtitles that belong to a film: by its name, or all of them when it is the only one."""
    folder, _slash, name = film.rpartition("/")
    stem = PurePosixPath(name).stem.lower()
    target = PurePosixPath(move.target[-1]).stem
    found: list[Move] = []
    taken: set[str] = set()
    for path, _size in files:
        if ending_of(path) not in SUBTITLES:
            continue
        base = PurePosixPath(path).stem
        below = stem in path[len(folder) :].lower()
        if not (alone or below):
            continue
        own = base.lower().startswith(stem)
        rest = base[len(stem) :] if own else f".{base}"
        named = safe_name(f"{target}{rest}.{ending_of(path)}")
        if named not in taken:
            taken.add(named)
            found.append(Move(path, move.shelf, (*move.target[:-1], named)))
    return found
