"""The local model with the real engine: its answers, their order, its rests."""

from __future__ import annotations

import asyncio
import codecs
import importlib
import json
from pathlib import Path

import pytest

from app.api.thinking import Finish, TextAnswer, Turn
from app.domain.errors import InvalidInput
from app.domain.schema import problems
from app.infra.llm import board
from app.infra.llm.model import BACKGROUND, WAITED_FOR, Choice, LocalModel, State
from tests.fakes import gguf
from tests.unit.infra.llm.parts import (
    FILM,
    asked,
    gone,
    long_one,
    model_of,
    needs_engine,
    started,
    until,
)

pytestmark = needs_engine


async def test_two_hundred_answers_have_the_asked_form(model: LocalModel) -> None:
    for number in range(200):
        answer = await model.complete(asked(f"Film {number}?", schema=FILM, seed=number))
        assert answer.finish is Finish.COMPLETE
        value = json.loads(answer.text)
        assert problems(FILM, value) == ()
        assert list(value) == list(FILM["properties"])
        assert answer.output_tokens > 20
        assert answer.input_tokens == len("Film ?") + len(str(number)) + 4  # and four signs


async def test_forty_judgements_fit_into_one_answer(model: LocalModel) -> None:
    each = {
        "type": "object",
        "properties": {
            "same": {"type": "boolean"},
            "sure": {"type": "integer", "minimum": 0, "maximum": 10},
        },
        "required": ["same", "sure"],
    }
    schema = {
        "type": "object",
        "properties": {"all": {"type": "array", "items": each, "minItems": 40, "maxItems": 40}},
        "required": ["all"],
    }
    answer = await model.complete(asked(schema=schema, most_tokens=1_500))
    value = json.loads(answer.text)
    assert problems(schema, value) == ()
    assert len(value["all"]) == 40


async def test_the_same_seed_writes_the_same(model: LocalModel) -> None:
    first = await model.complete(asked(schema=FILM, seed=5))
    other = await model.complete(asked(schema=FILM, seed=6))
    again = await model.complete(asked(schema=FILM, seed=5))
    assert first.text == again.text != other.text


async def test_free_text_and_any_letters(model: LocalModel) -> None:
    texts = ["Hé, ça va? 🎬 " * 10, "日本語のタイトル", "\x00\x01 \ud800 half", "", "</s><s>" * 40]
    for text in texts:
        answer = await model.complete(asked(text, most_tokens=50))
        answer.text.encode()
        assert answer.output_tokens <= 50


async def test_what_is_written_comes_as_it_is_written(model: LocalModel) -> None:
    texts: list[str] = []
    answer = await model.complete(long_one(most=600), on_text=texts.append)
    assert "".join(texts) == answer.text
    assert len(texts) > 2


async def test_an_answer_that_is_too_long_is_cut_and_says_so(model: LocalModel) -> None:
    answer = await model.complete(long_one(most=30))
    assert answer.finish is Finish.CUT
    assert answer.output_tokens == 30
    with pytest.raises(ValueError, match=r"."):
        json.loads(answer.text)
    full = await model.complete(long_one(most=100_000))  # the context of 2,048 is full before
    assert full.finish is Finish.CUT
    assert full.input_tokens + full.output_tokens == 2_048


async def test_a_talk_of_several_turns(model: LocalModel) -> None:
    talk = (Turn("user", "One?"), Turn("assistant", "1"), Turn("user", "And two?"))
    question = asked(system="Be short.", schema=FILM)
    answer = await model.complete(
        type(question)("here", talk, question.system, FILM, 400, 0.5, seed=3)
    )
    assert problems(FILM, json.loads(answer.text)) == ()


async def test_what_the_owner_waits_for_comes_first(slow_model: LocalModel) -> None:
    done: list[str] = []

    async def ask(name: str, urgency: int) -> None:
        await slow_model.complete(asked(name, schema=FILM), urgency=urgency)
        done.append(name)

    first, _texts = await started(slow_model)  # keeps it busy
    tasks = []
    for name, urgency in (("late", 2), ("soon", 1), ("soon too", 1), ("now", 0)):
        tasks.append(asyncio.create_task(ask(name, urgency)))
        await until(lambda: slow_model.status().waiting == len(tasks))
    first.cancel()
    await asyncio.gather(*tasks)
    assert done == ["now", "soon", "soon too", "late"]


async def test_a_background_answer_makes_room_and_is_written_anew(slow_model: LocalModel) -> None:
    order: list[str] = []

    async def later() -> TextAnswer:
        answer = await slow_model.complete(long_one(most=700), urgency=BACKGROUND)
        order.append("later")
        return answer

    await slow_model.complete(asked(schema=FILM))
    background = asyncio.create_task(later())
    await until(lambda: slow_model.status().state is State.BUSY)
    pid = slow_model.status().pid
    await slow_model.complete(asked(schema=FILM), urgency=WAITED_FOR)
    order.append("now")
    answer = await background
    assert order == ["now", "later"]
    assert answer.output_tokens == 700
    assert answer.text.startswith('{"digits":[')
    assert answer.text.count('"digits"') == 1  # nothing is left of the first attempt
    assert slow_model.status().pid == pid


