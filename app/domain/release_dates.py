"""Finds the day a release name tells, in the ways the world writes days."""

from __future__ import annotations

import datetime
import re
from typing import Final, NamedTuple

_I = re.IGNORECASE
_MONTHS: Final = {
    name: index
    for index, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_YMD: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([ ._/\-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_YYMMDD: Final = re.compile(  # as Korean broadcasts are named: E01.180321
    r"(?<=[. _])(?<=E\d\d[. _]|\d\d\d[. _])(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![^\W_])"
)
_YMD_CHINESE: Final = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_DMY: Final = re.compile(
    r"(?<!\d)(0?[1-9]|[12]\d|3[01])([ ._/\-])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)"
)
_MDY: Final = re.compile(
    r"(?<!\d)(0[1-9]|1[0-2])([ ._/\-])(1[3-9]|2\d|3[01])\2((?:19|20)\d\d)(?!\d)"
)
_SHORT_DATE: Final = re.compile(
    r"(?<![\d.])(\d\d)([._\-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d.]\d|\d)"
)
_SHORT_DMY: Final = re.compile(r"(?<![\d.])(\d\d)([._\-])(\d\d)\2(\d\d)(?![\d.]\d|\d)")
_NAMED_DMY: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ ._,\-]{{1,2}}({_MONTH})[ ._,\-]{{1,2}}((?:19|"
    rf"20)\d\d)(?!\d)",
    _I,
)
_NAMED_MDY: Final = re.compile(
    rf"(?<![^\W_])({_MONTH})[ ._\-](\d{{1,2}})(?:st|nd|rd|th)?[ ._,\-]{{1,2}}((?:19|20)\d\d)(?!\d)",
    _I,
)


class Day(NamedTuple):
    """A day (ISO 8601) and the characters of the name that tell it."""

    text: str
    start: int
    end: int


def find_day(text: str) -> Day | None:
    """The first day of the name that exists in a calendar."""
    for match, year, month, day in _dates(text):
        try:
            value = datetime.date(year, month, day)
        except ValueError:
            continue
        return Day(value.isoformat(), match.start(), match.end())
    return None


def _dates(text: str) -> list[tuple[re.Match[str], int, int, int]]:
    found: list[tuple[re.Match[str], int, int, int]] = []
    if match := _YMD.search(text):
        found.append((match, int(match[1]), int(match[3]), int(match[4])))
    if match := _YYMMDD.search(text):
        found.append((match, 2000 + int(match[1]), int(match[2]), int(match[3])))
    if match := _YMD_CHINESE.search(text):
        found.append((match, int(match[1]), int(match[2]), int(match[3])))
    if match := _DMY.search(text):
        found.append((match, int(match[4]), int(match[3]), int(match[1])))
    if match := _MDY.search(text):
        found.append((match, int(match[4]), int(match[1]), int(match[3])))
    if match := _NAMED_DMY.search(text):
        found.append((match, int(match[3]), _MONTHS[match[2].lower()], int(match[1])))
    if match := _NAMED_MDY.search(text):
        found.append((match, int(match[3]), _MONTHS[match[1].lower()], int(match[2])))
    if match := _SHORT_DATE.search(text):
        year = int(match[1])
        found.append(
            (match, 2000 + year if year < 40 else 1900 + year, int(match[3]), int(match[4]))
        )
    return found
