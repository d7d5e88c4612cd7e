"""The player on D-Bus (MPRIS 2): media keys and the desktop's own remotes steer it."""

# No `from __future__ import annotations` here: dbus-fast reads the annotations as they are.

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import Annotated, Protocol

from dbus_fast import DBusError, PropertyAccess, RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

log = logging.getLogger(__name__)

NAME = "org.mpris.MediaPlayer2.sokoul"
PATH = "/org/mpris/MediaPlayer2"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
MICRO = 1_000_000
CONNECT_SECONDS = 3.0
READ = PropertyAccess.READ

Strings = Annotated[list[str], DBusSignature("as")]


@dataclass(frozen=True, slots=True)
class Playing:
    """What the desktop is told. Times are seconds, volume is 0 to 1.3."""

    status: str = "Stopped"  # Playing, Paused, Stopped
    track: int = 0  # 0: none
    title: str = ""
    caption: str = ""
    length: float = 0.0
    art: str = ""  # file:// address of a picture
    rate: float = 1.0
    volume: float = 1.0
    can_next: bool = False


class Remote(Protocol):
    """What the desktop can make the player do."""

    def do(self, name: str) -> bool:
        """Do a named thing: play, pause, toggle, stop, next."""

    def position(self) -> float:
        """Where the film is, in seconds."""

    def seek(self, position: float) -> None:
        """Go to this second."""

    def set_rate(self, rate: float) -> None:
        """Play at another speed."""

    def set_volume(self, volume: float) -> None:
        """1.0 is full."""

    def raise_window(self) -> None:
        """Show the window."""

    def quit(self) -> None:
        """Close the window."""


class _Root(ServiceInterface):
    """`org.mpris.MediaPlayer2`."""

    def __init__(self, remote: Remote) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._remote = remote

    @dbus_method()
    def Raise(self) -> None:
        """Show the window."""
        self._remote.raise_window()

    @dbus_method()
    def Quit(self) -> None:
        """Close the window."""
        self._remote.quit()

    @dbus_property(access=READ)
    def CanQuit(self) -> DBusBool:
        """It can be closed from outside."""
        return True

    @dbus_property(access=READ)
    def CanRaise(self) -> DBusBool:
        """It can be shown from outside."""
        return True

    @dbus_property(access=READ)
    def HasTrackList(self) -> DBusBool:
        """There is no list."""
        return False

    @dbus_property(access=READ)
    def Identity(self) -> DBusStr:
        """The name for people."""
        return "Sokoul"

    @dbus_property(access=READ)
    def DesktopEntry(self) -> DBusStr:
        """The desktop file without its ending."""
        return "sokoul"

    @dbus_property(access=READ)
    def SupportedUriSchemes(self) -> Strings:
        """Nothing is opened from outside."""
        return []

    @dbus_property(access=READ)
    def SupportedMimeTypes(self) -> Strings:
        """Nothing is opened from outside."""
        return []


