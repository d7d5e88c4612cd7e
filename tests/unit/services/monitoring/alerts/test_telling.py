"""Alerts in words, in both languages; each rule has all of its own."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.capabilities import NoticeKind
from app.domain.alerts import Alert, AlertId, AlertLevel
from app.services.monitoring.alerts.rules import NAMES
from app.services.monitoring.alerts.store import Quietly, Told
from app.services.monitoring.alerts.telling import AWAY, MOST_LINES, Telling
from app.services.phrases import LANGUAGES, Phrases

ARGS = {"name": "N", "percent": 93, "free": 7 * 10**9, "degrees": 90, "interface": "wg0",
        "title": "T", "count": 51}  # fmt: skip


def alert(rule: str, **values: Any) -> Alert:
    args = values.pop("args", ARGS)
    return Alert(AlertId("a"), rule, "s", AlertLevel.WARN, 1_000.0, args=args, **values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", NAMES)
def test_every_rule_has_its_words(rule: str, language: str) -> None:
    telling = Telling(Phrases(lambda: language))
    told = [*telling.text(alert(rule)), *telling.text(alert(rule, ended=5_000.0))]
    told.append(telling.rule(rule))
    assert all(one and "alerts." not in one and "{" not in one for one in told), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_more_of_is_told_more_of(language: str) -> None:
    telling = Telling(Phrases(lambda: language))
    for rule, usual, more in (
        ("temperature", ARGS, {"degrees": 90, "throttled": True}),
        ("vpn_lost", ARGS, {}),
        ("backup_failed", {}, {"days": 4}),
    ):
        one, other = telling.text(alert(rule, args=usual)), telling.text(alert(rule, args=more))
        assert one != other
        assert not any("alerts." in word or "{" in word for word in (*one, *other))


def test_how_long_it_was() -> None:
    telling = Telling(Phrases(lambda: "en"))
    assert [telling.lasting(one) for one in (0, 59, 60, 130, 3_600, 90_000, 200_000)] == [
        "a moment", "a moment", "1 minute", "2 minutes", "1 hour", "1 day", "2 days",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_for_those_who_are_away(language: str) -> None:
    telling = Telling(Phrases(lambda: language))
    args = {"title": "A\nB\x00" + "x" * 500, "name": "N", "account": "Vimeo", "reason": b"x"}
    for key in AWAY:
        told = telling.away(key, args, 1.0)
        assert told.title.replace("\u00a0", " ").isprintable()
        assert len(told.title) < 170
        assert "{" not in told.title + told.body
        assert "away." not in told.title + told.body


def test_a_summary_is_not_endless_and_of_one_thing_is_that_thing() -> None:
    telling = Telling(Phrases(lambda: "en"))
    one = Told("It is ready", "It waits.", NoticeKind.GOOD, 1.0)
    assert telling.summary([], [one], 9.0) == Told("It is ready", "It waits.", NoticeKind.GOOD, 9.0)
    many = [Quietly(alert("storage"), True, False)] * (MOST_LINES + 7)
    told = telling.summary(many, [one], 9.0)
    assert told.title == f"{MOST_LINES + 8} things happened in the quiet hours"
    lines = told.body.splitlines()
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == "And 8 more."
    assert told.kind is NoticeKind.WARN
