"""What the ending of a name says a file is: film, sound or subtitles. Pure."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

VIDEOS: Final = frozenset(
    ("mkv", "mp4", "avi", "m4v", "mov", "wmv", "flv", "webm", "ts", "m2ts", "mts", "mpg", "mpeg",
     "ogm", "ogv", "divx", "3gp", "asf", "rmvb", "mk3d")
)  # fmt: skip
SOUNDS: Final = frozenset(
    ("mp3", "m4a", "m4b", "flac", "ogg", "opus", "aac", "wav", "wma", "mka", "alac", "aiff")
)
SUBTITLES: Final = frozenset(("srt", "ass", "ssa", "vtt", "sub", "idx", "sup", "smi"))
DISCS: Final = frozenset(("vob", "iso", "img"))
"""Of films too, but as discs hold them: nobody files or plays one of these by itself."""
PLAYABLE: Final = VIDEOS | SOUNDS


def ending_of(path: str) -> str:
    """The ending of a name in lower case, without its dot."""
    return PurePosixPath(path).suffix[1:].lower()
