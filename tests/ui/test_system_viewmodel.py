"""What the System page knows: seconds, health, alerts, the chart over time, and a moment of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import MachineSampled
from app.domain.health import HealthState
from app.domain.monitoring import DiskUse, Doing, DoingKind, LinkUse, Track
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from tests.fakes.services import running_bridge
from tests.fakes.system import (
    GB,
    GIB,
    NOW,
    SERIES,
    FakeAlerts,
    FakeHealth,
    FakeMonitoring,
    alert,
    checks,
    snapshot,
)
from ui import system_words as said
from ui.pages.system import axes, bands, figures, said_of
from ui.pages.system.chart_model import ChartModel
from ui.pages.system.figures import Figure, Span
from ui.pages.system.viewmodel import SystemViewModel

PHRASES = Phrases(lambda: "en")


@pytest.fixture(autouse=True)
def english() -> None:
    """The usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_GB"))


class World:
    """The services, the models, and the bus between them."""

    def __init__(self) -> None:
        self.monitoring = FakeMonitoring(snapshot())
        self.health = FakeHealth(checks())
        self.alerts = FakeAlerts()
        self.now = NOW

    def connect(self, bus: EventBus) -> None:
        """Let the services tell what happens."""
        self.monitoring.bus = self.health.bus = self.alerts.bus = bus


@contextmanager
def _system(world: World) -> Iterator[SystemViewModel]:
    with running_bridge() as (bridge, bus):
        world.connect(bus)
        model = SystemViewModel(
            bridge, world.monitoring, world.health, world.alerts, lambda: world.now
        )
        yield model
        model.rest()


@contextmanager
def _chart(world: World) -> Iterator[ChartModel]:
    with running_bridge() as (bridge, bus):
        world.connect(bus)
        model = ChartModel(bridge, world.monitoring, PHRASES.say, lambda: world.now)
        yield model
        model.rest()


# The machine.


def test_it_follows_the_machine_only_while_somebody_looks(qtbot: QtBot) -> None:
    world = World()
    with _system(world) as model:
        with qtbot.waitSignal(model.sampled):
            model.wake()
        assert model.machine is world.monitoring.machine
        assert model.now == snapshot()
        with qtbot.waitSignal(model.sampled):
            world.monitoring.tick(snapshot(NOW + 1, cpu=0.9))
        assert model.now is not None
        assert model.now.cpu == 0.9
        model.rest()
        assert not model.awake
        seen: list[None] = []
        model.sampled.connect(lambda: seen.append(None))
        world.monitoring.tick(snapshot(NOW + 2))
        with qtbot.waitSignal(model.alerts_changed):  # it comes by the same way, later
            world.alerts.begin(alert())
        assert seen == []
        with qtbot.waitSignal(model.sampled):
            model.wake()
        assert model.now.at == NOW + 2


def test_before_the_first_second_there_is_nothing_and_then_there_is(qtbot: QtBot) -> None:
    world = World()
    world.monitoring.now = None
    with _system(world) as model:
        with qtbot.waitSignal(model.sampled):
            model.wake()
        assert model.now is None
        with qtbot.waitSignal(model.sampled):
            world.monitoring.tick(snapshot())
        assert model.now is not None


def test_the_busiest_network_and_the_fullest_disk_with_films_are_shown(qtbot: QtBot) -> None:
    world = World()
    quick = LinkUse("eth1", 5e6, 50e6, 1_000_000_000)
    disks = (
        DiskUse("a", "/", 100, 99, system=True),
        DiskUse("b", "/films", 100, 40, media=True),
        DiskUse("c", "/more", 100, 60, media=True),
    )
    world.monitoring.now = snapshot(
        links=(LinkUse("eth0", 1.0, 1.0), quick, LinkUse("away", 9e9, 0.0, up=False)), disks=disks
    )
    with _system(world) as model:
        with qtbot.waitSignal(model.sampled):
            model.wake()
        assert model.link is quick
        assert model.link_ratio == pytest.approx(0.4)
        assert model.media_disk is disks[2]
        with qtbot.waitSignal(model.sampled):
            world.monitoring.tick(snapshot(NOW + 1, disks=disks[:1], links=()))
        assert model.media_disk is disks[0], "no films anywhere: the station's own disk"
        assert [one for one in (model.link, model.link_ratio) if one] == []


def test_a_network_nobody_knows_the_speed_of_is_measured_by_the_most_seen(qtbot: QtBot) -> None:
    world = World()
    world.monitoring.now = snapshot(links=(LinkUse("eth0", 40e6, 0.0),))
    with _system(world) as model:
        with qtbot.waitSignal(model.sampled):
            model.wake()
        assert model.link_ratio == 1.0
        with qtbot.waitSignal(model.sampled):
            world.monitoring.tick(snapshot(NOW + 1, links=(LinkUse("eth0", 10e6, 0.0),)))
        assert model.link_ratio == 0.25


