"""What voices share: the words of a text with their times, the pieces of a long one, WAV files."""

from __future__ import annotations

import io
import math
import re
import wave
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import InvalidInput, Unavailable
from app.domain.project import Word

LONGEST_TEXT = 20_000
"""Characters that are said in one go: more than twenty minutes."""
_TOKEN = re.compile(r"\S+")
_SENTENCE_END = re.compile(
    r"[.!?\N{HORIZONTAL ELLIPSIS}]+[\"')\]\N{RIGHT DOUBLE QUOTATION MARK}"
    r"\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]*\s+"
    r"|[\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}"
    r"\N{DEVANAGARI DANDA}\N{ARABIC QUESTION MARK}]+\s*|\n\s*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_PCM, _ANY = 1, 0xFFFE


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is said: where it stands in the text (characters) and when (seconds)."""

    place: int
    start: float
    end: float


def plain_speech(text: str) -> str:
    """Return a text as it may be said, as long as it was: signs for machines become spaces.

    `InvalidInput` when nothing is to be said in it, or more than `LONGEST_TEXT`.
    """
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("errors.voice_too_long", most=LONGEST_TEXT)
    plain = _CONTROL.sub(" ", text)
    if not any(char.isalnum() for char in plain):
        raise InvalidInput("errors.voice_nothing")
    return plain


def spoken_pieces(text: str, most: int) -> list[str]:
    """Split a text at the ends of sentences into pieces of at most so many characters.

    A sentence that is longer is split between words, and a word that is longer within. The pieces
    together are the text.
    """
    pieces = [""]
    for part in _parts(text, most):
        if len(pieces[-1]) + len(part) > most and pieces[-1]:
            pieces.append("")
        pieces[-1] += part
    return [piece for piece in pieces if piece]


def timed_words(text: str, marks: Iterable[Mark], seconds: float) -> tuple[Word, ...]:
    """Return the words of a text as they stand in it, with times from the marks that lie in them.

    Times never go back and lie within `seconds`. A word without a mark (a dash, a smiley) gets
    its share of the time of the word before it.
    """
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return ()
    ends = [token.end() for token in tokens]
    spans: dict[int, tuple[float, float]] = {}
    for mark in marks:
        index = min(bisect_right(ends, mark.place), len(tokens) - 1)
        start, end = spans.get(index, (mark.start, mark.end))
        spans[index] = min(start, mark.start), max(end, mark.end)
    return _in_order([token.group() for token in tokens], spans, seconds)


def weight(word: str) -> float:
    """Return about how long a word takes beside others: digits are words, capitals are letters."""
    total = 0.0
    for char in word:
        if char.isdigit():
            total += 3.0
        elif char.isalpha():
            total += 3.0 if ord(char) >= 0x2E80 else 1.0  # a syllable or more
    if word.isupper() and 1 < len(word) <= 4:
        total *= 2.0
    return total + 0.6 if total else 0.2


def wav(pcm: bytes, rate: int) -> bytes:
    """Return 16-bit mono sound as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(pcm[: len(pcm) // 2 * 2])
    return file.getvalue()


def wav_sound(file: bytes, host: str) -> tuple[bytes, int]:
    """Return the 16-bit mono sound of a WAV file and its rate; `Unavailable` for anything else.

    The lengths in a file that was sent while it was made are wrong: what is there counts.
    """
    wrong = Unavailable("errors.bad_answer", host=host)
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        raise wrong
    at, rate = 12, 0
    while at + 8 <= len(file):
        name, size = file[at : at + 4], int.from_bytes(file[at + 4 : at + 8], "little")
        body = file[at + 8 : at + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            kind, channels = (int.from_bytes(body[i : i + 2], "little") for i in (0, 2))
            rate = int.from_bytes(body[4:8], "little")
            if kind not in (_PCM, _ANY) or channels != 1 or body[14:16] != b"\x10\0":
                raise wrong
        elif name == b"data" and 8_000 <= rate <= 192_000:
            return body[: len(body) // 2 * 2], rate
        at += 8 + size + size % 2
    raise wrong


def _parts(text: str, most: int) -> list[str]:
    """Sentences, and of too long ones the words, and of too long ones the letters."""
    found: list[str] = []
    for sentence in _cut(text, _SENTENCE_END):
        words = [sentence] if len(sentence) <= most else re.findall(r"\s*\S+\s*", sentence)
        for word in words:
            found += [word[i : i + most] for i in range(0, len(word), most)]
    return found


def _cut(text: str, after: re.Pattern[str]) -> list[str]:
    places = [0, *(found.end() for found in after.finditer(text)), len(text)]
    return [text[a:b] for a, b in zip(places, places[1:], strict=False) if b > a]


def _in_order(
    words: Sequence[str], spans: dict[int, tuple[float, float]], seconds: float
) -> tuple[Word, ...]:
    spans = spans or {0: (0.0, seconds)}
    seconds = math.floor(seconds * 1000) / 1000
    known = sorted(spans)
    groups = zip([0, *known[1:]], [*known[1:], len(words)], strict=True)
    made: list[Word] = []
    before = 0.0
    for number, (first, last) in enumerate(groups):
        start, end = (math.floor(second * 1000) / 1000 for second in spans[known[number]])
        start = min(max(start, before), seconds)
        limit = spans[known[number + 1]][0] if number + 1 < len(known) else seconds
        end = min(max(end, start), max(limit, start), seconds)
        made += _shared(words[first:last], start, end)
        before = end
    return tuple(made)


def _shared(words: Sequence[str], start: float, end: float) -> list[Word]:
    weights = [weight(word) for word in words]
    whole = sum(weights)
    made, at = [], start
    for word, share in zip(words, weights, strict=True):
        until = at + (end - start) * share / whole
        made.append(Word(word, at, min(round(until, 3), end)))
        at = min(round(until, 3), end)
    return made
