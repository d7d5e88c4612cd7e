"""Looks at the owner's accounts: who is signed in, and for how long still."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from app.domain.health import Health, HealthState
from app.domain.post import AccountView
from app.services.publishing.accounts import AccountDesk

PART: Final = "account"
DAY: Final = 86_400.0
AHEAD: Final = 3 * DAY
"""Seconds before the end of a sign-in at which it is told."""


class AccountsCheck:
    """Every account. Lives on the service loop."""

    def __init__(self, accounts: AccountDesk, clock: Callable[[], float] = time.time) -> None:
        self._accounts = accounts
        self._clock = clock

    async def look(self) -> Sequence[Health]:
        """Ask each platform's plugin how its account stands."""
        found = await self._accounts.accounts()
        if not found:
            return (Health(PART, HealthState.OFF, "health.account.none", page="publishing"),)
        return tuple(self._health(one) for one in found)

    def _health(self, view: AccountView) -> Health:
        part, args = f"{PART}:{view.id}", {"platform": view.platform_name}
        name = view.name

        def ill(state: HealthState, told: str, **more: object) -> Health:
            key = f"health.account.{told}"
            return Health(
                part, state, key, {**args, **more}, f"{key}.mend", name, page="publishing"
            )

        if view.signs_in and not view.signed_in:
            return ill(HealthState.BAD, "sign_in")
        left = None if view.ends is None else view.ends - self._clock()
        if left is not None and left <= AHEAD:
            return ill(HealthState.WARN, "ends", count=max(0, round(left / DAY)))
        if view.reason:
            return ill(HealthState.WARN, "trouble")
        if view.paused:
            told = "health.account.paused"
            return Health(part, HealthState.OFF, told, args, name=name, page="publishing")
        told = "good" if view.signs_in else "ready"
        return Health(part, HealthState.GOOD, f"health.account.{told}", args, name=name)
