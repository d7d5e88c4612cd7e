"""When each word of a text is said: as the voice tells, else estimated from the text and the sound.

The estimate gives each word a length by its letters and moves the places where the text pauses
(full stops, commas) to the silences that are heard. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from app.api.speaking import weight
from app.domain.project import Word

Span = tuple[float, float]

LONGEST_WORD: Final = 12.0
"""Seconds: a word that is said to take longer was not heard right (a long number may)."""
_TOKEN: Final = re.compile(r"\S+")
_STOPS: Final = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u0964\u061f][^\w]*$")
_COMMAS: Final = re.compile(r"[,;:\u060c\u3001\uff0c\u2014\u2013)][^\w]*$")
_STOP_PAUSE, _COMMA_PAUSE = 5.0, 2.5
"""How long pauses are, in the weight of letters."""
_MISSED: Final = 0.35
"""What it costs to leave a full stop without a silence, in seconds it would be off."""
_MOST_BREAKS: Final = 1_500


@dataclass(frozen=True, slots=True)
class VoiceTimes:
    """The words of a scene with their times; `estimated`: nobody told them."""

    words: tuple[Word, ...]
    estimated: bool


def voice_times(
    told: Sequence[Word], text: str, seconds: float, silences: Sequence[Span]
) -> VoiceTimes:
    """Return the times the voice tells where they can be right, else an estimate.

    `seconds` and `silences` (beginnings and ends, in seconds) are those of the sound.
    """
    if told and plausible(told, text, seconds):
        return VoiceTimes(tuple(told), estimated=False)
    return VoiceTimes(estimate_words(text, seconds, silences), estimated=True)


def align_words(
    text: str, heard: Sequence[Word], seconds: float, silences: Sequence[Span]
) -> VoiceTimes:
    """Return the words of a text with the times at which a transcript of its recording has them.

    Words the transcript has in another way are estimated between their neighbours; when it has
    fewer than half of them, it is of something else, and all are estimated.
    """
    tokens = _TOKEN.findall(text)
    told = [word for word in heard if 0 <= word.start <= word.end <= seconds + 0.5]
    blocks = SequenceMatcher(
        None,
        [_bare(token) for token in tokens],
        [_bare(word.text) for word in told],
        autojunk=False,
    ).get_matching_blocks()
    found = {
        block.a + step: (told[block.b + step].start, min(told[block.b + step].end, seconds))
        for block in blocks
        for step in range(block.size)
        if _bare(tokens[block.a + step])
    }
    estimate = estimate_words(text, seconds, silences)
    if len(found) * 2 < len(tokens):
        return VoiceTimes(estimate, estimated=True)
    made: list[Word] = []
    before = 0.0
    for index, word in enumerate(estimate):
        start, end = found.get(index) or _between(found, index, word)
        start = max(start, before)
        before = max(end, start)
        made.append(Word(word.text, round(start, 3), round(before, 3)))
    return VoiceTimes(tuple(made), estimated=False)


def plausible(words: Sequence[Word], text: str, seconds: float) -> bool:
    """Whether words are those of a text, in order, within the sound, none of them endless."""
    if [word.text for word in words] != text.split():
        return False
    before = 0.0
    for word in words:
        if not before - 0.001 <= word.start <= word.end <= seconds + 0.05:
            return False
        if word.end - word.start > max(LONGEST_WORD, weight(word.text) * 0.5):
            return False
        before = word.end
    last = words[-1].end
    return last > 0.0 and last >= seconds * 0.5


def estimate_words(text: str, seconds: float, silences: Sequence[Span]) -> tuple[Word, ...]:
    """Return the words of a text with estimated times: in order, within the sound.

    `silences` are where nothing is said, also at the ends of the sound.
    """
    tokens = _TOKEN.findall(text)
    if not tokens or seconds <= 0:
        return ()
    begin, end, inner = _bounds(seconds, silences)
    weights = [weight(token) for token in tokens]
    pauses = [_pause(token) for token in tokens[:-1]]
    anchors = _anchors(weights, pauses, (begin, end), inner)
    made: list[Word] = []
    for (first, start), (last, until) in zip(anchors, anchors[1:], strict=False):
        made += _stretch(tokens[first:last], weights[first:last], pauses[first : last - 1],
                         (start[1], until[0]))  # fmt: skip
    return tuple(made)


def _bare(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum())


def _between(found: Mapping[int, Span], index: int, word: Word) -> Span:
    """A word that was not heard, moved as its neighbours before were."""
    near = max((one for one in found if one < index), default=None)
    after = min((one for one in found if one > index), default=None)
    low = found[near][1] if near is not None else 0.0
    high = found[after][0] if after is not None else max(low, word.end)
    start = min(max(word.start, low), high)
    return start, min(max(word.end, start), high)


def _bounds(seconds: float, silences: Sequence[Span]) -> tuple[float, float, list[Span]]:
    """Where speech begins and ends, and the silences between."""
    begin, end = 0.0, seconds
    inner: list[Span] = []
    for start, stop in sorted(silences):
        if start <= 0.03:
            begin = max(begin, min(stop, seconds))
        elif stop >= seconds - 0.03:
            end = min(end, start)
        elif stop > start:
            inner.append((start, stop))
    if end - begin < seconds * 0.1:
        return 0.0, seconds, []
    return begin, end, [span for span in inner if begin < span[0] and span[1] < end]


def _pause(token: str) -> float:
    if _STOPS.search(token):
        return _STOP_PAUSE
    return _COMMA_PAUSE if _COMMAS.search(token) else 0.0


def _anchors(
    weights: Sequence[float], pauses: Sequence[float], bounds: Span, silences: Sequence[Span]
) -> list[tuple[int, Span]]:
    """Words that begin after a known silence, with it; the ends of the text are among them."""
    begin, end = bounds
    whole = (sum(weights) + sum(pauses)) or 1.0
    expected: list[tuple[int, float, bool]] = []
    at = 0.0
    for index, pause in enumerate(pauses):
        at += weights[index] + pause / 2
        if pause:
            moment = begin + (end - begin) * at / whole
            expected.append((index + 1, moment, pause == _STOP_PAUSE))
        at += pause / 2
    matched = _matched(expected[:_MOST_BREAKS], list(silences)[:_MOST_BREAKS], end - begin)
    return [(0, (begin, begin)), *matched, (len(weights), (end, end))]


def _matched(
    breaks: Sequence[tuple[int, float, bool]], silences: Sequence[Span], length: float
) -> list[tuple[int, Span]]:
    """Pair breaks of the text with silences, in order, so that all together are off the least."""
    many = len(silences)
    costs = [[0.0] * (many + 1)]
    for number, silence in enumerate(silences):
        costs[0][number + 1] = costs[0][number] + _unheard(silence)
    for _, moment, stop in breaks:
        above = costs[-1]
        row = [above[0] + (_MISSED if stop else _MISSED / 3)]
        for number, silence in enumerate(silences):
            skipped = above[number + 1] + (_MISSED if stop else _MISSED / 3)
            apart = abs((silence[0] + silence[1]) / 2 - moment)
            paired = above[number] + apart / (1.0 + length / 20)
            row.append(min(skipped, paired, row[number] + _unheard(silence)))
        costs.append(row)
    return _traced(breaks, silences, costs)


def _traced(
    breaks: Sequence[tuple[int, float, bool]],
    silences: Sequence[Span],
    costs: Sequence[Sequence[float]],
) -> list[tuple[int, Span]]:
    found: list[tuple[int, Span]] = []
    row, column = len(breaks), len(silences)
    while row and column:
        here = costs[row][column]
        missed = _MISSED if breaks[row - 1][2] else _MISSED / 3
        if here == costs[row - 1][column] + missed:
            row -= 1
        elif here == costs[row][column - 1] + _unheard(silences[column - 1]):
            column -= 1
        else:
            row, column = row - 1, column - 1
            found.append((breaks[row][0], silences[column]))
    return found[::-1]


def _unheard(silence: Span) -> float:
    """What it costs to take a silence for part of speaking: a long one is none."""
    return max(0.0, silence[1] - silence[0] - 0.1)


def _stretch(
    tokens: Sequence[str], weights: Sequence[float], pauses: Sequence[float], span: Span
) -> list[Word]:
    """Share a stretch without known silences among its words and small pauses."""
    start, end = span
    whole = sum(weights) + sum(pauses)
    second = (end - start) / whole
    made: list[Word] = []
    at = start
    for token, long, pause in zip(tokens, weights, [*pauses, 0.0], strict=True):
        until = min(at + long * second, end)
        made.append(Word(token, round(at, 3), round(until, 3)))
        at = min(until + pause * second, end)
    return made
