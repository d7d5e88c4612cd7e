"""What the player is told to play."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType

from app.domain.media import Card, ItemId, MediaFile

Ticket = NewType("Ticket", int)
"""Stands for something to play that is not in the library; see `tickets`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayRequest:
    """Everything the player needs to start. Times are seconds."""

    title: str
    caption: str
    card: Card
    start: float = 0.0
    subtitle_files: tuple[bytes, ...] = ()
    demuxer: str = "lavf"  # the only one mpv may use for it
    next: ItemId | None = None
    ticket: Ticket | None = None  # it was opened by this ticket, and may have other ways
    next_ticket: Ticket | None = None

    @property
    def location(self) -> bytes:
        """What the player opens: the path of a file, or an address of the station's own."""
        return b""

    @property
    def has_next(self) -> bool:
        """Whether something comes after it."""
        return self.next is not None or self.next_ticket is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRequest(PlayRequest):
    """A file of the library."""

    item: ItemId
    file: MediaFile

    @property
    def location(self) -> bytes:
        """The path of the file."""
        return self.file.path


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRequest(PlayRequest):
    """Something the station offers the player at an `address` of its own.

    Its position is kept under the name `stream`. `source` is who it comes from. `again` is what
    they find it by after a restart; it may hold a login, so it is kept as a secret or not at all.
    """

    address: str
    stream: str
    live: bool = False
    source: str = ""
    again: str = field(default="", repr=False)

    @property
    def location(self) -> bytes:
        """The address."""
        return self.address.encode()
