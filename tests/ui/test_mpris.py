"""Media keys and the screen saver, on a real session bus that the test starts for itself."""

# No `from __future__ import annotations` here: dbus-fast reads the annotations as they are.
import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method

from tests.fakes.player import FakeEngine, FakeHistory, FakeSettings, Window, player_context
from tests.fakes.services import running_bridge
from tests.ui.frame import theme
from ui.inhibit import Inhibitor
from ui.mpris import NAME, NO_TRACK, PATH, Mpris, Playing, metadata
from ui.pages.player.outside import Outside
from ui.pages.player.page import PlayerPage
from ui.pages.player.viewmodel import State

FILM = Playing("Playing", 7, "Tears of Steel", "2012", 600.0, "file:///a%20b.jpg", can_next=True)


class Player:
    """Writes down what the desktop asks."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.at = 60.0

    def do(self, name: str) -> bool:
        self.asked.append(name)
        return True

    def position(self) -> float:
        return self.at

    def seek(self, position: float) -> None:
        self.asked.append(f"seek {position:g}")

    def set_rate(self, rate: float) -> None:
        self.asked.append(f"rate {rate:g}")

    def set_volume(self, volume: float) -> None:
        self.asked.append(f"volume {volume:g}")

    def raise_window(self) -> None:
        self.asked.append("raise")

    def quit(self) -> None:
        self.asked.append("quit")


class Saver(ServiceInterface):
    """A screen saver that writes down who holds it off."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.ScreenSaver")
        self.held: dict[int, str] = {}

    @dbus_method()
    def Inhibit(self, who: DBusStr, why: DBusStr) -> DBusUInt32:
        self.held[41] = f"{who}: {why}"
        return 41

    @dbus_method()
    def UnInhibit(self, cookie: DBusUInt32) -> None:
        del self.held[cookie]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    program = shutil.which("dbus-daemon")
    assert program, "dbus-daemon is needed: see packaging/apt-packages.txt"
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    daemon.wait(5)
    daemon.stdout.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(8):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


