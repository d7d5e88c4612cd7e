"""Media keys and the desktop's remotes steer what plays on another screen, while something does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.domain.casting import OVER, CastStage
from app.domain.media import PosterKey
from ui.casting.viewmodel import CastViewModel
from ui.mpris import Mpris, Playing

log = logging.getLogger(__name__)
CAST_TRACK = 2**31 - 1  # on D-Bus, of what is not in the library
JUMP = 3.0  # seconds: a larger step of the position was a seek


class CastOutside(QObject):
    """On the session bus from the first cast to the last. Without a running loop it rests."""

    def __init__(
        self,
        model: CastViewModel,
        do: Callable[[str], bool],
        picture: Callable[[PosterKey], str],
        window: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._do, self._picture, self._window = model, do, picture, window
        self._mpris: Mpris | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._before = 0.0
        model.castings_changed.connect(self._tell)
        model.card_changed.connect(self._tell)

    def close(self) -> None:
        """Leave the desktop alone."""
        for task in list(self._tasks):
            task.cancel()
        mpris, self._mpris = self._mpris, None
        if mpris is not None:
            mpris.close()

    def do(self, name: str) -> bool:
        """Do what a remote asks."""
        return self._do(name)

    def position(self) -> float:
        """Where the film is, in seconds."""
        return self._model.position

    def seek(self, position: float) -> None:
        """Go to this second."""
        self._model.seek(position)

    def set_rate(self, rate: float) -> None:
        """Other screens know one speed."""

    def set_volume(self, volume: float) -> None:
        """1.0 is full."""
        self._model.set_volume(volume)

    def raise_window(self) -> None:
        """Show the window."""
        self._window()

    def quit(self) -> None:
        """The window stays: what plays elsewhere is no reason to close it."""

    def now(self) -> Playing:
        """What the desktop is told."""
        casting, card = self._model.now, self._model.card
        if casting is None or casting.stage in OVER:
            return Playing()
        picture = (card.poster or card.backdrop) if card is not None else None
        resting = casting.stage in (CastStage.PAUSED, CastStage.GONE)
        return Playing(
            status="Paused" if resting else "Playing",
            track=casting.what.item or CAST_TRACK,
            title=casting.title,
            caption=casting.device.name,
            length=casting.duration or 0.0,
            art=self._picture(picture) if picture else "",
            volume=0.0 if casting.muted else casting.volume or 0.0,
            can_next=casting.has_next,
        )

    def _tell(self) -> None:
        now = self.now()
        if now.status == "Stopped" and self._mpris is None:
            return
        if self._mpris is None:
            self._mpris = Mpris(self)
            self._spawn(self._start(self._mpris))
        self._mpris.update(now)
        position = self._model.position
        if abs(position - self._before) > JUMP:
            self._mpris.seeked(position)
        self._before = position
        if now.status == "Stopped":
            self.close()

    async def _start(self, mpris: Mpris) -> None:
        await mpris.start()
        if mpris is self._mpris:
            mpris.update(self.now())
        else:
            mpris.close()

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            task = asyncio.get_running_loop().create_task(work)
        except RuntimeError:  # a window without a loop: a test's
            work.close()
            return
        self._tasks.add(task)
        task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("The desktop's remote failed", exc_info=task.exception())
