"""The settings in use and the settings in the schema are the same."""

from __future__ import annotations

import ast

from app.domain.settings import OPTIONS
from tests.contracts.sources import Source, sources

USERS = [
    source
    for source in sources("app", "ui")
    if source.name not in ("app/domain/settings.py", "ui/settings_words.py")
]
OWNERS = {"current", "settings", "before", "after"}


def _ends(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _uses(source: Source) -> list[tuple[str, str, int]]:
    """`settings.current.look.scale` and `settings.look.scale`, as (section, name, line)."""
    return [
        (node.value.attr, node.attr, node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in OPTIONS
        and _ends(node.value.value) in OWNERS
    ]


def test_every_setting_used_is_in_the_schema() -> None:
    for source in USERS:
        for section, name, line in _uses(source):
            assert name in OPTIONS[section], f"{source.name}:{line} {section}.{name}"


def test_every_setting_in_the_schema_is_used() -> None:
    named: set[str] = set()
    for source in USERS:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute):
                named.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    unused = [
        f"{section}.{name}"
        for section, options in OPTIONS.items()
        for name in options
        if name not in named
    ]
    assert unused == []
