"""Watches one network interface, so that torrents know at once when it goes away."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.infra.interface_news import InterfaceNews

LOOK_AGAIN: Final = 2.0
"""Seconds between two looks, beside what the kernel tells."""
_GET_FLAGS: Final = 0x8913
_GET_ADDRESS: Final = 0x8915
_UP_AND_RUNNING: Final = 0x1 | 0x40
_IPV6: Final = Path("/proc/self/net/if_inet6")
_LINK_LOCAL: Final = "20"
_LONGEST: Final = 15


def identity(interface: str) -> bytes:
    """Return what tells an interface from another of its name; nothing while it cannot be used.

    It can be used when it is there, is up, and has an address to talk from.
    """
    name = interface.encode()
    if not name or len(name) > _LONGEST or b"\0" in name:
        return b""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asked:
        try:
            told = fcntl.ioctl(asked, _GET_FLAGS, struct.pack("16s24x", name))
            number = socket.if_nametoindex(interface)
        except OSError:
            return b""
    (flags,) = struct.unpack("16xH22x", told)
    addresses = _addresses(interface)
    if flags & _UP_AND_RUNNING != _UP_AND_RUNNING or not addresses:
        return b""
    return b"%d:%s" % (number, addresses)


def _addresses(interface: str) -> bytes:
    found = b""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked, contextlib.suppress(OSError):
        told = fcntl.ioctl(asked, _GET_ADDRESS, struct.pack("16s24x", interface.encode()))
        found = told[20:24]
    with contextlib.suppress(OSError):
        for line in _IPV6.read_text().splitlines():
            fields = line.split()
            if fields[-1] == interface and fields[3] != _LINK_LOCAL:
                found += fields[0].encode()
    return found


class InterfaceWatch:
    """Tells when an interface comes, goes or is another. Lives on the service loop."""

    def __init__(self, interface: str, tell: Callable[[bool], None]) -> None:
        self._interface = interface
        self._tell = tell
        self._kernel = InterfaceNews(self.look)
        self._timer: asyncio.TimerHandle | None = None
        self._known = identity(interface)

    @property
    def up(self) -> bool:
        """Whether it can be used."""
        return bool(self._known)

    def start(self) -> None:
        """Watch from now on."""
        self._kernel.start()
        self._timer = asyncio.get_running_loop().call_later(LOOK_AGAIN, self._look_later)

    def close(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._kernel.close()

    def look(self) -> None:
        """Look now, and tell if it is not as it was."""
        now = identity(self._interface)
        if now != self._known:
            self._known = now
            self._tell(self.up)

    def _look_later(self) -> None:
        self.look()
        self._timer = asyncio.get_running_loop().call_later(LOOK_AGAIN, self._look_later)
