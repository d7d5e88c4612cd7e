"""The networks of this machine, as their owner sees and chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NetworkKind(StrEnum):
    """What a network leads to."""

    HOME = "home"  # it looks like one of a home
    OPEN = "open"  # an address of the open internet
    TUNNEL = "tunnel"
    CONTAINERS = "containers"


@dataclass(frozen=True, slots=True)
class Network:
    """One interface of this machine that has an address."""

    name: str  # "eth0"
    addresses: tuple[str, ...]
    kind: NetworkKind
