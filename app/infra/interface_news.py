"""Hears from the kernel that interfaces, addresses or routes are not what they were."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from typing import Final

log = logging.getLogger(__name__)

LINKS: Final = 0x1
ADDRESSES: Final = 0x10 | 0x100  # of both kinds
ROUTES: Final = 0x40  # of IPv4
_MOST: Final = 65_536


class InterfaceNews:
    """Calls `heard` each time the kernel says something of `groups`. Lives on one loop.

    What exactly it said matters less than how it is now: who hears looks for himself.
    """

    def __init__(self, heard: Callable[[], None], groups: int = LINKS | ADDRESSES) -> None:
        self._heard = heard
        self._groups = groups
        self._kernel: socket.socket | None = None

    def start(self) -> bool:
        """Listen from now on; False where the kernel tells nothing."""
        try:
            kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
        except OSError as error:
            log.warning("The kernel tells nothing of interfaces: %s", error)
            return False
        kernel.setblocking(False)
        try:
            kernel.bind((0, self._groups))
        except OSError as error:
            log.warning("The kernel tells nothing of interfaces: %s", error)
            kernel.close()
            return False
        asyncio.get_running_loop().add_reader(kernel, self._on_readable)
        self._kernel = kernel
        return True

    def close(self) -> None:
        """Listen no more."""
        if self._kernel is not None:
            asyncio.get_running_loop().remove_reader(self._kernel)
            self._kernel.close()
            self._kernel = None

    def _on_readable(self) -> None:
        if self._kernel is None:
            return
        with contextlib.suppress(OSError):  # nothing more, or more than fitted
            while self._kernel.recv(_MOST):
                pass
        self._heard()
