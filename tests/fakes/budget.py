"""A budget that lives in memory, and settings that remember what was set, for the page alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.domain.budget import MICROS, Limit, PaidKind, Scope, Span
from app.domain.errors import AppError
from app.domain.spending import (
    Entry,
    EntryState,
    HistoryPage,
    LimitState,
    PriceQuestion,
    Share,
    Spending,
)

CENT = MICROS // 100
TODAY = "2026-11-26"
QUESTION = PriceQuestion(
    3, PaidKind.VOICE, "voice_house", "speak", "Night of the living dead", 0.0, 50 * CENT, "EUR"
)
LIMITS = (
    LimitState(Limit(Span.MONTH, 10 * MICROS), 412 * CENT, 57 * CENT, "2026-12-01"),
    LimitState(Limit(Span.DAY, 2 * MICROS), 171 * CENT, 57 * CENT, "2026-11-27"),
    LimitState(Limit(Span.MONTH, 3 * MICROS, Scope.SERVICE, "openai"), 240 * CENT, 0, "2026-12-01"),
)


def entry(number: int, **changes: object) -> Entry:
    """A call of a cent and a half."""
    made = Entry(
        number, PaidKind.TEXT, "openai", "write", f"scene {number}", EntryState.SPENT, "EUR",
        15_000, 15_000, 16_300, 1_795_690_800.0 + 60 * number, TODAY,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of an entry


def month(**changes: object) -> Spending:
    """A month in which something was spent."""
    days = tuple(
        Share(f"2026-11-{day:02}", cents * CENT, 0, 3)
        for day, cents in ((2, 31), (3, 12), (9, 64), (10, 8), (17, 77), (18, 20), (25, 29))
    )
    made = Spending(
        "2026-11", "EUR", 412 * CENT, 57 * CENT, 4 * CENT, 64,
        (Share("openai", 240 * CENT, 0, 41), Share("voice_house", 131 * CENT, 57 * CENT, 9),
         Share("picture_works", 41 * CENT, 0, 14)),
        (Share("text", 240 * CENT, 0, 41), Share("voice", 131 * CENT, 57 * CENT, 9),
         Share("picture", 41 * CENT, 0, 14)),
        (Share("write", 201 * CENT, 0, 20), Share("speak", 131 * CENT, 57 * CENT, 9),
         Share("draw", 41 * CENT, 0, 14), Share("summary", 39 * CENT, 0, 21)),
        (*days, Share(TODAY, 171 * CENT, 57 * CENT, 12)),
        LIMITS, TODAY,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of it


def nothing(**changes: object) -> Spending:
    """A month without a call."""
    limits = (LimitState(Limit(Span.MONTH, 10 * MICROS), 0, 0, "2026-12-01"),)
    return replace(
        Spending("2026-11", "EUR", limits=limits, today=TODAY),
        **changes,  # type: ignore[arg-type]  # any field of it
    )


class FakeBudget:
    """Answers what it was given; `error` makes every question fail."""

    def __init__(self, told: Spending, entries: int = 0) -> None:
        self.told = told
        self.all = [
            entry(107, state=EntryState.RESERVED, service="voice_house", kind=PaidKind.VOICE,
                  task="speak", amount=57 * CENT, what="Night of the living dead"),
            entry(106, amount=19 * CENT, held=15 * CENT, what="gpt-4o-mini"),
            *(entry(number) for number in range(105, 105 - entries, -1)),
        ] if entries else []  # fmt: skip
        self.waiting: tuple[PriceQuestion, ...] = ()
        self.error: AppError | None = None
        self.asked: list[str] = []
        self.answers: list[tuple[int, bool]] = []
        self.exports: list[tuple[str, Path | None]] = []

    async def spending(self, period: str = "") -> Spending:
        """The month; another one is told as empty."""
        self._check()
        self.asked.append(period)
        if period in ("", self.told.period):
            return self.told
        return nothing(period=period)

    async def history(
        self, period: str = "", before: int | None = None, most: int = 50
    ) -> HistoryPage:
        """The calls."""
        self._check()
        if period not in ("", self.told.period):
            return HistoryPage(())
        shown = tuple(self.all[:most])
        return HistoryPage(shown, shown[-1].id if len(self.all) > most else None)

    async def questions(self) -> tuple[PriceQuestion, ...]:
        """What waits."""
        self._check()
        return self.waiting

    async def answer(self, asked: int, yes: bool) -> None:
        """Note it."""
        self._check()
        self.answers.append((asked, yes))
        self.waiting = tuple(one for one in self.waiting if one.id != asked)

    async def export(self, period: str = "", path: Path | None = None) -> str:
        """Note it."""
        self._check()
        self.exports.append((period, path))
        return f"{path}/sokoul-budget-2026-11.csv"

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


class FakeSettings:
    """Remembers what was set."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, object]] = []
        self.error: AppError | None = None

    async def set(self, section: str, name: str, value: object) -> None:
        """Note it."""
        if self.error is not None:
            raise self.error
        self.kept.append((section, name, value))
