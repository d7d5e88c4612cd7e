"""Looks at each plugin that is on: how it answers, whether it rests, what it needs."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.events import ProviderAnswered
from app.domain.health import Health, HealthState
from app.runtime.bus import EventBus, Subscription
from app.services.plugins.model import PluginInfo
from app.services.plugins.service import PluginService
from app.services.search.store import Rest

PART: Final = "provider"
SPAN: Final = 600.0
"""Seconds over which answers are counted."""
MOST: Final = 300
"""Answers that are remembered of one plugin."""
FAILING: Final = 3
"""So many failures within the span are more than an accident."""
WAITS: Final = frozenset({"devices", "later", "incoming", "status"})
"""Questions that wait for news: how long that took says nothing."""
TOO_SLOW: Final = frozenset({"errors.plugin_slow", "errors.server_slow", "errors.model_slow"})
_NEEDS: Final = {
    "sign_in": (
        *("indexer_key_refused", "model_key_missing", "model_key_refused", "post_app_missing"),
        *("post_app_refused", "post_bot_token", "post_mail_login", "post_sign_in"),
        *("server_wants_sign_in", "sign_in_failed", "sign_in_scopes"),
    ),
    "spent": ("media_quota", "model_no_money", "post_no_credit", "voice_plan_empty"),
    "not_allowed": ("post_banned", "post_bot_chat", "post_no_right", "youtube_api_off"),
    "unfinished": ("post_chat_missing", "post_mail_address", "remote_nobody"),
}
NEEDS: Final = {f"errors.{key}": need for need, keys in _NEEDS.items() for key in keys}
"""What only the owner can give, by the error that asks for it: it does not mend itself."""
_OFF: Final = frozenset({"hung", "missing_capability", "no_setup", "raised", "wrong_answer"})

Rests = Callable[[], Mapping[str, Rest]]


@dataclass(slots=True)
class _Past:
    """What was lately heard of a plugin: when, whether it answered, and the error's key."""

    answers: deque[tuple[float, bool, str]] = field(default_factory=lambda: deque(maxlen=MOST))
    seconds: float | None = None  # of the last good answer
    last_ok: bool = True
    error: str = ""


class ProvidersCheck:
    """Listens to how plugins answer.

    `rests` are the sources that are not asked for now, `unwanted` says whether the owner switched
    a plugin off.
    """

    def __init__(
        self,
        plugins: PluginService,
        bus: EventBus,
        rests: Rests,
        unwanted: Callable[[str], bool] = lambda _plugin: False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._plugins = plugins
        self._rests = rests
        self._unwanted = unwanted
        self._clock = clock
        self._past: dict[str, _Past] = {}
        self._subscription: Subscription = bus.on(ProviderAnswered, self._heard)

    async def look(self) -> Sequence[Health]:
        """One finding for each plugin that is on, or should be; by name."""
        infos = [
            one
            for one in await self._plugins.list()
            if one.enabled or (one.reason and not self._unwanted(one.id))
        ]
        here = {one.id for one in infos}
        for gone in [one for one in self._past if one not in here]:
            del self._past[gone]
        rests = self._rests()
        return tuple(self._health(one, rests) for one in infos)

    def _heard(self, event: ProviderAnswered) -> None:
        past = self._past.setdefault(event.plugin, _Past())
        past.answers.append((self._clock(), event.ok, event.error))
        past.last_ok, past.error = event.ok, event.error
        if event.ok and event.method not in WAITS:
            past.seconds = event.seconds

    def _health(self, info: PluginInfo, rests: Mapping[str, Rest]) -> Health:
        state, told, args, mend = self._told(info, rests)
        page = "" if state in (HealthState.GOOD, HealthState.OFF) else "settings"
        mend = f"health.provider.{mend}.mend" if mend else ""
        return Health(
            f"{PART}:{info.id}", state, f"health.provider.{told}", args, mend, info.name, page=page
        )

    def _told(
        self, info: PluginInfo, rests: Mapping[str, Rest]
    ) -> tuple[HealthState, str, Mapping[str, object], str]:
        """State, and what is told and advised of a plugin."""
        past = self._past.get(info.id, _Past())
        if not info.usable:
            return HealthState.WARN, "unusable", {}, "unusable"
        if not info.enabled:
            return HealthState.BAD, *_off(info)
        if not past.last_ok and (need := NEEDS.get(past.error)) is not None:
            return HealthState.WARN, need, {}, need
        if (resting := self._resting(info.id, rests)) is not None:
            return HealthState.WARN, *resting
        return self._answers(past)

    def _answers(self, past: _Past) -> tuple[HealthState, str, Mapping[str, object], str]:
        """How it answered lately."""
        since = self._clock() - SPAN
        lately = [one for one in past.answers if one[0] >= since]
        failed = [error for _, ok, error in lately if not ok]
        if len(failed) >= FAILING:
            slow = sum(error in TOO_SLOW for error in failed)
            told = "slow" if slow * 2 > len(failed) else "fails"
            never = len(failed) == len(lately)
            state = HealthState.BAD if never else HealthState.WARN
            return state, told, {"count": slow if told == "slow" else len(failed)}, "fails"
        if past.seconds is not None:
            return HealthState.GOOD, "good", {"seconds": past.seconds}, ""
        return HealthState.GOOD, "on" if past.answers else "not_asked", {}, ""

    def _resting(
        self, plugin: str, rests: Mapping[str, Rest]
    ) -> tuple[str, Mapping[str, object], str] | None:
        """Which of its sources are not asked for now, and until when."""
        mine = [rest for key, rest in rests.items() if key.split("/", 1)[0] == plugin]
        if not mine:
            return None
        until = max(rest.until for rest in mine)
        args = {"until": time.strftime("%H:%M", time.localtime(until)), "count": len(mine)}
        alone = plugin in rests
        return "rests" if alone else "some_rest", args, "rests"


def _off(info: PluginInfo) -> tuple[str, Mapping[str, object], str]:
    reason = (info.reason or "").rpartition(".")[2]
    return f"off_{reason}" if reason in _OFF else "off", {}, "off"
