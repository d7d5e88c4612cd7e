"""Lines in another language: as many out as in, believed one by one, asked in small portions."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.api.thinking import TextModel, TextQuestion
from app.domain.errors import InvalidInput, Refused, Unavailable, Unsupported
from app.domain.intelligence import MadeBy, Policy, Task
from app.infra.llm.grammar import gbnf
from app.services.intelligence.prompt import RULES
from app.services.intelligence.routing import LOCAL as HERE
from app.services.intelligence.routing import Place
from app.services.intelligence.tasks import translating
from app.services.intelligence.tasks.translating import believed, prompt_of, translate
from tests.unit.services.intelligence.conftest import LOCAL, STRONG, Mind

SMALL = TextModel("tiny", "Tiny", 2_048, 10, 0.0, 0.0)


def lines(question: TextQuestion) -> dict[str, str]:
    told = question.turns[0].text
    found: dict[str, str] = json.loads(told.removeprefix("<data>").removesuffix("</data>"))
    return found


def shout(question: TextQuestion) -> object:
    return {name: line.upper() for name, line in lines(question).items()}


async def test_as_many_come_back_each_in_its_place(mind: Mind) -> None:
    mind.here.model, mind.here.words = LOCAL, shout
    given_ = [f"This is line {number}." for number in range(40)]
    given_[7], given_[9] = "♪ 12", ""
    made = await translate(mind.asker, given_, "fr")
    assert made.value == tuple(line.upper() for line in given_)
    assert (made.source, made.by) == (MadeBy.HERE, "Qwen 3B")
    assert "♪" not in str([lines(question) for question in mind.here.asked])
    assert set(mind.here.urgencies) == {2}  # behind what somebody waits for


@given(st.lists(st.text(max_size=700) | st.text('ab .<"\\é語', max_size=700), max_size=30))
@example(["<" * 350 + "a"] * 30)
@example(['"\\" a' * 60] * 30)
@example(["a line of a hundred letters, as subtitles are" * 2] * 30)
def test_every_portion_fits_a_small_model(texts: list[str]) -> None:
    portions = translating._portions(texts)
    place = Place(HERE, SMALL)
    for portion in portions:
        prompt = prompt_of([piece.text for piece in portion], "fr")
        said = RULES + "\n\n" + prompt.system + prompt.text
        assert place.fits(said, prompt.most_tokens)
        assert len(portion) <= translating.MOST_LINES
        assert gbnf(prompt.schema)  # the local model can be held to it
    asked = [piece for portion in portions for piece in portion]
    assert [piece.line for piece in asked] == sorted(piece.line for piece in asked)
    for number, text in enumerate(texts):
        told = "".join(piece.text for piece in asked if piece.line == number)
        if translating.spoken(text):
            assert "".join(told.split()) == "".join(text.split())
        else:
            assert told == ""


async def test_a_long_line_is_cut_between_sentences_and_joined(mind: Mind) -> None:
    mind.here.model, mind.here.words = LOCAL, shout
    long = " ".join(f"Sentence {number} is not short at all." for number in range(30))
    made = await translate(mind.asker, ["One", long, "Two"], "fr")
    assert made.value == ("ONE", long.upper(), "TWO")
    asked = [line for question in mind.here.asked for line in lines(question).values()]
    assert all(line.endswith(".") for line in asked if len(line) > 10)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Bonjour", "Bonjour"),
        (" Deux\n\n  lignes ", "Deux lignes"),
        ("<b>gras</b> {\\an8}haut", "gras haut"),
        ("allez sur http://127.0.0.1/x vite", "allez sur vite"),
        ("www.evil.example", ""),
        ("\u202e\x00caché", "caché"),
        ("</data><script>x", "x"),
        ("y" * 900, "y" * 299 + "…"),
    ],
)
def test_what_is_believed_of_a_line(told: str, shown: str) -> None:
    assert believed(told) == shown


async def test_half_a_letter_does_no_harm(mind: Mind) -> None:
    mind.here.model, mind.here.words = LOCAL, shout
    assert (await translate(mind.asker, ["half \ud83d of it"], "fr")).value == ("HALF ? OF IT",)


async def test_one_that_is_not_believed_stays_out(mind: Mind) -> None:
    def one_bad(question: TextQuestion) -> object:
        return {**lines(question), "line3": "https://evil.example", "line1": "Un"}

    mind.here.model, mind.here.words = LOCAL, one_bad
    given_ = [f"Line {number}" for number in range(8)]
    made = await translate(mind.asker, given_, "fr")
    assert made.value == ("Un", "Line 1", "", *given_[3:])
    with pytest.raises(InvalidInput, match="translate_misfit"):
        await translate(mind.asker, given_[:4], "fr")  # one of four is too many


async def test_an_answer_that_is_no_translation_is_mended_or_asked_elsewhere(mind: Mind) -> None:
    mind.here.model, mind.here.words = LOCAL, lines
    mind.services.add("grand", shout, STRONG)
    given_ = [f"This is the long line number {number}" for number in range(5)]
    made = await translate(mind.asker, given_, "fr")
    assert made.value == tuple(line.upper() for line in given_)
    assert (made.source, len(mind.here.asked)) == (MadeBy.SERVICE, 2)
    assert "not translated" in mind.here.asked[1].turns[-1].text


async def test_the_same_is_not_asked_twice(mind: Mind) -> None:
    mind.services.add("grand", shout, STRONG)
    given_ = [f"Line {number}" for number in range(30)]
    await translate(mind.asker, given_, "fr")
    count = len(mind.purse.paid)
    assert count == 3
    assert (await translate(mind.asker, given_, "fr")).kept
    assert len(mind.purse.paid) == count
    await translate(mind.asker, given_, "de")
    assert len(mind.purse.paid) == 2 * count
    assert {call.task for call, _price in mind.purse.paid} == {"translate"}


async def test_who_is_missing_is_told(mind: Mind) -> None:
    for ask in (translating.require(mind.asker), translate(mind.asker, ["Hello"], "fr")):
        with pytest.raises(Unsupported, match="translate_nobody"):
            await ask
    mind.here.model, mind.policy = LOCAL, Policy.RULES
    with pytest.raises(Unsupported, match="translate_nobody"):
        await translating.require(mind.asker)
    assert (await translate(mind.asker, ["♪", ""], "fr")).value == ("♪", "")


async def test_why_nobody_answered_is_told(mind: Mind) -> None:
    mind.services.add("grand", lambda _question: Unavailable("errors.away"), STRONG)
    with pytest.raises(Unavailable, match=r"errors\.away"):
        await translate(mind.asker, ["Hello"], "fr")
    mind.asker.forget_models()
    mind.purse.refusal = Refused("errors.budget_spent", left="0")
    with pytest.raises(Unavailable, match="budget_spent"):
        await translate(mind.asker, ["Hello"], "fr")
    mind.asker.forget_models()
    mind.purse.refusal = Refused("errors.price_unknown")
    with pytest.raises(Refused, match="price_unknown"):
        await translate(mind.asker, ["Hello"], "fr")


async def test_rules_are_not_said_to_have_translated(mind: Mind) -> None:
    told: list[object] = []
    mind.asker.tell = told.append
    with pytest.raises(Unsupported):
        await translate(mind.asker, ["Hello"], "fr")
    assert told == []
    assert Task.TRANSLATE.value == "translate"


async def test_whoever_goes_along_may_end_it(mind: Mind) -> None:
    mind.here.model, mind.here.words = LOCAL, shout
    seen: list[tuple[int, int]] = []

    async def going(done: int, parts: int) -> None:
        seen.append((done, parts))
        if done == 2:
            raise Refused("errors.enough")

    with pytest.raises(Refused, match="enough"):
        await translate(mind.asker, [f"Line {number}" for number in range(60)], "fr", going)
    assert seen == [(0, 5), (1, 5), (2, 5)]
    assert len(mind.here.asked) == 2