def test_services_that_fail_are_told_of_and_asked_again(qtbot: QtBot) -> None:
    class Broken(FakeHealth):
        broken = True

        def checks(self) -> tuple[object, ...]:  # type: ignore[override]  # it raises
            if self.broken:
                raise Unavailable("errors.server_offline", host="x")
            return super().checks()

    world = World()
    world.health = broken = Broken(checks())
    with _system(world) as model:
        with qtbot.waitSignal(model.error_changed):
            model.wake()
        assert type(model.error) is Unavailable
        broken.broken = False
        with qtbot.waitSignal(model.error_changed):
            model.load()
        assert model.checks
        assert [model.error] == [None]


# Health and alerts.


def test_what_needs_the_owner_stands_first_and_changes_come_at_once(qtbot: QtBot) -> None:
    world = World()
    with _system(world) as model:
        with qtbot.waitSignal(model.health_changed):
            model.wake()
        assert model.sorted_checks[0].part == "provider:my-sites"
        assert model.sorted_checks[-1].part == "hearing", "what is off is last"
        broken = replace(checks()[0], state=HealthState.BAD)
        with qtbot.waitSignal(model.health_changed):
            world.health.change(broken)
        assert model.sorted_checks[0] is broken
        assert [one.part for one in model.checks] == [one.part for one in checks()]
        new = replace(checks()[0], part="disk:sdb")
        with qtbot.waitSignal(model.health_changed):
            world.health.change(new)
        assert model.checks[-1] is new


def test_a_look_at_everything_is_under_way_until_it_ends(qtbot: QtBot) -> None:
    world = World()
    world.health.found = (replace(checks()[6], state=HealthState.GOOD, at=NOW + 5),)
    with _system(world) as model:
        with qtbot.waitSignal(model.health_changed):
            model.wake()
        told: list[str] = []
        model.checking_changed.connect(lambda: told.append(model.checking))
        model.check()
        model.check("clock")  # one at a time
        assert model.checking == "*"
        qtbot.waitUntil(lambda: model.checking == "")
        assert told[0] == "*"
        qtbot.waitUntil(lambda: all(one.state is not HealthState.WARN for one in model.checks))
        assert world.health.runs == [""]
        world.health.error = Unavailable("errors.server_offline", host="x")
        with qtbot.waitSignal(model.failed):
            model.check("clock")
        assert (world.health.runs, model.checking) == (["", "clock"], "")


def test_how_far_a_look_is_can_be_seen(qtbot: QtBot) -> None:
    world = World()
    with _system(world) as model:
        with qtbot.waitSignal(model.health_changed):
            model.wake()
        model.checking, model._begun = "*", NOW + 1
        half = [replace(one, at=NOW + 2) for one in checks()[:5]]
        world.health.known = (*half, *checks()[5:10])
        model._ask_progress()
        qtbot.waitUntil(lambda: model.looked == 0.5)


def test_alerts_are_counted_though_nobody_looks(qtbot: QtBot) -> None:
    world = World()
    with _system(world) as model:
        with qtbot.waitSignal(model.alerts_changed) as told:
            pass  # it asks when it is made
        assert told.args == [0]
        with qtbot.waitSignal(model.alerts_changed) as told:
            world.alerts.begin(alert())
        assert told.args == [1]
        world.alerts.all = []
        with qtbot.waitSignal(model.alerts_changed) as told:
            world.alerts.begin(alert(2, ended=NOW))
        assert told.args == [0]


# The chart.


def test_the_chart_begins_with_the_searches_or_with_the_processor(qtbot: QtBot) -> None:
    world = World()
    with _chart(world) as model:
        with qtbot.waitSignal(model.changed):
            model.wake()
        assert model.figure is Figure.SEARCHES
        assert model.drawn is not None
        assert [one.line.name for one in model.drawn.values] == ["p95", "p50"]
        assert model.drawn.end - model.drawn.start == 300
        assert set(model.offered) == set(Figure) - {Figure.GRAPHICS}
    quiet = World()
    quiet.monitoring.now = snapshot(figures=())
    with _chart(quiet) as model:
        with qtbot.waitSignal(model.changed):
            model.wake()
        assert model.figure is Figure.PROCESSOR, "nobody has searched"


