"""How messages say titles, amounts and times; and that nothing from outside acts in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.media import Card, ItemId, MediaKind
from app.domain.sizes import bar, percent, size
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from tests.unit.services.remote.commands.conftest import HOSTILE

ENGLISH, FRENCH = Phrases(lambda: "en"), Phrases(lambda: "fr")


def test_a_hostile_title_is_one_short_line_that_can_be_sent() -> None:
    told = telling.short(HOSTILE)
    assert len(told) <= telling.TITLE
    assert told.isprintable()
    assert "\n" not in told
    assert "\u202e" not in told
    assert "/download" not in told
    told.encode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("  Night   of the\tLiving Dead ", "Night of the Living Dead"),
        ("AC/DC", "AC/DC"),
        ("/start now", "⁄start now"),
        ("see /system.", "see ⁄system."),
        ("on /media/films", "on /media/films"),
        ("x" * 80, "x" * 69 + "…"),
        ("", ""),
    ],
)
def test_a_title_reads_as_it_is(given: str, told: str) -> None:
    assert telling.short(given) == told


def test_amounts_in_both_languages() -> None:
    assert telling.size(ENGLISH, 4_200_000_000) == "4.2 GB"
    assert telling.size(FRENCH, 4_200_000_000) == "4,2 Go"
    assert telling.size(ENGLISH, None) == ""
    assert telling.speed(FRENCH, 2_000_000) == "2,0 Mo/s"
    assert telling.speed(ENGLISH, 0.0) == ""
    assert size(0) == ""
    assert size(999) == "999 B"
    assert size(8e15) == "8000 TB"


@pytest.mark.parametrize(
    ("fraction", "signs", "share"),
    [(0.0, "░░░░░", 0), (0.5, "▓▓▓░░", 50), (0.999, "▓▓▓▓░", 99), (1.0, "▓▓▓▓▓", 100),
     (7.0, "▓▓▓▓▓", 100), (-1.0, "░░░░░", 0)],
)  # fmt: skip
def test_a_bar_is_full_only_at_the_end(fraction: float, signs: str, share: int) -> None:
    assert bar(fraction, 5) == signs
    assert percent(fraction) == share


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(40, "40 s"), (90, "2 min"), (5400, "90 min"), (6120, "1 h 42 min"), (8 * 86400, "8 days")],
)
def test_lengths(seconds: float, told: str) -> None:
    assert telling.length(ENGLISH, seconds) == told


def test_moments() -> None:
    now = datetime(2026, 11, 26, 12, 0).astimezone()
    evening = now.replace(hour=18).timestamp()
    assert telling.moment(ENGLISH, evening, now) == "today 18:00"
    assert telling.moment(FRENCH, evening + 86_400, now) == "demain 18:00"
    week = (now + timedelta(days=7)).timestamp()
    assert telling.moment(ENGLISH, week, now) == "2026-12-03 12:00"
    assert telling.moment(FRENCH, week, now) == "03/12/2026 12:00"


def test_a_reason_nobody_wrote_words_for_points_to_the_screen() -> None:
    assert (
        telling.why(ENGLISH, "errors.never_written", {}) == "The station's own screen tells more."
    )
    assert telling.why(ENGLISH, "", {}) == ""


def test_items_are_called_as_people_do() -> None:
    film = Card(ItemId(1), MediaKind.FILM, "Metropolis", 1927, duration=9180.0, resolution="1080p")
    part = Card(ItemId(2), MediaKind.EPISODE, "Pilot", season=1, episode=3, series="Pioneer One",
                duration=1800.0, position=900.0, offline=True)  # fmt: skip
    series = Card(ItemId(3), MediaKind.SERIES, "Pioneer One", episodes=1)
    assert telling.titled(film) == "Metropolis (1927)"
    assert telling.facts(ENGLISH, film) == "2 h 33 min · 1080p"
    assert telling.titled(part) == "Pioneer One S01E03"
    assert telling.facts(FRENCH, part) == "30 min · ▓▓▓▓▓░░░░░ 50 % · son disque est absent"
    assert telling.facts(ENGLISH, series) == "1 episode"
