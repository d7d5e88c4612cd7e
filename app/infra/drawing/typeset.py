"""Sets text in lines: balanced breaks, the largest size that fits, both directions of writing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from app.infra.drawing.fonts import Face, Fonts, Run, eastern, runs

LONGEST = 400
MEASURED_AT = 256
LONGEST_WORD, PART_OF_WORD = 22, 14
_CLOSING = frozenset("。、，．！？）」』】〉》：；!?,.;:)»…")
_SYLLABLES = re.compile("(?=[\u0e40-\u0e44\u0ec0-\u0ec4])")
"""Thai and Lao are written without spaces: these vowels begin a syllable."""
_BARE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together in a line: a word, or one sign of a script without spaces."""

    text: str
    runs: tuple[Run, ...]
    spaced: bool  # a space stands before it
    rtl: bool


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set; `leading` is from one base line to the next, as a part of the size."""

    face: Face
    leading: float = 1.08
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A run at its place: `x` is its left edge, `y` its base line, from the block's corner."""

    run: Run
    x: float
    y: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that were set, in pixels; drawn by `ink`."""

    placed: tuple[Placed, ...]
    size: int
    width: float
    height: float
    lines: int
    rtl: bool = False

    def ink(
        self, draw: ImageDraw.ImageDraw, fonts: Fonts, x: float, y: float, *, marked: bool
    ) -> None:
        """Draw the words that are marked, or those that are not, in full white."""
        for one in self.placed:
            if one.marked == marked:
                font = fonts.get(one.run.path, self.size)
                draw.text((x + one.x, y + one.y), one.run.text, fill=255, font=font, anchor="ls")


def pieces(text: str, style: Style) -> tuple[Piece, ...]:
    """Cut a text into what may stand on lines of its own."""
    made = []
    for word in text[:LONGEST].split():
        shown = word.upper() if style.capitals else word
        for number, part in enumerate(_parts(shown)):
            cut = runs(part, style.face)
            if cut:
                made.append(Piece(part, cut, spaced=number == 0, rtl=_right_to_left(part)))
    return tuple(made)


class Setter:
    """Sets text with the fonts of one drawing."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._measured: dict[Run, float] = {}

    def fit(
        self,
        text: str,
        style: Style,
        box: tuple[float, float],
        sizes: tuple[int, int],
        *,
        most_lines: int = 6,
        align: str = "left",
        marks: Iterable[str] = (),
    ) -> Block:
        """Set a text as large as fits into a box, between the smallest and the largest size.

        A text that does not even fit at the smallest is cut with an ellipsis; nothing ever
        stands outside of the box.
        """
        given = pieces(text, style)
        marked = frozenset(bare(one) for one in marks) - {""}
        low, high = sizes
        best = None
        while low <= high:
            size = (low + high) // 2
            lines = self._balanced(given, size, box[0])
            if self._fits(lines, size, style, box, most_lines):
                best, low = (lines, size), size + 1
            else:
                high = size - 1
        if best is None:
            best = (self._forced(given, sizes[0], style, box, most_lines), sizes[0])
        return self._block(*best, style, align, marked)

    def rows(self, block: Block) -> list[tuple[float, float, float]]:
        """Return left, right and base line of each line of a block."""
        spans: dict[float, list[float]] = {}
        for one in block.placed:
            right = one.x + self._measure(one.run) * block.size
            spans.setdefault(one.y, []).extend((one.x, right))
        return [(min(sides), max(sides), y) for y, sides in sorted(spans.items())]

    def width(self, piece: Piece, size: int) -> float:
        """How wide a piece is: letters grow evenly, so each is measured once."""
        return sum(self._measure(run) for run in piece.runs) * size

    def _measure(self, run: Run) -> float:
        if run not in self._measured:
            font = self.fonts.get(run.path, MEASURED_AT)
            self._measured[run] = font.getlength(run.text) / MEASURED_AT
        return self._measured[run]

    def _fits(
        self,
        lines: Sequence[Sequence[Piece]],
        size: int,
        style: Style,
        box: tuple[float, float],
        most_lines: int,
    ) -> bool:
        high = self._height(len(lines), size, style)
        wide = max((self._line_width(line, size) for line in lines), default=0.0)
        return len(lines) <= most_lines and high <= box[1] and wide <= box[0]

    def _height(self, lines: int, size: int, style: Style) -> float:
        return size * (0.98 + style.leading * (lines - 1)) if lines else 0.0

    def _greedy(self, given: Sequence[Piece], size: int, width: float) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        used = 0.0
        space = self._space(given, size)
        for piece in given:
            wide = self.width(piece, size)
            gap = space if piece.spaced else 0.0
            if lines and used + gap + wide <= width:
                lines[-1].append(piece)
                used += gap + wide
            else:
                lines.append([piece])
                used = wide
        return lines

    def _balanced(self, given: Sequence[Piece], size: int, width: float) -> list[list[Piece]]:
        """As few lines as possible, and these as equally long as possible."""
        best = self._greedy(given, size, width)
        low, high = width * 0.3, width
        for _ in range(7):
            middle = (low + high) / 2
            lines = self._greedy(given, size, middle)
            wide = max((self._line_width(line, size) for line in lines), default=0.0)
            if len(lines) <= len(best) and wide <= middle:
                best, high = lines, middle
            else:
                low = middle
        return best

    def _forced(
        self,
        given: Sequence[Piece],
        size: int,
        style: Style,
        box: tuple[float, float],
        most_lines: int,
    ) -> list[list[Piece]]:
        """Lines of a text that is too long: long words are broken, the rest is cut off."""
        broken = [part for piece in given for part in self._break(piece, size, box[0], style)]
        lines = self._greedy(broken, size, box[0])
        rows = max(1, min(most_lines, int((box[1] / size - 0.98) / style.leading) + 1))
        if len(lines) <= rows:
            return lines
        kept = lines[:rows]
        dots = Piece("…", runs("…", style.face), spaced=False, rtl=False)
        while kept[-1] and self._line_width([*kept[-1], dots], size) > box[0]:
            kept[-1].pop()
        kept[-1].append(dots)
        return kept

    def _break(self, piece: Piece, size: int, width: float, style: Style) -> list[Piece]:
        if self.width(piece, size) <= width:
            return [piece]
        made: list[Piece] = []
        text = ""
        for char in piece.text:
            longer = Piece(text + char, runs(text + char, style.face), not made, piece.rtl)
            whole = unicodedata.category(char)[0] == "M"
            if text and not whole and self.width(longer, size) > width:
                made.append(Piece(text, runs(text, style.face), not made, piece.rtl))
                text = char
            else:
                text += char
        return [*made, Piece(text, runs(text, style.face), not made, piece.rtl)]

    def _space(self, given: Sequence[Piece], size: int) -> float:
        path = given[0].runs[0].path if given and given[0].runs else ""
        return max(self._measure(Run(" ", path)), 0.2) * size if path else 0.0

    def _line_width(self, line: Sequence[Piece], size: int) -> float:
        space = self._space(line, size)
        gaps = sum(space for piece in line[1:] if piece.spaced)
        return gaps + sum(self.width(piece, size) for piece in line)

    def _block(
        self,
        lines: Sequence[Sequence[Piece]],
        size: int,
        style: Style,
        align: str,
        marked: frozenset[str],
    ) -> Block:
        given = [piece for line in lines for piece in line]
        rtl = sum(piece.rtl for piece in given) * 2 > len(given)
        widths = [self._line_width(line, size) for line in lines]
        widest = max(widths, default=0.0)
        placed: list[Placed] = []
        for row, (line, wide) in enumerate(zip(lines, widths, strict=True)):
            free = widest - wide
            x = free / 2 if align == "center" else free if (align == "right") != rtl else 0.0
            y = size * (0.76 + style.leading * row)
            placed.extend(self._line(line, size, x, y, rtl, marked))
        high = self._height(len(lines), size, style)
        return Block(tuple(placed), size, widest, high, len(lines), rtl)

    def _line(
        self,
        line: Sequence[Piece],
        size: int,
        x: float,
        y: float,
        rtl: bool,
        marked: frozenset[str],
    ) -> list[Placed]:
        space = self._space(line, size)
        made = []
        seen = _in_sight(line, rtl)
        for place, piece in enumerate(seen):
            after = seen[place - 1] if rtl and place else piece
            x += space if place and (after if rtl else piece).spaced else 0.0
            for run in reversed(piece.runs) if piece.rtl else piece.runs:
                made.append(Placed(run, x, y, bare(piece.text) in marked))
                x += self._measure(run) * size
        return made


