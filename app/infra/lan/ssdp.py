"""Says in the home's networks that a device is here, and answers who searches: no one beyond them.

https://openconnectivity.org/upnp-specs/UPnP-arch-DeviceArchitecture-v1.1.pdf, chapter 1.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from typing import Final

from app.infra.lan.interfaces import Interface

log = logging.getLogger(__name__)

GROUP: Final = "239.255.255.250"
PORT: Final = 1900
MAX_AGE: Final = 1800
"""Seconds for which an announcement holds."""
AGAIN: Final = (500.0, 850.0)
"""Seconds until it is repeated, somewhere between."""
BURST: Final = (0.0, 0.3, 1.0)
"""Seconds after the start at which it is said: packets get lost."""
LONGEST_WAIT: Final = 3.0
"""Seconds within which an answer comes, however long the question would wait."""
MOST_WAITING: Final = 60
"""So many questions may wait for their answers at the same time."""
QUESTIONS: Final = 6.0
"""So many questions of one device are answered at once; then one each `EACH` seconds."""
EACH: Final = 0.5
MOST_ASKERS: Final = 256
_IP_MULTICAST_ALL: Final = 49
_HOPS: Final = 2
_LARGEST: Final = 2048


@dataclass(frozen=True, slots=True)
class Advert:
    """What is announced: `kinds` are the device type and those of its services."""

    udn: str  # "uuid:…"
    kinds: tuple[str, ...]
    server: str
    boot: int  # rises with each start
    config: int = 1  # another one when the description changes

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it can be found by."""
        return ("upnp:rootdevice", self.udn, *self.kinds)

    def usn(self, name: str) -> str:
        """The unique name that goes with one of them."""
        return self.udn if name == self.udn else f"{self.udn}::{name}"


class Announcer:
    """Announces one device by several interfaces. Lives on the service loop.

    `location` gives the address of the description as it is reached by one of ours.
    """

    def __init__(
        self,
        advert: Advert,
        location: Callable[[str], str],
        *,
        port: int = PORT,
        burst: Sequence[float] = BURST,
    ) -> None:
        self._advert = advert
        self._location = location
        self._port = port
        self._burst = burst
        self._lines: dict[Interface, _Line] = {}

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """Those it is announced by."""
        return tuple(self._lines)

    async def change(self, interfaces: Sequence[Interface]) -> None:
        """Announce by these, and by no others; says goodbye where it was before."""
        for gone in [each for each in self._lines if each not in interfaces]:
            await self._lines.pop(gone).close()
        for new in interfaces:
            if new in self._lines:
                continue
            line = _Line(self._advert, new, self._location(new.address), self._port)
            try:
                await line.open(self._burst)
            except OSError as error:
                log.warning("Nothing can be announced by %s: %s", new.name, error)
                await line.close()
                continue
            self._lines[new] = line

    async def stop(self) -> None:
        """Say goodbye everywhere."""
        await self.change(())


