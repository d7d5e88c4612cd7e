"""Cron lines tick by the clock of their zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.errors import InvalidInput
from app.runtime.jobs import clock


def at(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type] # year, month…


@pytest.mark.parametrize(
    ("cron", "zone", "now", "latest", "following"),
    [
        ("0 3 * * *", "UTC", at(2026, 5, 2, 12), at(2026, 5, 2, 3), at(2026, 5, 3, 3)),
        ("0 3 * * *", "Europe/Paris", at(2026, 5, 2, 12), at(2026, 5, 2, 1), at(2026, 5, 3, 1)),
        ("0 12 * * *", "UTC", at(2026, 5, 2, 12), at(2026, 5, 2, 12), at(2026, 5, 3, 12)),
        # the night in which summer time begins: one hour less between two ticks
        ("0 4 * * *", "Europe/Paris", at(2026, 3, 28, 12), at(2026, 3, 28, 3), at(2026, 3, 29, 2)),
        ("*/15 * * * *", "UTC", at(2026, 5, 2, 12, 7), at(2026, 5, 2, 12), at(2026, 5, 2, 12, 15)),
    ],
)
def test_ticks(cron: str, zone: str, now: float, latest: float, following: float) -> None:
    assert clock.latest(cron, zone, now) == latest
    assert clock.following(cron, zone, now) == following


def test_stamp_tells_the_zone() -> None:
    assert clock.stamp(at(2026, 5, 2, 1), "Europe/Paris") == "2026-05-02T03:00:00+02:00"


def test_the_machines_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert clock.stamp(at(2026, 5, 2, 1), "") == "2026-05-02T10:00:00+09:00"
    monkeypatch.delenv("TZ")
    assert clock.stamp(at(2026, 5, 2, 1), "")


def test_unknown_zone() -> None:
    with pytest.raises(InvalidInput):
        clock.zone("Mars/Olympus")
