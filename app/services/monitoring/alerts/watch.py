"""Holds the last reading of everything the rules look at, and what goes on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.domain.alerts import AlertRule
from app.services.monitoring.alerts.engine import REST, Reading, Turn, Watched, due, step

Key: TypeAlias = tuple[str, str]
"""A rule and its subject."""
MOST: Final = 2_000
"""Subjects that are remembered; beyond it, those that are well are forgotten, oldest first."""


@dataclass(frozen=True, slots=True)
class Turned:
    """An event that began or ended. `silent`: its rule was switched off, or its subject is gone."""

    reading: Reading
    turn: Turn
    silent: bool = False


class Watch:
    """Fed with readings; says what turned. `due` is when to look although nothing comes."""

    def __init__(self, rules: Iterable[AlertRule]) -> None:
        self._rules: dict[str, AlertRule] = {rule.name: rule for rule in rules}
        self._readings: dict[Key, Reading] = {}
        self._watched: dict[Key, Watched] = {}
        self._due: dict[Key, float] = {}

    @property
    def due(self) -> float | None:
        """When to call `look`; None: nothing ripens by itself."""
        return min(self._due.values(), default=None)

    @property
    def active(self) -> frozenset[Key]:
        """What goes on."""
        return frozenset(key for key, one in self._watched.items() if one.active)

    def restore(self, key: Key, reading: Reading, since_seconds: float) -> None:
        """Take up an event that began so many seconds ago, in a run before."""
        again = reading.at + max(0.0, min(REST, REST - since_seconds))
        self._watched[key] = Watched(True, None, again)
        self._readings[key] = reading

    def rest(self, key: Key, now: float, since_seconds: float) -> None:
        """An event began so many seconds ago, in a run before, and is over: not again too soon."""
        self._watched[key] = Watched(again=now + max(0.0, min(REST, REST - since_seconds)))

    def feed(self, readings: Iterable[Reading], now: float) -> list[Turned]:
        """Take readings."""
        turned = []
        for reading in readings:
            key = (reading.rule, reading.subject)
            # Last in the order: what is read often is forgotten last.
            self._readings.pop(key, None)
            self._readings[key] = reading
            turned += self._step(key, now)
        if len(self._readings) > MOST:
            self._forget()
        return turned

    def look(self, now: float) -> list[Turned]:
        """Look at what has ripened."""
        ripe = [key for key, moment in self._due.items() if moment <= now]
        return [one for key in ripe for one in self._step(key, now)]

    def set_rules(self, rules: Iterable[AlertRule], now: float) -> list[Turned]:
        """Take other limits: everything that was read is judged by them at once."""
        self._rules = {rule.name: rule for rule in rules}
        return [one for key in list(self._readings) for one in self._step(key, now)]

    def readings(self, rule: str) -> Mapping[str, Reading]:
        """The last readings of a rule, by subject."""
        return {key[1]: one for key, one in self._readings.items() if key[0] == rule}

    def _step(self, key: Key, now: float) -> list[Turned]:
        reading, watched = self._readings[key], self._watched.get(key, Watched())
        rule = self._rules.get(key[0])
        self._due.pop(key, None)
        if rule is None or not rule.enabled or reading.gone:
            self._watched[key] = Watched(again=watched.again)
            return [Turned(reading, Turn.ENDED, silent=True)] if watched.active else []
        after, turn = step(rule, watched, reading.value_at(now), now)
        self._watched[key] = after
        moment = due(rule, after, reading, now)
        if moment is not None:
            self._due[key] = moment
        return [] if turn is None else [Turned(reading, turn)]

    def _forget(self) -> None:
        for key in list(self._readings)[: len(self._readings) - MOST]:
            if not self._watched.get(key, Watched()).active:
                for held in (self._readings, self._watched, self._due):
                    held.pop(key, None)
