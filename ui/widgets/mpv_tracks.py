"""What the player tells about a loaded file: its tracks and chapters, read from mpv's lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.media import Chapter, TrackKind

_KINDS = {"video": TrackKind.VIDEO, "audio": TrackKind.AUDIO, "sub": TrackKind.SUBTITLE}


@dataclass(frozen=True, slots=True)
class PlayerTrack:
    """One track mpv offers. `id` counts per kind from 1, as mpv does."""

    id: int
    kind: TrackKind
    language: str | None = None
    title: str | None = None
    codec: str = ""
    channels: int | None = None
    external: bool = False  # from a file beside the film
    default: bool = False
    forced: bool = False
    selected: bool = False


def text_of(value: object, limit: int = 120) -> str | None:
    """Text from a file's own tags: bytes are made readable, long ones are cut, empty ones None."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    clean = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return clean[:limit] or None


def read_tracks(raw: object) -> tuple[PlayerTrack, ...]:
    """Read mpv's `track-list`; entries of kinds we do not show (cover art) are left out."""
    found = []
    for entry in _entries(raw):
        kind = _KINDS.get(str(entry.get("type")))
        number = entry.get("id")
        if kind is None or not isinstance(number, int) or entry.get("albumart"):
            continue
        channels = entry.get("demux-channel-count")
        found.append(
            PlayerTrack(
                id=number,
                kind=kind,
                language=text_of(entry.get("lang"), 16),
                title=text_of(entry.get("title")),
                codec=text_of(entry.get("codec"), 24) or "",
                channels=channels if isinstance(channels, int) else None,
                external=bool(entry.get("external")),
                default=bool(entry.get("default")),
                forced=bool(entry.get("forced")),
                selected=bool(entry.get("selected")),
            )
        )
    return tuple(found)


def read_chapters(raw: object) -> tuple[Chapter, ...]:
    """Read mpv's `chapter-list`; a film with one chapter at its start has none to offer."""
    found = [
        Chapter(float(entry.get("time") or 0.0), text_of(entry.get("title")) or "")
        for entry in _entries(raw)
    ]
    found.sort(key=lambda chapter: chapter.start)
    return tuple(found) if len(found) > 1 else ()


def _entries(raw: object) -> Iterable[dict[str, Any]]:
    if not isinstance(raw, list):
        return []
    return [entry for entry in raw if isinstance(entry, dict)]
