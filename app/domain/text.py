"""Turns bytes and titles into text that is safe to show, to sort and to search."""

from __future__ import annotations

import re
import unicodedata

MAX_DISPLAY = 300
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SEPARATORS = re.compile(r"[^\w]+|_+")
_ARTICLES = re.compile(r"^(?:the|an?|le|la|les|l|un|une|der|die|das|el|los|las)\s+(?=\S)")
_NUMBER = re.compile(r"\d+")


def display(path: bytes) -> str:
    """A path or name for people: bad bytes and characters that would mislead become marks."""
    return clean(path.decode("utf-8", "replace"))


def clean(text: str) -> str:
    """Replace control characters and those that reorder text; cut what is absurdly long."""
    plain = text.isascii() and text.isprintable()  # most are, and need no closer look
    safe = text if plain else _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)
    return safe if len(safe) <= MAX_DISPLAY else safe[: MAX_DISPLAY - 1] + "…"


def fold(text: str) -> str:
    """The form in which texts are compared: no case, no accents, no punctuation, one width."""
    if text.isascii():
        plain = text.lower()
    else:
        folded = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(char for char in folded if not unicodedata.combining(char))
        plain = plain.replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("œ", "oe")
    return _SEPARATORS.sub(" ", plain.replace("'", "").replace("’", "")).strip()


def sort_title(title: str) -> str:
    """The form in which titles are put in order: without a leading article, numbers by value."""
    folded = without_article(fold(title))
    return _NUMBER.sub(lambda found: found.group().zfill(6), folded)[:200]


def without_article(folded: str) -> str:
    """A folded title without the article it may begin with."""
    return _ARTICLES.sub("", folded)


def searchable(title: str) -> str:
    """The folded title, and after it the words with a hyphen written as one."""
    joined = [fold(word.replace("-", "")) for word in title.split() if "-" in word.strip("-")]
    return " ".join([fold(title), *joined]).strip()
