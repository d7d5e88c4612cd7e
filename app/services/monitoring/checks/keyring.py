"""Looks where passwords are kept; asks for nothing unless somebody is there to answer."""

from __future__ import annotations

from typing import Final

from app.domain.health import Health, HealthState
from app.domain.secrets import SecretHome
from app.infra.secrets import Secrets

PART: Final = "keyring"
_STATES: Final = {
    SecretHome.KEYRING: HealthState.GOOD,
    SecretHome.PASSPHRASE: HealthState.GOOD,
    SecretHome.KEY_FILE: HealthState.WARN,
    SecretHome.LOCKED: HealthState.WARN,
}


class KeyringCheck:
    """A locked keyring asks its owner for a password: not by a timer at night."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    async def look(self) -> Health:
        """What is known already."""
        return _health(await self._secrets.known())

    async def thorough(self) -> Health:
        """Ask the keyring."""
        return _health(await self._secrets.describe())


def _health(home: SecretHome | None) -> Health:
    if home is None:
        return Health(PART, HealthState.OFF, "health.keyring.not_asked")
    state = _STATES[home]
    key = f"health.keyring.{home.value}"
    ill = state is HealthState.WARN
    return Health(
        PART, state, key, mend=f"{key}.mend" if ill else "", page="settings" if ill else ""
    )
