"""What commands may ask of the station's health: every part in words, and a report of a bug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import InvalidInput
from app.domain.health import Health, HealthState
from app.services.monitoring.health import HealthService
from app.services.monitoring.health_words import mend_of, name_of, told_of
from app.services.phrases import Phrases

if TYPE_CHECKING:
    from app.services.monitoring.diagnostics import Diagnostics

LONGEST: Final = 200
LONGEST_PATH: Final = 4096
SMALL: Final = ("provider:", "account:")
"""Parts the station does without: one that is broken does not break it."""


async def health(service: HealthService, phrases: Phrases, args: Mapping[str, Any]) -> object:
    """Look now and tell: all parts, or the `part` named; with `last` what was found last.

    ``{"good": …, "checks": [{"part", "name", "state", "told", "mend", "page", "at", "since"}]}``;
    `good` is false when something essential is broken. `NotFound` when there is no such part.
    """
    part, last = args.get("part") or "", args.get("last") or False
    if not isinstance(part, str) or len(part) > LONGEST:
        raise InvalidInput("errors.bad_argument", name="part")
    if not isinstance(last, bool):
        raise InvalidInput("errors.bad_argument", name="last")
    found = service.checks() if last else await service.run(part)
    rows = [row(check, phrases) for check in found if not last or part in ("", check.part)]
    return {"good": is_good(found), "checks": rows}


def row(check: Health, phrases: Phrases) -> dict[str, object]:
    """A check as plain values."""
    return {
        "part": check.part,
        "name": name_of(check, phrases),
        "state": check.state.value,
        "told": told_of(check, phrases),
        "mend": mend_of(check, phrases),
        "page": check.page,
        "at": check.at,
        "since": check.since,
    }


def is_good(checks: Iterable[Health]) -> bool:
    """Whether nothing the station needs is broken."""
    return not any(
        check.state is HealthState.BAD and not check.part.startswith(SMALL) for check in checks
    )


async def diagnostics(maker: Diagnostics, args: Mapping[str, Any]) -> object:
    """Write what a report of a bug needs to `path` (absolute); ``{"path"}`` is where it lies."""
    path = args.get("path") or ""
    if not isinstance(path, str) or "\0" in path or len(path) > LONGEST_PATH:
        raise InvalidInput("errors.bad_argument", name="path")
    if not path.startswith("/"):
        raise InvalidInput("errors.path_not_absolute", path=path)
    return {"path": str(await maker.bundle(Path(path)))}
