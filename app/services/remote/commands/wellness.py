"""Alerts and checks that are not well, in a message: what it is and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.alerts import Alert, AlertLevel
from app.domain.health import Health, HealthState
from app.services.monitoring.health_words import mend_of, name_of, told_of
from app.services.phrases import Phrases
from app.services.remote.commands.ports import Alerts
from app.services.remote.commands.telling import short

MOST: Final = 6
LINE: Final = 200
_ALERTS: Final = {AlertLevel.WARN: "⚠", AlertLevel.BAD: "✗"}
_STATES: Final = {HealthState.WARN: "⚠", HealthState.BAD: "✗"}


def open_alerts(alerts: Alerts) -> list[Alert]:
    """Those that go on, the worst first."""
    found = [one for one in alerts.active() if one.ended is None]
    return sorted(found, key=lambda one: (one.level is not AlertLevel.BAD, -one.since))


def alert_lines(alerts: Alerts, found: Sequence[Alert], phrases: Phrases) -> list[str]:
    """Each alert with its title and what it says."""
    told = []
    for one in found[:MOST]:
        title, body = alerts.text(one)
        told.append(f"{_ALERTS[one.level]} {short(title, LINE)}")
        if body:
            told.append(f"    {short(body, LINE)}")
    return [*told, *_more(found, phrases)]


def not_well(checks: Sequence[Health]) -> list[Health]:
    """The checks somebody should know of, the worst first."""
    found = [one for one in checks if one.state in _STATES]
    return sorted(found, key=lambda one: one.state is not HealthState.BAD)


def check_lines(found: Sequence[Health], phrases: Phrases) -> list[str]:
    """Each check with what was found, and how it is mended."""
    told = []
    for one in found[:MOST]:
        name = short(name_of(one, phrases), 60)
        told.append(f"{_STATES[one.state]} {name}: {short(told_of(one, phrases), LINE)}")
        mend = mend_of(one, phrases)
        if mend:
            told.append(f"    {short(mend, LINE)}")
    return [*told, *_more(found, phrases)]


def _more(found: Sequence[object], phrases: Phrases) -> list[str]:
    return [phrases.say("remote.and_more", count=len(found) - MOST)] if len(found) > MOST else []
