"""Names of tracks as people say them, and which one to choose by itself."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.media import TrackKind
from app.domain.quality import codec_name
from ui import words
from ui.languages import language_code, language_name
from ui.widgets.mpv_tracks import PlayerTrack

_ENDINGS = (".srt", ".ass", ".ssa", ".vtt", ".sub", ".sup", ".smi")


def track_name(track: PlayerTrack, number: int) -> str:
    """What a row of a panel calls a track; `number` counts the tracks of its kind."""
    parts = [language_name(track.language), track.title or ""]
    if parts[0] and parts[1].casefold() in (parts[0].casefold(), (track.language or "").casefold()):
        parts[1] = ""
    if parts[0] and track.external and parts[1].lower().endswith(_ENDINGS):
        parts[1] = ""  # mpv calls a file without a title by its name
    text = " \u00b7 ".join(part for part in parts if part)
    return text or QCoreApplication.translate("PlayerTracks", "Track {0}").format(number)


def track_note(track: PlayerTrack) -> str:
    """The small text beside it: where it is from, or its channels."""
    if track.kind is TrackKind.AUDIO:
        return words.SEPARATOR.join(_sound(track))
    if track.external:
        return QCoreApplication.translate("PlayerTracks", "beside it")
    if track.forced:
        return QCoreApplication.translate("PlayerTracks", "in file, forced")
    return QCoreApplication.translate("PlayerTracks", "in file")


def _sound(track: PlayerTrack) -> list[str]:
    codec = codec_name(track.codec) if track.codec else ""
    return [part for part in (words.channels(track.channels or 0), codec) if part]


def of_kind(tracks: Sequence[PlayerTrack], kind: TrackKind) -> list[PlayerTrack]:
    """The tracks of one kind, in order."""
    return [track for track in tracks if track.kind is kind]


def choose_subtitle(tracks: Sequence[PlayerTrack], language: str, *, on: bool) -> int | None:
    """Which subtitle to start with; None for none.

    With subtitles off only a forced one (signs, foreign lines) in the language of the sound.
    """
    subtitles = of_kind(tracks, TrackKind.SUBTITLE)
    if not on:
        sound = next((t for t in of_kind(tracks, TrackKind.AUDIO) if t.selected), None)
        spoken = language_code(sound.language) if sound else ""
        forced = [t for t in subtitles if t.forced and language_code(t.language) == spoken]
        return forced[0].id if forced and spoken else None
    full = [track for track in subtitles if not track.forced] or subtitles
    wanted = [track for track in full if language and language_code(track.language) == language]
    default = [track for track in full if track.default]
    return (wanted or default or full)[0].id if full else None


def beside(path: bytes, film: bytes) -> tuple[bytes, str, str]:
    """A subtitle file as (path, title, language), told from its name: ``film.fr.forced.srt``."""
    name = os.fsdecode(path.rsplit(b"/", 1)[-1]).encode("utf-8", "replace").decode()
    stem = os.fsdecode(film.rsplit(b"/", 1)[-1]).encode("utf-8", "replace").decode()
    stem = stem.rsplit(".", 1)[0]
    rest = name.rsplit(".", 1)[0]
    if rest.startswith(stem):
        rest = rest[len(stem) :]
    language, words = "", []
    for part in rest.replace("_", ".").split("."):
        code = language_code(part) if 2 <= len(part.strip()) <= 5 else ""
        if code and not language:
            language = code
        elif part.strip(" -"):
            words.append(part.strip(" -"))
    title = " ".join(words)[:80]
    return path, title or ("" if language else name[:80]), language
