"""Finds titles from a few of their letters, in order."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, so that ``reglages`` finds ``Réglages``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def match(typed: str, title: str) -> float | None:
    """How well a title fits what was typed; higher is better, None when it does not.

    Letters must come in order. Beginnings of words and letters in a row count more.
    """
    wanted, within = fold(typed).replace(" ", ""), fold(title)
    if not wanted:
        return 0.0
    if fold(typed.strip()) in within:
        start = within.index(fold(typed.strip()))
        return 1000.0 - start - len(within) / 100 + (100 if _begins(within, start) else 0)
    score, place, row = 0.0, -1, 0
    for letter in wanted:
        found = within.find(letter, place + 1)
        if found < 0:
            return None
        row = row + 1 if found == place + 1 else 0
        score += 10 + 5 * row + (12 if _begins(within, found) else 0) - (found - place - 1) * 0.5
        place = found
    return score


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
