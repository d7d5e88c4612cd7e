"""Looks at every part of the station, each in its turn and all at once when somebody asks."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from app.domain.errors import AppError, NotFound
from app.domain.events import HealthChanged
from app.domain.health import Health, HealthState
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

Look: TypeAlias = Callable[[], Awaitable[Health | Sequence[Health]]]

PATIENCE: Final = 10.0
"""Seconds a look may take."""
FIRST: Final = 4.0
"""Seconds after the start of the first look: the window comes before it."""
APART: Final = 0.4
"""Seconds between two parts when they are looked at for the first time."""
TOGETHER: Final = 1.0
"""What is due within so many seconds is looked at now: one wake-up serves several."""
BEAT: Final = 10.0
"""What is looked at seldom is due at multiples of so many seconds, for the same reason."""
SOON: Final = 0.3
"""Seconds until a part is looked at that something happened to: often more follows at once."""
BETWEEN: Final = 1.0
"""Seconds between two looks at it, however much happens."""

SILENT: Final = "health.silent"
UNKNOWN: Final = "health.not_looked_at"
GONE: Final = "health.gone"


@dataclass(slots=True, eq=False)
class _Check:
    """A part, how it is looked at, and what was found. Times are those of the loop."""

    part: str
    look: Look
    every: float
    thorough: Look
    due: float = 0.0
    begun: float = 0.0
    found: tuple[Health, ...] = ()
    looking: asyncio.Task[None] | None = None
    deep: bool = False  # it is the thorough look that goes on
    at_work: asyncio.Task[Any] | None = field(default=None, repr=False)


class HealthService:
    """How the parts of the station are. Lives on the service loop.

    `patience` is how many seconds one look may take, `first` how long after the start the first
    one is; `clock` tells seconds since 1970.
    """

    def __init__(
        self,
        bus: EventBus,
        *,
        patience: float = PATIENCE,
        first: float = FIRST,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bus = bus
        self._patience = patience
        self._first = first
        self._clock = clock
        self._checks: dict[str, _Check] = {}
        self._tasks = Supervisor("health")
        self._bell = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, part: str, look: Look, every: float = 60.0, thorough: Look | None = None) -> None:
        """Look at a part each `every` seconds; what it finds stands behind those added before.

        `thorough` is the look of somebody who asks, when that may take more. A look finds one
        `Health` or several ("disk:…"); its `at` and `since` are filled in here.
        """
        self._checks[part] = _Check(part, look, every, thorough or look)

    async def start(self) -> None:
        """Begin to look, a moment later and one part after the other."""
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        for number, check in enumerate(self._checks.values()):
            check.due = now + self._first + number * APART
        self._tasks.spawn(self._run(), "timer")

    async def stop(self) -> None:
        """End every look."""
        self._loop = None
        await self._tasks.close()

    def checks(self) -> tuple[Health, ...]:
        """What was last found, in the order the parts were added; nothing of one not seen yet."""
        return tuple(one for check in self._checks.values() for one in check.found)

    async def run(self, part: str = "") -> tuple[Health, ...]:
        """Look now, thoroughly: at everything side by side, or at one part.

        "provider" looks at all providers, "provider:prowlarr" tells of that one only. `NotFound`
        when there is no such part.
        """
        wanted = [one for one in self._checks.values() if not part or _holds(one.part, part)]
        if not wanted:
            raise NotFound("errors.health_part", part=part)
        await asyncio.gather(*(self._thoroughly(check) for check in wanted))
        found = [one for check in wanted for one in check.found]
        kept = [one for one in found if part in ("", one.part) or one.part.startswith(f"{part}:")]
        if part and not kept and ":" in part:
            raise NotFound("errors.health_part", part=part)
        return tuple(kept)

    def soon(self, part: str) -> None:
        """Look at a part in a moment: something happened to it. From any thread."""
        loop, check = self._loop, self._checks.get(part)
        if loop is None or check is None:
            return

        def ring() -> None:
            check.due = min(check.due, max(loop.time() + SOON, check.begun + BETWEEN))
            self._bell.set()

        loop.call_soon_threadsafe(ring)

    async def _thoroughly(self, check: _Check) -> None:
        if check.looking is not None and not check.deep and check.thorough != check.look:
            await asyncio.wait((check.looking,))
        look = self._begin(check, deep=True)
        if look is not None:
            await asyncio.wait((look,))

    async def _run(self) -> None:
        """Sleep until the next part is due."""
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            for check in self._checks.values():
                if check.due <= now + min(TOGETHER, check.every / 10) and check.looking is None:
                    self._begin(check, deep=False)
            idle = [check.due for check in self._checks.values() if check.looking is None]
            due = min(idle, default=now + self._patience)
            self._bell.clear()
            try:
                async with asyncio.timeout(max(due - loop.time(), 0.05)):
                    await self._bell.wait()
            except TimeoutError:
                continue

    def _begin(self, check: _Check, *, deep: bool) -> asyncio.Task[None] | None:
        """Look at a part, unless it is being looked at."""
        if check.looking is None:
            check.begun = asyncio.get_running_loop().time()
            check.due = due_again(check.begun, check.every)
            check.deep = deep
            check.looking = self._tasks.spawn(self._look(check), check.part)
        return check.looking

    async def _look(self, check: _Check) -> None:
        try:
            found = await self._found(check, check.thorough if check.deep else check.look)
        finally:
            check.looking = None
            self._bell.set()  # it may be due again already
        self._take(check, found)

    async def _found(self, check: _Check, look: Look) -> Sequence[Health]:
        """What a look found, also when that is that it hangs or fails."""
        if check.at_work is not None and not check.at_work.done():
            return (Health(check.part, HealthState.BAD, SILENT, {"seconds": self._patience}),)
        work = self._tasks.spawn(_answer(look), f"look at {check.part}")
        if work is None:
            return check.found
        check.at_work = work
        await asyncio.wait((work,), timeout=self._patience)
        if not work.done():
            work.cancel()  # whether it heeds that is its own affair: nobody waits for it
            log.warning("%s did not answer in %g s", check.part, self._patience)
            return (Health(check.part, HealthState.BAD, SILENT, {"seconds": self._patience}),)
        cancelled = asyncio.CancelledError()
        answer: Sequence[Health] | BaseException = cancelled if work.cancelled() else work.result()
        if not isinstance(answer, BaseException):
            return answer
        if all(one.told != UNKNOWN for one in check.found):  # once, not each minute
            expected = isinstance(answer, AppError)
            log.warning("%s: %s", check.part, answer, exc_info=None if expected else answer)
        told = f"{type(answer).__name__}: {answer}"[:200]
        return (Health(check.part, HealthState.WARN, UNKNOWN, {"error": told}),)

    def _take(self, check: _Check, found: Sequence[Health]) -> None:
        """Keep what was found, and tell what is another way than before."""
        now = self._clock()
        before = {one.part: one for one in check.found}
        check.found = tuple(_dated(one, before.get(one.part), now) for one in found)
        here = {one.part for one in check.found}
        changed = [one for one in check.found if not _alike(one, before.get(one.part))]
        changed += [
            Health(one.part, HealthState.OFF, GONE, name=one.name, at=now, since=now)
            for one in before.values()
            if one.part not in here
        ]
        if changed:
            _log(changed, before)
            self._bus.publish(HealthChanged(tuple(changed)))


async def _answer(look: Look) -> Sequence[Health] | Exception:
    """What was found, or what went wrong when the look itself failed."""
    try:
        told = await look()
    except Exception as error:  # noqa: BLE001 - a look that fails is a finding, not an end
        return error
    return (told,) if isinstance(told, Health) else tuple(told)


def due_again(begun: float, every: float) -> float:
    """When a part is due again: never later than `every`, and together with others."""
    due = begun + every
    return due - due % BEAT if every >= 2 * BEAT else due


def _holds(part: str, wanted: str) -> bool:
    return wanted == part or wanted.startswith(f"{part}:")


def _dated(one: Health, before: Health | None, now: float) -> Health:
    same = before is not None and (before.state, before.told) == (one.state, one.told)
    since = before.since if same and before is not None else now
    return replace(one, at=now, since=since)


def _alike(one: Health, before: Health | None) -> bool:
    return before is not None and replace(one, at=0.0) == replace(before, at=0.0)


def _log(changed: Iterable[Health], before: dict[str, Health]) -> None:
    """Say once that a part went down, and once that it is up again."""
    for one in changed:
        known = before.get(one.part)
        was = known.state if known is not None else HealthState.GOOD
        if HealthState.BAD in (one.state, was) and one.state is not was:
            log.warning("%s is %s now: %s %s", one.part, one.state.value, one.told, dict(one.args))
