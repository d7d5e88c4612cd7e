"""Which rows of a table are picked together: with Shift a stretch, with Ctrl one by one. Pure."""

from __future__ import annotations

from collections.abc import Sequence


class Picks:
    """Rows by their ids. Fewer than two are no selection: then the current row is meant."""

    def __init__(self) -> None:
        self.held = False
        """Whether they were picked one by one from a menu: walking about does not drop them."""
        self._ids: frozenset[int] = frozenset()
        self._anchor = -1

    def __contains__(self, item: int) -> bool:
        return item in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def among(self, order: Sequence[int]) -> tuple[int, ...]:
        """Those that are picked, in the order they are shown in."""
        return tuple(item for item in order if item in self._ids)

    def clear(self) -> frozenset[int]:
        """Pick nothing; returns what was picked."""
        before, self._ids, self._anchor, self.held = self._ids, frozenset(), -1, False
        return before

    def toggle(self, item: int, current: int) -> None:
        """Pick one more, or one less. The row that was current counts as picked before it."""
        if not self._ids and current != item and current >= 0:
            self._ids = frozenset((current,))
        self._ids = self._ids ^ {item}
        self._anchor = item

    def reach(self, order: Sequence[int], current: int, item: int) -> None:
        """Pick the stretch from where picking began, or from the current row, to this one."""
        if self._anchor not in order:
            self._anchor = current
        ends = sorted((order.index(self._anchor), order.index(item)))
        self._ids = frozenset(order[ends[0] : ends[1] + 1])

    def take_all(self, order: Sequence[int]) -> None:
        """Pick every row."""
        self._ids = frozenset(order)

    def keep(self, order: Sequence[int]) -> None:
        """Other rows are shown now: what is not among them is not picked."""
        self._ids &= frozenset(order)
        if not self._ids:
            self.clear()
