"""Where secrets are kept, as told to people."""

from __future__ import annotations

from enum import StrEnum


class SecretHome(StrEnum):
    """The place that holds the secrets now; each value is a key under `secrets.`."""

    KEYRING = "keyring"  # the desktop's own keyring
    KEY_FILE = "key_file"  # an encrypted file, protected only by file rights
    PASSPHRASE = "passphrase"  # an encrypted file, opened by a passphrase
    LOCKED = "locked"  # they exist, and cannot be read now
