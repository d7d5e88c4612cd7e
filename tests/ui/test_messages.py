"""The presenter has words for every key used anywhere below the window."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from app.domain.errors import NotFound
from ui import messages

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"(errors|notes|notices|settings\.problem|plugins\.(off|manifest))\.[a-z0-9_]+")


def keys() -> set[str]:
    found = set()
    for folder in ("app", "plugins", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and KEY.fullmatch(text):
                    found.add(text)
    return found


def test_every_key_has_words() -> None:
    missing = sorted(key for key in keys() if not messages.known(key))
    assert not missing, f"no words in ui/message_words*.py for {missing}"


@pytest.mark.parametrize("key", sorted(messages.WORDS))
def test_words_are_whole_sentences_and_never_fail(key: str) -> None:
    source = str(messages.WORDS[key])
    assert source[-1] in ".}", source
    assert all(name and name.isidentifier() for _, name, _, _ in string.Formatter().parse(source)
               if name is not None)  # fmt: skip
    assert "{" not in messages.told(key, {})


def test_errors_become_sentences() -> None:
    assert messages.sentence(NotFound("errors.item_gone", item=4)) == (
        "This item is not in the library any more."
    )
    assert "log" in messages.sentence(ZeroDivisionError())
    assert messages.told("errors.no_such_thing") == messages.sentence(ZeroDivisionError())
    told = messages.told(
        "notices.plugin_off", {"plugin": "Notes", "reason": "plugins.off.hung", "detail": "5 s"}
    )
    assert "It did not answer in time" in told
    assert messages.told("errors.no_such_folder", {"path": b"/a/\xff"}).endswith(".")


def test_a_reason_inside_a_notice_keeps_its_own_arguments() -> None:
    args = {"plugin": "Radio", "reason": "plugins.manifest.missing", "field": "owner"}
    assert "“owner” is missing" in messages.told("notices.plugin_off", args)
    assert messages.told("notices.plugin_off", {"plugin": "Radio", "reason": ["odd"]})
