"""Where passwords and tokens are kept: the environment, the desktop's keyring, or a vault file."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from app.domain.errors import AuthRequired
from app.domain.secrets import SecretHome
from app.infra.vault import Vault

log = logging.getLogger(__name__)
T = TypeVar("T")

SERVICE = "sokoul"
PROBE_AGAIN = 30.0
"""Seconds after which a keyring that did not answer is asked again."""
PASSPHRASE = "SOKOUL_VAULT_PASSPHRASE"  # noqa: S105,RUF100 - the name of a variable, no password


class Secrets:
    """Secrets by scope (a plugin's id) and name. All its coroutines belong to one loop.

    Reading looks in the environment (``SOKOUL_SECRET_<SCOPE>_<NAME>``), then in the system's
    keyring when it proved to work, then in an encrypted file. Nothing is ever kept in plain
    text. The keyring is asked in a thread, `timeout` seconds at most: it may be waiting for
    somebody to unlock it.
    """

    def __init__(
        self,
        vault: Path,
        vault_key: Path,
        environ: Mapping[str, str] | None = None,
        timeout: float = 3.0,
    ) -> None:
        self._environ = os.environ if environ is None else environ
        self._timeout = timeout
        self._passphrase = self._environ.get(PASSPHRASE)
        self._vault = Vault(vault, vault_key, self._passphrase)
        self._marker = vault.with_suffix(".keyring")  # there once the keyring held a secret
        self._turn = asyncio.Lock()
        self._keyring_works: bool | None = None
        self._probed_at = 0.0

    async def get(self, scope: str, name: str) -> str | None:
        """Return a secret, or None; `AuthRequired` when it cannot be read before an unlock."""
        given = self._environ.get(_variable(scope, name))
        if given is not None:
            return given
        async with self._turn:
            held = None
            if await self._keyring():
                held = await self._ask(lambda: _keyring_get(_entry(scope, name)))
            elif self._marker.exists():
                raise AuthRequired("errors.secrets_locked")
            if held is None:
                kept = await asyncio.to_thread(self._vault.load)
                held = kept.get(_entry(scope, name))
            return held

    async def set(self, scope: str, name: str, secret: str) -> None:
        """Keep a secret; `AuthRequired` while the place is locked, `Unavailable` if it is full."""
        entry = _entry(scope, name)
        async with self._turn:
            if await self._keyring():
                await self._ask(lambda: _keyring_set(entry, secret))
                await asyncio.to_thread(self._marker.touch, 0o600)
                await asyncio.to_thread(self._drop_from_vault, entry)
            elif self._marker.exists():
                raise AuthRequired("errors.secrets_locked")
            else:
                await asyncio.to_thread(self._put_in_vault, entry, secret)

    async def delete(self, scope: str, name: str) -> None:
        """Forget a secret; one that is not there is fine."""
        entry = _entry(scope, name)
        async with self._turn:
            if await self._keyring():
                await self._ask(lambda: _keyring_delete(entry))
            elif self._marker.exists():
                raise AuthRequired("errors.secrets_locked")
            await asyncio.to_thread(self._drop_from_vault, entry)

    async def describe(self) -> SecretHome:
        """Say honestly where secrets are kept now."""
        async with self._turn:
            await self._keyring()
            return await self.known() or SecretHome.LOCKED

    async def known(self) -> SecretHome | None:
        """Where they are kept, as far as that is known without asking the keyring.

        None while nothing has needed it: a locked keyring asks its owner for a password.
        """
        if self._keyring_works is None:
            return None
        if self._keyring_works:
            return SecretHome.KEYRING
        if self._marker.exists():
            return SecretHome.LOCKED
        try:
            await asyncio.to_thread(self._vault.load)
        except AuthRequired:
            return SecretHome.LOCKED
        return SecretHome.KEY_FILE if self._passphrase is None else SecretHome.PASSPHRASE

    def scoped(self, scope: str) -> ScopedSecrets:
        """Return the narrow view a plugin gets: its own secrets, nothing else."""
        return ScopedSecrets(self, scope)

    async def _keyring(self) -> bool:
        """Whether the keyring proved to work: by writing, reading and deleting."""
        now = time.monotonic()
        if self._keyring_works or (
            self._keyring_works is False and now - self._probed_at < PROBE_AGAIN
        ):
            return self._keyring_works
        self._probed_at = now
        try:
            self._keyring_works = await self._ask(_keyring_probe)
        except AuthRequired:
            self._keyring_works = False
        return self._keyring_works

    async def _ask(self, work: Callable[[], T]) -> T:
        """Run a keyring call in a thread that is left behind when it takes too long.

        A daemon thread and not a pool: a pool's thread would hold up the end of the program.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def finish(result: T | None, error: Exception | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type]  # None only beside an error

        def run() -> None:
            result: T | None = None
            failure: Exception | None = None
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - backends raise what they like
                failure = error
            if not loop.is_closed():
                loop.call_soon_threadsafe(finish, result, failure)

        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self._timeout):
                return await answer
        except Exception as error:  # a backend's own error says no more than its class
            self._keyring_works = False
            self._probed_at = time.monotonic()
            log.warning("The keyring did not answer: %s", type(error).__name__)
            raise AuthRequired("errors.secrets_locked") from error

    def _put_in_vault(self, entry: str, secret: str) -> None:
        self._vault.save({**self._vault.load(), entry: secret})

    def _drop_from_vault(self, entry: str) -> None:
        if not self._vault.exists:
            return
        kept = self._vault.load()
        if kept.pop(entry, None) is not None:
            self._vault.save(kept)


class ScopedSecrets:
    """The secrets of one plugin."""

    def __init__(self, secrets: Secrets, scope: str) -> None:
        self._secrets = secrets
        self._scope = scope

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when it was never given."""
        return await self._secrets.get(self._scope, name)

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret."""
        await self._secrets.set(self._scope, name, secret)

    async def delete(self, name: str) -> None:
        """Forget a secret."""
        await self._secrets.delete(self._scope, name)


def _entry(scope: str, name: str) -> str:
    return f"{scope}/{name}"


def _variable(scope: str, name: str) -> str:
    return f"SOKOUL_SECRET_{scope}_{name}".upper().replace("-", "_")


def _keyring_probe() -> bool:
    """Try the keyring for real; a backend may look fine and still refuse everything."""
    import keyring

    backend = keyring.get_keyring()
    home = type(backend).__module__
    if not home.startswith("keyring.backends.") or home.startswith("keyring.backends.fail"):
        return False  # no service, or a foreign backend that may write plain text
    entry, told = "probe", f"probe-{time.time_ns()}"
    _keyring_set(entry, told)
    try:
        return _keyring_get(entry) == told
    finally:
        _keyring_delete(entry)


def _keyring_get(entry: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, entry)


def _keyring_set(entry: str, secret: str) -> None:
    import keyring

    keyring.set_password(SERVICE, entry, secret)


def _keyring_delete(entry: str) -> None:
    import keyring
    import keyring.errors

    if keyring.get_password(SERVICE, entry) is not None:
        keyring.delete_password(SERVICE, entry)
