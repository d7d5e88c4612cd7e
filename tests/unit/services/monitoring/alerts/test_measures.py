"""What the station announces becomes values: providers, errors, disks, heat, projects, sign-ins."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.alerts import Alert, AlertId, AlertLevel
from app.domain.downloads import Vpn, VpnState
from app.domain.events import ProviderAnswered
from app.domain.health import Health, HealthState
from app.domain.monitoring import DiskUse, Snapshot
from app.domain.project import ProjectId, ProjectState
from app.domain.settings_sections import Monitoring
from app.domain.studio import ProjectCard
from app.services.monitoring.alerts.engine import Reading
from app.services.monitoring.alerts.measures import (
    AWAY_SECONDS,
    FAILURES,
    FEWEST,
    LOOK_EACH,
    MOST_ANSWERS,
    WINDOW,
    Measures,
)
from app.services.monitoring.alerts.rules import rules_of

RULES = {rule.name: rule for rule in rules_of(Monitoring())}
OFFLINE = "errors.server_offline"


@pytest.fixture
def measures() -> Measures:
    return Measures(str.title)


def answer(error: str = "", capability: str = "searches") -> ProviderAnswered:
    return ProviderAnswered("radio", capability, "search", 0.1, not error, error)


def second(**values: Any) -> Snapshot:
    usual = {"cpu": 0.1, "cores": (), "mhz": (), "memory_used": 1, "memory_total": 2}
    return Snapshot(0.0, **{**usual, **values})


def values(readings: list[Reading], rule: str) -> list[float]:
    return [one.value for one in readings if one.rule == rule]


def test_a_provider_is_down_when_it_was_asked_again_and_again(measures: Measures) -> None:
    assert values(measures.answered(answer(), 0), "provider_down") == []
    for now in range(FAILURES - 1):
        assert values(measures.answered(answer(OFFLINE), now), "provider_down") == [0]
    (down,) = [one for one in measures.answered(answer(OFFLINE), 700) if one.rule.startswith("p")]
    assert (down.value, down.rate, down.args["name"]) == (700, 0, "Radio")
    assert values(measures.answered(answer(), 710), "provider_down") == [0]
    assert values(measures.answered(answer(OFFLINE), 720), "provider_down") == [0]


def test_who_asks_for_a_key_has_answered(measures: Measures) -> None:
    for now in range(9):
        found = measures.answered(answer("errors.server_wants_sign_in"), now * 100.0)
        assert values(found, "provider_down") == []


def test_an_error_rate_needs_enough_answers_and_forgets_the_old(measures: Measures) -> None:
    for now in range(FEWEST - 1):
        assert values(measures.answered(answer(OFFLINE), now), "error_rate") == [0]
    assert values(measures.answered(answer(), 30), "error_rate") == [95.0]
    assert measures.next_look() == WINDOW
    assert values(measures.look(WINDOW), "error_rate") == [0]  # one of twenty is too old now
    assert measures.next_look() == WINDOW + LOOK_EACH
    measures.look(WINDOW + 30)
    assert measures.next_look() is None


def test_answers_are_bounded_and_counted_right(measures: Measures) -> None:
    for number in range(MOST_ANSWERS + 10):
        found = measures.answered(answer(OFFLINE if number < 10 else ""), 1)
    assert values(found, "error_rate") == [0]
    assert measures.next_look() is None


def test_what_is_asked_all_the_time_counts_for_no_error_rate(measures: Measures) -> None:
    assert values(measures.answered(answer("", "chats"), 1), "error_rate") == []


def test_disks(measures: Measures) -> None:
    films = DiskUse("sda1", "/films", 1000, 950, media=True)
    system = DiskUse("sdb1", "/", 1000, 100)
    found = measures.machine(second(disks=(films, system)), 0)
    assert values(found, "disk_full") == [95, 10]
    assert values(found, "storage") == [95]
    assert found[0].args["free"] == 50
    assert len(measures.machine(second(disks=(system,)), 10)) == 1
    gone = measures.machine(second(disks=(system,)), AWAY_SECONDS)
    assert [(one.rule, one.subject) for one in gone if one.gone] == [
        ("disk_full", "/films"), ("storage", "/films"),
    ]  # fmt: skip
    assert measures.machine(second(), 100) == []


def test_heat_and_slowing_down(measures: Measures) -> None:
    assert measures.machine(second(), 0) == []
    assert values(measures.machine(second(temperature=61.4), 1), "temperature") == [61.4]
    (hot,) = measures.machine(second(temperature=79.0, throttled=True), 2)
    assert (hot.value, hot.args) == (float("inf"), {"degrees": 79, "throttled": True})
    assert values(measures.machine(second(), 3), "temperature") == [0]  # it was told to slow down
    assert measures.machine(second(), 4) == []


def test_the_queue_of_videos(measures: Measures) -> None:
    found = measures.machine(second(figures=(("render_queue", 51.0), ("streams", 2.0))), 0)
    assert [(one.rule, one.value, one.args) for one in found] == [
        ("render_queue", 51, {"count": 51})
    ]


def test_the_vpn(measures: Measures) -> None:
    def so(state: VpnState) -> tuple[float, bool]:
        (found,) = measures.vpn(Vpn(state, "wg0"), 0)
        return found.value, found.gone

    assert so(VpnState.AWAY) == (1, False)
    assert so(VpnState.UP) == (0, False)
    assert so(VpnState.OPEN) == (0, True)


def health(part: str, state: HealthState, told: str = "health.x") -> Health:
    return Health(part, state, told)


def test_checks_of_vpn_and_backup(measures: Measures) -> None:
    def so(part: str, state: HealthState, told: str = "health.x") -> list[tuple[str, float, bool]]:
        found = measures.health([health(part, state, told)], 0)
        return [(one.rule, one.value, one.gone) for one in found]

    assert so("backup", HealthState.BAD) == [("backup_failed", 1, False)]
    assert so("backup", HealthState.WARN) == [("backup_failed", 0, False)]
    assert so("vpn", HealthState.OFF) == [("vpn_lost", 0, True)]
    assert so("vpn", HealthState.WARN, "health.not_looked_at") == []
    assert so("vpn", HealthState.BAD, "health.silent") == []
    assert so("database", HealthState.BAD) == []


def test_a_sign_in_that_two_parts_ask_for_is_one(measures: Measures) -> None:
    def so(part: str, state: HealthState, told: str) -> list[tuple[str, float, bool]]:
        found = measures.health([health(part, state, told)], 0)
        return [(one.subject, one.value, one.gone) for one in found if one.rule == "sign_in"]

    account, provider = "account:youtube_1", "provider:youtube_1"
    assert so(account, HealthState.GOOD, "health.account.good") == []
    assert so(account, HealthState.BAD, "health.account.sign_in") == [("youtube_1", 1, False)]
    assert so(provider, HealthState.WARN, "health.provider.sign_in") == [("youtube_1", 1, False)]
    assert so(account, HealthState.GOOD, "health.account.good") == [("youtube_1", 1, False)]
    assert so(provider, HealthState.OFF, "health.gone")[-1] == ("youtube_1", 0, True)


def test_an_account_is_named_with_its_platform(measures: Measures) -> None:
    args = {"platform": "YouTube"}
    asks = Health("account:y", HealthState.BAD, "health.account.sign_in", args, name="Ann")
    assert measures.health([asks], 0)[0].args["name"] == "YouTube (Ann)"


def card(state: ProjectState) -> ProjectCard:
    return ProjectCard(ProjectId("p"), "Lighthouses", state)


def test_a_project_is_worked_on_without_its_pauses(measures: Measures) -> None:
    def told(state: ProjectState, now: float) -> list[tuple[float, float]]:
        return [(one.value, one.rate) for one in measures.studio(card(state), now)]

    assert told(ProjectState.DRAFT, 0) == []
    assert told(ProjectState.RUNNING, 10) == [(0, 1)]
    assert told(ProjectState.RUNNING, 110) == [(100, 1)]
    assert told(ProjectState.PAUSED, 210) == [(200, 0)]
    assert told(ProjectState.PAUSED, 999) == [(200, 0)]
    assert told(ProjectState.RUNNING, 1000) == [(200, 1)]
    assert told(ProjectState.DONE, 1100) == [(0, 0)]
    assert told(ProjectState.RUNNING, 2000) == [(0, 1)]
    (gone,) = measures.project_over(ProjectId("p"), 2001, removed=True)
    assert gone.gone


def test_a_plugin_that_is_off_has_nothing_wrong(measures: Measures) -> None:
    for now in range(30):
        measures.answered(answer(OFFLINE), now)
    assert {(one.rule, one.gone) for one in measures.plugin_off("radio", 31)} == {
        ("provider_down", True), ("error_rate", True), ("sign_in", True),
    }  # fmt: skip
    assert measures.next_look() is None


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_went_on_before_a_start_is_as_bad_until_the_truth_is_known(
    measures: Measures, rule: str
) -> None:
    alert = Alert(AlertId("a"), rule, "radio", AlertLevel.WARN, 0.0, args={"title": "x"})
    assert measures.restore(alert, RULES[rule], 1000).value > RULES[rule].limit
    if rule == "provider_down":
        (still,) = values(measures.answered(answer(OFFLINE), 1001), rule)
        assert still > RULES[rule].limit
        assert values(measures.answered(answer(), 1002), rule) == [0]
    elif rule == "error_rate":
        assert values(measures.answered(answer(), 1001), rule) == [float("inf")]
        assert measures.next_look() == 1000 + WINDOW
        assert values(measures.look(1000 + WINDOW), rule) == [0]
    elif rule == "pipeline_slow":
        running = ProjectCard(ProjectId("radio"), "x", ProjectState.RUNNING)
        (still,) = values(measures.studio(running, 1001), rule)
        assert still > RULES[rule].limit
    elif rule == "temperature":
        assert values(measures.machine(second(), 1001), rule) == [0]
    elif rule == "sign_in":
        good = health("account:radio", HealthState.GOOD)
        assert values(measures.health([good], 1001), rule) == [0]
