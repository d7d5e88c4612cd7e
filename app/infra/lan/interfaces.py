"""Which networks this machine is in, which of them are the home's, and when that changes."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.infra.interface_news import ADDRESSES, LINKS, ROUTES, InterfaceNews

LOOK: Final = 3.0
"""Seconds between two looks at the addresses where the kernel tells nothing of them."""
SELDOM: Final = 60.0
"""Seconds between two looks where it does."""
SETTLE: Final = 0.25
"""Seconds until what it told is looked at: it tells each address and each route by itself."""
_HOME: Final = tuple(
    ipaddress.IPv4Network(net) for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
_LINK_LOCAL: Final = ipaddress.IPv4Network("169.254.0.0/16")
_SYSTEM: Final = Path("/sys/class/net")
_ROUTES: Final = Path("/proc/net/route")
_LOOPBACK_TYPE: Final = 772
_TUNNEL_TYPES: Final = frozenset({256, 512, 519, 768, 769, 776, 777, 778, 823, 65534})
"""Kinds of the kernel (ARPHRD): PPP, tunnels of IP in IP, and what carries bare packets (tun)."""
_TUNNEL_NAMES: Final = re.compile(r"(tun|tap|wg|ppp|tailscale|zt|nordlynx|proton|mullvad|utun)")
_CONTAINER_NAMES: Final = re.compile(
    r"(docker|podman|lxcbr|lxdbr|virbr|vmnet|vboxnet|cni|flannel|cali|incusbr|br-[0-9a-f]{12}\Z)"
)


class Kind(StrEnum):
    """What an interface leads to."""

    NETWORK = "network"
    LOOPBACK = "loopback"
    TUNNEL = "tunnel"
    CONTAINERS = "containers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One IPv4 address of this machine, and the interface that has it."""

    name: str  # "eth0"
    address: str  # "192.168.1.20"
    prefix: int  # 24
    up: bool = True
    kind: Kind = Kind.NETWORK
    default: bool = False  # what goes to the internet goes this way

    @property
    def network(self) -> ipaddress.IPv4Network:
        """The subnet it is in."""
        return ipaddress.IPv4Network((self.address, self.prefix), strict=False)

    @property
    def private(self) -> bool:
        """Whether the address is one of a home network."""
        return any(ipaddress.IPv4Address(self.address) in net for net in _HOME)

    @property
    def link_local(self) -> bool:
        """Whether the machine gave itself the address, since nobody else did."""
        return ipaddress.IPv4Address(self.address) in _LINK_LOCAL

    def reaches(self, address: str) -> bool:
        """Whether an address lies in its subnet."""
        try:
            return ipaddress.IPv4Address(address) in self.network
        except ValueError:
            return False


def present() -> tuple[Interface, ...]:
    """Blocking (below a millisecond). All IPv4 addresses this machine has now."""
    import psutil  # 0.03 s: only where the home's network is used

    default = _default_route()
    stats = psutil.net_if_stats()
    found = []
    for name, addresses in psutil.net_if_addrs().items():
        for one in addresses:
            if one.family is not socket.AF_INET or not one.netmask:
                continue
            prefix = ipaddress.IPv4Network(f"0.0.0.0/{one.netmask}").prefixlen
            # An address with a label is told under it ("eth0:1"): it is the interface's own.
            plain = name.partition(":")[0]
            state = stats.get(name) or stats.get(plain)
            found.append(
                Interface(
                    name=plain,
                    address=one.address,
                    prefix=prefix,
                    up=state is not None and state.isup,
                    kind=_kind(plain),
                    default=plain == default,
                )
            )
    return tuple(found)


def chosen(found: Sequence[Interface], names: Sequence[str] = ()) -> tuple[Interface, ...]:
    """Return those that may be used: the owner's own choice, or what looks like a home.

    The owner's names hold for every kind; without any, loopback, tunnels, the networks of
    containers and addresses of the open internet are left alone.
    """
    usable = [one for one in found if one.up]
    if names:
        return tuple(one for one in usable if one.name in names)
    return tuple(
        one for one in usable if one.kind is Kind.NETWORK and (one.private or one.link_local)
    )


def way_for(device: str, usable: Sequence[Interface]) -> str | None:
    """Return the address of ours a device should fetch from; None: none is in its subnet.

    When several are, what carries the home's internet is spared: a second network port is there
    for films. The narrower subnet is the nearer one.
    """
    near = [one for one in usable if one.up and one.reaches(device)]
    if not near:
        return None
    return min(near, key=lambda one: (-one.prefix, one.default, one.link_local)).address


async def watch(
    names: Callable[[], Sequence[str]],
    bell: asyncio.Event | None = None,
    look: Callable[[], tuple[Interface, ...]] = present,
    every: float | None = None,
) -> AsyncIterator[tuple[Interface, ...]]:
    """Yield the choice as it is now, and then each time it has changed.

    It is looked when the kernel tells of something, when somebody rings the `bell`, and seldom
    without; each `every` seconds when that is given. `names` is asked anew each time: the owner
    may change his mind.
    """
    rung = bell or asyncio.Event()
    news = InterfaceNews(rung.set, LINKS | ADDRESSES | ROUTES)
    pause = (SELDOM if news.start() else LOOK) if every is None else every
    last: tuple[Interface, ...] | None = None
    try:
        while True:
            rung.clear()
            now = chosen(await asyncio.to_thread(look), names())
            if now != last:
                last = now
                yield now
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await rung.wait()
                    await asyncio.sleep(SETTLE)
    finally:
        news.close()


def _kind(name: str) -> Kind:
    place = _SYSTEM / name
    number = _number(place / "type")
    if number == _LOOPBACK_TYPE:
        return Kind.LOOPBACK
    if number in _TUNNEL_TYPES or (place / "tun_flags").exists() or _TUNNEL_NAMES.match(name):
        return Kind.TUNNEL
    if _CONTAINER_NAMES.match(name):
        return Kind.CONTAINERS
    return Kind.NETWORK


def _number(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _default_route() -> str:
    """The interface that carries the default route of the lowest metric; empty: there is none."""
    try:
        rows = [line.split() for line in _ROUTES.read_text(encoding="ascii").splitlines()[1:]]
    except OSError:
        return ""
    routes = [
        (int(row[6]), row[0])
        for row in rows
        if len(row) > 7 and row[1] == row[7] == "00000000"  # to everywhere, by no mask
    ]
    return min(routes)[1] if routes else ""
