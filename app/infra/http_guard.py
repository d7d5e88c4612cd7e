"""Refuses connections into the home network, by the address really connected to."""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore
import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, in the order the system prefers."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public(address: str) -> bool:
    """Whether an address lies on the open internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is not None:
            return public(str(inner))
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast


class AtHomeError(httpcore.ConnectError):
    """The address lies in the home network. A class of its own: the pool cuts causes off."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves once, judges every address, and connects to the judged one: no second look-up."""

    def __init__(self, own_hosts: frozenset[str], look_up: Resolve = resolve) -> None:
        self._own_hosts = own_hosts
        self._look_up = look_up
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers, each judged before."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._look_up(host, port)
        except (OSError, TimeoutError, UnicodeError, OverflowError) as error:
            raise httpcore.ConnectError("no address") from error
        failure: Exception | None = None
        for address in addresses:
            if host not in self._own_hosts and not public(address):
                raise AtHomeError(host)
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise httpcore.ConnectError("no address answers") from failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: a plugin has no business with the machine's sockets."""
        raise httpcore.ConnectError("refused")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


@functools.cache
def _tls() -> ssl.SSLContext:
    """One for all: reading the certificates of the world takes 20 ms and more each time."""
    return httpx.create_ssl_context(trust_env=False)


def guarded_transport(
    own_hosts: frozenset[str], look_up: Resolve = resolve, connections: int = 8
) -> httpx.AsyncHTTPTransport:
    """Return a transport whose every connection, redirects too, passes the guard."""
    transport = httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
    # httpx has no parameter for the network backend of its pool, so the pool is replaced whole.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=_tls(),
        max_connections=connections,
        max_keepalive_connections=connections // 2,
        keepalive_expiry=15,
        network_backend=GuardedBackend(own_hosts, look_up),
    )
    return transport
