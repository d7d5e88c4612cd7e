"""Whether things may move, asked of a stand-in portal on a real session bus."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.ui.session_bus import session_bus
from ui.desktop_motion import PORTAL, SETTINGS, desktop_moves


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(tmp_path) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found


@asynccontextmanager
async def portal(address: str, **settings: Variant) -> AsyncIterator[None]:
    """A portal that knows these settings, by their keys with _ for -."""
    bus = await MessageBus(bus_address=address).connect()

    def answer(message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.interface != SETTINGS:
            return None
        found = settings.get(str(message.body[1]).replace("-", "_"))
        if found is None:
            return Message.new_error(message, f"{PORTAL}.Error.NotFound", "not known")
        return Message.new_method_return(message, "v", [Variant("v", found)])

    bus.add_message_handler(answer)
    await bus.request_name(PORTAL)
    yield
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # left without types


@pytest.mark.parametrize("moves", [True, False])
async def test_the_desktop_is_asked(address: str, moves: bool) -> None:
    async with portal(address, enable_animations=Variant("b", moves)):
        assert await desktop_moves() is moves


async def test_the_shared_name_goes_first(address: str) -> None:
    known = {"enable_animations": Variant("b", True), "reduced_motion": Variant("u", 1)}
    async with portal(address, **known):
        assert await desktop_moves() is False


async def test_no_portal_and_no_bus_are_harmless(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await desktop_moves() is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert await desktop_moves() is None
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert await asyncio.wait_for(desktop_moves(), 1) is None
