from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from app.services.studio.relevance import (
    BY_MEANING,
    BY_NAME,
    BY_WORDS,
    LITTLE,
    Fit,
    Pictured,
    best_first,
    by_words_and_meaning,
    cosine,
    judge,
    stem,
)

RONALDO = Pictured("Cristiano Ronaldo 2018", "Playing for Portugal")
CHEETAH = Pictured("Cheetah running fast", "The fastest animal on land runs over the savanna")
KITCHEN = Pictured("Clock on a kitchen wall", "An old kitchen clock")
ROOF = Pictured("Roofs of Paris", "View over the city")
SATELLITE = Pictured("GPS satellite in orbit", "Artist's view of a Block IIF satellite")


class Told:
    """Vectors as one tells them: by the first word of a text that is known."""

    def __init__(self, **known: Sequence[float]) -> None:
        self._known = known
        self.asked: list[str] = []

    async def vectors(self, texts: Sequence[str]) -> list[list[float]] | None:
        self.asked += texts
        return [
            list(next((one for word, one in self._known.items() if word in text), (0.0, 1.0)))
            for text in texts
        ]


class Silent:
    def __init__(self, answer: list[list[float]] | None) -> None:
        self._answer = answer

    async def vectors(self, texts: Sequence[str]) -> list[list[float]] | None:
        return self._answer


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("Nobody trained harder than Cristiano Ronaldo.", RONALDO, CHEETAH),
        ("Ronaldo runs as fast as an animal over the land.", RONALDO, CHEETAH),
        ("Every evening Cristiano Ronaldo was running fast, like a cheetah.", RONALDO, CHEETAH),
        ("The cheetah is the fastest animal that runs on land.", CHEETAH, RONALDO),
        ("Right now, a clock in your kitchen is slower than one on your roof.", KITCHEN, SATELLITE),
        ("Every GPS satellite corrects for it, 38 microseconds each day.", SATELLITE, KITCHEN),
        ("Chaque satellite corrige son horloge.", SATELLITE, ROOF),
        ("L'été à Paris, les toits brûlent.", Pictured("Toits de Paris"), KITCHEN),
        ("日本の古い時計", Pictured("古い時計"), Pictured("東京の夜景")),
    ],
)
def test_the_right_one_wins(sentence: str, right: Pictured, wrong: Pictured) -> None:
    for candidates in ([right, wrong], [wrong, right]):
        fits = by_words_and_meaning(sentence, candidates)
        assert candidates[best_first(fits)[0]] == right
        assert fits[candidates.index(right)].score > fits[candidates.index(wrong)].score + 10


def test_scores_stay_within_bounds_and_say_why() -> None:
    fits = by_words_and_meaning(
        "Cristiano Ronaldo scored in the rain of Lisbon.", [RONALDO, CHEETAH, Pictured("")]
    )
    assert all(0 <= fit.score <= 100 for fit in fits)
    assert [fit.reason for fit in fits] == [BY_NAME, LITTLE, LITTLE]
    assert fits[1].score == fits[2].score == 0
    (only,) = by_words_and_meaning("a clock in your kitchen", [KITCHEN])
    assert (only.reason, only.score > 70) == (BY_WORDS, True)


def test_equal_ones_stay_in_their_order() -> None:
    same = [Fit(40, LITTLE), Fit(70, BY_WORDS), Fit(40, LITTLE), Fit(70, BY_WORDS)]
    assert best_first(same) == [1, 3, 0, 2]


def test_words_in_every_candidate_decide_less() -> None:
    both = [Pictured("Old clock tower"), Pictured("Old clock kitchen")]
    fits = by_words_and_meaning("The clock in the kitchen", both)
    assert best_first(fits)[0] == 1


async def test_meaning_finds_what_no_word_shares() -> None:
    known = Told(quick=(1.0, 0.0), Sprinter=(0.9, math.sqrt(1 - 0.81)), Teapot=(0.0, 1.0))
    candidates = [Pictured("Teapot"), Pictured("Sprinter at the start")]
    fits = await judge("being quick", candidates, known)
    assert best_first(fits) == [1, 0]
    assert (fits[1].reason, fits[0]) == (BY_MEANING, Fit(0, LITTLE))
    assert len(known.asked) == 3


async def test_a_name_beats_a_nearer_meaning() -> None:
    known = Told(Nobody=(1.0, 0.0), Cheetah=(1.0, 0.0), Cristiano=(0.3, 0.95))
    fits = await judge("Nobody runs like Cristiano Ronaldo.", [CHEETAH, RONALDO], known)
    assert best_first(fits) == [1, 0]
    assert fits[1].reason == BY_NAME


@pytest.mark.parametrize("answer", [None, [], [[1.0]], [[1.0], [1.0]]])
async def test_without_vectors_words_decide(answer: list[list[float]] | None) -> None:
    sentence = "A clock in your kitchen"
    with_it = await judge(sentence, [ROOF, KITCHEN], Silent(answer))
    assert with_it == await judge(sentence, [ROOF, KITCHEN]) == by_words_and_meaning(
        sentence, [ROOF, KITCHEN]
    )  # fmt: skip


async def test_nothing_to_judge_asks_nobody() -> None:
    known = Told()
    assert await judge("A sentence", [], known) == []
    assert [fit.score for fit in await judge("", [KITCHEN], known)] == [0]
    assert known.asked == []


@pytest.mark.parametrize(
    ("word", "root"),
    [("runs", "run"), ("running", "run"), ("cities", "city"), ("glass", "glass"), ("bus", "bus"),
     ("clocks", "clock"), ("moved", "mov"), ("moving", "mov"), ("falling", "fall")],
)  # fmt: skip
def test_endings_do_not_matter(word: str, root: str) -> None:
    assert stem(word) == root


def test_broken_vectors_are_like_nothing() -> None:
    assert cosine([1, 0], [1, 0, 0]) == cosine([0, 0], [1, 0]) == 0
    assert cosine([float("inf"), 1], [1, 1]) == cosine([float("nan"), 1], [1, 1]) == 0
    assert cosine([2, 0], [3, 0]) == pytest.approx(1)
