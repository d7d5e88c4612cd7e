"""When cron lines tick, in their own time zone."""

from __future__ import annotations

import os
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.errors import InvalidInput

_LOCAL_ZONE = Path("/etc/localtime")


def zone(name: str) -> tzinfo:
    """The zone of that IANA name; empty: the machine's. Raises InvalidInput."""
    try:
        if name or os.environ.get("TZ"):
            return ZoneInfo(name or os.environ["TZ"].lstrip(":"))
        with _LOCAL_ZONE.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        if name:
            raise InvalidInput("errors.unknown_timezone", name=name) from error
        return ZoneInfo("UTC")


def check(cron: str, timezone: str) -> None:
    """Raise InvalidInput when the line or the zone makes no sense."""
    from croniter import croniter

    zone(timezone)
    if not croniter.is_valid(cron):
        raise InvalidInput("errors.bad_schedule", cron=cron)


def following(cron: str, timezone: str, moment: float) -> float:
    """The first tick after the moment, both in seconds since 1970."""
    from croniter import croniter

    start = datetime.fromtimestamp(moment, zone(timezone))
    return float(croniter(cron, start).get_next(float))


def latest(cron: str, timezone: str, moment: float) -> float:
    """The last tick at or before the moment."""
    from croniter import croniter

    # get_prev is strictly before its start: a tick exactly now counts.
    start = datetime.fromtimestamp(moment + 0.001, zone(timezone))
    return float(croniter(cron, start).get_prev(float))


def stamp(tick: float, timezone: str) -> str:
    """The tick as people write it, for keys."""
    return datetime.fromtimestamp(tick, zone(timezone)).isoformat()
