"""When events begin and end: limits, patience, flapping, restarts, values that grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alerts import AlertLevel, AlertRule
from app.domain.settings_sections import Monitoring
from app.services.monitoring.alerts.engine import REST, Reading, Turn, Watched, due, step
from app.services.monitoring.alerts.rules import LIMITS, NAMES, rules_of
from app.services.monitoring.alerts.watch import MOST, Watch

HEAT = AlertRule("temperature", AlertLevel.BAD, 85, 80, seconds=30, settle=30)
DISK = AlertRule("disk_full", AlertLevel.BAD, 90, 88, settle=30)
SLOW = AlertRule("pipeline_slow", AlertLevel.WARN, 600, 0)
VALUES = st.lists(
    st.tuples(st.floats(0.1, 400), st.floats(0, 100, allow_nan=False)), min_size=1, max_size=200
)


def turns(rule: AlertRule, told: Sequence[tuple[float, float]]) -> list[tuple[float, Turn]]:
    """What became of values, each so many seconds after the one before."""
    now, watched, found = 0.0, Watched(), list[tuple[float, Turn]]()
    for pause, value in told:
        now += pause
        watched, turn = step(rule, watched, value, now)
        if turn is not None:
            found.append((now, turn))
    return found


@given(VALUES, st.sampled_from([HEAT, DISK]))
def test_every_beginning_has_its_end_before_the_next(
    told: list[tuple[float, float]], rule: AlertRule
) -> None:
    found = turns(rule, told)
    kinds = [turn for _at, turn in found]
    assert kinds == [Turn.BEGAN, Turn.ENDED] * (len(kinds) // 2) + [Turn.BEGAN] * (len(kinds) % 2)
    begun = [at for at, turn in found if turn is Turn.BEGAN]
    assert all(later - earlier >= REST for earlier, later in zip(begun, begun[1:], strict=False))


@given(VALUES)
def test_nothing_is_told_between_the_limit_and_what_is_well(
    told: list[tuple[float, float]],
) -> None:
    between = [(pause, 88.5 + value / 100) for pause, value in told]
    assert turns(DISK, between) == []
    assert turns(DISK, [(1, 95), *between]) == [(1, Turn.BEGAN)]


def test_a_value_that_flaps_is_one_event() -> None:
    flaps = [(5.0, value) for _ in range(100) for value in (95.0, 70.0)]
    assert [turn for _at, turn in turns(DISK, flaps)] == [Turn.BEGAN]
    calm = [(10.0, 70.0)] * 5
    assert [turn for _at, turn in turns(DISK, [*flaps, *calm])] == [Turn.BEGAN, Turn.ENDED]


def test_heat_has_to_last() -> None:
    assert turns(HEAT, [(1, 99), (20, 99), (1, 84), (1, 99), (29, 99)]) == []
    assert turns(HEAT, [(1, 99), (20, 99), (10, 99)]) == [(31, Turn.BEGAN)]
    over = [(1, 99.0), (30, 99.0), (10, 79.0), (29, 82.0), (1, 79.0), (29, 79.0), (1, 79.0)]
    assert turns(HEAT, over) == [(31, Turn.BEGAN), (101, Turn.ENDED)]


def test_what_comes_again_soon_is_told_when_it_stays() -> None:
    told = [(0.0, 95.0), (10, 50), (40, 50), (10, 95)]
    assert [turn for _at, turn in turns(DISK, told)] == [Turn.BEGAN, Turn.ENDED]
    stays = [*told, (REST - 61, 95.0), (2, 95.0)]
    assert turns(DISK, stays)[2:] == [(REST + 1, Turn.BEGAN)]


def test_a_value_that_grows_by_itself_ripens_at_its_time() -> None:
    watch = Watch([SLOW])
    assert watch.feed([Reading("pipeline_slow", "a", 100, 50, rate=1)], 50) == []
    assert watch.due == pytest.approx(550, abs=0.1)
    assert watch.look(549) == []
    moment = watch.due
    assert moment is not None
    (began,) = watch.look(moment)
    assert (began.turn, began.reading.subject) == (Turn.BEGAN, "a")
    assert watch.due is None
    (ended,) = watch.feed([Reading("pipeline_slow", "a", 0, 600)], 600)
    assert ended.turn is Turn.ENDED


def test_patience_ripens_without_another_reading() -> None:
    watch = Watch([HEAT])
    assert watch.feed([Reading("temperature", "", 99, 10)], 10) == []
    assert watch.due == 40
    assert [one.turn for one in watch.look(40)] == [Turn.BEGAN]
    assert watch.feed([Reading("temperature", "", 70, 50)], 50) == []
    assert watch.due == 80
    assert [one.turn for one in watch.look(80)] == [Turn.ENDED]


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e4), st.floats(0, 1e6))
def test_what_is_due_is_ripe_then(now: float, seconds: float, limit: float) -> None:
    """Else the timer would go round and round."""
    patient = AlertRule("temperature", AlertLevel.WARN, limit, 0, seconds)
    watch = Watch([patient, replace(SLOW, limit=limit + 1)])
    readings = [
        Reading("temperature", "", limit + 1, now),
        Reading("pipeline_slow", "", 0, now, rate=1),
    ]
    watch.feed(readings, now)
    told = 0
    for _ in range(2):
        moment = watch.due
        assert moment is not None
        told += len(watch.look(moment))
    assert told == 2
    assert watch.due is None


def test_a_rule_that_is_switched_off_ends_what_goes_on_silently() -> None:
    watch = Watch([DISK])
    watch.feed([Reading("disk_full", "/", 95, 0)], 0)
    (ended,) = watch.set_rules([replace(DISK, enabled=False)], 10)
    assert (ended.turn, ended.silent) == (Turn.ENDED, True)
    assert watch.set_rules([DISK], 20) == []  # it was told a moment ago
    assert [one.turn for one in watch.look(REST)] == [Turn.BEGAN]


def test_another_limit_counts_at_once() -> None:
    watch = Watch([DISK])
    watch.feed([Reading("disk_full", "/", 85, 0), Reading("disk_full", "/films", 20, 0)], 0)
    (began,) = watch.set_rules([replace(DISK, limit=80, clear=78)], 5)
    assert began.reading.subject == "/"


def test_what_is_gone_is_not_told_to_be_well() -> None:
    watch = Watch([DISK])
    watch.feed([Reading("disk_full", "/", 95, 0)], 0)
    (ended,) = watch.feed([Reading("disk_full", "/", 0, 9, gone=True)], 9)
    assert ended.silent
    assert watch.active == frozenset()


def test_what_went_on_before_a_start_goes_on() -> None:
    watch = Watch([DISK])
    watch.restore(("disk_full", "/"), Reading("disk_full", "/", float("inf"), 5), 100)
    assert watch.look(1e6) == []
    assert watch.feed([Reading("disk_full", "/", 95, 6)], 6) == []
    watch.feed([Reading("disk_full", "/", 10, 7)], 7)
    assert [one.turn for one in watch.look(37)] == [Turn.ENDED]
    watch.feed([Reading("disk_full", "/", 95, 40)], 40)
    assert watch.due == 5 + REST - 100  # so long after the beginning, in the run before


@given(
    st.lists(
        st.tuples(st.floats(0.1, 900), st.floats(0, 100), st.booleans()), min_size=1, max_size=80
    )
)
def test_starts_in_the_middle_repeat_and_lose_nothing(
    told: list[tuple[float, float, bool]],
) -> None:
    """As the service does it: what goes on is restored, what is over rests."""
    key, watch, now = ("disk_full", "/"), Watch([DISK]), 0.0
    found: list[Turn] = []
    begun: list[float] = []
    for pause, value, starts in told:
        now += pause
        if starts:
            watch = Watch([DISK])
            since = now - begun[-1] if begun else REST
            if found and found[-1] is Turn.BEGAN:
                watch.restore(key, Reading(*key, float("inf"), now), since)
            elif begun:
                watch.rest(key, now, since)
        for one in [*watch.feed([Reading(*key, value, now)], now), *watch.look(now)]:
            found.append(one.turn)
            if one.turn is Turn.BEGAN:
                begun.append(now)
    assert found == [Turn.BEGAN if number % 2 == 0 else Turn.ENDED for number in range(len(found))]
    assert all(
        later - earlier >= REST - 1e-6 for earlier, later in zip(begun, begun[1:], strict=False)
    )


def test_so_many_subjects_are_remembered_and_what_goes_on_is_never_forgotten() -> None:
    watch = Watch([DISK])
    watch.feed([Reading("disk_full", "bad", 95, 0)], 0)
    for number in range(MOST + 100):
        watch.feed([Reading("disk_full", str(number), 10, 1)], 1)
    assert len(watch.readings("disk_full")) <= MOST + 1
    assert ("disk_full", "bad") in watch.active


def test_the_rules_are_whole() -> None:
    rules = {rule.name: rule for rule in rules_of(Monitoring())}
    assert set(rules) == set(NAMES) >= set(LIMITS)
    assert all(rule.clear <= rule.limit and rule.enabled for rule in rules.values())
    off = {rule.name: rule.enabled for rule in rules_of(Monitoring(alerts_off=" storage,,x"))}
    assert [name for name, on in off.items() if not on] == ["storage"]
    assert not any(rule.enabled for rule in rules_of(Monitoring(alerts=False)))


def test_due_without_anything_to_wait_for() -> None:
    assert due(DISK, Watched(), Reading("disk_full", "/", 5, 0), 0) is None
    assert due(SLOW, Watched(True), Reading("pipeline_slow", "/", 700, 0, rate=1), 0) is None
