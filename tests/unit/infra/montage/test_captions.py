"""Captions: how words are grouped, and which frame shows which."""

from __future__ import annotations

import random

import pytest

from app.domain.project import Shape, Word
from app.domain.timeline import Spoken
from app.infra.montage.captions import MOST_WORDS, SAFE, clean, lines_of, states, width_of
from tests.fakes.montage import shot, spoken, video

TEXT = "Time runs slower near the ground. Your oven clock is late, every single day of the year!"


def test_one_to_four_words_and_never_over_the_end_of_a_sentence() -> None:
    told = video([shot("a", 8)], [spoken("v", 8, TEXT)])
    found = states(told, 240)
    cues = list(dict.fromkeys(state.words for state in found))
    assert " ".join(word for cue in cues for word in cue) == TEXT
    assert all(1 <= len(cue) <= MOST_WORDS for cue in cues)
    assert all(len(" ".join(cue)) <= SAFE[Shape.PORTRAIT].line + 1 for cue in cues)
    assert any(cue[-1] == "ground." for cue in cues)


def test_each_word_is_lifted_in_the_frame_in_which_it_is_said() -> None:
    said = spoken("v", 8, TEXT, start=0.717)
    found = states(video([shot("a", 8)], [said]), 240)
    at = {state.at: state.words[state.active] for state in found}
    for word in said.words:
        exact = (0.717 + word.start) * 30
        near = [
            frame for frame, text in at.items() if abs(frame - exact) <= 1 and text == word.text
        ]
        assert near, word


def test_times_that_cannot_be_never_overlap() -> None:
    dice = random.Random(4)
    words = tuple(
        Word(f"w{number}", dice.uniform(-3, 9), dice.uniform(-3, 9)) for number in range(60)
    )
    voices = [Spoken("one", "v", 0.0, 4.0, words), Spoken("two", "v", 2.0, 4.0, words)]
    found = states(video([shot("a", 6)], voices), 180)
    assert found
    assert all(0 <= one.at < one.until <= 180 for one in found)
    assert all(one.until <= two.at for one, two in zip(found, found[1:], strict=False))


def test_none_are_wanted() -> None:
    assert not states(video([shot("a", 4)], [spoken("v", 4, TEXT)], captions=False), 120)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("two\nlines\tand\r more", "two lines and more"),
        ("smile 😀👩‍🚀 ✈️", "smile"),
        ("\x00\x1b[31mred\u202e", "[31mred"),
        ("שלום", "שלום"),
        ("© 2026 Å", "© 2026 Å"),
        ("☃", ""),
    ],
)
def test_only_what_can_be_drawn_is_left(given: str, shown: str) -> None:
    assert clean(given) == shown


def test_a_caption_breaks_where_its_lines_are_shortest_and_shrinks_when_it_must() -> None:
    lines, shrink = lines_of(["one", "two", "three", "four"], 6.0)
    assert lines == [[0, 1], [2, 3]]
    assert shrink == 1.0
    lines, shrink = lines_of(["W" * 20], 10.0)
    assert lines == [[0]]
    assert shrink * width_of("W" * 20) <= 10.0 + 1e-9