class Patience:
    """How often each device may ask. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._askers: dict[str, tuple[float, float]] = {}  # what is left, and since when

    def may(self, asker: str) -> bool:
        """Whether this question is answered."""
        now = self._clock()
        left, since = self._askers.pop(asker, (QUESTIONS, now))
        left = min(QUESTIONS, left + (now - since) / EACH)
        while len(self._askers) >= MOST_ASKERS:
            del self._askers[next(iter(self._askers))]
        self._askers[asker] = (left - 1 if left >= 1 else left, now)
        return left >= 1


@dataclass(frozen=True, slots=True)
class Search:
    """A question: what is searched, and within how many seconds answers should come."""

    target: str
    wait: float


def read_search(data: bytes) -> Search | None:
    """What an M-SEARCH asks; None for what is none, or not as it must be."""
    if len(data) > _LARGEST or not data.startswith(b"M-SEARCH * HTTP/1."):
        return None
    headers: dict[str, str] = {}
    for line in data.decode("latin-1").split("\r\n")[1:]:
        name, found, value = line.partition(":")
        if found:
            headers[name.strip().upper()] = value.strip()
    wait = _seconds(headers)
    if headers.get("MAN") != '"ssdp:discover"' or wait is None or not headers.get("ST"):
        return None
    return Search(headers["ST"], wait)


def _seconds(headers: Mapping[str, str]) -> float | None:
    told = headers.get("MX", "")
    if not (told.isascii() and told.isdigit() and len(told) < 4) or int(told) < 1:
        return None
    return min(float(told), LONGEST_WAIT)


class _Line(asyncio.DatagramProtocol):
    """One interface: a socket that hears the group, and one that speaks from our own address."""

    def __init__(self, advert: Advert, interface: Interface, location: str, port: int) -> None:
        self._advert = advert
        self._interface = interface
        self._location = location
        self._port = port
        self._patience = Patience()
        self._hearing: asyncio.DatagramTransport | None = None
        self._voice: asyncio.DatagramTransport | None = None
        self._announcing: asyncio.Task[None] | None = None
        self._answers: set[asyncio.TimerHandle] = set()

    async def open(self, burst: Sequence[float]) -> None:
        """Begin to listen and to announce. Raises `OSError`."""
        loop = asyncio.get_running_loop()
        own = self._interface.address
        # Speaking: by this interface and no other, no further than the home.
        self._voice, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol,
            sock=_socket(
                (own, 0),
                (socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own)),
                (socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, _HOPS),
            ),
        )
        member = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(own))
        self._hearing, _ = await loop.create_datagram_endpoint(
            lambda: self,
            sock=_socket(
                (GROUP, self._port),
                (socket.SOL_SOCKET, socket.SO_REUSEADDR, 1),
                # Else it would hear what other programs here joined by other interfaces.
                (socket.IPPROTO_IP, _IP_MULTICAST_ALL, 0),
                (socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member),
            ),
        )
        self._announcing = loop.create_task(self._announce(burst), name=f"ssdp {own}")

    async def close(self) -> None:
        """Say goodbye and be silent."""
        if self._announcing is not None:
            self._announcing.cancel()
            await asyncio.gather(self._announcing, return_exceptions=True)
        for answer in self._answers:
            answer.cancel()
        self._answers.clear()
        if self._hearing is not None:
            self._hearing.close()
            for _ in range(2):
                self._notify("ssdp:byebye")
        if self._voice is not None:
            self._voice.close()
        await asyncio.sleep(0)  # the transports close their sockets in the next turn

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        """Somebody searches: answered when it may ask, and only inside this subnet."""
        asker, port = str(addr[0]), int(addr[1])
        search = read_search(data) if self._interface.reaches(asker) else None
        if search is None or asker == self._interface.address and port == self._port:
            return
        names = self._found(search.target)
        if not names or len(self._answers) >= MOST_WAITING or not self._patience.may(asker):
            return
        loop = asyncio.get_running_loop()
        wait = random.uniform(0, search.wait * 0.8)  # noqa: S311 - spreads answers, guards nothing

        def answer() -> None:
            self._answers.discard(handle)
            for name in names:
                self._say(self._answer(name), (asker, port))

        handle = loop.call_later(wait, answer)
        self._answers.add(handle)

    def error_received(self, exc: Exception) -> None:
        """Somebody who was answered is gone: that is nobody's fault."""
        log.debug("SSDP on %s: %s", self._interface.name, exc)

    async def _announce(self, burst: Sequence[float]) -> None:
        before = 0.0
        for at in burst:
            await asyncio.sleep(at - before)
            before = at
            self._notify("ssdp:alive")
        while True:
            await asyncio.sleep(random.uniform(*AGAIN))  # noqa: S311 - spreads the load, guards nothing
            self._notify("ssdp:alive")

    def _found(self, target: str) -> tuple[str, ...]:
        names = self._advert.names
        if target == "ssdp:all":
            return names
        return (target,) if target in names else ()

    def _notify(self, kind: str) -> None:
        alive = kind == "ssdp:alive"
        for name in self._advert.names:
            lines = [
                "NOTIFY * HTTP/1.1", f"HOST: {GROUP}:{PORT}", f"NT: {name}", f"NTS: {kind}",
                f"USN: {self._advert.usn(name)}", *(self._told() if alive else ()),
                *self._counts(),
            ]  # fmt: skip
            self._say(lines, (GROUP, self._port))

    def _answer(self, name: str) -> list[str]:
        return [
            "HTTP/1.1 200 OK", f"DATE: {formatdate(usegmt=True)}", "EXT:", f"ST: {name}",
            f"USN: {self._advert.usn(name)}", *self._told(), *self._counts(),
        ]  # fmt: skip

    def _told(self) -> tuple[str, ...]:
        return (
            f"CACHE-CONTROL: max-age={MAX_AGE}",
            f"LOCATION: {self._location}",
            f"SERVER: {self._advert.server}",
        )

    def _counts(self) -> tuple[str, ...]:
        counts = (
            f"BOOTID.UPNP.ORG: {self._advert.boot}", f"CONFIGID.UPNP.ORG: {self._advert.config}"
        )  # fmt: skip
        return ('OPT: "http://schemas.upnp.org/upnp/1/0/"; ns=01', *counts,
                f"01-NLS: {self._advert.boot}")  # fmt: skip

    def _say(self, lines: Sequence[str], to: tuple[str, int]) -> None:
        if self._voice is None or self._voice.is_closing():
            return
        with contextlib.suppress(OSError):
            self._voice.sendto("\r\n".join([*lines, "", ""]).encode(), to)


def _socket(place: tuple[str, int], *options: tuple[int, int, int | bytes]) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        for option in options:
            made.setsockopt(*option)
        made.bind(place)
    except OSError:
        made.close()
        raise
    return made
