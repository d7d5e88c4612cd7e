"""What `sokoul doctor` tells of the station's parts: its findings, or what is seen from here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import AppError
from app.domain.health import Health
from app.infra import control
from app.infra.paths import Paths

if TYPE_CHECKING:
    from app.domain.settings import Settings
    from app.services.phrases import Phrases

SECONDS: Final = 30.0
"""Seconds the station may take: each of its parts has ten."""


@dataclass(frozen=True, slots=True)
class Live:
    """Rows as the page has them, and whether nothing essential is broken."""

    rows: tuple[dict[str, Any], ...] = ()
    good: bool = True


def look(paths: Paths, phrases: Phrases) -> Live:
    """Have the running station look at itself; where none runs, look at what can be seen so."""
    try:
        told = control.ask(paths.socket, "health", timeout=SECONDS)
    except AppError as error:
        return _alone(paths, phrases) if error.key == "errors.no_station" else Live()
    return Live(tuple(told["checks"]), bool(told["good"]))


def seen(paths: Paths) -> tuple[Health, ...]:
    """What can be said of the clock and the VPN without a station."""
    from app.infra.torrents.watch import identity
    from app.services.monitoring.checks import torrents
    from app.services.monitoring.checks.clock import ClockCheck

    interface = _settings(paths).downloads.interface.strip()
    found: Sequence[Health] = (asyncio.run(ClockCheck().look()),)
    if interface and not identity(interface):
        found = (torrents.vpn_away(interface), *found)
    return tuple(found)


def phrases(paths: Paths) -> Phrases:
    """Words in the owner's language: that of the settings, or the machine's."""
    from app.cli import output
    from app.services.phrases import Phrases

    wished = _settings(paths).look.language
    spoken = output.language() if wished == "auto" else wished
    return Phrases(lambda: spoken)


def _alone(paths: Paths, phrases: Phrases) -> Live:
    from app.services.control_health import is_good, row

    found = seen(paths)
    return Live(tuple(row(one, phrases) for one in found), is_good(found))


def _settings(paths: Paths) -> Settings:
    """As they lie there: a broken file is left where it is."""
    from app.domain.settings import parse
    from app.infra.settings_file import SettingsFile

    return parse(SettingsFile(paths.settings).peek()).settings
