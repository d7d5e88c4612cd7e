"""Cuts a text politely: between words, and never within what is one sign to the eye."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_JOINS = "\u200d\ufe0e\ufe0f\u20e3"


def shortened(text: str, most: int, size: Callable[[str], int]) -> str:
    """Return a text of at most `most`, as `size` counts it, cut between words, with ``…``."""
    if size(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle] + "…") <= most else (low, middle - 1)
    end = low
    while end and (_tied(text, end) or size(text[:end].rstrip() + "…") > most):
        end -= 1
    kept = text[:end]
    between = max(kept.rfind(" "), kept.rfind("\n"))
    if between > 0 and end < len(text) and not text[end].isspace():
        kept = kept[:between]
    kept = kept.rstrip().rstrip(" ,;:-")
    return f"{kept}…" if kept and size(f"{kept}…") <= most else ""


def _tied(text: str, place: int) -> bool:
    """Whether a cut there would part what is one sign to the eye."""
    if place >= len(text):
        return False
    after, before = text[place], text[place - 1]
    joins = after in _JOINS or before == "\u200d" or unicodedata.combining(after) != 0
    skin = "\U0001f3fb" <= after <= "\U0001f3ff"
    flags = all("\U0001f1e6" <= one <= "\U0001f1ff" for one in (before, after))
    return joins or skin or flags or "\U000e0020" <= after <= "\U000e007f"
