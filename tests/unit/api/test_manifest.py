from __future__ import annotations

import pytest

from app.api import Capability, InvalidInput, OptionKind, parse_manifest

GOOD = """
id = "films"
name = "Films"
version = "1"
api = 1
kinds = ["search"]
capabilities = ["searches"]
owner = "me"
docs = "none"
terms = "none"
hosts_from = ["address"]

[limits]
requests_per_second = 0.5
timeout = 20
largest_answer = 5000000
call_timeout = 60

[options.address]
type = "text"
default = "http://localhost:9696"

[options.depth]
type = "slider"
default = 3
low = 1
high = 9
step = 2
unit = "s"

[options.order]
type = "choice"
default = "new"
choices = ["new", "old"]

[options.key]
type = "secret"
"""


def test_a_whole_manifest() -> None:
    found = parse_manifest(GOOD, "films")
    assert found.capabilities == (Capability.SEARCHES,)
    assert found.limits.timeout == 20.0
    assert [(one.name, one.kind) for one in found.options] == [
        ("address", OptionKind.TEXT),
        ("depth", OptionKind.SLIDER),
        ("order", OptionKind.CHOICE),
        ("key", OptionKind.SECRET),
    ]
    assert found.options[3].secret
    assert found.options[1].label == "depth"
    assert found.options[1].help == "depth.help"


MISTAKES = {
    'id = "films"|': ("missing", "id"),
    'id = "films"|id = "Films!"': ("bad", "id"),
    'id = "films"|id = "other"': ("wrong_folder", None),
    "api = 1|api = true": ("bad", "api"),
    "api = 1|api = 9": ("wrong_api", None),
    'kinds = ["search"]|kinds = []': ("bad", "kinds"),
    'kinds = ["search"]|kinds = ["search", "search"]': ("bad", "kinds"),
    '["searches"]|["flies"]': ("bad", "capabilities"),
    '["searches"]|"searches"': ("bad", "capabilities"),
    'owner = "me"|owner = ""': ("bad", "owner"),
    'owner = "me"|owner = "a\\u0007b"': ("bad", "owner"),
    'terms = "none"|terms = "none"\nextra = 1': ("unknown", "extra"),
    "timeout = 20|timeout = 2000": ("bad", "limits.timeout"),
    "timeout = 20|speed = 20": ("unknown", "limits.speed"),
    '["address"]|["nothing"]': ("bad", "hosts_from"),
    'type = "slider"|type = "wheel"': ("bad", "options.depth.type"),
    "default = 3|default = 30": ("bad", "options.depth.default"),
    "default = 3|default = 3.5": ("bad", "options.depth.default"),
    "default = 3|": ("missing", "options.depth.default"),
    "step = 2|step = 0": ("bad", "options.depth.step"),
    'default = "new"|default = "odd"': ("bad", "options.order.default"),
    'type = "secret"|type = "secret"\ndefault = "x"': ("bad", "options.key.default"),
    "[options.key]|[options.BAD]": ("bad", "options.BAD"),
    'id = "films"|id = ': ("unreadable", None),
}


@pytest.mark.parametrize("change", MISTAKES)
def test_a_mistake_is_named(change: str) -> None:
    old, new = change.split("|")
    key, field = MISTAKES[change]
    assert old in GOOD
    with pytest.raises(InvalidInput) as told:
        parse_manifest(GOOD.replace(old, new, 1), "films")
    assert told.value.key == f"plugins.manifest.{key}"
    assert field is None or told.value.args_map["field"] == field


@pytest.mark.parametrize("text", ["#" * 70_000, "a = " + "[" * 5000])
def test_a_hostile_manifest_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_manifest(text, "films")
