"""Keeps what sources answered for a day, on disk: the same wish is answered at once."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from app.domain.release import Release
from app.domain.search import Offer
from app.infra.file_cache import FileCache

log = logging.getLogger(__name__)

DAY: Final = 86_400.0
MOST_BYTES: Final = 100_000_000
IN_MEMORY: Final = 12
"""Answers to so many wishes are kept in memory."""
FORMAT: Final = 1
"""Raised when the shape of what is kept changes: older files are then forgotten."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source answered, read and cleaned. `at` is in unix seconds."""

    name: str
    at: float
    offers: tuple[tuple[Offer, Release], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    format: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)


_decoder: Final = msgspec.json.Decoder(_Kept)
_encoder: Final = msgspec.json.Encoder()


class AnswerCache:
    """Answers by wish and source: the latest in memory too, so that none waits for the disk.

    `asked` hears of each wish whether something was kept for it.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], float],
        asked: Callable[[bool], None] = lambda _hit: None,
    ) -> None:
        self._files = FileCache(folder, MOST_BYTES)
        self._clock = clock
        self._asked = asked
        self._latest: OrderedDict[str, Mapping[str, Answer]] = OrderedDict()

    async def get(self, identity: str) -> Mapping[str, Answer]:
        """What sources answered within the last day, by the key of the source."""
        answers = self._latest.get(identity)
        if answers is None:
            answers = await self._read(identity)
        now = self._clock()
        found = {key: one for key, one in answers.items() if 0 <= now - one.at < DAY}
        self._asked(bool(found))
        return found

    def put(self, identity: str, answers: Mapping[str, Answer]) -> Coroutine[Any, Any, None]:
        """Keep these in the place of what was kept for the wish.

        They are known from this call on; what is returned writes them to the disk.
        """
        if answers:
            self._latest[identity] = answers
            self._latest.move_to_end(identity)
            while len(self._latest) > IN_MEMORY:
                self._latest.popitem(last=False)
        return self._write(identity, answers)

    async def _read(self, identity: str) -> Mapping[str, Answer]:
        blob = await self._files.get(identity)
        if blob is None:
            return {}
        try:
            kept = _decoder.decode(blob)
        except (msgspec.DecodeError, RecursionError) as error:
            log.warning("A kept answer could not be read and is forgotten: %s", error)
            return {}
        return kept.answers if kept.format == FORMAT else {}

    async def _write(self, identity: str, answers: Mapping[str, Answer]) -> None:
        if answers:
            oldest = min(one.at for one in answers.values())
            seconds = max(1.0, DAY - (self._clock() - oldest))
            await self._files.put(identity, _encoder.encode(_Kept(FORMAT, dict(answers))), seconds)
