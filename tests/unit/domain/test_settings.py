from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from app.domain import settings as schema
from app.domain.errors import InvalidInput
from app.domain.options import Option, OptionKind
from app.domain.settings import Settings

PLACES = [(s, name) for s, options in schema.OPTIONS.items() for name in options]


def test_an_empty_document_gives_the_defaults() -> None:
    parsed = schema.parse({})
    assert parsed.settings == Settings()
    assert parsed.problems == ()


@pytest.mark.parametrize(("section", "name"), PLACES)
def test_every_default_is_a_value_its_own_option_takes(section: str, name: str) -> None:
    option = schema.option(section, name)
    assert option.check(option.default) == option.default
    assert schema.value(Settings(), section, name) == option.default


def test_a_change_survives_the_file() -> None:
    changed = schema.changed(Settings(), "playback", "skip_seconds", 30)
    changed = schema.changed_plugin(changed, "nfo", enabled=False, options={"folder_files": False})
    assert schema.parse(schema.document(changed)).settings == changed


def test_only_what_differs_from_the_defaults_is_written() -> None:
    assert schema.document(Settings()) == {"version": schema.VERSION}
    changed = schema.changed(Settings(), "look", "scale", 150)
    assert schema.document(changed) == {"version": schema.VERSION, "look": {"scale": 150}}


def test_bad_values_fall_back_and_are_told_while_good_ones_stay() -> None:
    document: dict[str, Any] = {
        "version": 1,
        "look": {"scale": 9000, "start_page": "library", "motion": 3},
        "playback": "loud",
    }
    parsed = schema.parse(document)
    assert parsed.settings.look.scale == 100
    assert parsed.settings.look.start_page == "library"
    assert {problem.where for problem in parsed.problems} == {
        "look.scale",
        "look.motion",
        "playback",
    }


def test_unknown_keys_are_kept() -> None:
    document: dict[str, Any] = {
        "version": 1,
        "studio": {"voice": "piper"},
        "look": {"colour": "red", "scale": 120},
    }
    parsed = schema.parse(document)
    assert parsed.problems == ()
    assert schema.document(parsed.settings) == document
    later = schema.changed(parsed.settings, "look", "scale", 100)
    assert schema.document(later)["look"] == {"colour": "red"}


def test_a_newer_file_keeps_its_version() -> None:
    parsed = schema.parse({"version": 99, "look": {"scale": 130}})
    assert parsed.settings.look.scale == 130
    assert [problem.key for problem in parsed.problems] == ["settings.problem.newer"]
    assert schema.document(parsed.settings)["version"] == 99


def test_migrations_run_in_order_and_leave_the_original_alone() -> None:
    document: dict[str, Any] = {"version": 1, "look": {"size": 120}}

    def second(found: dict[str, Any]) -> dict[str, Any]:
        found["look"]["scale"] = found["look"].pop("size")
        return {**found, "version": 2}

    def third(found: dict[str, Any]) -> dict[str, Any]:
        return {**found, "version": 3, "seen": found["look"]["scale"]}

    steps = {1: schema.migrate_1, 2: second, 3: third}
    assert schema.migrate(document, steps) == {"version": 3, "look": {"scale": 120}, "seen": 120}
    assert document == {"version": 1, "look": {"size": 120}}


def test_migrations_have_no_gap() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(1, schema.VERSION + 1))


@pytest.mark.parametrize("value", [99, 201, "100", 120.0, True, None, [100]])
def test_a_number_outside_its_range_or_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        schema.changed(Settings(), "look", "scale", value)


@pytest.mark.parametrize(("section", "name"), [("look", "nothing"), ("nothing", "scale")])
def test_an_unknown_setting_is_refused(section: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        schema.changed(Settings(), section, name, 1)


def test_text_is_held_to_a_length_and_free_of_nul() -> None:
    option = Option("name", OptionKind.TEXT, "")
    for bad in ("x" * 5000, "a\0b", 7):
        with pytest.raises(InvalidInput):
            option.check(bad)


def test_a_renamed_field_is_read_under_its_old_name() -> None:
    option = replace(schema.option("look", "scale"), renamed="size")
    options = {**schema.OPTIONS, "look": {**schema.OPTIONS["look"], "scale": option}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "OPTIONS", options)
        assert schema.parse({"version": 1, "look": {"size": 140}}).settings.look.scale == 140


def test_sections_of_the_tree_are_those_of_the_schema() -> None:
    names = {field.name for field in fields(Settings)} - {"plugins", "version", "unknown"}
    assert names == set(schema.OPTIONS)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from([*schema.OPTIONS, "plugins", "version", "other"])


@effort(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, VALUES, max_size=6))
def test_no_document_breaks_the_parser(document: dict[str, Any]) -> None:
    parsed = schema.parse(document)
    assert isinstance(schema.document(parsed.settings), dict)
