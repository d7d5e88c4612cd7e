"""Where each column of the table stands at a width; what has no room is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ICON, GAP = 58, 16
WIDTHS: Mapping[str, int] = {"done": 72, "speed": 114, "left": 104, "from": 156}
"""Pixels at 100 %; the name takes what is left over."""
BOTH = 108
"""What the figures take where how far and how fast stand in one column."""
LEAST_NAME = 280
FIRST_TO_GO = ("from", "left", "speed", "done")
ORDER = ("done", "speed", "left", "from", "state", "actions")


@dataclass(frozen=True, slots=True)
class Columns:
    """From where to where each column reaches, in pixels from the left edge of a row."""

    name: tuple[int, int]
    places: Mapping[str, tuple[int, int]]

    def __contains__(self, column: str) -> bool:
        return column in self.places


def columns_at(width: int, state: int, actions: int, scale: int) -> Columns:
    """Share out a row; `state` and `actions` are the widths of the two last columns in pixels."""

    def px(size: int) -> int:
        return round(size * scale / 100)

    wide = {name: px(size) for name, size in WIDTHS.items()} | {"state": state, "actions": actions}
    for column in FIRST_TO_GO:
        if width - px(ICON) - sum(wide.values()) >= px(LEAST_NAME):
            break
        del wide[column]
        if column == "speed":
            wide["done"] = px(BOTH)
    name = max(0, width - px(ICON) - sum(wide.values()))
    left = px(ICON) + name
    places: dict[str, tuple[int, int]] = {}
    for column in ORDER:
        if column in wide:
            places[column] = (left, left + wide[column] - (0 if column == "actions" else px(GAP)))
            left += wide[column]
    return Columns((px(ICON), px(ICON) + name - px(GAP)), places)
