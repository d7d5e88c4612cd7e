"""What the player asks of the services."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.media import Card, FileId, ItemId
from app.domain.settings import Settings

if TYPE_CHECKING:
    from app.services.playback.request import ItemRequest, PlayRequest, Ticket


class PlaybackPort(Protocol):
    """What the player asks of the playback service."""

    def open(
        self, item: ItemId, file: FileId | None = None, from_start: bool = False
    ) -> Coroutine[Any, Any, ItemRequest]:
        """Say what to play for an item."""

    def open_ticket(
        self, ticket: Ticket, from_start: bool = False
    ) -> Coroutine[Any, Any, PlayRequest]:
        """Open what a ticket stands for."""

    def ticket_failed(
        self, ticket: Ticket, key: str, args: Mapping[str, object]
    ) -> Coroutine[Any, Any, PlayRequest]:
        """Open it in another way."""

    def close_ticket(self, ticket: Ticket) -> Coroutine[Any, Any, None]:
        """Let it go."""

    def save_stream_position(
        self, stream: str, position: float, duration: float
    ) -> Coroutine[Any, Any, None]:
        """Remember where somebody is in a stream."""

    def save_position(
        self, item: ItemId, file: FileId, position: float, duration: float
    ) -> Coroutine[Any, Any, None]:
        """Remember where somebody is."""

    def mark_watched(self, item: ItemId, watched: bool) -> Coroutine[Any, Any, None]:
        """Mark an item."""

    def continue_watching(self, limit: int = 20) -> Coroutine[Any, Any, list[Card]]:
        """What somebody is in the middle of."""


class SettingsPort(Protocol):
    """What the player asks of the settings."""

    @property
    def current(self) -> Settings:
        """The settings now."""

    def set(self, section: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one setting."""