def test_a_chart_that_goes_along_takes_in_each_second_and_lets_old_ones_go(qtbot: QtBot) -> None:
    world = World()
    with _chart(world) as model:
        model.figure = Figure.PROCESSOR
        with qtbot.waitSignal(model.changed):
            model.wake()
        assert model.drawn is not None
        first = model.drawn.times[0]
        with qtbot.waitSignal(model.changed):
            model.sampled(snapshot(NOW + 1, cpu=0.77))
        (line,) = model.drawn.values
        assert (line.times[-1], line.means[-1]) == (NOW + 1, 0.77)
        assert model.drawn.end == NOW + 1
        assert model.drawn.times[0] > first
        assert len(world.monitoring.asked) == 1, "the past is not asked for each second"
        for second in range(2, 20):
            model.sampled(snapshot(NOW + second))
        qtbot.waitUntil(lambda: len(world.monitoring.asked) == 2)  # what it does: now and then


def test_a_year_is_at_most_six_hundred_points_and_unknown_times_have_no_cursor(
    qtbot: QtBot,
) -> None:
    world = World()
    with _chart(world) as model:
        model.figure, model.span = Figure.PROCESSOR, Span.YEAR
        with qtbot.waitSignal(model.changed):
            model.wake()
        assert model.drawn is not None
        assert len(model.drawn.values[0].times) <= 600
        assert len(model.drawn.times) < len(model.drawn.values[0].times)
        model.step(-10_000)
        model.step(-10_000)
        assert model.cursor == model.drawn.times[0]
        assert all(math.isfinite(value) for _, value in model.values_at(model.cursor))
        before = model.drawn
        model.sampled(snapshot(NOW + 1))
        assert model.drawn is before, "a second is nothing in a year"


def test_a_moment_tells_its_values_what_was_done_and_why(qtbot: QtBot) -> None:
    world = World()
    with _chart(world) as model:
        model.figure, model.span = Figure.PROCESSOR, Span.DAY
        with qtbot.waitSignal(model.changed):
            model.wake()
        assert said_of.moment(model) == ""
        model.point_at(NOW - 86_400 * 0.8)
        text = said_of.moment(model)
        assert "Processor" in text
        assert text.endswith("Converting Charade")
        qtbot.waitUntil(lambda: bool(model.why))
        assert world.monitoring.whys == [model.cursor]
        assert "98 %" in model.why[0]
        assert "240" in model.why[1]
        for _ in range(5):
            model.step(1)
        qtbot.waitUntil(lambda: bool(model.why))
        assert len(world.monitoring.whys) == 2, "asked where the cursor rests, not on its way"
        assert model.clear_cursor()
        assert not model.clear_cursor()
        assert said_of.moment(model) == ""


def test_another_time_forgets_the_moment(qtbot: QtBot) -> None:
    world = World()
    with _chart(world) as model:
        with qtbot.waitSignal(model.changed):
            model.wake()
        model.step(-1)
        assert model.cursor is not None
        with qtbot.waitSignal(model.changed):
            model.show_span(Span.HOUR)
        assert said_of.moment(model) == ""
        assert model.drawn is not None
        assert model.drawn.span is Span.HOUR


def test_a_chart_that_fails_says_so_and_can_be_asked_again(qtbot: QtBot) -> None:
    world = World()
    world.monitoring.error = Unavailable("errors.server_offline", host="x")
    with _chart(world) as model:
        with qtbot.waitSignal(model.failed):
            model.wake()
        assert model.drawn is None
        world.monitoring.error = None
        with qtbot.waitSignal(model.changed):
            model.load()
        assert model.error is None


# Figures, strips and axes: no widgets, no services.


def test_lines_are_made_of_the_series_that_are_kept() -> None:
    names = [*SERIES, "gpu.Mali-G720", "cpu.0", "disk.nvme0n1.busy"]
    assert [one.series for one in figures.lines(Figure.NETWORK, names)] == [
        ("net.eth0.received", "net.wlan0.received"), ("net.eth0.sent", "net.wlan0.sent"),
    ]  # fmt: skip
    assert [one.name for one in figures.lines(Figure.WAIT, names)] == ["nvme0n1", "sda"]
    assert [one.name for one in figures.lines(Figure.GRAPHICS, names)] == ["Mali-G720"]
    assert figures.lines(Figure.GRAPHICS, SERIES) == ()
    assert figures.offered(["cpu"]) == (Figure.PROCESSOR,)


def test_every_series_of_a_line_can_be_told_of_a_second() -> None:
    now = snapshot()
    for figure in Figure:
        for line in figures.lines(figure, [*SERIES, "gpu.Mali-G720"]):
            for series in line.series:
                assert figures.value(now, series) is not None, series
    assert figures.value(now, "disk.gone.wait") is None
    assert figures.value(now, "net.gone.sent") is None
    assert figures.value(snapshot(temperature=None), "temperature") is None


