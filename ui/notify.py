"""Real desktop notifications over D-Bus, with buttons; a desktop without them is no error."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus
    from dbus_fast.message import Message

log = logging.getLogger(__name__)

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 3.0
SHOWN_MS = 8000
MOST_REMEMBERED = 50
RETRY_SECONDS = 60.0


@dataclass(frozen=True)
class Notification:
    """What to say. `topic` makes a later one take the place of an earlier one.

    `actions` are buttons: the words, and what they do; ``default`` is a press on the text.
    """

    title: str
    text: str = ""
    topic: str = ""
    urgent: bool = False
    actions: Mapping[str, tuple[str, Callable[[], object]]] = field(default_factory=dict)


class Notifier:
    """Sends notifications from the window's loop. Nothing in it raises: they are a courtesy."""

    def __init__(self, icon: str = "video-display") -> None:
        self._icon = icon
        self._bus: MessageBus | None = None
        self._failed_at = float("-inf")
        self._opening = asyncio.Lock()
        self._topics: dict[str, int] = {}
        self._actions: dict[int, Mapping[str, tuple[str, Callable[[], object]]]] = {}

    async def show(self, notification: Notification) -> int | None:
        """Show it; the desktop's number for it, or None when there is nobody to show it.

        0: the small program of the desktop has shown it.
        """
        bus = await self._connected()
        if bus is None:
            return await self._send_plain(notification)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                number = await self._notify(bus, notification)
        except (OSError, EOFError, TimeoutError, RuntimeError) as error:
            log.info("No notification: %s", error)
            return await self._send_plain(notification)
        return await self._send_plain(notification) if number is None else number

    async def withdraw(self, topic: str) -> None:
        """Take a notification of this topic away again."""
        number = self._topics.pop(topic, None)
        if number is None or self._bus is None:
            return
        from dbus_fast.message import Message

        message = Message(
            destination=SERVICE,
            path=PATH,
            interface=SERVICE,
            member="CloseNotification",
            signature="u",
            body=[number],
        )
        with contextlib.suppress(OSError, EOFError, TimeoutError, RuntimeError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._bus.call(message)

    async def close(self) -> None:
        """Leave the bus."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                leaving = bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # untyped there
                async with asyncio.timeout(CONNECT_SECONDS):
                    await leaving

    async def _connected(self) -> MessageBus | None:
        loop = asyncio.get_running_loop()
        async with self._opening:
            if self._bus is not None and self._bus.connected:
                return self._bus
            if loop.time() - self._failed_at < RETRY_SECONDS:
                return None
            self._bus = await self._open()
            self._failed_at = loop.time() if self._bus is None else float("-inf")
            return self._bus

    async def _open(self) -> MessageBus | None:
        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return None
        from dbus_fast import BusType
        from dbus_fast.aio import MessageBus
        from dbus_fast.errors import DBusFastError

        bus = MessageBus(bus_type=BusType.SESSION)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await bus.connect()
            async with asyncio.timeout(ANSWER_SECONDS):
                await bus.call(_match_rule())
        except (OSError, EOFError, TimeoutError, DBusFastError) as error:
            log.info("No session bus for notifications: %s", error)
            return None
        bus.add_message_handler(self._on_message)
        return bus

    async def _notify(self, bus: MessageBus, notification: Notification) -> int | None:
        from dbus_fast import MessageType, Variant
        from dbus_fast.message import Message

        buttons = [
            part for key, (words, _) in notification.actions.items() for part in (key, words)
        ]
        hints = {
            "urgency": Variant("y", 2 if notification.urgent else 1),
            "desktop-entry": Variant("s", "sokoul"),
        }
        message = Message(
            destination=SERVICE,
            path=PATH,
            interface=SERVICE,
            member="Notify",
            signature="susssasa{sv}i",
            body=[
                "Sokoul",
                self._topics.get(notification.topic, 0) if notification.topic else 0,
                self._icon,
                notification.title,
                _escaped(notification.text),
                buttons,
                hints,
                SHOWN_MS,
            ],
        )
        answer = await bus.call(message)
        if answer is None or answer.message_type is not MessageType.METHOD_RETURN:
            log.info("The desktop shows no notifications")
            return None
        number = int(answer.body[0])
        self._remember(number, notification)
        return number

    def _remember(self, number: int, notification: Notification) -> None:
        if notification.topic:
            self._topics[notification.topic] = number
        if notification.actions:
            self._actions[number] = notification.actions
        while len(self._actions) > MOST_REMEMBERED:
            del self._actions[next(iter(self._actions))]

    def _on_message(self, message: Message) -> None:
        if message.interface != SERVICE or not message.body:
            return
        if message.member == "ActionInvoked" and len(message.body) == 2:
            number, key = message.body
            chosen = self._actions.get(number, {}).get(key)
            if chosen is not None:
                asyncio.get_running_loop().call_soon(chosen[1])
        elif message.member == "NotificationClosed":
            self._actions.pop(message.body[0], None)

    async def _send_plain(self, notification: Notification) -> int | None:
        """The small program most desktops have, when the bus itself cannot be used.

        0 when it says that it was shown.
        """
        program = shutil.which("notify-send")
        if program is None or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            return None
        process = None
        try:
            process = await asyncio.create_subprocess_exec(
                program,
                "--app-name=Sokoul",
                "--",
                notification.title,
                _escaped(notification.text),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            async with asyncio.timeout(ANSWER_SECONDS):
                return 0 if await process.wait() == 0 else None
        except TimeoutError:
            if process is not None:
                process.kill()
                await process.wait()
        except OSError as error:
            log.info("notify-send failed: %s", error)
        return None


def _match_rule() -> Message:
    from dbus_fast.message import Message

    rule = f"type='signal',interface='{SERVICE}'"
    return Message(
        destination="org.freedesktop.DBus",
        path="/org/freedesktop/DBus",
        interface="org.freedesktop.DBus",
        member="AddMatch",
        signature="s",
        body=[rule],
    )


def _escaped(text: str) -> str:
    """Bodies may be read as markup; a title with an ampersand must not break it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
