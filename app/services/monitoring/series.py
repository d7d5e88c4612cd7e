"""What figures are gathered in until somebody asks: few labels, whatever comes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")
MOST: Final = 64
"""So many different names are told apart; further ones share one."""
OTHERS: Final = "others"

Labels = tuple[str, ...]


class Named(Generic[T]):
    """Something for each name, made when it is first asked for."""

    def __init__(self, make: Callable[[], T], most: int = MOST) -> None:
        self._make = make
        self._most = most
        self._all: dict[Labels, T] = {}

    def of(self, *labels: str) -> T:
        """What belongs to these labels."""
        found = self._all.get(labels)
        if found is None:
            if len(self._all) >= self._most:
                labels = (OTHERS,) * len(labels)
            found = self._all.setdefault(labels, self._make())
        return found

    def peek(self, *labels: str) -> T | None:
        """The same, without making it."""
        return self._all.get(labels)

    def items(self) -> Iterator[tuple[Labels, T]]:
        """All there are."""
        return iter(self._all.items())


class Durations:
    """How many took how long, in the way Prometheus counts: by what they took at most."""

    def __init__(self, edges: Sequence[float]) -> None:
        self._edges = edges
        self._counts = [0] * (len(edges) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self._counts[bisect_left(self._edges, seconds)] += 1
        self.total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """For each edge, and for all, how many took no longer."""
        told, sofar = [], 0
        for edge, count in zip((*self._edges, float("inf")), self._counts, strict=True):
            sofar += count
            told.append(("+Inf" if edge == float("inf") else str(float(edge)), float(sofar)))
        return told
