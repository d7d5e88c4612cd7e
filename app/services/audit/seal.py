"""Keeps the last hash of the audit log outside of the database, signed with a key of the keyring.

Whoever cuts the end off the table, or writes the whole chain anew, would have to write this file
too, and for that to know the key.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import secrets as chance
from pathlib import Path
from typing import Final, Protocol

from app.domain.errors import AppError
from app.infra.atomic import replace_file
from app.services.audit.chain import Head

log = logging.getLogger(__name__)

NAME: Final = "chain"
LARGEST: Final = 2_000


class Keys(Protocol):
    """The keyring, as far as the log needs it (`ScopedSecrets`)."""

    async def get(self, name: str) -> str | None:
        """Return a secret; `AuthRequired` while it is locked."""

    async def set(self, name: str, secret: str) -> None:
        """Keep one."""


class Seal:
    """The file with the head. While the keyring is locked it stays as it is, and is good still.

    It vouches for all entries up to its number. Writes wait for each other.
    """

    def __init__(self, path: Path, keys: Keys) -> None:
        self._path = path
        self._keys = keys
        self._key = b""
        self._fresh = False
        self._turn = asyncio.Lock()

    async def begun(self) -> bool:
        """Whether there is a seal; the keyring is not asked."""
        return await asyncio.to_thread(self._path.exists)

    async def open(self) -> bool:
        """Get the key, and make one where there is none; False while it cannot be had."""
        if self._key:
            return True
        async with self._turn:
            try:
                kept = await self._keys.get(NAME)
                if kept is None:
                    kept = chance.token_hex(32)
                    await self._keys.set(NAME, kept)
                    self._fresh = True
            except AppError as error:
                log.info("The audit log is not sealed for now: %s", error)
                return False
            self._key = kept.encode()
        return True

    @property
    def fresh(self) -> bool:
        """Whether the key was made just now: nothing was ever sealed with it."""
        return self._fresh

    async def read(self) -> Head | None:
        """Return what it vouches for; None when it is gone, or not written by us."""
        try:
            content = await asyncio.to_thread(_content, self._path)
            told = json.loads(content)
            head = Head(told["number"], told["own"])
            good = hmac.compare_digest(str(told["mac"]).encode(), self._mac(head).encode())
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return head if good else None

    async def write(self, head: Head) -> None:
        """Vouch for all up to this entry; a disk that refuses is logged, the old file is good."""
        told = {"number": head.number, "own": head.own, "mac": self._mac(head)}
        async with self._turn:
            try:
                await asyncio.to_thread(replace_file, self._path, json.dumps(told).encode())
            except OSError as error:
                log.warning("The audit log cannot be sealed: %s", error)
                return
            self._fresh = False

    def _mac(self, head: Head) -> str:
        return hmac.digest(self._key, f"{head.number} {head.own}".encode(), "sha256").hex()


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)
