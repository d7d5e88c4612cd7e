"""What the view of nights knows: the jobs that come back, the backups, and what is under way."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import JobId, JobProgressed, UpkeepChanged
from app.domain.upkeep import Backup, Night
from ui.bridge import Bridge, Call

SETTLE_MS = 200
"""Many changes at once are looked at together."""

Answers = tuple[tuple[Night, ...], tuple[Backup, ...]]
Say = Callable[[str, Mapping[str, object]], str]


class UpkeepPort(Protocol):
    """What is asked of upkeep."""

    def nights(self) -> Coroutine[Any, Any, tuple[Night, ...]]:
        """Return the jobs that come back."""

    def backups(self) -> Coroutine[Any, Any, tuple[Backup, ...]]:
        """Return the backups, the newest first."""

    def run(self, name: str) -> Coroutine[Any, Any, JobId]:
        """Do one now."""

    def cancel(self, name: str) -> Coroutine[Any, Any, None]:
        """End one that runs."""


class NightsModel(QObject):
    """Keeps the list true while somebody looks at it."""

    changed = Signal()
    progressed = Signal(str, object)
    """A job of this kind is so far: 0 to 1, None while nobody knows."""
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, upkeep: UpkeepPort, say: Say, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._upkeep, self._say = bridge, upkeep, say
        self.nights: tuple[Night, ...] | None = None
        self.backups: tuple[Backup, ...] = ()
        self.error: BaseException | None = None
        self._loading: Call | None = None
        self._awake = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(UpkeepChanged, self._on_upkeep_changed, self)
        bridge.on(JobProgressed, self._on_job_progressed, self)

    def wake(self) -> None:
        """Somebody looks."""
        self._awake = True
        self.load()

    def rest(self) -> None:
        """Nobody looks any more."""
        self._awake = False
        self._settle.stop()

    def load(self) -> None:
        """Ask again."""
        if self._loading is None:
            self._loading = self._bridge.call(
                self._ask(), self._on_loaded, self._on_load_failed, self
            )
        else:
            self._settle.start()

    def name(self, night: Night) -> str:
        """What a job is called."""
        return self._say(f"upkeep.job.{night.kind}", {})

    def run(self, night: Night) -> None:
        """Do it now."""
        self._bridge.call(self._upkeep.run(night.name), self._on_done, self.failed.emit, self)

    def cancel(self, night: Night) -> None:
        """End it."""
        self._bridge.call(self._upkeep.cancel(night.name), self._on_done, self.failed.emit, self)

    async def _ask(self) -> Answers:
        return await self._upkeep.nights(), await self._upkeep.backups()

    def _on_loaded(self, answers: Answers) -> None:
        self._loading = None
        told = (self.nights, self.backups, self.error)
        (self.nights, self.backups), self.error = answers, None
        if told != (self.nights, self.backups, None):
            self.changed.emit()

    def _on_load_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        if self.nights is None:
            self.changed.emit()
        else:
            self.failed.emit(error)

    def _on_done(self, _answer: object) -> None:
        self.load()

    def _on_upkeep_changed(self, _event: UpkeepChanged) -> None:
        if self._awake:
            self._settle.start()

    def _on_job_progressed(self, event: JobProgressed) -> None:
        if self._awake and event.fraction is not None:
            self.progressed.emit(event.kind, event.fraction)
