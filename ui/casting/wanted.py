"""Something somebody wants to see on another screen, as a page hands it to the picker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.casting import Castable


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be cast, and what follows from it.

    `start` is the second at which it begins; None: where it was left. `here` plays it on this
    screen instead. `taken` is called once the other screen really plays; `dropped` when nothing
    came of it: no device was chosen.
    """

    what: Castable
    title: str
    start: float | None = None
    here: Callable[[], None] | None = None
    taken: Callable[[], None] | None = None
    dropped: Callable[[], object] | None = None
