"""The code on the screen which lets a phone in: short, for a few minutes, for one person."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from app.domain.remote import Pairing

LETTERS: Final = "346789ABCDEFGHJKMNPQRTUVWXY"
"""What nobody takes for another when it is read off a screen across the room."""
LENGTH: Final = 6
LASTS: Final = 300.0
MOST_WRONG: Final = 5
"""Wrong codes of one sender after which he is not listened to until there is another code."""
MOST_WRONG_IN_ALL: Final = 20
"""Wrong codes of everybody after which the code is void."""
_CODE: Final = re.compile(rf"[A-Z0-9]{{{LENGTH}}}")


class Codes:
    """The code that is shown now, if any; times are of the monotonic clock, but for the eye."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock, self._steady = clock, steady
        self._shown: Pairing | None = None
        self._ends = 0.0
        self._wrong: dict[int, int] = {}

    def show(self, address: str) -> Pairing:
        """Make a new code; one that was shown counts no more. `address` is where the bot is."""
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        link = f"{address}?start={quote(code)}" if address else ""
        self._shown = Pairing(code, self._clock() + LASTS, link)
        self._ends = self._steady() + LASTS
        self._wrong = {}
        return self._shown

    def end(self) -> None:
        """The code counts no more."""
        self._shown, self._wrong = None, {}

    @property
    def shown(self) -> Pairing | None:
        """The code, while it counts."""
        if self._shown is not None and self._steady() >= self._ends:
            self.end()
        return self._shown

    @property
    def left(self) -> float:
        """Seconds it still counts; 0 when none is shown."""
        return 0.0 if self.shown is None else self._ends - self._steady()

    def tried(self, sender: int, text: str) -> bool:
        """Whether somebody sent the code; it is used up then. Wrong ones are counted."""
        shown, told = self.shown, code_of(text)
        if shown is None or not told or self._wrong.get(sender, 0) >= MOST_WRONG:
            return False
        if hmac.compare_digest(told.encode(), shown.code.encode()):
            self.end()
            return True
        self._wrong[sender] = self._wrong.get(sender, 0) + 1
        if sum(self._wrong.values()) >= MOST_WRONG_IN_ALL:
            self.end()
        return False


def code_of(text: str) -> str:
    """What could be a code of what somebody sent: ``/start ABC234`` or the code alone."""
    told = text[:64].strip()
    if told.startswith("/"):
        command, _space, told = told.partition(" ")
        if command.partition("@")[0].lower() != "/start":
            return ""
    plain = re.sub(r"[\s-]", "", told).upper()
    return plain if _CODE.fullmatch(plain) else ""
