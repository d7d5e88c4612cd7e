"""Names of tracks as people say them, and which one to choose by itself."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from app.domain.media import TrackKind
from ui.widgets.mpv_tracks import PlayerTrack

NAMES: dict[str, str] = {
    "ar": str(QT_TRANSLATE_NOOP("Languages", "Arabic")),
    "cs": str(QT_TRANSLATE_NOOP("Languages", "Czech")),
    "da": str(QT_TRANSLATE_NOOP("Languages", "Danish")),
    "de": str(QT_TRANSLATE_NOOP("Languages", "German")),
    "el": str(QT_TRANSLATE_NOOP("Languages", "Greek")),
    "en": str(QT_TRANSLATE_NOOP("Languages", "English")),
    "es": str(QT_TRANSLATE_NOOP("Languages", "Spanish")),
    "fi": str(QT_TRANSLATE_NOOP("Languages", "Finnish")),
    "fr": str(QT_TRANSLATE_NOOP("Languages", "French")),
    "he": str(QT_TRANSLATE_NOOP("Languages", "Hebrew")),
    "hi": str(QT_TRANSLATE_NOOP("Languages", "Hindi")),
    "hu": str(QT_TRANSLATE_NOOP("Languages", "Hungarian")),
    "id": str(QT_TRANSLATE_NOOP("Languages", "Indonesian")),
    "it": str(QT_TRANSLATE_NOOP("Languages", "Italian")),
    "ja": str(QT_TRANSLATE_NOOP("Languages", "Japanese")),
    "ko": str(QT_TRANSLATE_NOOP("Languages", "Korean")),
    "nl": str(QT_TRANSLATE_NOOP("Languages", "Dutch")),
    "no": str(QT_TRANSLATE_NOOP("Languages", "Norwegian")),
    "pl": str(QT_TRANSLATE_NOOP("Languages", "Polish")),
    "pt": str(QT_TRANSLATE_NOOP("Languages", "Portuguese")),
    "ro": str(QT_TRANSLATE_NOOP("Languages", "Romanian")),
    "ru": str(QT_TRANSLATE_NOOP("Languages", "Russian")),
    "sv": str(QT_TRANSLATE_NOOP("Languages", "Swedish")),
    "th": str(QT_TRANSLATE_NOOP("Languages", "Thai")),
    "tr": str(QT_TRANSLATE_NOOP("Languages", "Turkish")),
    "uk": str(QT_TRANSLATE_NOOP("Languages", "Ukrainian")),
    "vi": str(QT_TRANSLATE_NOOP("Languages", "Vietnamese")),
    "zh": str(QT_TRANSLATE_NOOP("Languages", "Chinese")),
}
_OLD_CODES = {"fre": "fr", "ger": "de", "dut": "nl", "gre": "el", "cze": "cs", "rum": "ro",
              "chi": "zh", "nob": "no", "nor": "no"}  # fmt: skip
_ENDINGS = (".srt", ".ass", ".ssa", ".vtt", ".sub", ".sup", ".smi")


def language_code(tag: str | None) -> str:
    """The ISO 639-1 code of a language tag as files write it (``fre``, ``fr-FR``); else empty."""
    if not tag:
        return ""
    base = tag.replace("_", "-").split("-")[0].lower()
    base = _OLD_CODES.get(base, base)
    if base in NAMES:
        return base
    language = QLocale.codeToLanguage(base)
    code: str = QLocale.languageToCode(language)
    return code if code and language != QLocale.Language.AnyLanguage else ""


def language_name(tag: str | None) -> str:
    """The name of a language in the window's language; the tag itself when it is unknown."""
    code = language_code(tag)
    if code in NAMES:
        return QCoreApplication.translate("Languages", NAMES[code])
    if code:
        return QLocale.languageToString(QLocale.codeToLanguage(code))
    return "" if not tag or tag == "und" else tag


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
        return " \u00b7 ".join(part for part in (_channels(track), track.codec.upper()) if part)
    if track.external:
        return QCoreApplication.translate("PlayerTracks", "beside it")
    if track.forced:
        return QCoreApplication.translate("PlayerTracks", "in file, forced")
    return QCoreApplication.translate("PlayerTracks", "in file")


def _channels(track: PlayerTrack) -> str:
    return {1: "1.0", 2: "2.0", 6: "5.1", 8: "7.1"}.get(track.channels or 0, "")


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
