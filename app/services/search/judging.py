"""Lets a judge decide what rules leave open, and remembers for a day what it said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from app.domain.errors import AppError
from app.domain.search import Judged, Wanted
from app.services.search.assess import Frame, fingerprint, undecided
from app.services.search.cache import DAY
from app.services.search.query import identity
from app.services.search.store import Opinion, SearchStore

log = logging.getLogger(__name__)

MOST: Final = 20
"""So many open questions are put to a judge for one search, the best offers first."""


class Judge(Protocol):
    """Something that can tell whether names mean the wanted title: a language model, say."""

    async def same_title(self, wanted: Wanted, names: Sequence[str]) -> Sequence[Opinion | None]:
        """Return what it thinks of each name, in order; None where it cannot tell."""


class Judging:
    """Asks the judge there is, if any; never stands in the way of a search."""

    def __init__(
        self, store: SearchStore, clock: Callable[[], float], judge: Judge | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self.judge = judge

    async def consult(self, frame: Frame, judged: Sequence[Judged]) -> Frame:
        """Return the frame with the opinions on what is open; the same one when there are none."""
        if self.judge is None or frame.wanted.address:
            return frame
        asked = {
            fingerprint(one.offer): one.offer.name
            for one in judged
            if undecided(one) and fingerprint(one.offer) not in frame.opinions
        }
        marks = list(asked)[:MOST]
        if not marks:
            return frame
        try:
            told = await self.judge.same_title(frame.wanted, [asked[mark] for mark in marks])
        except AppError as error:
            log.info("The judge could not be asked: %s", error)
            return frame
        fresh = {
            mark: opinion for mark, opinion in zip(marks, told, strict=False) if opinion is not None
        }
        if not fresh:
            return frame
        await self._store.put_opinions(identity(frame.wanted), fresh, self._clock())
        return replace(frame, opinions={**frame.opinions, **fresh})

    async def remembered(self, wanted: Wanted) -> dict[str, Opinion]:
        """What it said of this wish within the last day."""
        if self.judge is None:
            return {}
        return await self._store.opinions(identity(wanted), self._clock() - DAY)
