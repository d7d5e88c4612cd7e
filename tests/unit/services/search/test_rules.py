"""The owner's settings, and what was typed beside a title, become the rules of the score."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.score import HEIGHTS, Rules
from app.domain.search import Wanted
from app.domain.settings_sections import Search
from app.services.search.query import read_query
from app.services.search.rules import rules_of

ANY = Wanted("dune", "dune")


def test_nothing_chosen_is_no_limit_but_the_usual() -> None:
    assert rules_of(Search(), ANY) == Rules(most_height=2160, hide_camera=True)


@pytest.mark.parametrize(
    ("chosen", "rule", "value"),
    [
        ({"least_resolution": "720p"}, "least_height", 720),
        ({"least_resolution": "any"}, "least_height", 0),
        ({"most_resolution": "1080p"}, "most_height", 1080),
        ({"codec": "HEVC"}, "codec", "HEVC"),
        ({"codec": "any"}, "codec", ""),
        ({"first_language": "fr"}, "languages", ("fr",)),
        ({"second_language": "en"}, "languages", ("en",)),
        ({"first_language": "fr", "second_language": "en"}, "languages", ("fr", "en")),
        ({"first_language": "fr", "second_language": "fr"}, "languages", ("fr",)),
        ({"only_languages": True}, "only_languages", True),
        ({"hide_camera": False}, "hide_camera", False),
        ({"largest_film": 20}, "largest", 20_000_000_000),
        ({"largest_film": 0}, "largest", 0),
    ],
    ids=str,
)
def test_each_setting_is_one_rule(chosen: dict[str, Any], rule: str, value: object) -> None:
    assert getattr(rules_of(Search(**chosen), ANY), rule) == value


@pytest.mark.parametrize(
    ("typed", "height"),
    [("dune 720p", 720), ("dune 1080p", 1080), ("dune 4k", 2160), ("dune uhd", 2160),
     ("dune 480p", 480), ("dune", 1080)],
)  # fmt: skip
def test_a_typed_size_goes_before_the_settled_one(typed: str, height: int) -> None:
    assert rules_of(Search(most_resolution="1080p"), read_query(typed)).most_height == height


def test_a_typed_language_goes_before_the_settled_ones() -> None:
    chosen = Search(first_language="en", second_language="fr")
    assert rules_of(chosen, read_query("dune 2021 french")).languages == ("fr", "en")
    assert rules_of(chosen, read_query("dune 2021")).languages == ("en", "fr")


def test_every_choice_of_the_settings_is_understood() -> None:
    for name in ("480p", "720p", "1080p", "2160p"):
        assert HEIGHTS[name] == int(name[:-1])


def test_a_size_nobody_knows_is_left_alone() -> None:
    odd = Wanted("dune", "dune", resolution="17p")
    assert rules_of(Search(most_resolution="720p"), odd).most_height == 720
