"""What finds something again that played from a search: kept by who plays it, over a restart."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from app.api.searching import Stream
from app.domain.errors import NotFound
from app.domain.release import Release
from app.domain.search import Judged, Offer, Subject, Wanted
from app.services.playback.relay import Relayed

log = logging.getLogger(__name__)

FORMAT: Final = 1
"""Raised when the shape of what is kept changes: older records are then forgotten."""
LARGEST: Final = 64_000


@dataclass(frozen=True, slots=True)
class Same:
    """What tells a stream from the others of its offer. The address may be another by then."""

    part: int
    height: int | None
    container: str | None
    size: int | None  # bytes
    playlist: bool

    def among(self, qualities: Sequence[Stream]) -> list[Stream]:
        """Those that may be it; `NotFound` when none is."""
        mine = (self.height, self.container)
        found = [one for one in qualities if (one.height, one.container) == mine]
        if not found:
            raise NotFound("errors.ticket_gone")
        return found

    def require(self, relayed: Relayed) -> None:
        """Raise `NotFound` when what lies there now is another file."""
        if (relayed.size, relayed.playlist) != (self.size, self.playlist):
            raise NotFound("errors.ticket_gone")


@dataclass(frozen=True, slots=True)
class Played:
    """What played of a search, and of which. Its offer may hold a login: no file for this."""

    wanted: Wanted
    offer: Offer
    release: Release
    subject: Subject | None
    same: Same
    format: int = FORMAT


_decoder: Final = msgspec.json.Decoder(Played)
_encoder: Final = msgspec.json.Encoder()


def written(wanted: Wanted, place: Judged, subject: Subject | None, same: Same) -> str:
    """What played, as text; empty when it is too much to keep."""
    text = _encoder.encode(Played(wanted, place.offer, place.release, subject, same))
    return text.decode() if len(text) <= LARGEST else ""


def read(text: str) -> Played | None:
    """What `written` wrote; None when it is no such thing."""
    if not text or len(text) > LARGEST:
        return None
    try:
        played = _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        log.warning("What played cannot be read: %s", type(error).__name__)
        return None
    return played if played.format == FORMAT else None
