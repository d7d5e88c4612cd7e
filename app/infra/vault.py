"""An encrypted file of secrets: scrypt over a passphrase or a machine key, then AES-GCM."""

from __future__ import annotations

import json
import os
from pathlib import Path

from app.domain.errors import AuthRequired, Unavailable
from app.infra.atomic import replace_file

MAGIC = b"SKLV1"
SALT = 16
NONCE = 12
KEY = 32
LARGEST = 4_000_000


class Vault:
    """One encrypted file. Blocking: call it in a worker thread, one call at a time.

    Without a passphrase the key is a file that only its owner may read, made with the first
    secret: that hides the secrets from a look at the disk, not from a program of the same user.
    """

    def __init__(self, path: Path, key_path: Path, passphrase: str | None = None) -> None:
        self._path = path
        self._key_path = key_path
        self._passphrase = passphrase
        self._derived: tuple[bytes, bytes] | None = None

    def load(self) -> dict[str, str]:
        """Return every secret; `AuthRequired` when the key does not fit or is gone."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        blob = self._read()
        if blob is None:
            return {}
        head, nonce, body = _split(blob)
        try:
            plain = AESGCM(self._key(head[len(MAGIC) :])).decrypt(nonce, body, head)
        except InvalidTag as error:
            raise AuthRequired("errors.secrets_wrong_key", path=str(self._path)) from error
        found = json.loads(plain)
        return {str(name): str(secret) for name, secret in found.items()}

    def save(self, secrets: dict[str, str]) -> None:
        """Replace the file; `Unavailable` when the disk refuses, the old one is then untouched."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        blob = self._read()
        if blob is None:
            self._make_key()
            head = MAGIC + os.urandom(SALT)
        else:
            head = _split(blob)[0]  # the same salt, so the key is derived once only
        nonce = os.urandom(NONCE)
        body = AESGCM(self._key(head[len(MAGIC) :])).encrypt(
            nonce, json.dumps(secrets).encode(), head
        )
        try:
            replace_file(self._path, head + nonce + body)
        except OSError as error:
            raise Unavailable("errors.secrets_not_saved", reason=error.strerror or "") from error

    @property
    def exists(self) -> bool:
        """Whether any secret was ever put here."""
        return self._path.exists()

    def _read(self) -> bytes | None:
        try:
            with self._path.open("rb") as file:
                blob = file.read(LARGEST + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable("errors.secrets_unreadable", reason=error.strerror or "") from error
        if len(blob) > LARGEST or not blob.startswith(MAGIC):
            raise AuthRequired("errors.secrets_damaged", path=str(self._path))
        return blob

    def _key(self, salt: bytes) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        if self._derived is None or self._derived[0] != salt:
            derive = Scrypt(salt=salt, length=KEY, n=2**15, r=8, p=1)
            self._derived = (salt, derive.derive(self._secret()))
        return self._derived[1]

    def _secret(self) -> bytes:
        if self._passphrase is not None:
            return self._passphrase.encode()
        try:
            held = self._key_path.read_bytes()
        except OSError as error:
            raise AuthRequired("errors.secrets_key_gone", path=str(self._key_path)) from error
        if len(held) != KEY:
            raise AuthRequired("errors.secrets_key_gone", path=str(self._key_path))
        return held

    def _make_key(self) -> None:
        """Make the machine key; one that is already there is used, whatever made it."""
        if self._passphrase is not None:
            return
        self._key_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            number = os.open(self._key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            self._key_path.chmod(0o600)
            return
        except OSError as error:
            raise Unavailable("errors.secrets_not_saved", reason=error.strerror or "") from error
        with os.fdopen(number, "wb") as file:
            file.write(os.urandom(KEY))
            file.flush()
            os.fsync(file.fileno())


def _split(blob: bytes) -> tuple[bytes, bytes, bytes]:
    head = len(MAGIC) + SALT
    return blob[:head], blob[head : head + NONCE], blob[head + NONCE :]
