"""Holds the screen saver off while a film plays: by D-Bus where there is one, else by X11."""

from __future__ import annotations

import asyncio
import ctypes
import ctypes.util
import logging
from collections.abc import Callable

from dbus_fast import DBusError, Message, MessageType
from dbus_fast.aio import MessageBus
from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

CALL_SECONDS = 3.0
WHO = "Sokoul"

_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit"),
)


class Inhibitor:
    """`hold()` keeps the screen lit until `release()`; both may be called as often as one likes.

    The desktop lets go by itself when the program ends: each hold lives as long as its connection.
    """

    def __init__(self) -> None:
        self._wanted = False
        self._bus: MessageBus | None = None
        self._cookie: tuple[str, str, int] | None = None
        self._turn = asyncio.Lock()
        self._x11: _X11Saver | None = None

    @property
    def held(self) -> bool:
        """Whether something holds the screen saver off now."""
        return self._cookie is not None or self._x11 is not None

    async def hold(self, reason: str) -> None:
        """Keep the screen lit; `reason` is shown by desktops that list who does so."""
        self._wanted = True
        async with self._turn:
            if self.held or not self._wanted:
                return
            if not await self._hold_bus(reason):
                self._x11 = _X11Saver.suspend()
                if self._x11 is None:
                    log.info("Nothing here holds the screen saver off")

    async def release(self) -> None:
        """Let the screen sleep again."""
        self._wanted = False
        async with self._turn:
            x11, self._x11 = self._x11, None
            if x11 is not None:
                x11.resume()
            cookie, self._cookie = self._cookie, None
            if cookie is not None and self._bus is not None:
                name, path, number = cookie
                await self._call(self._bus, name, path, "UnInhibit", "u", [number])

    def close(self) -> None:
        """Leave; whatever was held ends with the connection."""
        self._wanted = False
        if self._x11 is not None:
            self._x11.resume()
            self._x11 = None
        self._cookie = None
        if self._bus is not None:
            self._bus.disconnect()
            self._bus = None

    async def _hold_bus(self, reason: str) -> bool:
        bus = await self._connected()
        if bus is None:
            return False
        for name, path in _SAVERS:
            reply = await self._call(bus, name, path, "Inhibit", "ss", [WHO, reason])
            if reply is not None and reply.body and isinstance(reply.body[0], int):
                self._cookie = (name, path, reply.body[0])
                return True
        return False

    async def _connected(self) -> MessageBus | None:
        if self._bus is not None and self._bus.connected:
            return self._bus
        try:
            async with asyncio.timeout(CALL_SECONDS):
                self._bus = await MessageBus().connect()
        except (OSError, ValueError, TimeoutError, DBusError, EOFError) as exc:
            log.info("No D-Bus to hold the screen saver off: %s", exc)
            self._bus = None
        return self._bus

    @staticmethod
    async def _call(
        bus: MessageBus, name: str, path: str, member: str, signature: str, body: list[object]
    ) -> Message | None:
        message = Message(
            destination=name, path=path, interface=name, member=member,
            signature=signature, body=body,
        )  # fmt: skip
        try:
            async with asyncio.timeout(CALL_SECONDS):
                reply = await bus.call(message)
        except (OSError, TimeoutError, DBusError, EOFError) as exc:
            log.info("%s did not answer: %s", name, exc)
            return None
        if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
            return None
        return reply


class _X11Saver:
    """XScreenSaverSuspend of libXss, on a connection of its own; it ends with the process."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    @classmethod
    def suspend(cls) -> _X11Saver | None:
        """Hold it off; None where there is no X11 or no libXss."""
        if QGuiApplication.platformName() != "xcb":
            return None
        names = ctypes.util.find_library("X11"), ctypes.util.find_library("Xss")
        if not all(names):
            return None
        try:
            x11, xss = ctypes.CDLL(names[0]), ctypes.CDLL(names[1])
        except OSError:
            return None
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = x11.XOpenDisplay(None)
        if not display:
            return None
        pointer = ctypes.c_void_p(display)
        xss.XScreenSaverSuspend(pointer, 1)
        x11.XFlush(pointer)

        def close() -> None:
            xss.XScreenSaverSuspend(pointer, 0)
            x11.XCloseDisplay(pointer)

        return cls(close)

    def resume(self) -> None:
        """Let it come again."""
        self._close()
