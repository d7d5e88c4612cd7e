"""Sets of spans, who loads what, and the limit of speed: pure parts, against simple models."""

from __future__ import annotations

import threading
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from app.infra.fetch.plan import SHARE, Plan, Task
from app.infra.fetch.spans import Spans
from app.infra.fetch.throttle import Throttle
from app.infra.growing import Span

PLACES = st.integers(0, 40)
SPANS = st.lists(st.tuples(PLACES, PLACES).map(lambda two: Span(min(two), max(two))), max_size=12)


@given(SPANS, PLACES, PLACES)
def test_spans_are_a_set_of_bytes(spans: list[Span], one: int, two: int) -> None:
    start, end = min(one, two), max(one, two)
    model = {place for span in spans for place in range(span.start, span.end)}
    made = Spans(spans)
    held = list(made)
    assert {place for span in held for place in range(span.start, span.end)} == model
    assert all(span.start < span.end for span in held)
    assert all(a.end < b.start for a, b in zip(held, held[1:], strict=False))
    assert made.total == len(model)
    reached = start
    while reached in model:
        reached += 1
    assert made.reach(start) == reached
    missing = {place for span in made.gaps(start, end) for place in range(span.start, span.end)}
    assert missing == set(range(start, end)) - model


def none() -> None:
    """A connection that need not be cut."""


def load(plan: Plan, task: Task, count: int | None = None) -> None:
    """Write so many bytes of a stretch, or all of it."""
    plan.wrote(task, task.left if count is None else count)


def test_connections_begin_with_fair_parts() -> None:
    plan = Plan(8 * SHARE, 4, Spans(), ranges=True)
    tasks = [plan.take(none) for _ in range(4)]
    assert [(task.start, task.end) for task in tasks if task] == [
        (part * 2 * SHARE, (part + 1) * 2 * SHARE) for part in range(4)
    ]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_everything_is_loaded_once_whatever_happens(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 6 * SHARE))
    done = Spans(
        [Span(a * size // 40, b * size // 40) for a, b in
         data.draw(st.lists(st.tuples(PLACES, PLACES).map(sorted), max_size=4))]
    )  # fmt: skip
    before = done.total
    plan = Plan(size, 3, done, ranges=True)
    tasks: list[Task] = []
    loaded = 0
    for _ in range(400):
        if plan.complete:
            break
        act = data.draw(st.sampled_from(["take", "write", "leave", "wish", "wait"]))
        if act == "take" and len(tasks) < 3:
            task = plan.take(none)
            tasks += [task] if task else []
        elif act == "wish":
            start = data.draw(st.integers(0, size - 1))
            plan.aim(1, [Span(start, min(size, start + SHARE // 3))])
        elif act == "wait":
            plan.await_byte(2, data.draw(st.integers(0, size - 1)), none)
        elif tasks:
            task = data.draw(st.sampled_from(tasks))
            if act == "write":
                was = task.at
                load(plan, task, min(task.left, data.draw(st.integers(1, SHARE))))
                loaded += task.at - was
            else:
                plan.leave(task)
                tasks.remove(task)
        assert plan.done == before + loaded
    for task in tasks:
        plan.leave(task)
    while (rest := plan.take(none)) is not None:
        was = rest.at
        load(plan, rest)
        loaded += rest.at - was
        plan.leave(rest)
    assert plan.complete
    assert before + loaded == size


def test_who_waits_for_a_far_byte_gets_a_connection() -> None:
    plan = Plan(40 * SHARE, 2, Spans(), ranges=True)
    cut: list[str] = []
    first = plan.take(lambda: cut.append("first"))
    second = plan.take(lambda: cut.append("second"))
    assert first
    assert second
    place = 15 * SHARE
    came: list[int] = []
    assert plan.await_byte(1, place, lambda: came.append(1))
    assert cut in (["first"], ["second"])
    turned = first if cut == ["first"] else second
    assert turned.left == 0
    plan.leave(turned)
    task = plan.take(none)
    assert task
    assert task.start == place
    load(plan, task, 10)
    assert came == [1]
    assert not plan.await_byte(1, place + 9, none)


def test_a_byte_that_is_about_to_come_turns_nobody() -> None:
    plan = Plan(40 * SHARE, 2, Spans(), ranges=True)
    task = plan.take(lambda: cut.append(1))
    cut: list[int] = []
    assert task
    assert plan.take(lambda: cut.append(2))
    assert plan.await_byte(1, task.at + 1000, none)
    assert cut == []


def test_a_slow_one_is_relieved_of_its_last_stretch() -> None:
    plan = Plan(2 * SHARE, 2, Spans(), ranges=True)
    slow, quick = plan.take(none), plan.take(none)
    assert slow
    assert quick
    slow.began -= 10
    load(plan, slow, 1000)
    load(plan, quick)
    plan.leave(quick)
    task = plan.take(none)
    assert task
    assert (task.start, task.end, slow.left) == (1000, SHARE, 0)


# Speed.


def test_a_limit_is_shared_by_all_who_load() -> None:
    throttle = Throttle(200_000)
    taken: list[int] = []
    end = time.monotonic() + 0.5

    def load_something() -> None:
        while time.monotonic() < end:
            taken.append(throttle.take(1 << 20, lambda: time.monotonic() >= end))

    threads = [threading.Thread(target=load_something) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert 0 < sum(taken) <= 200_000 * 0.5 + 20_000 + 4 * 4096


def test_without_a_limit_all_is_given_at_once() -> None:
    throttle = Throttle()
    assert throttle.take(5_000_000, lambda: False) == 5_000_000
    assert throttle.take(5, lambda: True) == 0


def test_who_waits_goes_on_when_the_limit_goes() -> None:
    throttle = Throttle(1)
    got: list[int] = []
    thread = threading.Thread(target=lambda: got.append(throttle.take(100_000, lambda: False)))
    thread.start()
    throttle.set_rate(0)
    thread.join(5)
    assert got == [100_000]


def test_what_is_given_back_is_there_for_the_next() -> None:
    throttle = Throttle(50)
    assert throttle.take(1, lambda: False) == 1
    throttle.give_back(1)
    looks: list[int] = []

    def looked() -> bool:
        looks.append(1)
        return False

    throttle.take(1, looked)
    assert len(looks) == 1  # it did not have to wait and look again
