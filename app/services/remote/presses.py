"""What buttons do: each has a short key that goes out with it and comes back when it is pressed."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

from app.services.remote.talk import Talk

LIVES: Final = 3600.0
MOST: Final = 2000
MOST_EACH: Final = 500
"""So many buttons of one person are known, so that nobody pushes out another's."""

Press = Callable[[Talk], Awaitable[None]]


@dataclass(slots=True)
class _Key:
    person: int
    press: Press
    until: float
    message: str = ""


class Presses:
    """The keys, in memory alone: after a start nothing that was said before can be pressed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._keys: OrderedDict[str, _Key] = OrderedDict()

    def __len__(self) -> int:
        """How many are known."""
        return len(self._keys)

    def add(self, person: int, press: Press, message: str = "") -> str:
        """Make a key; it belongs to one person, and to one message as soon as that is known."""
        key = secrets.token_urlsafe(12)
        self._keys[key] = _Key(person, press, self._clock() + LIVES, message)
        self._make_room(person)
        return key

    def bind(self, keys: Collection[str], message: str) -> None:
        """Tell below which message they are."""
        for key in keys:
            if key in self._keys:
                self._keys[key].message = message

    def renew(self, key: str, press: Press) -> bool:
        """Let a button do something else from now on; False when its key is gone."""
        found = self._keys.get(key)
        if found is None:
            return False
        found.press, found.until = press, self._clock() + LIVES
        self._keys.move_to_end(key)
        return True

    def forget(self, keys: Collection[str]) -> None:
        """They press nothing any more."""
        for key in keys:
            self._keys.pop(key, None)

    def forget_person(self, person: int) -> None:
        """Nothing of his does anything any more."""
        self.forget([key for key, one in self._keys.items() if one.person == person])

    def find(self, key: str, person: int, message: str) -> Press | None:
        """What a press does; None when it is another's, of another message, or too long ago."""
        found = self._keys.get(key)
        if found is None or found.person != person or found.until <= self._clock():
            return None
        if found.message and found.message != message:
            return None
        return found.press

    def _make_room(self, person: int) -> None:
        now = self._clock()
        while self._keys and next(iter(self._keys.values())).until <= now:
            self._keys.popitem(last=False)
        his = [key for key, one in self._keys.items() if one.person == person]
        self.forget(his[:-MOST_EACH])
        while len(self._keys) > MOST:
            self._keys.popitem(last=False)
