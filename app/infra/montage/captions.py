"""Groups spoken words into captions of one to four, and says which frames show which. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.domain.project import Shape
from app.domain.timeline import Spoken, Timeline

MOST_WORDS: Final = 4
MOST_LETTERS: Final = 22
"""A longer word is broken."""
MOST_TEXT: Final = 120
"""Letters of one word that are looked at at all."""
PAUSE: Final = 0.6
HOLD: Final = 0.35
"""Seconds a caption stays when nothing follows it."""
ENDS: Final = frozenset(".!?:;…。！？؟")
_KEPT_SYMBOLS: Final = frozenset("°©®™№§")
_DROPPED: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "So"))
_JOINERS: Final = frozenset("\u200c\u200d")  # letters of some scripts need them

NARROW, SLIM, BROAD = frozenset("ijl.,'’!|:;` "), frozenset('ftrI()[]-"/“”'), frozenset("mwMW@%—&")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where letters may be, in shares of the picture, and how large they are.

    `letter` is their size in shares of the short side; `line` how many of them stand in a line.
    """

    top: float
    bottom: float
    side: float
    letter: float
    line: int


SAFE: Final[dict[Shape, Frame]] = {
    # the buttons and titles of the platforms lie above, below and on the right
    Shape.PORTRAIT: Frame(top=0.14, bottom=0.24, side=0.125, letter=0.084, line=20),
    Shape.WIDE: Frame(top=0.07, bottom=0.09, side=0.12, letter=0.074, line=34),
    Shape.SQUARE: Frame(top=0.08, bottom=0.10, side=0.09, letter=0.076, line=24),
    Shape.TALL: Frame(top=0.08, bottom=0.13, side=0.10, letter=0.078, line=22),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A word as it is shown; `start` and `end` are seconds of the video."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class State:
    """A caption while one of its words is spoken: frames from `at` up to, not with, `until`."""

    at: int
    until: int
    words: tuple[str, ...]
    active: int


def states(timeline: Timeline, frames: int) -> list[State]:
    """All captions of a video that is so many frames long, in order; none overlap."""
    if not timeline.captions:
        return []
    limit = SAFE[timeline.shape].line
    cues: list[tuple[Said, ...]] = []
    for voice in sorted(timeline.voice, key=lambda one: one.start):
        cues += _cues(_words(voice), limit)
    found: list[State] = []
    for place, cue in enumerate(cues):
        following = cues[place + 1][0].start if place + 1 < len(cues) else float("inf")
        end = max(min(cue[-1].end + HOLD, following), cue[-1].start)
        found += _states(cue, end, timeline.fps, frames, found[-1].until if found else 0)
    return found


def clean(text: str) -> str:
    """The letters of a text that can be drawn: one line, no controls, no pictures."""
    kept = (
        letter if letter in _KEPT_SYMBOLS or letter in _JOINERS else _shown(letter)
        for letter in unicodedata.normalize("NFC", text[:MOST_TEXT])
    )
    words = (word.strip("".join(_JOINERS)) for word in "".join(kept).split())
    return " ".join(word for word in words if word)


def width_of(text: str) -> float:
    """About how wide a text is in bold letters, in sizes of the letter; rather too much."""
    return sum(map(_width, text))


def lines_of(words: Sequence[str], room: float) -> tuple[list[list[int]], float]:
    """Break a caption into lines of at most `room` letter sizes: word numbers of each line.

    Also returns by how much the letters must shrink (1: not at all).
    """
    widths = [width_of(word) for word in words]
    gap = _width(" ")
    numbers = list(range(len(words)))
    best = [numbers]
    widest = _line(widths, gap)
    if widest > room:
        for cut in range(1, len(words)):
            wide = max(_line(widths[:cut], gap), _line(widths[cut:], gap))
            if wide < widest:
                best, widest = [numbers[:cut], numbers[cut:]], wide
    return best, min(1.0, room / widest) if widest else 1.0


def _words(voice: Spoken) -> Iterator[Said]:
    before = 0.0
    for word in voice.words:
        start = max(before, word.start)
        end = max(start, word.end)
        before = start
        text = clean(word.text)
        if text and start <= voice.seconds + HOLD:
            yield Said(text, voice.start + start, voice.start + end)


def _cues(words: Iterable[Said], limit: int) -> Iterator[tuple[Said, ...]]:
    cue: list[Said] = []
    for word in words:
        if cue and _closes(cue, word, limit):
            yield tuple(cue)
            cue = []
        cue.append(word)
    if cue:
        yield tuple(cue)


def _closes(cue: Sequence[Said], word: Said, limit: int) -> bool:
    last = cue[-1]
    letters = sum(len(one.text) + 1 for one in cue) + len(word.text)
    return (
        len(cue) >= MOST_WORDS
        or last.text[-1] in ENDS
        or word.start - last.end > PAUSE
        or letters > limit
    )


def _states(
    cue: Sequence[Said], end: float, fps: int, frames: int, earliest: int
) -> Iterator[State]:
    texts = tuple(word.text for word in cue)
    edges = [*(round(word.start * fps) for word in cue), round(end * fps)]
    edges = [min(max(edge, earliest), frames) for edge in edges]
    for active, (at, until) in enumerate(pairwise(edges)):
        if until > at:
            yield State(at, until, texts, active)


def _shown(letter: str) -> str:
    if letter.isspace():
        return " "
    emoji = 0x1F000 <= ord(letter) <= 0x1FAFF or 0xFE00 <= ord(letter) <= 0xFE0F
    return "" if emoji or unicodedata.category(letter) in _DROPPED else letter


def _width(letter: str) -> float:
    if letter in NARROW:
        return 0.34
    if letter in SLIM:
        return 0.46
    if letter in BROAD:
        return 1.02
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if not letter.isascii() and not unicodedata.name(letter, "").startswith("LATIN"):
        return 0.85
    return 0.76 if letter.isupper() else 0.64


def _line(widths: Sequence[float], gap: float) -> float:
    return sum(widths) + gap * max(0, len(widths) - 1)
