"""When which variant of an A/B test is set, and what its windows say. Pure but for the lot."""

from __future__ import annotations

from collections.abc import Callable, MutableSequence, Sequence
from typing import Any, Final

from app.domain.results import ABTest, Measure, Standing, TestState, TestWay
from app.services.results.confidence import Verdict, least_blocks, score, verdict
from app.services.results.windows import UNKNOWN, Record, Window

HOURS: Final = (4, 6, 8, 12, 24)
"""How long windows may be: whole parts of a day, so that each time of the day is in all."""
WHOLE: Final = (0.5, 1.5)
"""A window counts when it was so many times as long as planned: no swap came much too late."""


def plan(
    variants: int,
    start: float,
    hours: int,
    days: int,
    shuffle: Callable[[MutableSequence[Any]], None],
) -> list[Window]:
    """The windows of a test: `days` are rounded up so that every block is whole.

    A block is one time of the day on as many days in a row as there are variants; `shuffle` draws
    the lot.
    """
    a_day = 24 // hours
    rounds = -(-days // variants)
    made: list[Window] = []
    for number_of_round in range(rounds):
        orders = []
        for _slot in range(a_day):
            order = list(range(variants))
            shuffle(order)
            orders.append(order)
        for day in range(variants):
            for slot in range(a_day):
                number = len(made)
                block = number_of_round * a_day + slot
                made.append(
                    Window(number, block, orders[slot][day], start + number * hours * 3600.0)
                )
    return made


def current(windows: Sequence[Window], hours: float, now: float) -> int:
    """The number of the window in which a moment lies; as many as there are: after the last."""
    place = int((now - windows[0].at) // (hours * 3600.0))
    return max(0, min(place, len(windows)))


def counts(one: Window, hours: float) -> bool:
    """Whether a window is over, was told of, and lasted about as long as it should."""
    if not (one.begun and one.ended) or one.before is None or one.after is None:
        return False
    lasted = (one.ended - one.begun) / (hours * 3600.0)
    return WHOLE[0] <= lasted <= WHOLE[1]


def measure_of(windows: Sequence[Window], hours: float) -> Measure:
    """Clicks, when all windows that count tell how often the post was shown and clicked."""
    good = [one for one in windows if counts(one, hours)]
    told = [_score(one, clicks=True) is not None for one in good]
    return Measure.CLICKS if told and all(told) else Measure.VIEWS


def judge(windows: Sequence[Window], variants: int, hours: float) -> Verdict:
    """What the whole blocks say so far."""
    clicks = measure_of(windows, hours) is Measure.CLICKS
    scores: dict[int, dict[int, float]] = {}
    last: dict[int, int] = {}
    for one in windows:
        told = _score(one, clicks=clicks) if counts(one, hours) else None
        if told is not None:
            scores.setdefault(one.block, {})[one.variant] = told
            last[one.block] = one.number
    whole = [block for block, told in scores.items() if len(told) == variants]
    ordered = sorted(whole, key=lambda block: last[block])
    return verdict([[scores[block][one] for one in range(variants)] for block in ordered])


def view(record: Record, windows: Sequence[Window]) -> ABTest:
    """A test as people see it."""
    hours = record.window_hours
    good = [one for one in windows if counts(one, hours)]
    said = judge(windows, len(record.variants), hours) if windows else Verdict()
    leader = record.winner if record.winner is not None else said.leader
    running = record.state is TestState.RUNNING and record.way is TestWay.SWAP
    following = next((one.at for one in windows if not one.begun and one.at > _begun(windows)), 0.0)
    return ABTest(
        record.id, record.post, record.way, record.state,
        tuple(_standing(record, good, number) for number in range(len(record.variants))),
        max(record.showing, UNKNOWN), leader, said.sure, record.winner, measure_of(windows, hours),
        hours, len(windows), sum(bool(one.ended) for one in windows),
        _least(windows, len(record.variants)), following if running else 0.0, record.started,
        record.ended, record.message, dict(record.args), record.title, record.platform,
    )  # fmt: skip


def _begun(windows: Sequence[Window]) -> float:
    return max((one.at for one in windows if one.begun), default=0.0)


def _least(windows: Sequence[Window], variants: int) -> int:
    """After how many windows so many blocks are whole that something can be sure."""
    left: dict[int, int] = {}
    whole = 0
    for one in windows:
        left[one.block] = left.get(one.block, variants) - 1
        whole += left[one.block] == 0
        if whole == least_blocks(variants):
            return one.number + 1
    return len(windows)


def _score(one: Window, *, clicks: bool) -> float | None:
    if one.before is None or one.after is None:
        return None
    return score(one.before, one.after, (one.ended - one.begun) / 3600.0, clicks=clicks)


def _standing(record: Record, good: Sequence[Window], number: int) -> Standing:
    mine = [one for one in good if one.variant == number]
    share = record.shares[number] if number < len(record.shares) else None
    return Standing(
        record.variants[number], len(mine),
        sum(one.ended - one.begun for one in mine) / 3600.0,
        sum(_gain(one, "views") or 0 for one in mine), _total(mine, "shown"),
        _total(mine, "clicked"), share,
    )  # fmt: skip


def _total(windows: Sequence[Window], name: str) -> int | None:
    gains = [gain for one in windows if (gain := _gain(one, name)) is not None]
    return sum(gains) if gains else None


def _gain(one: Window, name: str) -> int | None:
    before, after = getattr(one.before, name), getattr(one.after, name)
    return None if before is None or after is None else max(after - before, 0)