def test_lines_of_several_series_are_sums_by_time() -> None:
    one = Track("a", (1.0, 2.0), (1.0, 2.0), (3.0, 4.0), 1.0)
    other = Track("b", (2.0, 3.0), (10.0, 20.0), (30.0, 40.0), 1.0)
    line = figures.Line("", ("a", "b"), "info")
    found = figures.together(line, [one, other], 2.9)
    assert found.times == (1.0, 2.0, 2.9), "the middle of the last span is still to come"
    assert found.means == (1.0, 12.0, 20.0)
    assert found.mosts == (3.0, 34.0, 40.0)


def test_scales_end_at_round_figures_and_know_no_nan() -> None:
    line = figures.Line("", ("x",), "info")
    shown = [figures.Values(line, (1.0, 2.0), (math.nan, 130.0), (), 1.0)]
    assert figures.scale(Figure.WAIT, shown, 0) == (0.0, 200.0)
    assert figures.scale(Figure.WAIT, [], 0) == (0.0, 20.0)
    assert figures.scale(Figure.PROCESSOR, shown, 0) == (0.0, 1.0)
    assert figures.scale(Figure.MEMORY, shown, 32 * GIB) == (0.0, 32 * GIB)


def test_strips_of_a_kind_become_one_where_nobody_could_tell_them_apart() -> None:
    many = [Doing(DoingKind.SEARCHING, f"film {n}", n * 10.0, n * 10.0 + 1) for n in range(5000)]
    found = bands.bands(many, 0.0, 50_000.0)
    assert len(found) == 1
    assert (found[0].count, found[0].label) == (5000, "")
    apart = [Doing(DoingKind.PLAYING, name, at, at + 9000.0) for name, at in
             (("Sintel", 0.0), ("Charade", 9100.0))]  # fmt: skip
    assert [one.label for one in bands.bands(apart, 0.0, 50_000.0)] == ["Sintel", "Charade"]


def test_strips_lie_in_lanes_and_end_where_the_chart_ends() -> None:
    going = [Doing(kind, "x", 10.0 + n) for n, kind in enumerate(
        (DoingKind.PLAYING, DoingKind.CONVERTING, DoingKind.DOWNLOADING, DoingKind.JOB)
    )]  # fmt: skip
    found = bands.bands(going, 0.0, 100.0)
    assert [one.lane for one in found[:3]] == [0, 1, 2]
    assert {one.end for one in found} == {100.0}
    assert max(one.lane for one in found) < bands.LANES
    assert bands.bands([Doing(DoingKind.JOB, "x", 1.0, 2.0)], 5.0, 9.0) == ()
    assert len(bands.at(found, 11.5)) == 2


@pytest.mark.parametrize("span", list(Span))
def test_marks_of_the_time_are_within_it_and_have_room(span: Span) -> None:
    marks = axes.time_marks(span, NOW, 800)
    length = figures.SECONDS[span]
    assert 2 <= len(marks) <= 14
    assert all(-length <= at <= 0 for at, _ in marks)
    assert len({text for _, text in marks}) == len(marks)
    narrow = axes.time_marks(span, NOW, 300)
    assert len(narrow) <= max(2, 300 // axes.WIDTH[span]) + 1


def test_words_are_those_of_the_language() -> None:
    assert said.used_of(11.6 * GIB, 32 * GIB, said.BINARY) == "11.6 of 32 GB"
    assert said.used_of(1590 * GB, 2000 * GB) == "1.59 of 2 TB"
    assert said.rates(42e6, 3e6) == "42 ↓ 3 ↑ MB/s"
    assert said.rates(0, 0) == "0 ↓ 0 ↑ kB/s"
    assert (said.rate(40.0), said.rate(200.0), said.rate(2.96e6)) == (
        "0 kB/s",
        "0.2 kB/s",
        "3 MB/s",
    )
    assert said.gigahertz(2100) == "2.1 GHz"
    assert said.link_speed(LinkUse("a", 0, 0, 2_500_000_000)) == "2.5 Gbit/s"
    assert said.link_speed(LinkUse("a", 0, 0)) == ""
    QLocale.setDefault(QLocale("fr_FR"))
    assert said.used_of(11.6 * GIB, 32 * GIB, said.BINARY).startswith("11,6")


def test_events_of_another_kind_of_second_are_heard_once(qtbot: QtBot) -> None:
    """Waking twice does not subscribe twice."""
    world = World()
    with _system(world) as model:
        with qtbot.waitSignal(model.sampled):
            model.wake()
        model.wake()
        heard: list[float] = []
        model.sampled.connect(lambda: heard.append(0.0 if model.now is None else model.now.at))
        assert world.monitoring.bus is not None
        world.monitoring.bus.publish(MachineSampled(snapshot(NOW + 1)))
        with qtbot.waitSignal(model.alerts_changed):
            world.alerts.begin(alert())
        assert heard == [NOW + 1]
