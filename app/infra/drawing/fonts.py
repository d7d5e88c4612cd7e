"""Finds the fonts of this machine, and for each piece of a text the one that can show it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from PIL import ImageFont, features

from app.infra.drawing.letters import shows

PLACES = (
    *("/usr/share/fonts", "/usr/local/share/fonts"),
    *("~/.local/share/fonts", "~/.fonts"),
)
ENDINGS = frozenset({".otf", ".ttf", ".ttc"})
MOST_FILES = 5000


class Face(StrEnum):
    """The kinds of letters the designs use."""

    BLACK = "black"
    BOLD = "bold"
    MEDIUM = "medium"
    SERIF = "serif"
    SERIF_SOFT = "serif_soft"


FILES: Mapping[Face, tuple[str, ...]] = MappingProxyType(
    {
        Face.BLACK: ("InterDisplay-Black", "Inter-Black", "NotoSans-Bold", "DejaVuSans-Bold"),
        Face.BOLD: ("InterDisplay-Bold", "Inter-Bold", "NotoSans-Bold", "DejaVuSans-Bold"),
        Face.MEDIUM: ("Inter-Medium", "Inter-Regular", "NotoSans-Regular", "DejaVuSans"),
        Face.SERIF: ("NotoSerifDisplay-Bold", "NotoSerif-Bold", "DejaVuSerif-Bold"),
        Face.SERIF_SOFT: ("NotoSerif-Regular", "DejaVuSerif"),
    }
)
"""Best first; the last are on every desktop."""

SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ARABIC", "NotoSansArabic"),
    ("HEBREW", "NotoSansHebrew"),
    ("DEVANAGARI", "NotoSansDevanagari"),
    ("BENGALI", "NotoSansBengali"),
    ("GURMUKHI", "NotoSansGurmukhi"),
    ("GUJARATI", "NotoSansGujarati"),
    ("ORIYA", "NotoSansOriya"),
    ("TAMIL", "NotoSansTamil"),
    ("TELUGU", "NotoSansTelugu"),
    ("KANNADA", "NotoSansKannada"),
    ("MALAYALAM", "NotoSansMalayalam"),
    ("SINHALA", "NotoSansSinhala"),
    ("THAI", "NotoSansThai"),
    ("LAO", "NotoSansLao"),
    ("TIBETAN", "NotoSerifTibetan"),
    ("MYANMAR", "NotoSansMyanmar"),
    ("GEORGIAN", "NotoSansGeorgian"),
    ("ARMENIAN", "NotoSansArmenian"),
    ("ETHIOPIC", "NotoSansEthiopic"),
    ("KHMER", "NotoSansKhmer"),
    ("MONGOLIAN", "NotoSansMongolian"),
    ("THAANA", "NotoSansThaana"),
    ("SYRIAC", "NotoSansSyriac"),
    ("CHEROKEE", "NotoSansCherokee"),
    ("TIFINAGH", "NotoSansTifinagh"),
)
"""How the names of a script's characters begin, and the font for them."""

EASTERN = (
    *("NotoSansCJK", "SourceHanSans", "DroidSansFallbackFull", "DroidSansFallback"),
    *("wqy-zenhei", "wqy-microhei", "unifont"),
)
LAST = ("NotoSans", "DejaVuSans", "NotoSansSymbols2", "NotoSansSymbols", "NotoSansMath")
UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a word that one font shows."""

    text: str
    path: str


@lru_cache(maxsize=1)
def installed() -> Mapping[str, str]:
    """Return the font files of this machine by their names without endings."""
    found: dict[str, str] = {}
    for place in PLACES:
        for folder, _folders, names in os.walk(Path(place).expanduser()):
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix.lower() in ENDINGS and len(found) < MOST_FILES:
                    found.setdefault(path.stem, str(path))
    return MappingProxyType(found)


def runs(text: str, face: Face) -> tuple[Run, ...]:
    """Cut a word into pieces of one font each; what no font shows is left out."""
    made: list[Run] = []
    for char in text:
        path = made[-1].path if made and _joins(char) else font_for(char, face)
        if not path:
            continue
        if made and made[-1].path == path:
            made[-1] = Run(made[-1].text + char, path)
        else:
            made.append(Run(char, path))
    return tuple(made)


def readable(text: str) -> bool:
    """Whether nearly all letters of a text can be shown with the fonts of this machine."""
    letters = [char for char in text if char.isalnum()]
    shown = sum(1 for char in letters if font_for(char, Face.BOLD))
    return shown >= 0.9 * len(letters)


@lru_cache(maxsize=4096)
def font_for(char: str, face: Face) -> str:
    """Return the file of the font that shows a character best, or nothing."""
    known = installed()
    heavy = face not in (Face.MEDIUM, Face.SERIF_SOFT)
    for name in (*_of_script(char, heavy), *FILES[face], *_plain(heavy)):
        path = known.get(name, "")
        if path and shows(path, char):
            return path
    return ""


class Fonts:
    """The fonts of one drawing, opened once each; not shared between threads."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        raqm = features.check("raqm")
        self._engine = ImageFont.Layout.RAQM if raqm else ImageFont.Layout.BASIC

    def get(self, path: str, size: int) -> ImageFont.FreeTypeFont:
        """Return a font at a size in pixels."""
        key = (path, size)
        if key not in self._open:
            self._open[key] = ImageFont.truetype(path, size, layout_engine=self._engine)
        return self._open[key]


def _joins(char: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a joiner."""
    return char in UNSEEN or unicodedata.category(char) in ("Mn", "Mc", "Me")


def _of_script(char: str, heavy: bool) -> tuple[str, ...]:
    name = unicodedata.name(char, "")
    for script, stem in SCRIPTS:
        if name.startswith(script):
            return (f"{stem}-Bold", f"{stem}-Regular") if heavy else (f"{stem}-Regular",)
    if eastern(char):
        known = installed()
        weights = ("-Bold", "-Regular", "") if heavy else ("-Regular", "")
        wanted = [stem + weight for stem in EASTERN for weight in weights]
        return tuple(one for one in wanted if one in known)
    return ()


def _plain(heavy: bool) -> tuple[str, ...]:
    ends = ("-Bold", "-Regular", "") if heavy else ("-Regular", "")
    return tuple(stem + end for stem in LAST for end in ends)


def eastern(char: str) -> bool:
    """Whether a character is of Chinese, Japanese or Korean, signs of theirs included."""
    return unicodedata.east_asian_width(char) in ("W", "F")
