"""What the view of storage knows: what takes space, on which disk, and what can be emptied."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.upkeep import Space, SpaceUse
from ui.bridge import Bridge, Call

Say = Callable[[str, Mapping[str, object]], str]


class SpacePort(Protocol):
    """What is asked of upkeep."""

    def space(self, *, fresh: bool = False) -> Coroutine[Any, Any, Space]:
        """Return what takes space."""

    def free(self, part: str) -> Coroutine[Any, Any, int]:
        """Empty what can be made again; returns the bytes."""


class StorageModel(QObject):
    """Measured when somebody first looks, and when it is wished."""

    changed = Signal()
    freed = Signal(str, object)
    """So many bytes of a part are free now."""
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, upkeep: SpacePort, say: Say, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._upkeep, self._say = bridge, upkeep, say
        self.space: Space | None = None
        self.error: BaseException | None = None
        self.freeing = ""
        self._measuring: Call | None = None

    @property
    def measuring(self) -> bool:
        """Whether it is being measured."""
        return self._measuring is not None

    def wake(self) -> None:
        """Somebody looks."""
        self._measure(fresh=False)

    def rest(self) -> None:
        """Nobody looks any more; a measure goes on, it serves the next look."""

    def measure(self) -> None:
        """Measure anew."""
        self._measure(fresh=True)

    def name(self, use: SpaceUse) -> str:
        """What a part is called."""
        return use.name or self._say(f"upkeep.part.{use.part}", {})

    def free(self, part: str) -> None:
        """Empty a part that can be made again."""
        if self.freeing:
            return
        self.freeing = part
        self.changed.emit()
        self._bridge.call(
            self._upkeep.free(part), lambda freed: self._on_freed(part, freed),
            self._on_free_failed, self,
        )  # fmt: skip

    def _measure(self, *, fresh: bool) -> None:
        if self._measuring is not None:
            return
        work = self._upkeep.space(fresh=fresh)
        self._measuring = self._bridge.call(work, self._on_measured, self._on_failed, self)
        self.changed.emit()

    def _on_measured(self, space: Space) -> None:
        self._measuring, self.space, self.error = None, space, None
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._measuring = None
        if self.space is None:
            self.error = error
        else:
            self.failed.emit(error)
        self.changed.emit()

    def _on_freed(self, part: str, freed: int) -> None:
        self.freeing = ""
        self.freed.emit(part, freed)
        self._measure(fresh=False)

    def _on_free_failed(self, error: BaseException) -> None:
        self.freeing = ""
        self.failed.emit(error)
        self.changed.emit()
