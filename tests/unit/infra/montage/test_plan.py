"""How a timeline is cut into pieces, and which of them a change touches."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from app.domain.errors import InvalidInput
from app.domain.project import Look
from app.domain.timeline import Motion, Timeline
from app.infra.montage.plan import LONGEST, Known, Plan, make_plan
from tests.fakes.montage import SMALL, shot, spoken, video

KNOWN = {name: Known(name * 8, 3.0) for name in "abcv"}
WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


def plan(timeline: Timeline) -> Plan:
    return make_plan(timeline, SMALL, KNOWN)


def three(text: str = WORDS) -> Timeline:
    shots = [shot("a", 4.0), shot("b", 3.3, fade=0.4), shot("c", 3.0, fade=0.5)]
    return video(shots, [spoken("v", 9.0, text)])


def changed(one: Timeline, two: Timeline) -> list[int]:
    pairs = zip(plan(one).pieces, plan(two).pieces, strict=True)
    return [place for place, (first, second) in enumerate(pairs) if first.mark != second.mark]


def test_pieces_follow_each_other_without_a_gap_and_are_short() -> None:
    made = plan(three())
    assert made.frames == round(three().seconds * 30) == 282
    assert made.pieces[0].at == 0
    assert all(one.at + one.frames == two.at for one, two in pairwise(made.pieces))
    assert sum(piece.frames for piece in made.pieces) == made.frames
    assert all(0 < piece.frames <= LONGEST for piece in made.pieces)


def test_frames_do_not_drift_over_many_shots() -> None:
    many = video([shot("abc"[number % 3], 1.0101, fade=0.137) for number in range(200)])
    assert plan(many).frames == round(many.seconds * 30)


def test_a_changed_word_changes_only_the_pieces_that_show_it() -> None:
    places = changed(three(), three(WORDS.replace("two", "TWO")))
    assert places == [0]


def test_a_changed_shot_changes_its_pieces_and_the_cross_over_after_it() -> None:
    before = three()
    shots = list(before.shots)
    shots[1] = replace(shots[1], path="c")
    places = changed(before, replace(before, shots=tuple(shots)))
    pieces = plan(before).pieces
    assert {pieces[place].at for place in places} == {
        piece.at for piece in pieces if 108 <= piece.at < 213
    }


def test_what_is_only_moved_along_is_not_rendered_again() -> None:
    before = three("")
    longer = replace(before, shots=(shot("b", 2.0), *before.shots))
    longer = replace(longer, shots=(longer.shots[0], replace(longer.shots[1], fade=0.0),
                                    *longer.shots[2:]))  # fmt: skip
    marks = {piece.mark for piece in plan(before).pieces}
    assert marks <= {piece.mark for piece in plan(longer).pieces}


@pytest.mark.parametrize(
    "other",
    [
        replace(three(), look=Look.NEON),
        replace(three(), shots=tuple(replace(s, motion=Motion(1, 1.2)) for s in three().shots)),
    ],
)
def test_look_and_motion_are_part_of_a_piece(other: Timeline) -> None:
    assert len(changed(three(), other)) >= 3


def test_the_bytes_of_a_file_count_and_not_its_name() -> None:
    moved = make_plan(three(), SMALL, {**KNOWN, "a": Known("new")})
    same = make_plan(three(), SMALL, dict(KNOWN))
    assert moved.pieces[0].mark != plan(three()).pieces[0].mark
    assert same.pieces[0].mark == plan(three()).pieces[0].mark


@pytest.mark.parametrize(
    ("timeline", "key"),
    [
        (video([]), "errors.montage_empty"),
        (video([shot("a", 0.0)]), "errors.montage_shot"),
        (video([shot("a", float("nan"))]), "errors.montage_shot"),
        (video([shot("a", 1.0), shot("b", 1.0, fade=1.0)]), "errors.montage_shot"),
        (video([shot("a", 1.0), shot("b", 1.0, fade=-0.1)]), "errors.montage_shot"),
        (video([shot("a", 9000.0)]), "errors.montage_too_long"),
    ],
)
def test_a_timeline_that_cannot_be(timeline: Timeline, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plan(timeline)
    assert caught.value.key == key
