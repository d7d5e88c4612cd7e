"""Joins the player to the desktop: media keys and remotes in, the screen saver held off."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.inhibit import Inhibitor
from ui.mpris import Mpris, Playing
from ui.page import PageContext
from ui.pages.player.actions import PlayerActions
from ui.pages.player.viewmodel import PlayerViewModel, State

log = logging.getLogger(__name__)
JUMP = 1.5  # seconds: a larger step of the position was a seek


class Outside(QObject):
    """Tells the desktop what plays and does what it asks. Without a running loop it rests."""

    def __init__(
        self, context: PageContext, model: PlayerViewModel, actions: PlayerActions, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context, self._model, self._actions, self._page = context, model, actions, page
        self._tasks: set[asyncio.Task[Any]] = set()
        self._before = 0.0
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None
            return
        self.mpris = Mpris(self)
        self.inhibitor = Inhibitor()
        model.state_changed.connect(self._tell)
        engine = model.engine
        if engine is not None:
            for fact in (
                engine.paused_changed,
                engine.speed_changed,
                engine.volume_changed,
                engine.duration_changed,
            ):
                fact.connect(self._tell)
            engine.position_changed.connect(self._on_position)
        self._spawn(self._start())

    def close(self) -> None:
        """Leave the desktop alone."""
        for task in list(self._tasks):
            task.cancel()
        if self._loop is not None:
            self.mpris.close()
            self.inhibitor.close()

    def do(self, name: str) -> bool:
        """Do what a remote asks."""
        return self._actions.do(name)

    def position(self) -> float:
        """Where the film is, in seconds."""
        engine = self._model.engine
        return engine.position if engine is not None and self._model.active else 0.0

    def seek(self, position: float) -> None:
        """Go to this second."""
        self._model.seek(position)

    def set_rate(self, rate: float) -> None:
        """Play at another speed."""
        if self._model.engine is not None:
            self._model.engine.set_speed(rate)

    def set_volume(self, volume: float) -> None:
        """1.0 is full."""
        if self._model.engine is not None:
            self._model.engine.set_volume(volume * 100)

    def raise_window(self) -> None:
        """Show the window."""
        window = self._page.window()
        window.show()
        window.raise_()
        window.activateWindow()

    def quit(self) -> None:
        """Close the window."""
        self._page.window().close()

    async def _start(self) -> None:
        await self.mpris.start()
        self._tell()

    def _tell(self, *_facts: object) -> None:
        now = self._now()
        self.mpris.update(now)
        if now.status == "Playing":
            self._spawn(self.inhibitor.hold(self.tr("Playing {0}").format(now.title)))
        else:
            self._spawn(self.inhibitor.release())

    def _now(self) -> Playing:
        engine, request = self._model.engine, self._model.request
        if engine is None or request is None or self._model.state is not State.PLAYING:
            return Playing()
        card = request.card
        picture = card.poster or card.backdrop
        art = self._context.services.library.picture(picture).as_uri() if picture else ""
        return Playing(
            status="Paused" if engine.paused else "Playing",
            track=request.card.id,
            title=request.title,
            caption=request.caption,
            length=engine.duration,
            art=art,
            rate=engine.speed,
            volume=0.0 if engine.muted else engine.volume / 100,
            can_next=request.has_next,
        )

    def _on_position(self, position: float) -> None:
        engine = self._model.engine
        speed = engine.speed if engine is not None else 1.0
        if abs(position - self._before) > JUMP * max(1.0, speed):
            self.mpris.seeked(position)
        self._before = position

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        if self._loop is None or self._loop.is_closed() or not self._loop.is_running():
            work.close()
            return
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("The desktop's remote failed", exc_info=task.exception())
