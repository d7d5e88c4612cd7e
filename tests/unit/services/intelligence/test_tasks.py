"""What each task makes of a model's answer, and that rules answer without one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.intelligence import MadeBy, Policy
from app.domain.media import ItemId
from app.domain.search import Doubt, HitKind, Offer, Wanted
from app.services.intelligence.tasks import (
    describing,
    fakes,
    recommending,
    summaries,
    timing,
    wishes,
)
from app.services.intelligence.tasks.sentences import sentences, telling, tidy, without_addresses
from app.services.intelligence.tasks.titles import MOST, TitleJudge
from tests.quality import dialogues, recommendations, times
from tests.unit.services.intelligence.conftest import LOCAL, Mind

WANTED = Wanted("alien 1979", "Alien", 1979)


def says(mind: Mind, **answer: Any) -> None:
    mind.here.model, mind.here.words = LOCAL, lambda _question: answer


async def test_a_judge_speaks_of_many_names_in_one_answer(mind: Mind) -> None:
    says(mind, same=[1, 3], other=[2, 3])
    names = ["Alien.1979", "Alien.Covenant.2017", "Alien", "What"]
    told = await TitleJudge(mind.asker).same_title(WANTED, names)
    assert [one and one.fits for one in told] == [True, False, None, None]
    assert told[0] is not None
    assert told[0].reason == "Qwen 3B"
    assert len(mind.here.asked) == 1


async def test_forty_names_are_one_question(mind: Mind) -> None:
    says(mind, same=[1], other=[])
    told = await TitleJudge(mind.asker).same_title(WANTED, [f"Name {n}" for n in range(MOST + 5)])
    assert len(mind.here.asked) == 2
    assert [place for place, one in enumerate(told) if one] == [0, MOST]
    assert mind.here.asked[0].most_tokens <= 400  # two lists of numbers


async def test_a_judge_that_is_not_there_decides_nothing(mind: Mind) -> None:
    assert await TitleJudge(mind.asker).same_title(WANTED, ["a", "b"]) == [None, None]


async def test_a_model_only_adds_doubts_that_hide_nothing(mind: Mind) -> None:
    offers = [
        Offer("x", "X", HitKind.TORRENT, name, size=size)
        for name, size in (
            ("Alien.1979.exe", 3_000_000),
            ("Alien.1979.1080p.BluRay", 8_000_000_000),
            ("Alien.1979.new.1080p", 5_000_000_000),
        )
    ]
    says(mind, fake=[], camera=[2])
    made = await fakes.find(mind.asker, WANTED, offers, mind.now)
    program, honest, camera = made.value
    assert (program and program.doubt, honest) == (Doubt.PROGRAM, None)
    assert camera is not None
    assert (camera.doubt, camera.certain) == (Doubt.CAMERA, False)
    mind.policy = Policy.RULES
    alone = await fakes.find(mind.asker, WANTED, offers, mind.now)
    assert alone.by_rules
    assert alone.value == fakes.by_rules(WANTED, offers, mind.now)


async def test_a_description_has_no_addresses_and_no_marks(mind: Mind) -> None:
    says(
        mind, title="Bread see www.x.example now", description="See https://x.example/a b@x.org",
        tags=["#bread", "bread", "", "http://x.example"], category="Education",
    )  # fmt: skip
    made = await describing.describe(
        mind.asker, describing.VideoFacts("IMG_1", spoken=("We bake bread.",))
    )
    assert (made.source, made.value.title) == (MadeBy.HERE, "Bread see now")
    assert (made.value.description, made.value.tags) == ("See", ("bread",))


async def test_nothing_to_go_by_is_not_put_to_a_model(mind: Mind) -> None:
    says(mind, title="Invented", description="Invented", tags=[], category="Education")
    made = await describing.describe(mind.asker, describing.VideoFacts("PXL_20260101_120000"))
    assert made.by_rules
    assert made.value.title == "PXL_20260101_120000"
    assert mind.here.asked == []


@pytest.mark.parametrize("film", dialogues.FILMS)
async def test_nobody_sees_the_end(mind: Mind, film: dialogues.Film) -> None:
    says(mind, summary="It is about people.", themes=["people"])
    made = await summaries.write(mind.asker, dialogues.lines_of(film), None, "en")
    assert made.value.text == "It is about people."
    asked = mind.here.asked[0].turns[0].text
    assert film.lines[1] in asked
    assert not any(line in asked for line in film.lines[-6:])


async def test_a_person_nobody_named_is_not_in_a_wish(mind: Mind) -> None:
    says(mind, genres=["Horror"], people=["Tom Hanks", "murnau"], first_year=0, last_year=5,
         minutes=0)  # fmt: skip
    made = await wishes.read(mind.asker, "something eerie by Murnau")
    assert made.value == wishes.Wish(("Horror",), ("Murnau",), None, None, None)


async def test_a_recommendation_names_what_was_watched(mind: Mind) -> None:
    watched, shelf = recommendations.person(0)
    says(mind, chosen=[{"title": 3, "because": 1}, {"title": 3, "because": 1}])
    made = await recommending.choose(mind.asker, watched, shelf, 4)
    assert len(made.value) == 4
    assert len({one.item for one in made.value}) == 4
    assert all(one.because_title == "Orbit" for one in made.value)
    assert made.source is MadeBy.HERE
    assert ItemId(1) not in {one.item for one in made.value}  # it was watched


def test_recommendations_speak_of_more_than_one_thing() -> None:
    films = ("Drama",)
    watched = [
        recommending.Watched(ItemId(1), "One", films, ("A",)),
        recommending.Watched(ItemId(2), "Two", ("Comedy",), ("B",)),
    ]
    shelf = [
        *(recommending.Candidate(ItemId(n), f"D{n}", films, ("A",)) for n in range(10, 16)),
        *(recommending.Candidate(ItemId(n), f"C{n}", ("Comedy",), ("B",)) for n in range(20, 26)),
    ]
    told = recommending.by_rules(watched, shelf, 6)
    assert {one.because for one in told[:2]} == {ItemId(1), ItemId(2)}
    assert told[0].shared[:1] in (("A",), ("B",))


def test_meaning_alone_is_a_reason() -> None:
    watched = [recommending.Watched(ItemId(1), "One")]
    near = recommending.Candidate(ItemId(2), "Near", likeness=((ItemId(1), 0.6),))
    far = recommending.Candidate(ItemId(3), "Far")
    assert [one.item for one in recommending.by_rules(watched, [far, near])] == [ItemId(2)]


async def test_a_time_of_which_no_number_tells_is_not_taken(mind: Mind) -> None:
    posts = times.posts(0)
    says(mind, times=[{"weekday": 3, "hour": 18}, {"weekday": 1, "hour": 3}])
    made = await timing.choose(mind.asker, posts)
    assert made.source is MadeBy.HERE
    assert (made.value[0].weekday, made.value[0].hour) == (3, 18)
    assert all(slot.lift >= 1.0 for slot in made.value)


async def test_few_numbers_say_nothing(mind: Mind) -> None:
    says(mind, times=[{"weekday": 1, "hour": 3}])
    made = await timing.choose(mind.asker, times.posts(0)[: timing.LEAST - 1])
    assert made.by_rules
    assert [(one.weekday, one.hour) for one in made.value] == list(timing.USUAL)
    assert mind.here.asked == []


@given(st.lists(st.builds(timing.Post, st.integers(0, 6), st.integers(0, 23), st.floats(0, 1e9))))
def test_times_are_never_close_together(posts: list[timing.Post]) -> None:
    told = timing.by_rules(posts)
    places = [one.weekday * 24 + one.hour for one in told]
    for at, one in enumerate(places):
        for other in places[:at]:
            assert min(abs(one - other), 168 - abs(one - other)) >= 6


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    wishes.by_rules(text)
    describing.by_rules(describing.VideoFacts(text, spoken=(text,), texts=(text,)))
    summaries.by_rules([summaries.Line(0.0, text), summaries.Line(9.0, text)])
    assert not any(len(one) > 220 for one in telling(sentences([text]), 3))


def test_lines_are_made_plain() -> None:
    assert tidy("- MARTHA: [sighs] Come <i>back</i> {\\an8}♪") == "Come back"
    assert without_addresses("go to x.com/now or a@b.de today") == "go to or today"
