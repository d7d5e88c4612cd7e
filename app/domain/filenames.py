"""Names that any file system takes, made from what strangers wrote. Pure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

LONGEST: Final = 240
"""Bytes of a name in UTF-8; most file systems take 255, and a temporary name needs some more."""
_BAD: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_TAKEN: Final = re.compile(r'[/\\:*?"<>|]+')
_SPACES: Final = re.compile(r"\s+")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(text: str, otherwise: str = "download") -> str:
    """Return one name without folders, signs that hide or mislead, and reserved words.

    The ending is kept when a long name is shortened. `otherwise` stands for a name of which
    nothing is left.
    """
    plain = _BAD.sub("", unicodedata.normalize("NFC", text[:4096]))
    plain = _SPACES.sub(" ", _TAKEN.sub(" ", plain)).strip(" .")
    if not plain:
        plain = otherwise
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    stem, ending = _split(plain)
    if len(ending.encode()) > 20:
        stem, ending = plain, ""
    room = LONGEST - len(ending.encode())
    cut = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return (cut or otherwise) + ending


def numbered(name: str, number: int) -> str:
    """The name for a file when one of that name is there already: ``Film (2).mkv``."""
    stem, ending = _split(name)
    tail = f" ({number}){ending}"
    return stem.encode()[: LONGEST - len(tail.encode())].decode(errors="ignore") + tail


def _split(name: str) -> tuple[str, str]:
    ending = PurePosixPath(name).suffix
    return name[: len(name) - len(ending)], ending