def bare(word: str) -> str:
    """A word without its signs and its case, as accents are compared."""
    return _BARE.sub("", word).casefold()


def _in_sight(line: Sequence[Piece], rtl: bool) -> list[Piece]:
    """The pieces of a line from left to right: those against its direction turn around."""
    made: list[Piece] = []
    turned: list[Piece] = []
    for piece in line:
        if piece.rtl != rtl and any(char.isalnum() for char in piece.text):
            turned.insert(0, piece)
            continue
        made += [*turned, piece]
        turned = []
    made += turned
    return made[::-1] if rtl else made


def _right_to_left(text: str) -> bool:
    for char in text:
        told = unicodedata.bidirectional(char)
        if told in ("R", "AL"):
            return True
        if told == "L":
            return False
    return False


def _parts(word: str) -> list[str]:
    """A word of a script with spaces is one part; of one without, each sign is."""
    if not any(eastern(char) for char in word):
        if len(word) > LONGEST_WORD and word.isalpha() and not _right_to_left(word):
            cut = [word[at : at + PART_OF_WORD] for at in range(0, len(word), PART_OF_WORD)]
            return [*(f"{one}-" for one in cut[:-1]), cut[-1]]
        return [one for one in _SYLLABLES.split(word) if one]
    made: list[str] = []
    for char in word:
        alone = eastern(char) and char not in _CLOSING
        if made and (not alone and not eastern(made[-1][-1]) or char in _CLOSING):
            made[-1] += char
        else:
            made.append(char)
    return made
