"""One text of title, description and tags: what fits goes in, what does not is left out or told."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.captions import caption, hashtag, hashtags, utf16
from app.api.publishing import PostWanted
from app.domain.errors import InvalidInput

WAVE = "\N{WATER WAVE}"


def post(**said: Any) -> PostWanted:
    """A post with these words."""
    return PostWanted(**{"key": "1" * 32, "title": "Fog", **said})


def test_all_words_stand_in_one_text() -> None:
    told = post(description=" How it was built. ", tags=("Sea", "light house"))
    assert caption(told, "X", 100) == "Fog\n\nHow it was built.\n\n#Sea #lighthouse"
    assert caption(post(), "X", 100) == "Fog"
    assert caption(post(title=" ", tags=("sea",)), "X", 100) == "#sea"


def test_a_tag_is_one_word() -> None:
    assert [hashtag(one) for one in ("été 24", "#sea", "a-b", "2024", "!", "灯台")] == [
        "#été24", "#sea", "#ab", "", "", "#灯台",
    ]  # fmt: skip


def test_a_tag_is_said_once() -> None:
    told = post(description="By the #Sea.", tags=("sea", "SEA", "fog", "fog"))
    assert caption(told, "X", 100) == "Fog\n\nBy the #Sea.\n\n#fog"


def test_tags_without_a_place_are_left_out() -> None:
    told = post(tags=("lighthouse", "sea", "x"))
    assert caption(told, "X", 10) == "Fog\n\n#sea"
    assert hashtags(caption(told, "X", 100, most_tags=2)) == 2


@pytest.mark.parametrize("most", [2, 0])
def test_words_without_a_place_are_told(most: int) -> None:
    with pytest.raises(InvalidInput) as told:
        caption(post(), "X", most)
    assert (told.value.key, told.value.args_map) == (
        "errors.post_text_long",
        {"name": "X", "most": most},
    )


def test_too_many_hashtags_of_its_own_are_told() -> None:
    with pytest.raises(InvalidInput) as told:
        caption(post(description="#a #b #c"), "X", 100, most_tags=2)
    assert told.value.key == "errors.post_tags_many"


def test_lengths_are_counted_as_the_platform_does() -> None:
    assert (utf16("a"), utf16(WAVE), utf16("\ud800")) == (1, 2, 1)
    assert caption(post(title=WAVE * 5), "X", 5) == WAVE * 5
    with pytest.raises(InvalidInput):
        caption(post(title=WAVE * 5), "X", 5, measure=utf16)
