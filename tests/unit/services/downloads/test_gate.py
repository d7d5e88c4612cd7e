"""When a film may begin: never too soon, and not absurdly late."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from app.infra.containers.layout import Layout, laid_out, plain
from app.infra.growing import Span
from app.services.downloads.gate import AT_LEAST, TRUSTED, Missing, Speed, Verdict, begins, judge

KB = 1024
SECOND = 100 * KB


def film(rates: list[int], *, head: int = 0, tail: int = 0) -> Layout:
    """A film of ten-second stretches, each with its own bytes a second."""
    places = list(itertools.accumulate((rate * 10 for rate in rates), initial=head))
    points = [(10.0 * number, place) for number, place in enumerate(places)]
    size = places[-1] + tail
    index = Span(places[-1], size) if tail else None
    length = 10.0 * len(rates)
    return laid_out("test", size, length, Span(0, head), index, points[:-1])


EVEN = film([SECOND] * 60)


def stand(
    layout: Layout, *holes: Span, at: float = 0.0, speed: float | None = None, grain: int = 0
) -> Verdict:
    return judge(layout, Missing(holes), at, speed, grain)


def rest(layout: Layout, seconds: float) -> Span:
    return Span(layout.needed(seconds), layout.size)


def test_a_film_that_is_all_here_is_ready() -> None:
    assert stand(EVEN) == Verdict(600.0, True, 0.0, None)
    assert stand(EVEN, at=250.0) == Verdict(350.0, True, 0.0, None)
    assert stand(plain(1000)).ready


def test_without_a_speed_nothing_is_promised() -> None:
    known = stand(EVEN, rest(EVEN, 100))
    assert (known.ready, known.ready_in) == (False, None)
    assert known.loaded == known.stall_at == pytest.approx(100.0)
    assert stand(EVEN, rest(EVEN, 100), speed=0.0).ready_in is None
    assert stand(EVEN, rest(EVEN, 100), at=40.0).stall_at == pytest.approx(100.0)


def test_a_quick_link_waits_only_for_eight_seconds_of_film() -> None:
    quick = 2.0 * SECOND
    assert not stand(EVEN, rest(EVEN, AT_LEAST - 0.5), speed=quick).ready
    assert stand(EVEN, rest(EVEN, AT_LEAST), speed=quick).ready
    nothing = stand(EVEN, rest(EVEN, 0), speed=quick)
    assert nothing.ready_in == pytest.approx(AT_LEAST / 2, rel=0.01)


def test_a_slow_link_waits_until_the_rest_keeps_up() -> None:
    half = stand(EVEN, rest(EVEN, 0), speed=SECOND / 2)
    assert half.ready_in == pytest.approx(600 / 0.45 - 600, rel=0.01)
    assert half.stall_at is not None
    assert half.stall_at < 20
    later = stand(EVEN, rest(EVEN, 340), speed=SECOND / 2)
    assert later.ready
    assert later.stall_at is None


def test_the_bit_rate_is_that_of_the_place_not_the_average() -> None:
    heavy_later = film([SECOND] * 10 + [10 * SECOND] * 10)
    assert stand(heavy_later, rest(heavy_later, 10), speed=2.0 * SECOND).stall_at is not None
    heavy_before = film([10 * SECOND] * 10 + [SECOND] * 10)
    assert stand(heavy_before, rest(heavy_before, 10), at=121.0, speed=2.0 * SECOND).ready_in == (
        pytest.approx((AT_LEAST + 1) / 2, rel=0.01)  # the key frame is a second before
    )
    ahead = stand(heavy_before, rest(heavy_before, 100), at=92.0, speed=2.0 * SECOND)
    assert ahead.ready
    assert ahead.loaded == pytest.approx(AT_LEAST)


def test_a_hole_far_ahead_is_counted_where_it_lies() -> None:
    hole = Span(EVEN.needed(300), EVEN.needed(420))
    assert stand(EVEN, hole, speed=SECOND / 2).ready  # two minutes of film in five
    slow = stand(EVEN, hole, speed=SECOND / 4)
    assert not slow.ready
    assert slow.stall_at is not None
    assert 300 < slow.stall_at <= 420
    assert slow.ready_in == pytest.approx(120 / (0.25 * TRUSTED) - 420, rel=0.01)


def test_head_and_index_must_be_here_wherever_it_begins() -> None:
    both = film([SECOND] * 60, head=64 * KB, tail=300 * KB)
    assert both.index is not None
    quick = 10.0 * SECOND
    assert not stand(both, both.index, at=300.0, speed=quick).ready
    assert not stand(both, Span(0, 64 * KB), at=300.0, speed=quick).ready
    assert not stand(both, Span(0, 64 * KB), at=300.0).ready
    wait = stand(both, both.index, at=300.0, speed=quick).ready_in
    assert wait == pytest.approx(300 * KB / quick, rel=0.2)
    assert stand(both, Span(64 * KB, 70 * KB), at=300.0).ready  # will not be played


def test_the_end_needs_only_what_is_left_of_it() -> None:
    assert stand(EVEN, rest(EVEN, 600 - 1), at=595.0, speed=2.0 * SECOND).ready_in == (
        pytest.approx(0.5, rel=0.01)
    )


def test_it_never_waits_longer_than_the_download_takes() -> None:
    hole = Span(0, 10 * KB)
    for grain in (0, 16 * KB * KB):
        assert stand(EVEN, hole, speed=KB, grain=grain).ready_in == pytest.approx(10.0)


def test_a_film_of_unknown_length_waits_for_all_of_it() -> None:
    unknown = plain(1000 * KB)
    verdict = stand(unknown, Span(400 * KB, 1000 * KB), speed=100.0 * KB)
    assert verdict == Verdict(0.0, False, 6.0, None)
    assert stand(unknown.lasting(100.0), Span(600 * KB, 1000 * KB), speed=100.0 * KB).ready


@dataclass
class Link:
    """Bytes that have come by a moment, never less than nine tenths of what its speed says."""

    speed: float
    dips: list[tuple[float, float]]  # from, for how long: nothing comes

    def time(self, wanted: float) -> float:
        """When so many bytes have come."""
        now = wanted / self.speed
        for begin, long in self.dips:
            if now > begin:
                now += long
        return now

    def within_margin(self) -> bool:
        lost = end = 0.0
        for begin, long in self.dips:
            lost += long
            end = max(end, begin) + long
            if lost > 0.1 * end:
                return False
        return True

    def later(self, seconds: float) -> Link:
        """The same link with its dips so much later."""
        return Link(self.speed, [(begin + seconds, long) for begin, long in self.dips])

    def even(self) -> Link:
        """The same link without dips."""
        return Link(self.speed, [])


@dataclass
class Course:
    """What becomes of a film over a link: pieces come in the order in which they are needed."""

    layout: Layout
    link: Link
    piece: int
    position: float
    here: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        count = -(-self.layout.size // self.piece)
        first = begins(self.layout, self.position) // self.piece
        index = self.layout.index
        order = list(range(-(-self.layout.head.end // self.piece)))
        if index is not None:
            order += range(index.start // self.piece, count)
        order = list(dict.fromkeys([*order, *range(first, count)]))
        self.comes: dict[int, float] = dict.fromkeys(self.here, 0.0)
        sent = 0
        for number in order:
            if number not in self.here:
                sent += min(self.piece, self.layout.size - number * self.piece)
                self.comes[number] = self.link.time(sent)
        self.all_at = max([0.0, *self.comes.values()])

    def judged(self, now: float) -> Verdict:
        holes: list[Span] = []
        for number in range(-(-self.layout.size // self.piece)):
            if self.comes.get(number, 1e18) > now:
                start = number * self.piece
                end = min(self.layout.size, start + self.piece)
                if holes and holes[-1].end == start:
                    start = holes.pop().start
                holes.append(Span(start, end))
        speed = self.link.speed
        return judge(self.layout, Missing(holes), self.position, speed, self.piece)

    def opens(self) -> float:
        """When it is ready first, to half a second; once ready, more bytes leave it so."""
        before, after = 0, int(self.all_at * 2) + 2
        assert self.judged(after / 2).ready
        while before < after:
            middle = (before + after) // 2
            if self.judged(middle / 2).ready:
                after = middle
            else:
                before = middle + 1
        return after / 2

    def stalls(self, begun: float) -> list[tuple[float, float]]:
        """(second of film, seconds too late) of each piece that is not there in time."""
        late = []
        first = begins(self.layout, self.position) // self.piece
        for number, comes in self.comes.items():
            if number < first:
                continue
            second = max(self.position, self.layout.second(number * self.piece))
            if comes > begun + second - self.position + 1e-6:
                late.append((second, comes))
        return late

    def optimum(self) -> float:
        first = begins(self.layout, self.position) // self.piece
        return max(
            0.0,
            *(
                comes
                - (max(self.position, self.layout.second(number * self.piece)) - self.position)
                for number, comes in self.comes.items()
                if number >= first
            ),
        )


rates = some.lists(some.integers(10 * KB, 400 * KB), min_size=3, max_size=30)
links = some.builds(
    Link,
    some.floats(20.0 * KB, 1000.0 * KB),
    some.lists(some.tuples(some.floats(20, 300), some.floats(0.1, 4)), max_size=4).map(sorted),
).filter(Link.within_margin)
courses = some.builds(
    lambda shape, link, piece, share, here: Course(
        shape, link, piece, share * (shape.duration or 0), here
    ),
    some.builds(film, rates, head=some.just(64 * KB), tail=some.sampled_from((0, 200 * KB))),
    links,
    some.sampled_from((64 * KB, 256 * KB, 1024 * KB, 4096 * KB)),
    some.floats(0.0, 0.95),
    some.frozensets(some.integers(0, 40), max_size=12),
)


EDGE = film([10_240, 10_240, 10_240, 20_075, 19_085, 143_962, 367_165, 10_240], head=64 * KB)


@settings(deadline=None, max_examples=120)
@given(courses)
@example(Course(EDGE, Link(132_610.0, []), 4096 * KB, 55.0))
def test_nothing_stalls_after_it_was_ready(course: Course) -> None:
    opened = replace(course, link=course.link.even()).opens()
    dipping = replace(course, link=course.link.later(opened))
    assert dipping.stalls(opened) == []


@settings(deadline=None, max_examples=120)
@given(courses)
def test_it_is_not_absurdly_late(course: Course) -> None:
    course = replace(course, link=course.link.even())
    speed = course.link.speed
    piece = course.piece / speed
    left = (course.layout.duration or 0) - course.position
    reserve = course.layout.needed(course.position + min(AT_LEAST, left))
    at_least = max(
        (
            comes
            for number, comes in course.comes.items()
            if number * course.piece < reserve or number * course.piece >= course.layout.size
        ),
        default=0.0,
    )
    margin = course.all_at / TRUSTED - course.all_at
    earliest = max(course.optimum(), at_least)
    assert course.opens() <= min(earliest + margin + piece / TRUSTED + 0.5, course.all_at + 0.5)


@settings(deadline=None, max_examples=100)
@given(courses, some.floats(0.0, 50.0))
def test_a_promise_is_kept(course: Course, now: float) -> None:
    course = replace(course, link=course.link.even())
    verdict = course.judged(now)
    assert verdict.ready_in is not None
    assert course.opens() <= now + verdict.ready_in + 2 * course.piece / course.link.speed + 1.0


stretches = some.lists(some.tuples(some.integers(0, 590), some.integers(1, 60)), max_size=8)


def spans(told: list[tuple[int, int]]) -> list[Span]:
    merged: list[Span] = []
    for second, long in sorted(told):
        span = Span(EVEN.needed(second), EVEN.needed(second + long))
        if merged and span.start <= merged[-1].end:
            span = Span(merged[-1].start, max(span.end, merged.pop().end))
        merged.append(span)
    return merged


@given(stretches, some.floats(0, 599), some.floats(KB, 1000 * KB), some.floats(1, 3))
@example([(0, 1)], 0.0, float(KB), 1.0)
def test_more_speed_or_more_bytes_never_mean_a_longer_wait(
    told: list[tuple[int, int]], position: float, speed: float, factor: float
) -> None:
    holes = spans(told)
    before = judge(EVEN, Missing(holes), position, speed)
    faster = judge(EVEN, Missing(holes), position, speed * factor)
    fewer = judge(EVEN, Missing(holes[1:]), position, speed)
    assert before.ready_in is not None
    for better in (faster, fewer):
        assert better.ready_in is not None
        assert better.ready_in <= before.ready_in + 1e-6
        assert better.ready or not before.ready
    assert fewer.loaded >= before.loaded
    assert before.ready == (before.ready_in == 0)
    assert before.stall_at is None or before.stall_at >= position + before.loaded - 1e-6


@given(some.lists(some.tuples(some.integers(0, 1000), some.integers(0, 50)), max_size=10))
def test_missing_bytes_are_counted_once(told: list[tuple[int, int]]) -> None:
    taken: set[int] = set()
    kept = []
    for start, long in told:
        if not taken & set(range(start - 1, start + long + 1)):
            taken |= set(range(start, start + long))
            kept.append(Span(start, start + long))
    missing = Missing(kept)
    for place in range(0, 1060, 7):
        assert missing.before(place) == len([one for one in taken if one < place])
        assert missing.next(place) == min((one for one in taken if one >= place), default=None)
    assert missing.within(Span(100, 600)) == len([one for one in taken if 100 <= one < 600])


def fed(speed: Speed, *flows: tuple[float, float], start: float = 0.0) -> Speed:
    """Feed stretches of (seconds, bytes a second), four times a second."""
    now, received = start, 0.0
    speed.note(now, received)
    for long, rate in flows:
        for _ in range(int(long * 4)):
            now, received = now + 0.25, received + rate / 4
            speed.note(now, received)
    return speed


def test_a_speed_is_known_only_after_it_has_flowed_for_a_moment() -> None:
    assert Speed().value is None
    assert fed(Speed(), (30, 0)).value is None
    assert fed(Speed(), (30, 0), (0.75, 100)).value is None
    assert fed(Speed(), (30, 0), (1.5, 100)).value == pytest.approx(50)  # a part of it at first
    assert fed(Speed(), (30, 0), (4, 100)).value == pytest.approx(100)


def test_a_burst_promises_nothing_and_a_break_is_noticed() -> None:
    assert fed(Speed(), (20, 100), (1, 1000)).value == pytest.approx(160)
    assert fed(Speed(), (20, 100), (3, 1000)).value == pytest.approx(280)
    assert fed(Speed(), (20, 100), (3, 20)).value == pytest.approx(20)
    assert fed(Speed(), (20, 100), (3, 0)).value == 0


def test_a_counter_that_begins_anew_is_a_new_download() -> None:
    speed = fed(Speed(), (20, 100))
    assert fed(speed, (0.5, 50), start=20).value is None
    assert fed(Speed(), (5, 50), start=100).value == pytest.approx(50)