async def send(member: str, *args: str, interface: str = "org.mpris.MediaPlayer2.Player") -> str:
    """Call the player from another process, as a desktop does."""
    process = await asyncio.create_subprocess_exec(
        "dbus-send", "--session", "--print-reply", f"--dest={NAME}", PATH,
        f"{interface}.{member}", *args,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await process.communicate()
    return out.decode()


async def test_another_process_steers_the_player(session: str) -> None:
    player = Player()
    mpris = Mpris(player)
    assert await mpris.start()
    mpris.update(FILM)
    for member in ("PlayPause", "Pause", "Play", "Stop", "Next", "Previous"):
        await send(member)
    await send("Seek", "int64:10000000")
    await send("Seek", "int64:-99000000")
    await send("Seek", "int64:999000000")
    await send("SetPosition", "objpath:/org/sokoul/item/7", "int64:120000000")
    await send("SetPosition", "objpath:/org/sokoul/item/8", "int64:120000000")
    await send("SetPosition", "objpath:/org/sokoul/item/7", "int64:999000000000")
    await send("Raise", interface="org.mpris.MediaPlayer2")
    await send("Quit", interface="org.mpris.MediaPlayer2")
    assert player.asked == [
        "toggle", "pause", "play", "stop", "next", "seek 0", "seek 70", "seek 0", "next",
        "seek 120", "raise", "quit",
    ]  # fmt: skip
    assert "NotSupported" in await send("OpenUri", "string:file:///etc/passwd")
    mpris.close()


async def test_the_desktop_reads_and_sets_properties(session: str) -> None:
    player = Player()
    mpris = Mpris(player)
    await mpris.start()
    mpris.update(FILM)
    props, mine = "org.freedesktop.DBus.Properties", "string:org.mpris.MediaPlayer2.Player"
    everything = await send("GetAll", mine, interface=props)
    for part in ("Playing", "Tears of Steel", "file:///a%20b.jpg", "int64 600000000", "CanSeek"):
        assert part in everything
    assert "int64 60000000" in await send("Get", mine, "string:Position", interface=props)
    await send("Set", mine, "string:Volume", "variant:double:0.5", interface=props)
    await send("Set", mine, "string:Rate", "variant:double:1.5", interface=props)
    await send("Set", mine, "string:Rate", "variant:double:0", interface=props)
    assert player.asked == ["volume 0.5", "rate 1.5", "pause"]
    root = await send("GetAll", "string:org.mpris.MediaPlayer2", interface=props)
    assert "Sokoul" in root
    mpris.close()


async def test_changes_are_told_once(session: str) -> None:
    mpris = Mpris(Player())
    await mpris.start()
    listener = await MessageBus(bus_address=session).connect()
    heard: list[tuple[str, list[str]]] = []

    def hear(message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL or message.path != PATH:
            return
        if message.member == "Seeked":
            heard.append(("Seeked", [str(message.body[0])]))
        elif message.member == "PropertiesChanged":
            heard.append(("changed", sorted(message.body[1])))

    listener.add_message_handler(hear)
    rule = f"type='signal',path='{PATH}'"
    await listener.call(
        Message(
            destination="org.freedesktop.DBus", path="/org/freedesktop/DBus",
            interface="org.freedesktop.DBus", member="AddMatch", signature="s", body=[rule],
        )
    )  # fmt: skip
    mpris.update(FILM)
    mpris.update(FILM)
    mpris.seeked(12.5)
    await until(lambda: len(heard) >= 2)
    assert heard[0][0] == "changed"
    assert {"Metadata", "PlaybackStatus", "CanPlay", "CanGoNext"} <= set(heard[0][1])
    assert heard[1] == ("Seeked", ["12500000"])
    assert len(heard) == 2
    listener.disconnect()
    mpris.close()


async def test_a_second_player_takes_another_name(session: str) -> None:
    first, second = Mpris(Player()), Mpris(Player())
    await first.start()
    await second.start()
    assert first.name == NAME
    assert second.name.startswith(f"{NAME}.instance")
    first.close()
    second.close()


async def test_without_a_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    mpris = Mpris(Player())
    assert not await mpris.start()
    mpris.update(FILM)
    mpris.seeked(1.0)
    mpris.close()
    inhibitor = Inhibitor()
    await inhibitor.hold("Playing")
    assert not inhibitor.held
    await inhibitor.release()
    inhibitor.close()


async def test_the_screen_saver_is_held_off_and_let_go(session: str) -> None:
    saver = Saver()
    desktop = await MessageBus(bus_address=session).connect()
    desktop.export("/org/freedesktop/ScreenSaver", saver)
    await desktop.request_name("org.freedesktop.ScreenSaver")
    inhibitor = Inhibitor()
    await inhibitor.hold("Playing Tears of Steel")
    await inhibitor.hold("Playing Tears of Steel")
    assert saver.held == {41: "Sokoul: Playing Tears of Steel"}
    states = [inhibitor.held]
    await inhibitor.release()
    assert saver.held == {}
    assert [*states, inhibitor.held] == [True, False]
    await inhibitor.release()
    inhibitor.close()
    desktop.disconnect()


async def test_the_page_is_steered_and_the_screen_stays_lit(session: str) -> None:
    saver = Saver()
    desktop = await MessageBus(bus_address=session).connect()
    desktop.export("/org/freedesktop/ScreenSaver", saver)
    await desktop.request_name("org.freedesktop.ScreenSaver")
    engine, history = FakeEngine(), FakeHistory()
    with running_bridge() as (bridge, _bus):
        context = player_context(bridge, history, FakeSettings(), Window(), theme())
        page = PlayerPage(context, lambda: engine)
        page.show()
        page.opened(item=11)
        await until(lambda: page.model.state is State.PLAYING)
        outside = Outside(context, page.model, page.actions_, page)
        await until(lambda: bool(outside.mpris.name) and bool(saver.held))
        assert saver.held == {41: "Sokoul: Playing Northern Post"}
        await send("PlayPause")
        await until(lambda: engine.paused and not saver.held)
        await send("Play")
        await until(lambda: not engine.paused and bool(saver.held))
        await send("SetPosition", "objpath:/org/sokoul/item/11", "int64:300000000")
        await until(lambda: engine.position == 300.0)
        props, mine = "org.freedesktop.DBus.Properties", "string:org.mpris.MediaPlayer2.Player"
        assert "Northern Post" in await send("Get", mine, "string:Metadata", interface=props)
        await send("Next")
        await until(lambda: (12, False) in history.opened)
        await send("Stop")
        await until(lambda: page.model.state is State.EMPTY and not saver.held)
        outside.close()
        page.shut()
        page.deleteLater()
    desktop.disconnect()


def test_metadata_of_nothing() -> None:
    told = metadata(Playing())
    assert list(told) == ["mpris:trackid"]
    assert told["mpris:trackid"].value == NO_TRACK
