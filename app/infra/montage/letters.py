"""Writes captions and credits as a sheet of ASS: one state a second, each in its own look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.project import Look, Shape
from app.infra.montage.captions import MOST_LETTERS, SAFE, clean, lines_of, width_of

EDITION: Final = 2
"""Counts up when the same words would be drawn differently."""
FONT: Final = "Inter"  # the system's own way leads to DejaVu Sans where it is not installed
MOST_CREDITS: Final = 6
CREDIT_LETTER: Final = 0.44
"""Size of the letters of credits, in shares of those of captions."""
EM: Final = 1.15
"""A size of libass is a line's height: the letters proper are so much smaller, at least."""
LINES: Final = 4.4
"""How high a band is, in sizes of the letter."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a look writes. Colours are RRGGBB; `border`, `shadow`, `blur` are shares of a letter."""

    ink: str
    accent: str
    border_ink: str
    border: float
    shadow: float = 0.04
    blur: float = 0.0
    weight: int = 700
    capitals: bool = False


STYLES: Final[dict[Look, Style]] = {
    Look.DUSK: Style("FFF6EC", "FFB45E", "1A1033", 0.075, weight=800),
    Look.PAPER: Style("1F2A37", "C24B2B", "F6EEDF", 0.11, shadow=0.05, weight=700),
    Look.NEON: Style("FFFFFF", "35F2FF", "2B0A66", 0.09, blur=0.05, weight=900, capitals=True),
    Look.FOREST: Style("F4EFDD", "F0C265", "0C211B", 0.08, weight=700),
    Look.MONO: Style("FFFFFF", "FF7A3D", "0B0B0C", 0.10, shadow=0.0, weight=900),
}


@dataclass(frozen=True, slots=True)
class Inscription:
    """Words that stand in the picture: a caption with its active word, or credits (-1)."""

    lines: tuple[str, ...]
    active: int = -1

    @property
    def credits(self) -> bool:
        """Whether it is small print and no caption."""
        return self.active < 0


@dataclass(frozen=True, slots=True)
class Band:
    """The strip of the picture a sheet draws: as wide as the picture, and where its letters go."""

    width: int
    height: int
    letter: int
    room: int  # pixels a line may be wide
    foot: int  # where the last line of a caption ends, from the top of the band
    caption_top: int  # where in the picture the band of captions begins
    credits_top: int


def band_of(shape: Shape, width: int, height: int) -> Band:
    """The band for pictures of that size."""
    safe = SAFE[shape]
    letter = round(safe.letter * min(width, height))
    high = 2 * round(LINES * letter / 2)
    edge = letter // 3
    foot = high - edge
    caption_top = _even(height * (1 - safe.bottom) - foot)
    return Band(
        width, high, letter, round(width * (1 - 2 * safe.side)), foot,
        caption_top, _even(height * safe.top),
    )  # fmt: skip


def document(look: Look, band: Band, inscriptions: Sequence[Inscription]) -> str:
    """ASS for a canvas of two bands, one below the other: number n stands in both in second n."""
    style = STYLES[look]
    told = [
        "[Script Info]", "ScriptType: v4.00+", f"PlayResX: {band.width}",
        f"PlayResY: {2 * band.height}", "WrapStyle: 2", "ScaledBorderAndShadow: yes", "",
        "[V4+ Styles]",
        "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
        "BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, "
        "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
        # encoding -1: the direction of a line is that of its letters
        f"Style: S,{FONT},{band.letter},{_colour(style.ink)},{_colour(style.ink)},"
        f"{_colour(style.border_ink)},{_colour('000000', '80')},0,0,0,0,100,100,0,0,1,"
        f"{style.border * band.letter:.2f},{style.shadow * band.letter:.2f},2,0,0,0,-1",
        "", "[Events]",
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ]  # fmt: skip
    for second, inscription in enumerate(inscriptions):
        for half in (0, band.height):
            text = _event(style, band, inscription, half)
            span = f"{_clock(second)},{_clock(second + 1)}"
            told.append(f"Dialogue: 0,{span},S,,0,0,0,,{text}")
    return "\n".join(told) + "\n"


def _event(style: Style, band: Band, inscription: Inscription, half: int) -> str:
    clip = f"\\clip(0,{half},{band.width},{half + band.height})"
    middle = band.width // 2
    if inscription.credits:
        return _credits(style, band, inscription.lines, f"\\an8\\pos({middle},{half + 4}){clip}")
    words = [clean(word) for word in inscription.lines]
    shown = [word.upper() if style.capitals else word for word in words]
    # the border and the heaviest letters need more room than a common letter
    room = EM * band.room / band.letter - 2 * style.border
    lines, shrink = lines_of([max(_pieces(word), key=width_of) for word in shown], room)
    tall = sum(max(len(_pieces(shown[number])) for number in line) for line in lines)
    size = band.letter * min(shrink, (LINES - 0.7) / (1.25 * tall))
    text = "\\N".join(
        " ".join(_word(style, shown[number], number == inscription.active) for number in line)
        for line in lines
    )
    place = f"\\an2\\pos({middle},{half + band.foot}){clip}"
    blur = f"\\blur{style.blur * size:.1f}" if style.blur else ""
    return (
        f"{{{place}{blur}\\b{style.weight}\\fs{size:.1f}\\bord{style.border * size:.1f}"
        f"\\shad{style.shadow * size:.1f}}}{text}"
    )


def _word(style: Style, word: str, active: bool) -> str:
    text = "\\N".join(_escaped(piece) for piece in _pieces(word))
    if not active:
        return text
    return f"{{\\1c{_colour(style.accent)}}}{text}{{\\1c{_colour(style.ink)}}}"


def _credits(style: Style, band: Band, lines: Sequence[str], place: str) -> str:
    size = band.letter * CREDIT_LETTER
    most = int(band.room / size / 0.62)
    shown = [clean(line) for line in lines if clean(line)]
    if len(shown) > MOST_CREDITS:
        shown = [*shown[: MOST_CREDITS - 1], "…"]
    cut = [line if len(line) <= most else line[: most - 1].rstrip() + "…" for line in shown]
    widest = max((width_of(line) for line in cut), default=1.0) * size
    size *= min(1.0, band.room / widest)
    return f"{{{place}\\b600\\fs{size:.1f}\\bord{style.border * size:.1f}\\shad0}}" + "\\N".join(
        _escaped(line) for line in cut
    )


def _pieces(word: str) -> list[str]:
    """A word that is too long for any line, broken."""
    count = -(-len(word) // MOST_LETTERS)
    size = -(-len(word) // count) if count else 1
    return [word[start : start + size] for start in range(0, len(word), size)] or [""]


def _escaped(text: str) -> str:
    """Nothing in it commands: braces are round ones, a backslash is followed by no letter."""
    plain = text.replace("{", "(").replace("}", ")")
    return plain.replace("\\", "\\\u2060")


def _colour(code: str, alpha: str = "00") -> str:
    return f"&H{alpha}{code[4:6]}{code[2:4]}{code[0:2]}&"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.00"


def _even(size: float) -> int:
    return 2 * round(size / 2)
