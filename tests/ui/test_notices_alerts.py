"""An alert reaches the owner: a toast that opens its view, the desktop, and the tray's mark."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.alerts import Alert, AlertId, AlertLevel
from app.domain.events import AlertChanged, NoticeLevel, NoticeRaised
from tests.fakes.pages import Recorder
from tests.fakes.services import running_bridge
from tests.ui.frame import spin, theme, until
from ui import desktop as desktop_module
from ui.desktop import Desktop
from ui.notices import Notices
from ui.notify import Notification


def test_an_alert_is_told_in_words_and_opens_its_view() -> None:
    seen, desktop = Recorder(), list[str]()
    theme()
    with running_bridge() as (bridge, bus):
        keeper = Notices(bridge, seen, seen, desktop.append)
        args: dict[str, object] = {"title": "The disk / is full", "text": "93 %", "view": "alerts"}
        bus.publish(NoticeRaised(NoticeLevel.BAD, "notices.alert", args, desktop=True))
        bus.publish(NoticeRaised(NoticeLevel.BAD, "notices.alert", args))
        until(lambda: len(seen.told) == 2)
        assert seen.told[0] == "The disk / is full\n93 %"
        assert desktop == seen.told[:1]
        opens = seen.actions[0]
        assert opens is not None
        opens()
        assert seen.opened == [("system", {"view": "alerts"})]
        keeper.deleteLater()
        spin()


class Window(QWidget):
    """What the desktop part asks of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.theme, self.can_hide = theme(), None

    def isActiveWindow(self) -> bool:
        return False

    def raise_window(self) -> None:
        """Nothing: nobody looks here."""


async def test_the_tray_is_marked_and_speaks_where_the_desktop_is_silent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)

    async def nothing() -> None:
        return None

    async def no_films(_count: int) -> list[object]:
        return []

    monkeypatch.setattr(desktop_module, "desktop_moves", nothing)
    full = Alert(AlertId("a"), "disk_full", "/", AlertLevel.BAD, 1.0)
    closed = Alert(AlertId("b"), "storage", "/", AlertLevel.WARN, 1.0, seen=True)
    going = [full, closed]
    services = SimpleNamespace(
        playback=SimpleNamespace(continue_watching=no_films),
        settings=SimpleNamespace(current=SimpleNamespace(
            notifications=SimpleNamespace(desktop=True))),
        alerts=SimpleNamespace(active=lambda: tuple(going), text=lambda one: (one.rule, "")),
    )  # fmt: skip
    with running_bridge() as (bridge, bus):
        window = Window()
        made = Desktop(cast("Any", window), bridge, cast("Any", services), lambda: None)
        marked: list[list[str]] = []
        spoken: list[tuple[str, str]] = []
        monkeypatch.setattr(made.tray, "set_alerts", lambda titles: marked.append(list(titles)))
        monkeypatch.setattr(
            made.tray, "balloon", lambda title, text, **_more: spoken.append((title, text))
        )
        bus.publish(AlertChanged(full))
        await _until(lambda: ["disk_full"] in marked)
        going.clear()
        bus.publish(AlertChanged(full))
        await _until(lambda: marked[-1] == [])
        made.notify("The disk / is full")
        await _until(lambda: bool(spoken))
        assert spoken == [("Sokoul", "The disk / is full")]

        async def shown(_notification: Notification) -> int:
            return 7

        monkeypatch.setattr(made._notifier, "show", shown)
        made.notify("again")
        await asyncio.gather(*made._tasks)
        assert len(spoken) == 1
        await made.close()
        window.deleteLater()
        await asyncio.sleep(0)


async def _until(check: Any) -> None:
    async with asyncio.timeout(10):
        while not check():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)
