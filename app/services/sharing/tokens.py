"""Signs and reads what stands in the addresses of links, and what a device keeps of its use.

An address holds a random number and which key signed it: no name, no path, no time. Whether it
still opens is looked up each time, so a signature alone is worth nothing.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import re
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.access import PassId
from app.domain.errors import AuthRequired
from app.infra.secrets import ScopedSecrets

log = logging.getLogger(__name__)

NAME: Final = "keys"
UNREADABLE: Final = "errors.link_keys"
MONTH: Final = 30 * 86_400.0
"""Seconds after which new addresses are signed with a new key."""
KEY_BYTES: Final = 32
LAST_NUMBER: Final = 0xFFFF
_VERSION: Final = 1
_MAC: Final = 16
_ID: Final = 8
# A multiple of three bytes: no bit of the letters is left over that could be altered unseen.
_TOKEN_BYTES: Final = 1 + 2 + _ID + _MAC
_DEVICE: Final = 14
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{36}\Z")
_COOKIE: Final = re.compile(r"[A-Za-z0-9_-]{40}\Z")
_NO_KEY: Final = bytes(KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that signs. `made` is unix time."""

    number: int
    made: float
    secret: bytes


def new_id() -> str:
    """A number nobody can guess, as text."""
    return secrets.token_hex(_ID)


def sign(key: Key, pass_: PassId) -> str:
    """What stands in the address of a recipient."""
    head = bytes([_VERSION]) + key.number.to_bytes(2, "big") + bytes.fromhex(pass_)
    return _text(head + _mac(key.secret, b"link", head))


def read(keys: Mapping[int, Key], token: str) -> tuple[PassId, Key] | None:
    """Whose address it is, and the key it is signed with; None when it was not made here."""
    if not _TOKEN.match(token):
        return None
    whole = base64.urlsafe_b64decode(token)
    head, told = whole[:-_MAC], whole[-_MAC:]
    key = keys.get(int.from_bytes(head[1:3], "big"))
    right = _mac(key.secret if key is not None else _NO_KEY, b"link", head)
    if not hmac.compare_digest(told, right) or key is None or head[0] != _VERSION:
        return None
    return PassId(head[3:].hex()), key


def new_device(key: Key, pass_: PassId) -> tuple[str, str]:
    """A device that comes for the first time: what it is called here, and what it keeps."""
    name = secrets.token_bytes(_DEVICE)
    return name.hex(), _text(name + _mac(key.secret, b"device" + bytes.fromhex(pass_), name))


def read_device(key: Key, pass_: PassId, kept: str) -> str | None:
    """What the device is called that keeps this; None when it was not given that here."""
    if not _COOKIE.match(kept):
        return None
    whole = base64.urlsafe_b64decode(kept)
    name, told = whole[:_DEVICE], whole[_DEVICE:]
    right = _mac(key.secret, b"device" + bytes.fromhex(pass_), name)
    return name.hex() if hmac.compare_digest(told, right) else None


def film_key(key: Key, pass_: PassId, path: bytes) -> str:
    """What a film is called in the addresses of a recipient: nothing of its name is in it."""
    return _text(_mac(key.secret, b"film" + bytes.fromhex(pass_), path)[:9])


class KeyRing:
    """The keys, as they lie where the passwords do. `clock` tells unix time."""

    def __init__(self, kept: ScopedSecrets, clock: Callable[[], float] = time.time) -> None:
        self._kept = kept
        self._clock = clock
        self._keys: dict[int, Key] | None = None
        self._turn = asyncio.Lock()

    @property
    def keys(self) -> Mapping[int, Key] | None:
        """By their numbers; None while they were not read."""
        return self._keys

    async def load(self) -> Mapping[int, Key]:
        """Read them. `AuthRequired` while they are locked: no address opens then."""
        async with self._turn:
            return await self._read()

    async def current(self, in_use: Collection[int]) -> Key:
        """The key new addresses are signed with: a new one each month.

        Old ones go with the last address that is signed with them.
        """
        async with self._turn:
            known = await self._read()
            newest = max(known.values(), key=lambda one: one.number, default=None)
            if newest is not None and 0 <= self._clock() - newest.made < MONTH:
                return newest
            made = self._made(newest.number if newest is not None else 0)
            left = {number: key for number, key in known.items() if number in in_use}
            await self._write({**left, made.number: made})
            return made

    async def renew(self) -> Key:
        """Forget every key and make a new one: no address that was given out opens any more."""
        async with self._turn:
            try:
                known = await self._read()
            except AuthRequired as error:
                if error.key != UNREADABLE:  # locked: they may be good
                    raise
                known = {}
            made = self._made(max(known, default=0))
            await self._write({made.number: made})
            return made

    def _made(self, last: int) -> Key:
        number = last % LAST_NUMBER + 1
        return Key(number, self._clock(), secrets.token_bytes(KEY_BYTES))

    async def _read(self) -> dict[int, Key]:
        if self._keys is None:
            told = await self._kept.get(NAME)
            self._keys = {} if told is None else _keys_in(told)
        return self._keys

    async def _write(self, keys: dict[int, Key]) -> None:
        rows = [
            {"number": key.number, "made": key.made, "secret": _text(key.secret)}
            for key in keys.values()
        ]
        await self._kept.set(NAME, json.dumps(rows))  # only what is kept signs anything
        self._keys = keys


def _keys_in(told: str) -> dict[int, Key]:
    """`AuthRequired` when they cannot be read: a wrong key must not be used, nor written over."""
    try:
        found = {
            int(row["number"]): Key(
                int(row["number"]),
                float(row["made"]),
                base64.urlsafe_b64decode(row["secret"] + "="),
            )
            for row in json.loads(told)
        }
    except (ValueError, TypeError, KeyError) as error:
        log.warning("The keys of the links cannot be read: %s", type(error).__name__)
        raise AuthRequired(UNREADABLE) from error
    if any(
        len(key.secret) != KEY_BYTES or not 0 < key.number <= LAST_NUMBER for key in found.values()
    ):
        raise AuthRequired(UNREADABLE)
    return found


def _mac(key: bytes, use: bytes, told: bytes) -> bytes:
    return hmac.digest(key, b"sokoul " + use + b"\0" + told, hashlib.sha256)[:_MAC]


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
