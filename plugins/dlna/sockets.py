"""Opens the two sockets by which renderers are found on one address of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

GROUP = "239.255.255.250"
PORT = 1900
IP_MULTICAST_ALL = 49  # of Linux: hear only the groups this very socket has joined
HOPS = 2

Heard = Callable[[bytes, str], None]
"""Takes a packet and the address it came from."""


class Ears:
    """Searches from one address, and hears who answers and who announces itself there."""

    def __init__(self, way: str, heard: Heard) -> None:
        self._way = way
        self._heard = heard
        self._transports: list[asyncio.DatagramTransport] = []

    async def open(self) -> None:
        """Begin to hear; OSError when this machine has no such address (any more)."""
        loop = asyncio.get_running_loop()
        for make in (_asking, _listening):
            sock = make(self._way)
            try:
                transport, _ = await loop.create_datagram_endpoint(
                    lambda: _Hears(self._heard), sock=sock
                )
            except OSError:
                sock.close()
                raise
            self._transports.append(transport)

    def search(self, target: str) -> None:
        """Ask everybody on this side for devices of a kind; they answer within a second."""
        message = (
            f"M-SEARCH * HTTP/1.1\r\nHOST: {GROUP}:{PORT}\r\n"
            f'MAN: "ssdp:discover"\r\nMX: 1\r\nST: {target}\r\n\r\n'
        )
        if self._transports:
            # A network that is just away: the next search may pass.
            with contextlib.suppress(OSError):
                self._transports[0].sendto(message.encode("ascii"), (GROUP, PORT))

    def close(self) -> None:
        """Hear nothing more."""
        for transport in self._transports:
            transport.close()
        self._transports.clear()


class _Hears(asyncio.DatagramProtocol):
    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._heard(data, addr[0])

    def error_received(self, exc: Exception) -> None:
        """Nobody at the other end: as good as no answer."""


def _asking(way: str) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(way))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, HOPS)
        sock.bind((way, 0))
    except OSError:
        sock.close()
        raise
    return sock


def _listening(way: str) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_IP, IP_MULTICAST_ALL, 0)
        sock.bind((GROUP, PORT))
        joined = socket.inet_aton(GROUP) + socket.inet_aton(way)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
    except OSError:
        sock.close()
        raise
    return sock
