"""Desktop notifications on a real session bus, and what happens when there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.session_bus import fake_desktop, session_bus, wait_for
from ui.notify import Notification, Notifier


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(tmp_path) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found


async def test_a_notification_arrives(address: str, tmp_path: Path) -> None:
    with fake_desktop(address, tmp_path / "heard") as log:
        notifier = Notifier()
        shown = await notifier.show(Notification("Scan done", "Tom & Jerry <1940>", "scan"))
        again = await notifier.show(Notification("Scan done", "12 films", "scan"))
        await notifier.withdraw("scan")
        await notifier.close()
        heard = wait_for(log, "CloseNotification")
    assert shown == again == 7
    lines = [line for line in heard.splitlines() if line.startswith("Notify")]
    assert "Tom &amp; Jerry &lt;1940&gt;" in lines[0]
    assert "['Sokoul', 0," in lines[0]
    assert "['Sokoul', 7," in lines[1], "the later one takes the place of the first"


async def test_a_button_of_a_notification_does_its_work(address: str, tmp_path: Path) -> None:
    from dbus_fast import Message, MessageType
    from dbus_fast.aio import MessageBus

    opened = asyncio.Event()
    with fake_desktop(address, tmp_path / "heard"):
        notifier = Notifier()
        number = await notifier.show(Notification("New", actions={"default": ("Open", opened.set)}))
        bus = await MessageBus(bus_address=address).connect()
        await bus.send(
            Message(
                path="/org/freedesktop/Notifications",
                interface="org.freedesktop.Notifications",
                member="ActionInvoked",
                signature="us",
                body=[number, "default"],
                message_type=MessageType.SIGNAL,
            )
        )
        await asyncio.wait_for(opened.wait(), 5)
        bus.disconnect()
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # left without types
        await notifier.close()


async def test_no_server_and_no_bus_are_harmless(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no notify-send either
    notifier = Notifier()
    assert await notifier.show(Notification("Nobody listens")) is None
    await notifier.close()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    notifier = Notifier()
    assert await notifier.show(Notification("No bus")) is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    notifier = Notifier()
    assert await notifier.show(Notification("A bus that is gone")) is None
    await notifier.close()
