"""Cuts text into the word pieces a BERT model knows, exactly as its own tokenizer does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

LONGEST_WORD = 100
"""Characters; a longer word is unknown as a whole."""
MOST_REMEMBERED = 50_000
_GAPS = "\t\n\r"
_UNSEEN = ("Cc", "Cf", "Co", "Cs")  # what nobody assigned yet is a letter like another
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPiece:
    """Turns texts into ids. Marks such as ``[SEP]`` inside a text are plain letters here."""

    def __init__(self, vocabulary: Path, longest: int = 256) -> None:
        lines = vocabulary.read_text("utf-8").split("\n")
        self._ids = {piece: place for place, piece in enumerate(lines) if piece}
        self._longest = longest
        self._first, self._last = self._ids["[CLS]"], self._ids["[SEP]"]
        self._unknown = self._ids["[UNK]"]
        self._remembered: dict[str, list[int]] = {}

    def ids(self, text: str) -> list[int]:
        """The ids of a text with those of its beginning and end, at most `longest`."""
        found = [self._first]
        for word in words(text):
            found += self._pieces(word)
            if len(found) >= self._longest:
                break
        return [*found[: self._longest - 1], self._last]

    def _pieces(self, word: str) -> list[int]:
        known = self._remembered.get(word)
        if known is not None:
            return known
        found = self._cut(word)
        if len(self._remembered) < MOST_REMEMBERED:
            self._remembered[word] = found
        return found

    def _cut(self, word: str) -> list[int]:
        """The longest piece that is known, then the longest of the rest, and so on."""
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            head = "##" if start else ""
            for end in range(len(word), start, -1):
                piece = self._ids.get(head + word[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def words(text: str) -> Iterator[str]:
    """The words of a text without case and accents; marks and ideographs stand alone."""
    current: list[str] = []
    for char in _normal(text):
        if char == " " or _stands_alone(char):
            if current:
                yield "".join(current)
                current.clear()
            if char != " ":
                yield char
        else:
            current.append(char)
    if current:
        yield "".join(current)


def _normal(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.lower()
    plain = "".join(_visible(char) for char in text)
    parts = unicodedata.normalize("NFD", plain)
    # Letter by letter: a whole word would give Greek another sigma at its end.
    return "".join(char.lower() for char in parts if unicodedata.category(char) != "Mn")


def _visible(char: str) -> str:
    if char in _GAPS:
        return " "
    if char == "\ufffd" or unicodedata.category(char) in _UNSEEN:
        return ""
    if char.isspace():
        return " "
    # Before accents are taken off: that turns some of them into others.
    return f" {char} " if _is_ideograph(char) else char


def _stands_alone(char: str) -> bool:
    if char.isascii():
        return not char.isalnum()
    return unicodedata.category(char)[0] == "P" or _is_ideograph(char)


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return code >= 0x3400 and any(first <= code <= last for first, last in _IDEOGRAPHS)
