"""Every word of health is there, and none is there for nothing."""

from __future__ import annotations

import json
import re

from app.services.monitoring.health_words import mend_of, name_of, told_of
from app.services.phrases import FOLDER, Phrases, words
from tests.fakes.plugins import ROOT

PLACE = ROOT / "app" / "services" / "monitoring"
CODE = "\n".join(
    file.read_text("utf-8") for file in (*PLACE.glob("health*.py"), *PLACE.glob("checks/*.py"))
)
LITERAL = re.compile(r'(?<!f)"(health\.[a-z_.]+)"')
BUILT = re.compile(r'f"(health\.[a-z_.]+)\{')


def plain(key: str) -> str:
    return key.removesuffix(".one").removesuffix(".other")


def test_every_key_in_the_code_has_words() -> None:
    said = {plain(key) for key in words("en")}
    found = set(LITERAL.findall(CODE))
    assert len(found) > 30
    assert found - said == set()


def test_no_words_are_left_over() -> None:
    written = json.loads((FOLDER / "en" / "health.json").read_text("utf-8"))
    literal, built = set(LITERAL.findall(CODE)), tuple(set(BUILT.findall(CODE)))
    unused = [
        key
        for key in written
        if plain(key) not in literal and not key.startswith(built) and ".part." not in key
    ]
    assert unused == []


def test_every_reason_for_which_a_plugin_is_switched_off_has_words() -> None:
    files = sorted((ROOT / "app" / "services" / "plugins").glob("*.py"))
    reasons = {
        reason
        for file in files
        for reason in re.findall(r'"plugins\.off\.([a-z_]+)"', file.read_text("utf-8"))
    }
    assert len(reasons) > 3
    assert {f"health.provider.off_{reason}" for reason in reasons} - words("en").keys() == set()


def test_a_part_is_called_by_its_own_name_or_by_that_of_its_kind() -> None:
    from app.domain.health import Health, HealthState

    english, french = Phrases(lambda: "en"), Phrases(lambda: "fr")
    clock = Health("clock", HealthState.WARN, "health.clock.alone", {}, "health.clock.mend")
    assert (name_of(clock, english), name_of(clock, french)) == ("Clock", "Horloge")
    assert told_of(clock, english) == "Nothing keeps it right"
    assert "timedatectl" in mend_of(clock, french)
    disk = Health("disk:sda1", HealthState.GOOD, "health.disk.unknown", name="/media/films")
    assert name_of(disk, french) == "/media/films"
    assert mend_of(disk, french) == ""
    assert name_of(Health("disk", HealthState.OFF, "health.disk.unknown"), french) == "Disques"
