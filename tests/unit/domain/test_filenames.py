"""Names made safe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.filenames import LONGEST, numbered, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Film.mkv", "Film.mkv"),
        ("a/b\\c:d.mkv", "a b c d.mkv"),
        ("  .hidden", "hidden"),
        ("..", "download"),
        ("", "download"),
        ("con.mkv", "_con.mkv"),
        ("film\u202egpj.mkv", "filmgpj.mkv"),
        ("e\u0301.mkv", "\u00e9.mkv"),
        ("x\udcff\x00\n.mkv", "x.mkv"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(st.characters(), max_size=400))
def test_any_text_gives_a_name_that_can_be_written(text: str) -> None:
    name = safe_name(text)
    assert name not in ("", ".", "..")
    assert not name.startswith(".")
    assert "/" not in name
    assert len(name.encode()) <= LONGEST
    assert not {unicodedata.category(sign) for sign in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert safe_name(name) == name


def test_the_ending_survives_a_long_name() -> None:
    assert safe_name("é" * 500 + ".mkv").endswith("é.mkv")


def test_a_number_goes_before_the_ending() -> None:
    assert numbered("Film.mkv", 2) == "Film (2).mkv"
    assert len(numbered("x" * 300 + ".mkv", 12).encode()) <= LONGEST
