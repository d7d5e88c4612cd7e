"""Asks the desktop whether it wants things to move; a desktop that does not say is no error."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
ANSWER_SECONDS = 3.0
QUESTIONS = (
    ("org.freedesktop.appearance", "reduced-motion", 0),
    ("org.gnome.desktop.interface", "enable-animations", True),
)
"""Where desktops keep it, the shared name first, and the value that means: things may move."""


async def desktop_moves() -> bool | None:
    """Whether the desktop wants motion; None when it does not say within some seconds."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    from dbus_fast import BusType
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusFastError

    bus = MessageBus(bus_type=BusType.SESSION)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await bus.connect()
        async with asyncio.timeout(ANSWER_SECONDS):
            return await _ask(bus)
    except (OSError, EOFError, TimeoutError, DBusFastError) as error:
        log.info("The desktop does not say whether things may move: %s", error)
        return None
    finally:
        bus.disconnect()


async def _ask(bus: MessageBus) -> bool | None:
    for namespace, key, moving in QUESTIONS:
        value = await _read(bus, namespace, key)
        if isinstance(value, (bool, int)):
            return value == moving
    return None


async def _read(bus: MessageBus, namespace: str, key: str) -> object:
    """One setting, or None; the portal wraps it in a variant, the older call in two."""
    from dbus_fast import MessageType, Variant
    from dbus_fast.message import Message

    reply = await bus.call(
        Message(
            destination=PORTAL,
            path=PATH,
            interface=SETTINGS,
            member="Read",
            signature="ss",
            body=[namespace, key],
        )
    )
    if reply is None or reply.message_type is not MessageType.METHOD_RETURN or not reply.body:
        return None
    value: object = reply.body[0]
    while isinstance(value, Variant):
        value = value.value
    return value
