"""The quiet hours, by the clock of the place, on days of 23 and 25 hours too. Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

_TIME: Final = re.compile(r"(\d{1,2})[:.h](\d{2})")
_DAYS: Final = (-2, -1, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another; `zone` None: as the machine is set."""

    begin: datetime.time
    end: datetime.time
    zone: datetime.tzinfo | None = None

    def now(self, moment: float) -> bool:
        """Whether it is quiet at a time, in seconds since 1970."""
        return self._last(self.begin, moment, early=True) > self._last(
            self.end, moment, early=False
        )

    def change(self, moment: float) -> float:
        """The next time it becomes quiet or ends to be."""
        at, early = (self.end, False) if self.now(moment) else (self.begin, True)
        return min(one for one in self._all(at, moment, early=early) if one > moment)

    def _last(self, at: datetime.time, moment: float, *, early: bool) -> float:
        return max(one for one in self._all(at, moment, early=early) if one <= moment)

    def _all(self, at: datetime.time, moment: float, *, early: bool) -> list[float]:
        """When the clock shows that time on the days around.

        A time that comes twice, or never, in the night the clocks change: quiet begins at the
        earlier of what it may mean and ends at the later, so nobody is woken an hour too soon,
        and it neither begins nor ends twice.
        """
        today = datetime.datetime.fromtimestamp(moment, self.zone).date()
        found = []
        for days in _DAYS:
            day = today + datetime.timedelta(days=days)
            both = [
                datetime.datetime.combine(day, at.replace(fold=fold), self.zone).timestamp()
                for fold in (0, 1)
            ]
            found.append(min(both) if early else max(both))
        return found


def time_of(told: str) -> datetime.time | None:
    """A time such as ``22:00``; None for what is none."""
    found = _TIME.fullmatch(told.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def quiet_hours(begin: str, end: str, zone: datetime.tzinfo | None = None) -> QuietHours | None:
    """The quiet hours out of the settings; None when there are none, or no times."""
    first, last = time_of(begin), time_of(end)
    if first is None or last is None or first == last:
        return None
    return QuietHours(first, last, zone)
