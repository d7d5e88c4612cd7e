"""What the Downloads page asks of services."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.downloads import Download, DownloadId, Sample, Traffic
from app.domain.settings import Settings

if TYPE_CHECKING:
    from app.services.playback.request import Ticket


class DownloadsPort(Protocol):
    """What the page asks of the downloads."""

    def rows(self) -> Coroutine[Any, Any, tuple[Download, ...]]:
        """Return every download."""

    def traffic_now(self) -> Coroutine[Any, Any, Traffic]:
        """Return what all of them do together."""

    def samples(self, seconds: float) -> Coroutine[Any, Any, tuple[Sample, ...]]:
        """Return the speed of so many seconds."""

    def pause(self, number: DownloadId) -> Coroutine[Any, Any, None]:
        """Stop one."""

    def go(self, number: DownloadId) -> Coroutine[Any, Any, None]:
        """Let one go on."""

    def pause_all(self) -> Coroutine[Any, Any, None]:
        """Stop them all."""

    def go_all(self) -> Coroutine[Any, Any, None]:
        """Let them all go on."""

    def retry(self, number: DownloadId) -> Coroutine[Any, Any, None]:
        """Try one again."""

    def remove(self, number: DownloadId, *, files: bool) -> Coroutine[Any, Any, None]:
        """Take one off the list."""

    def restore(self, number: DownloadId) -> Coroutine[Any, Any, None]:
        """Bring one back."""

    def put_in_queue(self, number: DownloadId, place: int) -> Coroutine[Any, Any, None]:
        """Give one another place."""

    def check(self, number: DownloadId) -> Coroutine[Any, Any, None]:
        """Compare one with what it should be."""

    def move(self, number: DownloadId, folder: bytes) -> Coroutine[Any, Any, None]:
        """Take one to another folder."""

    def play(self, number: DownloadId, index: int | None = None) -> Coroutine[Any, Any, Ticket]:
        """Return a ticket for the player."""


class SettingsPort(Protocol):
    """What the page asks of the settings."""

    @property
    def current(self) -> Settings:
        """The settings now."""

    def set(self, section: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one."""