class _Commands(ServiceInterface):
    """The methods of `org.mpris.MediaPlayer2.Player`."""

    def __init__(self, remote: Remote) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._remote = remote
        self.now = Playing()

    @dbus_method()
    def Next(self) -> None:
        """The next episode."""
        self._remote.do("next")

    @dbus_method()
    def Previous(self) -> None:
        """From the beginning."""
        self._remote.seek(0.0)

    @dbus_method()
    def Pause(self) -> None:
        """Rest."""
        self._remote.do("pause")

    @dbus_method()
    def PlayPause(self) -> None:
        """Play or rest."""
        self._remote.do("toggle")

    @dbus_method()
    def Stop(self) -> None:
        """Let go of the film."""
        self._remote.do("stop")

    @dbus_method()
    def Play(self) -> None:
        """Go on."""
        self._remote.do("play")

    @dbus_method()
    def Seek(self, offset: DBusInt64) -> None:
        """Go forth or back by microseconds; past the end is the next episode."""
        target = self._remote.position() + offset / MICRO
        if self.now.length and target > self.now.length:
            self._remote.do("next")
        else:
            self._remote.seek(max(0.0, target))

    @dbus_method()
    def SetPosition(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Go to a microsecond of this track; anything else is ignored, as the standard says."""
        second = position / MICRO
        if track == track_path(self.now.track) and 0 <= second <= self.now.length:
            self._remote.seek(second)

    @dbus_method()
    def OpenUri(self, uri: DBusStr) -> None:
        """Nothing is opened from outside."""
        raise DBusError("org.freedesktop.DBus.Error.NotSupported", "Addresses are not opened")

    @dbus_signal()
    def Seeked(self, position: DBusInt64) -> DBusInt64:
        """The film was moved to this microsecond."""
        return position


class _Player(_Commands):
    """`org.mpris.MediaPlayer2.Player`: its methods, and these properties."""

    @dbus_property(access=READ)
    def PlaybackStatus(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return self.now.status

    @dbus_property()
    def Rate(self) -> DBusDouble:
        """The speed; 0 pauses."""
        return self.now.rate

    @Rate.setter
    def rate(self, value: DBusDouble) -> None:
        """Change the speed."""
        if value <= 0:
            self._remote.do("pause")
        else:
            self._remote.set_rate(value)

    @dbus_property(access=READ)
    def Metadata(self) -> DBusDict:
        """What plays."""
        return metadata(self.now)

    @dbus_property()
    def Volume(self) -> DBusDouble:
        """1.0 is full."""
        return self.now.volume

    @Volume.setter
    def volume(self, value: DBusDouble) -> None:
        """Change the volume."""
        self._remote.set_volume(max(0.0, value))

    @dbus_property(access=READ)
    def Position(self) -> DBusInt64:
        """In microseconds; asked for, never announced."""
        return int(self._remote.position() * MICRO)

    @dbus_property(access=READ)
    def MinimumRate(self) -> DBusDouble:
        """The slowest."""
        return 0.25

    @dbus_property(access=READ)
    def MaximumRate(self) -> DBusDouble:
        """The fastest."""
        return 4.0

    @dbus_property(access=READ)
    def CanGoNext(self) -> DBusBool:
        """Whether an episode comes after this."""
        return self.now.can_next

    @dbus_property(access=READ)
    def CanGoPrevious(self) -> DBusBool:
        """The beginning is always there."""
        return self._open()

    @dbus_property(access=READ)
    def CanPlay(self) -> DBusBool:
        """Whether a film is open."""
        return self._open()

    @dbus_property(access=READ)
    def CanPause(self) -> DBusBool:
        """Whether a film is open."""
        return self._open()

    @dbus_property(access=READ)
    def CanSeek(self) -> DBusBool:
        """Whether a film is open."""
        return self._open()

    @dbus_property(access=READ)
    def CanControl(self) -> DBusBool:
        """It listens."""
        return True

    def take(self, now: Playing) -> None:
        """Tell the desktop what is different."""
        old = _told(self.now)
        self.now = now
        new = _told(now)
        changed = {name: value for name, value in new.items() if old[name] != value}
        if changed:
            self.emit_properties_changed(changed)

    def _open(self) -> bool:
        return self.now.status != "Stopped"


class Mpris:
    """The player's place on the session bus. Without a bus nothing happens."""

    def __init__(self, remote: Remote) -> None:
        self._root, self._player = _Root(remote), _Player(remote)
        self._bus: MessageBus | None = None
        self.name = ""
        """The name taken on the bus; empty while there is none."""

    async def start(self) -> bool:
        """Appear on the bus; False when there is none."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                bus = await MessageBus().connect()
                bus.export(PATH, self._root)
                bus.export(PATH, self._player)
                self.name = await _take_name(bus)
        except (OSError, ValueError, TimeoutError, DBusError, EOFError) as exc:
            log.info("No media keys through D-Bus: %s", exc)
            return False
        self._bus = bus
        return True

    def update(self, now: Playing) -> None:
        """Tell what plays now; only what differs goes out."""
        if self._bus is not None:
            self._player.take(now)
        else:
            self._player.now = now

    def seeked(self, position: float) -> None:
        """Tell that the film was moved to this second."""
        if self._bus is not None:
            self._player.Seeked(int(position * MICRO))

    def close(self) -> None:
        """Leave the bus."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()


async def _take_name(bus: MessageBus) -> str:
    for name in (NAME, f"{NAME}.instance{os.getpid()}"):
        if await bus.request_name(name) is RequestNameReply.PRIMARY_OWNER:
            return name
        await bus.release_name(name)
    return ""


def track_path(track: int) -> str:
    """The D-Bus path of an item."""
    return f"/org/sokoul/item/{track}" if track else NO_TRACK


def metadata(now: Playing) -> dict[str, Variant]:
    """What plays, in the words of MPRIS and xesam."""
    known = {"mpris:trackid": Variant("o", track_path(now.track))}
    if not now.track:
        return known
    known["xesam:title"] = Variant("s", now.title)
    if now.caption:
        known["xesam:album"] = Variant("s", now.caption)
    if now.length > 0:
        known["mpris:length"] = Variant("x", int(now.length * MICRO))
    if now.art:
        known["mpris:artUrl"] = Variant("s", now.art)
    return known


def _told(now: Playing) -> dict[str, object]:
    opened = now.status != "Stopped"
    return {
        "PlaybackStatus": now.status,
        "Metadata": metadata(now),
        "Rate": now.rate,
        "Volume": now.volume,
        "CanGoNext": now.can_next,
        "CanGoPrevious": opened,
        "CanPlay": opened,
        "CanPause": opened,
        "CanSeek": opened,
    }
