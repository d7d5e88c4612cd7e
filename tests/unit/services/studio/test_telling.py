"""Titles, descriptions, tags and chapters within what each platform takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.post import Words
from app.domain.project import Details, Scene, Script
from app.services.publishing.checking import check_words
from app.services.publishing.rules import platforms, rules_of
from app.services.publishing.wording import clock
from app.services.studio.telling import chapters_of, fitted, full_description


@pytest.mark.parametrize("platform", platforms())
@given(
    title=st.text(max_size=400),
    description=st.text(max_size=3_000),
    tags=st.lists(st.text(max_size=60), max_size=40),
)
def test_everything_fits(platform: str, title: str, description: str, tags: list[str]) -> None:
    told = fitted(Details(title or "A title", description * 3, tuple(tags)), platform)
    words = Words(told.title, told.description, told.tags)
    found = check_words(words, rules_of(platform))
    assert not [one for one in found if one.key != "post.misfit.title_missing"]


def test_chapters_are_ten_seconds_at_least_and_three_at_least() -> None:
    scenes = tuple(Scene(f"s{n}", "Words.", title=f"T{n}") for n in range(6))
    script = Script("x", scenes)
    six = {scene.id: (6.0 * n, 6.0 * n + 6) for n, scene in enumerate(scenes)}
    assert chapters_of(script, six) == ((0.0, "T0"), (12.0, "T2"), (24.0, "T4"))
    short = {scene.id: (2.0 * n, 2.0 * n + 2) for n, scene in enumerate(scenes)}
    assert chapters_of(script, short) == ()


def test_the_description_has_chapters_and_credits_below() -> None:
    told = full_description("About it.", [(0.0, "A"), (64.2, "B"), (3_725.0, "C")], ["X · CC BY"])
    assert told == "About it.\n\n0:00 A\n1:04 B\n1:02:05 C\n\nX · CC BY"
    assert clock(59.9) == "0:59"