async def test_one_that_is_looked_at_is_not_interrupted(slow_model: LocalModel) -> None:
    order: list[str] = []
    texts: list[str] = []

    async def seen() -> None:
        await slow_model.complete(long_one(most=400), urgency=BACKGROUND, on_text=texts.append)
        order.append("seen")

    task = asyncio.create_task(seen())
    await until(lambda: texts)
    await slow_model.complete(asked(schema=FILM), urgency=WAITED_FOR)
    order.append("urgent")
    await task
    assert order == ["seen", "urgent"]
    assert "".join(texts).count('"digits"') == 1


async def test_its_memory_is_given_back_after_a_rest(tiny: Path) -> None:
    model = model_of(tiny, idle=0.05)
    try:
        assert model.status().state is State.RESTING
        assert model.status().pid is None  # nothing is loaded before it is asked
        await model.complete(asked(schema=FILM))
        pid = model.status().pid
        assert pid is not None
        assert board.memory_of(pid) > 10_000_000
        await until(lambda: model.status().state is State.RESTING)
        await until(lambda: gone(pid))
        assert board.memory_of(pid) == 0
        assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE
    finally:
        await model.close()


async def test_it_can_be_sent_to_rest(model: LocalModel) -> None:
    await model.complete(asked(schema=FILM))
    await model.rest()
    await until(lambda: model.status().pid is None)
    await model.rest()  # once more is no harm
    assert (await model.complete(asked(schema=FILM))).finish is Finish.COMPLETE


async def test_another_file_is_loaded_in_place_of_the_first(tmp_path: Path) -> None:
    paths = [gguf.write(tmp_path / f"{n}.gguf", gguf.Tiny(context=512 * n)) for n in (1, 2)]
    chosen = [Choice(paths[0])]
    model = LocalModel(lambda: chosen[0], lambda: 60.0)
    try:
        first = model.described()
        assert first is not None
        await model.complete(asked(schema=FILM))
        pid = model.status().pid
        chosen[0] = Choice(paths[1])
        assert (await model.complete(asked(schema=FILM))).model == "2"
        assert pid is not None
        assert gone(pid)
        told = model.described()
        assert told is not None
        assert (told.name, told.context, told.input_price) == ("Tiny Random", 1_024, 0.0)
    finally:
        await model.close()


async def test_trying_a_file_out(tiny: Path, tmp_path: Path) -> None:
    other = gguf.write(tmp_path / "other.gguf", gguf.Tiny(seed=2))
    model = model_of(tiny)
    try:
        trial = await model.try_out(other)
        assert trial.fits
        assert trial.facts.name == "Tiny Random"
        assert trial.load_seconds > 0 < trial.first_seconds
        assert trial.read_per_second > 0 < trial.write_per_second
        assert trial.memory > 10_000_000
        assert trial.context == 2_048
        assert (await model.complete(asked(schema=FILM))).model == "tiny"
        with pytest.raises(InvalidInput):
            await model.try_out(tmp_path / "away.gguf")
    finally:
        await model.close()


async def test_it_tells_how_it_is(model: LocalModel) -> None:
    seen: list[State] = []
    leave = model.on_change(lambda: seen.append(model.status().state))
    await model.complete(asked(schema=FILM))
    await until(lambda: model.status().state is State.READY)
    assert [seen[0], seen[-1]] == [State.RESTING, State.READY]
    assert State.LOADING in seen
    assert State.BUSY in seen
    leave()
    leave()
    seen.clear()
    await model.complete(asked(schema=FILM))
    assert seen == []


async def test_signs_of_the_model_in_a_text_are_letters(model: LocalModel) -> None:
    """A title cannot end the question and begin one of its own."""
    bare = await model.complete(asked("a", most_tokens=1))
    signs = await model.complete(asked("a</s><|system|>", most_tokens=1))
    # As signs these would be two tokens; as letters they are one each.
    assert signs.input_tokens - bare.input_tokens == len("</s><|system|>")


async def test_something_urgent_while_it_is_loaded_for_the_background(model: LocalModel) -> None:
    order: list[str] = []

    async def ask(name: str, urgency: int) -> None:
        answer = await model.complete(asked(name, schema=FILM), urgency=urgency)
        assert problems(FILM, json.loads(answer.text)) == ()
        order.append(name)

    later = asyncio.create_task(ask("later", BACKGROUND))
    await until(lambda: model.status().state is State.LOADING)
    await asyncio.gather(ask("now", WAITED_FOR), later)
    assert order == ["now", "later"]


async def test_a_letter_in_too_many_bytes_is_one_mark() -> None:
    core = importlib.import_module("app.infra.llm.core")
    decoder = codecs.getincrementaldecoder("utf-8")(core._ONE_MARK)
    data = b"a\xe0\x80\xa2b\xf4\x90\x80\x80c\xed\xa0\x80d" + "é🎬".encode() + b"\xc3"
    text = "".join(decoder.decode(data[n : n + 1]) for n in range(len(data)))
    assert text + decoder.decode(b"", final=True) == "a\ufffdb\ufffdc\ufffddé🎬\ufffd"
