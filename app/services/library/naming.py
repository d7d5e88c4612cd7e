"""Decides which item a file belongs to, from what its name and folders tell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.domain.media import MediaKind
from app.domain.release import Release
from app.domain.text import clean, fold, searchable, sort_title


@dataclass(frozen=True, slots=True)
class Seed:
    """The item a file stands for. Files with the same `key` are versions of one item."""

    kind: MediaKind
    key: str
    title: str
    year: int | None = None
    season: int | None = None
    episode: int | None = None
    series: Seed | None = None
    resolution: str | None = None
    edition: str | None = None

    @property
    def sort_title(self) -> str:
        """For putting in order."""
        return sort_title(self.title)

    @property
    def folded(self) -> str:
        """For searching: the title, for episodes after that of their series."""
        if self.series is not None and self.series.title != self.title:
            return f"{searchable(self.series.title)} {searchable(self.title)}".strip()
        return searchable(self.title)


def parts_of(folder_name: bytes, path: bytes) -> list[str]:
    """The names the parser reads: the watched folder's own, the folders below, the file."""
    names = [folder_name, *path.split(b"/")]
    return [name.decode("utf-8", "replace")[:255] for name in names[-6:]]


def release_of(told: Mapping[str, Any]) -> tuple[MediaKind, Release]:
    """Rebuild what a names worker told; unknown and missing fields do no harm."""
    known = {field.name for field in fields(Release)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told.items()
        if name in known and name != "kind"
    }
    return MediaKind(told["kind"]), Release(**values)


def seed_of(kind: MediaKind, release: Release, folder: int, path: bytes) -> Seed:
    """The item for a file; one whose name tells nothing is an item of its own."""
    title = clean(release.title).strip()
    stem = clean(os.path.splitext(os.path.basename(path))[0].decode("utf-8", "replace"))
    marks = {"resolution": release.resolution, "edition": release.edition}
    if kind is MediaKind.EPISODE and title and fold(title):
        seed = _episode(release, title, stem)
        return _with(seed, marks)
    if kind is MediaKind.FILM and title and fold(title):
        key = f"film:{fold(title)}:{release.year or ''}"
        return _with(Seed(kind, key, title, release.year), marks)
    key = f"video:{folder}:{path.hex()}"
    return _with(Seed(MediaKind.VIDEO, key, title or stem, release.year), marks)


def plain_seed(folder: int, path: bytes) -> Seed:
    """The item for a file whose name could not be parsed at all."""
    stem = clean(os.path.splitext(os.path.basename(path))[0].decode("utf-8", "replace"))
    return Seed(MediaKind.VIDEO, f"video:{folder}:{path.hex()}", stem)


def _episode(release: Release, title: str, stem: str) -> Seed:
    name = fold(title)
    series = Seed(MediaKind.SERIES, f"series:{name}:{release.year or ''}", title, release.year)
    season, episode = release.season, release.episode
    if episode is None and release.absolute_episode is not None:
        season, episode = release.season or 1, release.absolute_episode
    number = f"{season}x{episode}" if episode is not None else release.date or fold(stem)
    own = clean(release.episode_title or "").strip()
    return Seed(
        MediaKind.EPISODE,
        f"episode:{name}:{release.year or ''}:{number}",
        own or (release.date or stem if episode is None else title),
        release.year,
        season if episode is not None or season is not None else None,
        episode,
        series,
    )


def _with(seed: Seed, marks: dict[str, str | None]) -> Seed:
    return Seed(
        seed.kind, seed.key, seed.title, seed.year, seed.season, seed.episode, seed.series, **marks
    )
