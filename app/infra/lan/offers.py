"""What is offered to single devices of the home, under addresses nobody can guess."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.infra.loopback import Serve

PREFIX: Final = "/m/"
TOKEN_BYTES: Final = 24
MOST: Final = 500
"""So many things may be offered at once; what was not used for longest goes first."""
LONGEST: Final = 48 * 3600.0
"""Seconds after which an address ends, however much it is used."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9._-]+")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


@dataclass(slots=True, eq=False)
class Offer:
    """One thing for one device, and who fetches it just now."""

    serve: Serve
    device: str
    seconds: float
    used: float
    ends: float
    fetching: list[asyncio.Task[object]] = field(default_factory=list)

    def over(self, now: float) -> bool:
        """Whether it has ended: while somebody fetches it, only the absolute end counts."""
        return now >= self.ends or (not self.fetching and now - self.used >= self.seconds)


class Offers:
    """Everything that is offered. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._offers: dict[str, Offer] = {}

    def put(self, serve: Serve, name: str, device: str, seconds: float, token: str = "") -> str:
        """Offer something; returns its path, which ends with `name` as far as addresses can.

        A `token` is one of before a restart that is to be good again.
        """
        self._sweep()
        if not _TOKEN.fullmatch(token):
            token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        self.end(token)
        self._offers[token] = Offer(serve, device, seconds, now, now + LONGEST)
        return f"{PREFIX}{token}/{fit(name)}"

    def find(self, token: str, device: str) -> Offer | None:
        """What a device is offered under a token; None when it is not, or no more."""
        offer = self._offers.get(token)
        if offer is None or offer.device != device:
            return None
        now = self._clock()
        if offer.over(now):
            self.end(token)
            return None
        offer.used = now
        return offer

    @contextlib.contextmanager
    def fetched(self, offer: Offer) -> Iterator[None]:
        """The task that runs this sends something to its device, until it is left."""
        task = asyncio.current_task()
        assert task is not None
        offer.fetching.append(task)
        try:
            yield
        finally:
            offer.fetching.remove(task)
            offer.used = self._clock()

    def end(self, token: str) -> None:
        """Offer it no more, and hang up on who fetches it."""
        offer = self._offers.pop(token, None)
        for task in tuple(offer.fetching) if offer is not None else ():
            task.cancel()  # not its transport: asyncio trips over one that goes amid a sendfile

    def end_all(self) -> None:
        """Offer nothing more."""
        for token in tuple(self._offers):
            self.end(token)

    def _sweep(self) -> None:
        now = self._clock()
        for token in [token for token, offer in self._offers.items() if offer.over(now)]:
            self.end(token)
        while len(self._offers) >= MOST:
            self.end(min(self._offers, key=lambda token: self._offers[token].used))


def token_of(url: str) -> str:
    """The token in an address of an offer; empty when it is none."""
    _, found, rest = url.partition(PREFIX)
    return rest.partition("/")[0] if found else ""


def fit(name: str) -> str:
    """A name as it may stand at the end of an address; its ending stays."""
    stem, ending = name, ""
    if found := _ENDING.search(name):
        stem, ending = name[: found.start()], found.group(0)
    return (_UNFIT.sub("_", stem).strip("._")[:80] or "media") + ending
