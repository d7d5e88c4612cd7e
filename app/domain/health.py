"""How the parts of the station are: well, noteworthy or broken, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class HealthState(StrEnum):
    """How a part is."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OFF = "off"  # not in use, by the owner's choice: neither well nor ill


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. `told` and `mend` are keys of phrases (`app.services.phrases`).

    `part` is a name for programs ("database", "provider:prowlarr"), `name` one for people when
    the part has its own (a provider, a disk), else "". `at` is when it was looked, since 1970;
    `since` when it became as it is. `page` names the page where it is mended, "" when none.
    """

    part: str
    state: HealthState
    told: str
    args: Mapping[str, object] = field(default_factory=dict)
    mend: str = ""
    name: str = ""
    at: float = 0.0
    since: float = 0.0
    page: str = ""
