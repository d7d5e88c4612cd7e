"""Decides where events may be sent: back to whoever asked for them, and nowhere else."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

MOST: Final = 4
"""So many addresses one subscription may name."""
LONGEST: Final = 2000
LOWEST_PORT: Final = 1024
_URLS: Final = re.compile(r"\s*(?:<[^<>\s]{1,600}>\s*)+\Z")
_URL: Final = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Callback:
    """Where events are sent: a literal address, a port, and what is asked for there."""

    host: str
    port: int
    path: str


def allowed(header: str, peer: str, network: ipaddress.IPv4Network) -> tuple[Callback, ...]:
    """The addresses of a CALLBACK header; none when one of them is not what it must be.

    A foreign one among them is reason enough to refuse all: no good device sends it. `network`
    is the subnet by which the subscriber came.
    """
    if len(header) > LONGEST or not _URLS.match(header):
        return ()
    urls = _URL.findall(header)
    found = [_callback(url, peer, network) for url in urls]
    if len(urls) > MOST or None in found:
        return ()
    return tuple(each for each in found if each is not None)


def _callback(url: str, peer: str, network: ipaddress.IPv4Network) -> Callback | None:
    try:
        parts = urlsplit(url)
        port = parts.port
        own = ipaddress.IPv4Address(peer)
    except ValueError:
        return None
    # The host is compared as it is written: no other spelling of an address is known here.
    if parts.scheme != "http" or parts.hostname != str(own) or own not in network:
        return None
    if parts.username is not None or parts.password is not None:
        return None
    if port is None or port < LOWEST_PORT:
        return None
    path = parts.path or "/"
    whole = f"{path}?{parts.query}" if parts.query else path
    return Callback(str(own), port, whole) if whole.isascii() and whole.isprintable() else None
